# SPDX-License-Identifier: Apache-2.0
"""Every guide that comes with the program, against practice devices through every fault that they can have: each ends at the gate that
refuses (with no byte sent), at the fault that its page explains, or in a device that is as the guide wants it. Run with -s for the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.rehearsals.rehearse import all_of, rehearse, table, told
from firstlight.guides.check import check
from firstlight.guides.manual import manual

GUIDES = Path(__file__).resolve().parents[3] / "resources" / "guides"
ENDS = {
    "a1-sideload": {
        "none": "finished",
        "cable-out": "stopped device.lost",
        "stall": "stopped device.lost",
        "bad-block": "stopped device.package_refused",
        "low-battery": "refused battery",
        "locked": "finished",  # the guide is for locked phones
        "wrong-product": "refused adb_device",
        "wrong-board": "refused adb_expect:ro.boot.hardware.revision",
        "newer-rollback": "stopped device.package_refused",
        "boot-fails": "stopped device.not_back",
        "reboot-loop": "stopped device.not_back",
        "full-cache": "stopped device.package_refused",
        "unauthorised": "stopped device.unauthorised",
    },
    "a1-weekly": {
        "none": "finished",
        "cable-out": "stopped device.lost",
        "stall": "stopped device.lost",
        "bad-block": "stopped device.damaged",
        "low-battery": "refused battery",
        "locked": "refused unlocked",
        "wrong-product": "refused device",
        "wrong-board": "refused device",
        "newer-rollback": "refused rollback",
        "boot-fails": "stopped device.not_back",
        "reboot-loop": "stopped device.not_back",
        "full-cache": "finished",  # nothing of it goes through /cache
        "unauthorised": "stopped device.unauthorised",
    },
    "r1-update": {
        "none": "finished",
        "cable-out": "stopped device.router_lost",
        "stall": "stopped device.router_stalled",
        "bad-block": "stopped device.upload_damaged",
        "wrong-product": "refused router.board",
        "boot-fails": "stopped device.router_not_back",
        "reboot-loop": "stopped device.router_not_back",
        "full-cache": "refused router.space",
        "never-back": "stopped device.router_not_back",
    },
    "r1-recovery": {
        "none": "finished",
        "cable-out": "stopped recovery.stalled",
        "stall": "stopped recovery.stalled",
        "bad-block": "stopped device.router_not_back",
        "reboot-loop": "stopped recovery.loop",
        "wrong-mac": "stopped recovery.nobody_asked",
        "asks-outside": "finished",  # the file outside is refused, then it asks for the right one
    },
    "r1-card": {
        "none": "finished",
        "cable-out": "stopped imaging.gone",
        "stall": "stopped imaging.gone",
        "bad-block": "stopped imaging.bad_block",
        "fake-size": "stopped imaging.not_verified",
        "full": "stopped imaging.full",
        "too-small": "stopped imaging.too_large",
        "read-only": "stopped imaging.refused",
        "swapped": "stopped device.not_found",
    },
    "r1-build": {"none": "finished"},
}
"""Guide -> fault -> how its first try ends."""
NO_BYTE = ("refused", "stopped imaging.too_large", "stopped imaging.refused", "stopped recovery.nobody_asked", "stopped device.not_found")


def test_a_card_that_is_refused_is_mended_and_written(tmp_path: Path) -> None:
    """The short one for every day."""
    rows = rehearse(GUIDES / "r1-card" / "guide.yaml", tmp_path / "home", "too-small")
    assert {fault: (told(row), row["good"]) for fault, row in rows.items()} == {
        fault: (ENDS["r1-card"][fault], True) for fault in ("none", "too-small")
    }
    assert rows["too-small"]["sent"] == 0


def test_the_example_of_the_authors_manual_holds_what_it_teaches(tmp_path: Path) -> None:
    """Whoever begins with it begins with a guide that ends well."""
    guide = tmp_path / "a1" / "guide.yaml"
    guide.parent.mkdir()
    guide.write_text(manual().partition("```yaml\n")[2].partition("```")[0], "utf-8")
    assert check(guide) == ()
    rows = rehearse(guide, tmp_path / "home", "low-battery")
    assert {fault: row["good"] for fault, row in rows.items()} == {"none": True, "low-battery": True}


@pytest.mark.long
def test_every_guide_through_every_fault(tmp_path: Path) -> None:
    guides = sorted(GUIDES.glob("*/guide.yaml"))
    assert {guide.parent.name for guide in guides} == set(ENDS)
    found = all_of(guides, tmp_path)
    print("\n" + "\n".join(table(name, rows) for name, rows in found.items()))
    assert {name: {fault: told(row) for fault, row in rows.items()} for name, rows in found.items()} == ENDS
    assert not [(name, row) for name, rows in found.items() for row in rows.values() if not row["good"]]
    assert not [(name, row) for name, rows in found.items() for row in rows.values() if told(row).startswith(NO_BYTE) and row["sent"]]
