# SPDX-License-Identifier: Apache-2.0
"""kill -9 of the real program at every entry of its journal, in all four ways: the next start ends with the right bytes on the device,
and nothing that must not be repeated was repeated. The long run prints the table of stages x faults: run with -s.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.flashing.ways import WAYS, Killer, Played, WayKilled, stage_of
from firstlight.practice.faults import Faults, parse

BESIDE = {
    "phone": {
        "cable-out:40": "device.lost",
        "stall:40": "device.lost",
        "wrong-product": "refused: device",
        "locked": "refused: unlocked",
        "low-battery": "refused: battery",
        "bad-block:40": "device.damaged",
        "boot-fails": "device.not_back.fell_back",
        "reboot-loop": "device.not_back",
    },
    "sideload": {
        "cable-out:40": "device.lost",
        "stall:40": "device.lost",
        "wrong-product": "refused: adb_device",
        "wrong-board": "refused: adb_expect:ro.boot.hardware.revision",
        "low-battery": "refused: battery",
        "bad-block:40": "device.package_refused",
        "full-cache": "device.package_refused",
        "boot-fails": "device.not_back.fell_back",
        "reboot-loop": "device.not_back",
    },
    "router": {
        "cable-out:40": "device.router_lost",
        "stall:40": "device.router_stalled",
        "wrong-product": "refused: router.board, router.compat",
        "bad-block:40": "device.upload_damaged",
        "full-cache": "refused: router.space",
        "boot-fails": "device.router_not_back.rolled_back",
        "reboot-loop": "device.router_not_back.brick",
        "never-back": "device.router_not_back.brick",
    },
    "recovery": {
        "cable-out:40": "recovery.stalled",
        "stall:40": "recovery.stalled",
        "wrong-mac": "recovery.nobody_asked.others",
        "bad-block:40": "device.router_not_back.brick",
        "reboot-loop": "recovery.loop",
        "asks-outside": "ended",
    },
    "card": {
        "cable-out:40": "imaging.gone",
        "stall:40": "imaging.gone",
        "bad-block:40": "imaging.bad_block",
        "full:40": "imaging.full",
        "fake-size:40": "imaging.not_verified.differs",
        "too-small": "imaging.too_large.before",
        "read-only": "imaging.refused.read_only",
        "swapped": "refused: card",
    },
}
"""Faults of the device and where a run that meets them stops: its gate, or the code that its page explains. Mended between the starts,
as a tester would."""
NOT_BACK = ("boot-fails", "reboot-loop", "never-back")
"""Faults behind which the device stands as before: what was done once is rightly done once more."""
WITHOUT_A_BYTE = ("refused", "imaging.too_large", "imaging.refused", "recovery.nobody_asked")


def whole(way: WayKilled, root: Path) -> list[str]:
    """The stages of a run that nothing disturbs; its device's record is what "once" means."""
    with Killer(way, root) as killer:
        done = killer.play()
        assert done.returncode == 0, (done.events[-5:], done.stderr[-1500:])
        assert way.holds(killer.stand)
        return [stage_of(record) for record in killer.records()]


def met(way: WayKilled, root: Path, fault: str) -> tuple[Played, int, int]:
    """One fault alone: how the program stopped, what the device had of it by then, and how many starts it took to the end."""
    with Killer(way, root, parse([fault], way.kind)) as killer:
        first = killer.play()
        taken = killer.stand.bytes_taken
        killer.stand.mend()
        starts = 0 if first.returncode == 0 else killer.go_on()
        assert starts or first.returncode == 0, (fault, first.outcome, [stage_of(r) for r in killer.records()][-12:])
        assert way.holds(killer.stand), fault
        return first, taken, starts


def killed_at(way: WayKilled, root: Path, point: str, faults: Faults) -> tuple[str, int, str]:
    """Kill there, go on to the end; how the first start ended, how many more it took and what was repeated that must not be."""
    with Killer(way, root, faults) as killer:
        died = killer.play(crash_at=point)
        assert died.returncode in (-9, 1), (point, died.outcome, died.stderr[-1500:])
        killer.stand.mend()
        starts = killer.go_on()
        assert starts, (point, [stage_of(r) for r in killer.records()][-12:])
        assert way.holds(killer.stand), (point, [stage_of(r) for r in killer.records()][-30:])
        twice = [name for name, count in way.unsafe(killer.stand).items() if count > 1]
        return died.outcome, starts, ", ".join(twice)


def test_killed_while_a_card_is_written_the_run_ends_with_the_right_bytes(tmp_path: Path) -> None:
    """The short one for every day: the entry after the write has begun. The other ways have theirs in rooms of their own."""
    stages = whole(WAYS["card"], tmp_path / "whole")
    at = stages.index("part card writing") + 1
    assert killed_at(WAYS["card"], tmp_path / "killed", f"journal.synced:{at}", Faults()) == ("killed", 1, "")


@pytest.mark.long
@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, faults in BESIDE.items() for fault in faults])
def test_every_fault_of_every_way_stops_where_its_page_is_and_can_be_carried_on(name: str, fault: str, tmp_path: Path) -> None:
    first, taken, starts = met(WAYS[name], tmp_path / "met", fault)
    print(f"\n{name:<10}{fault:<16}{first.outcome:<50}{taken:>10} bytes sent, ended after {starts} more")
    assert first.outcome == BESIDE[name][fault]
    if first.outcome.startswith(WITHOUT_A_BYTE):
        assert taken == 0


@pytest.mark.long
@pytest.mark.parametrize("name", WAYS)
def test_killed_at_every_stage_alone_and_with_a_fault(name: str, tmp_path: Path) -> None:
    """Each stage is met by the kill alone and by the kill of a run whose device has a fault; the faults take turns."""
    way, faults = WAYS[name], tuple(BESIDE[name])
    stages = whole(way, tmp_path / "whole")
    print(f"\n{name}: killed behind each entry of the journal; more starts until the run was through, ! for what was repeated")
    repeated = []
    for number, stage in enumerate(stages, 1):
        row = f"{number:>3} {stage:<32}"
        for fault in ("", faults[number % len(faults)]):
            point = f"journal.{'synced' if number % 2 else 'written'}:{number}"
            folder = tmp_path / f"{number}-{fault.partition(':')[0]}"
            outcome, starts, twice = killed_at(way, folder, point, parse([fault] if fault else [], way.kind))
            row += f"  alone {starts}" if not fault else f"   {fault}: {outcome}, {starts}"
            twice = "" if fault in NOT_BACK else twice
            row += f" !{twice}" if twice else ""
            repeated += [f"{stage}, {fault}: {twice}"] if twice else []
        print(row, flush=True)
    assert not repeated, repeated
