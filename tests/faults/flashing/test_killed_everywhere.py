# SPDX-License-Identifier: Apache-2.0
"""kill -9 of the real program at every entry of its journal, in all four ways: the next start ends with the right bytes on the device,
and nothing that must not be repeated was repeated. The long run prints the table of stages x faults: run with -s.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.flashing.ways import WAYS, Killer, WayKilled, stage_of
from firstlight.practice.faults import Faults, parse

BESIDE = {
    "phone": ("", "cable-out:40", "low-battery", "locked"),
    "router": ("", "cable-out:40", "bad-block", "full-cache"),
    "recovery": ("", "cable-out:40", "asks-outside"),
    "card": ("", "cable-out:40", "bad-block:60"),
}
"""Faults of the device that meet the kill; mended between the starts, as a tester would."""
EVERY = 3
"""The kill alone comes behind each stage, with a fault of the device behind each third."""


def whole(way: WayKilled, root: Path) -> list[str]:
    """The stages of a run that nothing disturbs; its device's record is what "once" means."""
    with Killer(way, root) as killer:
        done = killer.play()
        assert done.returncode == 0, (done.stdout[-1500:], done.stderr[-1500:])
        assert way.holds(killer.stand)
        return [stage_of(record) for record in killer.records()]


def killed_at(way: WayKilled, root: Path, point: str, faults: Faults) -> tuple[int, str]:
    """Kill there, go on to the end; how many starts it took and what was repeated that must not be."""
    with Killer(way, root, faults) as killer:
        died = killer.play(crash_at=point)
        assert died.returncode in (-9, 1), (point, died.returncode, died.stderr[-1500:])
        killer.stand.mend()
        starts = killer.go_on()
        assert starts, (point, [stage_of(r) for r in killer.records()][-12:])
        assert way.holds(killer.stand), (point, [stage_of(r) for r in killer.records()][-30:])
        twice = [name for name, count in way.unsafe(killer.stand).items() if count > 1]
        return starts, ", ".join(twice)


def test_killed_while_a_card_is_written_the_run_ends_with_the_right_bytes(tmp_path: Path) -> None:
    """The short one for every day: the entry after the write has begun. The other ways have theirs in rooms of their own."""
    stages = whole(WAYS["card"], tmp_path / "whole")
    at = stages.index("part card writing") + 1
    assert killed_at(WAYS["card"], tmp_path / "killed", f"journal.synced:{at}", Faults()) == (1, "")


@pytest.mark.long
@pytest.mark.parametrize("name", WAYS)
def test_killed_at_every_stage_with_every_fault(name: str, tmp_path: Path) -> None:
    way = WAYS[name]
    stages = whole(way, tmp_path / "whole")
    faults = BESIDE[name]
    print(f"\n{name}: stages of the journal x faults; starts until the run was through, ! for what was repeated")
    print(f"{'killed behind':<34}" + "".join(f"{fault or 'kill alone':>16}" for fault in faults))
    repeated = []
    for number, stage in enumerate(stages, 1):
        row = f"{stage:<34}"
        for fault in faults if number % EVERY == 0 else faults[:1]:
            point = f"journal.{'synced' if number % 2 else 'written'}:{number}"
            folder = tmp_path / f"{number}-{fault.partition(':')[0]}"
            starts, twice = killed_at(way, folder, point, parse([fault] if fault else [], name))
            row += f"{starts} !{twice}".rjust(16) if twice else f"{starts}".rjust(16)
            repeated += [f"{stage}, {fault}: {twice}"] if twice else []
        print(row, flush=True)
    assert not repeated, repeated
