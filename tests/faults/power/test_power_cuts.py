# SPDX-License-Identifier: Apache-2.0
"""The power goes at every labelled point, under the whole program with its database: PC and hub, each over a file layer that forgets.

Every file below the profile (the hub's folder) is recorded write by write; what was not synced may be lost, torn, or reordered.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from fakes.fault_proxy import FaultProxy
from faults.cases.pc import Pc
from faults.hub_process import HubProcess, environment_of
from faults.kills.test_both_sides_killed import EXPECTED, LIMITS, check_once, scenario, settle
from faults.life import Life
from faults.power.power import Medium, recorder
from firstlight.reports.report import Local

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux" or recorder() is None, reason="records by LD_PRELOAD: needs Linux and a C compiler"),
]
CUTS_AT_EACH = 2
"""Different losses at one and the same moment."""

LIVE = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from faults.life import Life
Life(Path(sys.argv[1])).live()
"""


def live(folder: Path, medium: Medium, **environment: str) -> int:
    """A whole life in a process of its own; its exit status."""
    paths = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3] / "app")]
    env = os.environ | medium.environment() | environment
    return subprocess.run([sys.executable, "-c", LIVE, str(folder), *paths], env=env, timeout=120, check=False).returncode


def chosen(labels: list[str]) -> list[str]:
    """The first, a middle and the last time that each label is reached; of transactions every fourth."""
    seen = Counter(labels)
    found = []
    for label, times in sorted(seen.items()):
        some = range(1, times + 1, 4) if label.startswith("tx.") else sorted({1, (times + 1) // 2, times})
        found += [f"{label}:{n}" for n in some]
    return found


def test_the_power_goes_at_every_point_of_the_pc_and_nothing_promised_is_lost(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    (whole / "profile").mkdir(parents=True)
    medium = Medium(whole / "profile", tmp_path / "log")
    medium.remember()
    assert live(whole, medium, FIRSTLIGHT_POINTS=str(tmp_path / "trace")) == 0
    points = chosen((tmp_path / "trace").read_text().split())
    assert {point.partition(":")[0] for point in points} >= {"blob.renamed", "tx.before_commit", "send.answered", "send.moved"}
    cuts = unsure = 0
    for number, point in enumerate(points):
        for turn in range(CUTS_AT_EACH):
            folder = tmp_path / f"life-{number}-{turn}"
            (folder / "profile").mkdir(parents=True)
            medium = Medium(folder / "profile", tmp_path / "log")
            medium.remember()
            assert live(folder, medium, FIRSTLIGHT_CRASH_AT=point) == -9, f"{point} was not reached"
            unsure += medium.cut(Random(number * 10 + turn))
            cuts += 1
            try:
                Life(folder).recover()
            except AssertionError as error:
                error.add_note(f"cut at {point}, loss {turn}")
                raise
    print(f"\n{cuts} power cuts of the PC at {len(points)} points, {unsure} changes not sure: 0 lost, 0 doubled, 0 wrong bytes")


def test_the_power_goes_at_every_point_of_the_hub_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "hub", **LIMITS) as hub, FaultProxy(hub.url) as proxy:
        medium = Medium(hub.data, tmp_path / "log")
        trace = tmp_path / "trace"
        hub.stop()
        hub.start(FIRSTLIGHT_HUB_POINTS=str(trace))
        pc = Pc(tmp_path / "whole", hub, proxy)
        settle(pc, scenario(pc, tmp_path / "stick"))
        pc.close()
        points = chosen(trace.read_text().split())
        assert {point.partition(":")[0] for point in points} >= EXPECTED
        unsure = 0
        for number, point in enumerate(points):
            hub.stop()
            pc = Pc(tmp_path / f"pc-{number}", hub, proxy)  # looks into the hub's database, and may leave an empty file beside it
            medium.remember()
            hub.start(**environment_of(point), **medium.environment())
            promised = scenario(pc, tmp_path / f"stick-{number}")
            hub.kill()
            unsure += medium.cut(Random(number))
            hub.start()
            try:
                check_acknowledged(pc, promised)
                settle(pc, promised)
            except AssertionError as error:
                error.add_note(f"the hub's power went at {point}")
                raise
            pc.close()
        print(f"\n{len(points)} power cuts of the hub, {unsure} changes not sure: 0 lost, 0 doubled, 0 wrong bytes")


def check_acknowledged(pc: Pc, promised: list[tuple[str, str]]) -> None:
    """What the PC was told has arrived is there after the cut, before anything is said again."""
    known = pc.real.reports()
    for id, _title in promised:
        if pc.state(id) != Local.DELIVERED:
            continue
        assert id in known, "acknowledged, and gone"
        assert known[id]["rev"] == pc.reports.get(id).sent_rev
        for sha256, _name, _size in known[id]["files"]:
            assert hashlib.sha256(pc.real.file(sha256).read_bytes()).hexdigest() == sha256, "a row without its bytes"
    check_once(pc.real)
