# SPDX-License-Identifier: Apache-2.0
"""The power goes while a guide is played, over a disk that forgets: the run can be carried on, and what its journal tells as done is
whole. What was unpacked has no hash in its guide (a torn image would be written to a device), a copy of settings is the only one, and
what a router was before its flash keeps it from being flashed twice.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from fakes.router_runs import RouterBench
from fakes.routers import image_bytes, stand
from faults.power.power import Medium, recorder
from firstlight.base.work import Work
from firstlight.devices.router_backup import NAME, check_backup
from firstlight.guides.actions.router import BEFORE
from firstlight.guides.actions.router_checks import BACKUP
from firstlight.store import journal

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux" or recorder() is None, reason="records by LD_PRELOAD: needs Linux and a C compiler"),
]
LOSSES = 25
IMAGE = image_bytes()
CHILD = Path(__file__).resolve().parents[2] / "fakes" / "router_child.py"
UNPACK = """
guide: 1
id: unpack
version: "1.0"
title: Unpack
kind: flash
for: {{device: [r1]}}
files: {{firmware.bin: {{size: {size}, sha256: {sha256}}}}}
steps: [{{id: unpack, title: Unpack, do: [{{files.unpack: {{archive: firmware.bin, pick: {{boot.img: boot.img}}}}}}]}}]
"""
PLAY = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from fakes.router_runs import RouterBench
from faults.power.test_runs_lose_power import UNPACK
pc = RouterBench(Path(sys.argv[1]), (), (Path(sys.argv[1]) / "files/firmware.bin").read_bytes(), UNPACK)
pc.play(pc.runs.start(pc.root / "guide", account_id=1))
"""


def after_each_loss(medium: Medium) -> Iterator[Path]:
    """The only run's folder, as one and the same power cut may leave it."""
    for turn in range(LOSSES):
        copy.deepcopy(medium).cut(Random(turn))
        (run,) = (medium.root / "runs").glob("*-*")
        yield run


def played(medium: Medium, *words: str, **environment: str) -> int:
    env = os.environ | medium.environment() | environment
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, timeout=120, check=False).returncode


def can_be_carried_on(pc: RouterBench, run: Path) -> bool:
    pc.runs = pc.open_runs()
    found = [state.run_id for state in pc.runs.unfinished(1)]
    pc.close()
    return found == [run.name]


def test_what_a_router_was_and_its_settings_are_there_once_its_flash_began(tmp_path: Path) -> None:
    with stand("practice", tmp_path) as at:
        pc = RouterBench(at.folder / "pc", (at.device.address,), IMAGE)
        pc.close()
        medium = Medium(pc.root, tmp_path / "log")
        medium.remember()
        died = played(medium, str(CHILD), str(pc.root), "flash", at.device.address, FIRSTLIGHT_CRASH_AT="router.after_flash:1")
        assert died == -9
        for run in after_each_loss(medium):
            assert can_be_carried_on(pc, run)
            assert journal.read(run / "journal.jsonl")[-1]["verb"] == "ssh.sysupgrade"
            assert json.loads((run / "kept" / BEFORE).read_text("utf-8"))["boot_id"]
            sha256 = json.loads((run / "kept" / BACKUP).read_text("utf-8"))["sha256"]
            assert check_backup(run / "kept" / NAME, Work(), sha256).files


def test_what_was_unpacked_is_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "build.zip", "w") as archive:
        archive.writestr("boot.img", IMAGE)
    pc = RouterBench(tmp_path / "pc", (), (tmp_path / "build.zip").read_bytes(), UNPACK)
    pc.close()
    medium = Medium(pc.root, tmp_path / "log")
    medium.remember()
    paths = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3] / "app")]
    assert played(medium, "-c", PLAY, str(pc.root), *paths) == 0
    for run in after_each_loss(medium):
        assert can_be_carried_on(pc, run)
        assert journal.read(run / "journal.jsonl")[-1]["e"] == "done"
        assert (run / "files" / "boot.img").read_bytes() == IMAGE
