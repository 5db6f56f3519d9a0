# SPDX-License-Identifier: Apache-2.0
"""Which disks are offered, and why the others are not; the readers of three systems on answers in their shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.imaging import diskutil, lsblk, windows_disks
from firstlight.imaging.disk import Disk, Identity, Why, judge
from firstlight.imaging.disks import listing

RECORDINGS = Path(__file__).parents[2] / "recordings" / "disks"
GB = 1000**3


def test_linux_offers_the_card_and_the_stick_and_says_why_not_the_rest() -> None:
    found = {d.path: judge(d, image_on="/dev/sdc").why for d in lsblk.read((RECORDINGS / "lsblk.json").read_bytes())}
    assert found == {
        "/dev/nvme0n1": Why.SYSTEM,  # through dm-crypt and LVM
        "/dev/sda": Why.FIXED,
        "/dev/sdb": Why.ALLOWED,
        "/dev/sdc": Why.HOLDS_IMAGE,
        "/dev/sdd": Why.NO_MEDIUM,
        "/dev/sde": Why.TOO_BIG,
        "/dev/sdf": Why.READ_ONLY,
        "/dev/loop0": Why.MOUNTED_SYSTEM,
        "/dev/zram0": Why.SYSTEM,  # swap
    }


def test_a_stick_cannot_steer_the_terminal_by_its_name() -> None:
    disk = next(d for d in lsblk.read((RECORDINGS / "lsblk.json").read_bytes()) if d.path == "/dev/sdb")
    assert disk.name.startswith("Generic STORAGE")
    assert "\x1b" not in disk.name


def test_macos_offers_the_card_alone() -> None:
    names = diskutil.whole_disks((RECORDINGS / "diskutil-list.plist").read_bytes())
    assert names == ["disk0", "disk1", "disk4"]
    card = diskutil.read((RECORDINGS / "diskutil-info-card.plist").read_bytes())
    inside = diskutil.read((RECORDINGS / "diskutil-info-system.plist").read_bytes())
    assert card is not None and inside is not None
    assert (card.path, card.size, judge(card).why) == ("/dev/rdisk4", 31914983424, Why.ALLOWED)
    assert judge(inside).why is Why.SYSTEM


def test_windows_offers_the_card_alone() -> None:
    found = {d.path: judge(d).why for d in windows_disks.read((RECORDINGS / "get-disk.json").read_bytes())}
    assert found == {
        r"\\.\PhysicalDrive0": Why.SYSTEM,
        r"\\.\PhysicalDrive1": Why.ALLOWED,
        r"\\.\PhysicalDrive2": Why.NO_MEDIUM,
        r"\\.\PhysicalDrive3": Why.VIRTUAL,
    }


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b'{"blockdevices": {}}', b'{"blockdevices": [1, {"path": 5}]}', b"\xff\xfe"])
def test_an_answer_that_is_none_offers_nothing(text: bytes) -> None:
    assert lsblk.read(text) == ()
    assert diskutil.read(text) is None
    assert diskutil.whole_disks(text) == []
    assert [d for d in windows_disks.read(text) if judge(d).why is Why.ALLOWED] == []


def test_the_disk_that_this_test_runs_from_is_never_offered(tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(b"x")
    assert not [d for d in listing(Work(), image=image, allow_big=True) if d.is_allowed and any(m == "/" for m in d.mounts)]


def test_size_and_image_decide_too() -> None:
    stick = Disk("/dev/sdx", 8 * GB, is_removable=True)
    assert judge(stick, need=9 * GB).why is Why.TOO_SMALL
    assert judge(stick, need=8 * GB).why is Why.ALLOWED
    assert judge(Disk("/dev/sdx", 2000 * GB, bus="usb")).why is Why.TOO_BIG
    assert judge(Disk("/dev/sdx", 2000 * GB, bus="usb"), allow_big=True).why is Why.ALLOWED
    assert judge(Disk("/dev/sdx", 2000 * GB, bus="usb", mounts=("/home/me",)), allow_big=True).why is Why.MOUNTED_SYSTEM


def test_another_medium_in_the_same_reader_is_another_card() -> None:
    seen = Identity("reader-1", 8 * GB, 17)
    assert seen.fits(Identity("reader-1", 8 * GB, 17))
    assert not seen.fits(Identity("reader-1", 8 * GB, 18))
    assert not seen.fits(Identity("reader-1", 4 * GB, 17))
    assert not seen.fits(Identity("other", 8 * GB, 17))
    assert seen.fits(Identity("reader-1", 8 * GB, 0))
