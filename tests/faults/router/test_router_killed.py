# SPDX-License-Identifier: Apache-2.0
"""kill -9 at every entry of the journal, on both sides of the flash and in the middle of the bytes: played on, the router runs the
right build, was flashed once, and got a rescue once. What came is the router's own record.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.router_runs import RESCUE, RouterBench
from fakes.routers import KINDS, Stand, image_bytes, stand
from firstlight.practice.recovery import PracticeRecovery
from firstlight.store import journal

CHILD = Path(__file__).resolve().parents[2] / "fakes" / "router_child.py"
IMAGE = image_bytes()
ENTRIES = 34
RESCUE_ENTRIES = 16


def play(root: Path, what: str, *addresses: str, crash_at: str = "") -> int:
    """Run the child to its end or its death; the answer is its exit status."""
    env = dict(os.environ) | ({"FIRSTLIGHT_CRASH_AT": crash_at} if crash_at else {})
    words = [sys.executable, str(CHILD), str(root), what, *addresses]
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in (0, -9), done.stderr[-2000:]
    return done.returncode


def folder(at: Stand) -> RouterBench:
    made = RouterBench(at.folder / "pc", (at.device.address,), IMAGE)
    made.close()
    return made


def check(at: Stand, pc: RouterBench) -> None:
    assert at.build == "26.47"
    assert at.flashed == IMAGE
    assert sum(c.startswith("sysupgrade /") for c in at.commands) == 1, "flashed more than once"
    (run,) = (pc.root / "runs").glob("*-*")
    assert any(r["e"] == "finish" for r in journal.read(run / "journal.jsonl"))


WHERE = ["router.before_flash:1", "router.after_flash:1", "journal.synced:11", "journal.written:17"]
EVERYWHERE = [f"journal.{'synced' if n % 2 else 'written'}:{n}" for n in range(1, ENTRIES)] + WHERE[:2]


@pytest.mark.parametrize("crash_at", WHERE)
def test_killed_and_played_on_a_router_is_flashed_once(tmp_path: Path, crash_at: str) -> None:
    with stand("practice", tmp_path) as at:
        killed_and_played_on(at, crash_at)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("crash_at", EVERYWHERE)
def test_killed_at_every_entry_a_router_is_flashed_once(tmp_path: Path, kind: str, crash_at: str) -> None:
    with stand(kind, tmp_path) as at:
        killed_and_played_on(at, crash_at)


def killed_and_played_on(at: Stand, crash_at: str) -> None:
    pc = folder(at)
    died = play(pc.root, "flash", at.device.address, crash_at=crash_at)
    if died == -9:
        assert play(pc.root, "flash", at.device.address) == 0
    else:
        assert crash_at.startswith("journal") and int(crash_at.rpartition(":")[2]) > 20, f"{crash_at} was never reached"
    check(at, pc)


@pytest.mark.long
def test_killed_in_the_middle_of_the_bytes_the_next_start_sends_them_anew(tmp_path: Path) -> None:
    with stand("practice", tmp_path) as at:
        at.device.bytes_per_s = 2_000_000
        pc = folder(at)
        child = subprocess.Popen([sys.executable, str(CHILD), str(pc.root), "flash", at.device.address], stderr=subprocess.DEVNULL)
        while not any(p.stat().st_size > 200_000 for p in at.device.storage.tmp.iterdir()):
            at.work.wait(0.02)
        child.kill()
        child.wait()
        at.device.bytes_per_s = 0
        assert play(pc.root, "flash", at.device.address) == 0
        check(at, pc)


@pytest.mark.parametrize(
    "crash_at", ["journal.synced:9", *(pytest.param(f"journal.synced:{n}", marks=pytest.mark.long) for n in range(1, RESCUE_ENTRIES + 1))]
)
def test_killed_in_a_rescue_and_played_on_the_router_runs(tmp_path: Path, crash_at: str) -> None:
    with PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20) as practice:
        pc = RouterBench(tmp_path / "pc", (practice.address, practice.ssh), IMAGE, RESCUE)
        pc.close()
        addresses = (practice.address, practice.ssh)
        died = play(pc.root, "rescue", *addresses, crash_at=crash_at)
        assert died == -9, f"{crash_at} was never reached"
        assert play(pc.root, "rescue", *addresses) == 0
        assert practice.holds == IMAGE
        assert practice.router.memory.build == "26.47"
