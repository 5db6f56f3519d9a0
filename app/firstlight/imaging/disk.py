# SPDX-License-Identifier: Apache-2.0
"""A disk as the system describes it, which card it is, and the reason why it may not be written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

BIG = 128 * 1000**3
"""Bytes. Cards and sticks above this are rather somebody's archive: shown only on request."""
SMALL = 1 << 20


class Why(StrEnum):
    """Why a disk is hidden; ALLOWED is the only one that may be written."""

    ALLOWED = ""
    SYSTEM = "system"
    """The system, its page file or the tester's files live on it."""
    HOLDS_IMAGE = "holds_image"
    MOUNTED_SYSTEM = "mounted_system"
    """One of its partitions is mounted where the system needs it."""
    FIXED = "fixed"
    """Built in: neither removable nor on USB."""
    VIRTUAL = "virtual"
    READ_ONLY = "read_only"
    NO_MEDIUM = "no_medium"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    """Above 128 GB; the only reason that a tester may override."""


@dataclass(frozen=True)
class Identity:
    """Which card it is: what a gate has seen and the writer must find again. 0 and "" are not compared."""

    serial: str = ""
    size: int = 0
    seq: int = 0

    def fits(self, other: Identity) -> bool:
        """Whether nothing that both know differs."""
        return all(not a or not b or a == b for a, b in ((self.serial, other.serial), (self.size, other.size), (self.seq, other.seq)))

    def __str__(self) -> str:
        return f"{self.serial or '?'}, {self.size} bytes" + (f", medium {self.seq}" if self.seq else "")


@dataclass(frozen=True)
class Disk:
    """A whole disk as the system describes it. Bytes; "" and 0 mean not told."""

    path: str
    size: int
    name: str = ""
    """Maker and model in the disk's own words."""
    serial: str = ""
    bus: str = ""
    is_removable: bool = False
    is_read_only: bool = False
    is_virtual: bool = False
    volumes: tuple[str, ...] = ()
    mounts: tuple[str, ...] = ()
    is_system: bool = False
    seq: int = 0
    """Counts media: another card in the same reader has another number. 0 where the system does not count."""
    why: Why = Why.ALLOWED

    @property
    def is_allowed(self) -> bool:
        """May be written."""
        return self.why is Why.ALLOWED

    @property
    def identity(self) -> Identity:
        """Which card it is."""
        return Identity(self.serial, self.size, self.seq)

    @property
    def tail(self) -> str:
        """How testers name it in a confirmation: the last four of its serial number, or of its path."""
        return (self.serial or self.path)[-4:]


_SYSTEM_MOUNTS = (
    "/",
    "/boot",
    "/home",
    "/usr",
    "/var",
    "/etc",
    "/opt",
    "/srv",
    "/tmp",
    "/root",
    "/nix",
    "/snap",
    "[SWAP]",
    "/System",
    "/private",
)
_MEDIA = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def is_system_mount(place: str) -> bool:
    """Whether the system needs what is mounted there; places for sticks (/media/…) are none."""
    if place.startswith(_MEDIA):
        return False
    return place in _SYSTEM_MOUNTS or any(place.startswith(m + "/") for m in _SYSTEM_MOUNTS if m.startswith("/") and m != "/")


def judge(disk: Disk, *, need: int = 0, image_on: str = "", allow_big: bool = False) -> Disk:
    """`disk` with its reason. `need` is the size of the image, `image_on` the path of the disk that holds it.

    The gravest reason wins, so that nobody is told to ask for big disks and then meets a system disk.
    """
    return replace(disk, why=_reason(disk, need, image_on, allow_big))


def _reason(disk: Disk, need: int, image_on: str, allow_big: bool) -> Why:
    reasons = (
        (disk.is_system, Why.SYSTEM),
        (any(is_system_mount(m) for m in disk.mounts), Why.MOUNTED_SYSTEM),
        (bool(image_on) and disk.path == image_on, Why.HOLDS_IMAGE),
        (disk.is_virtual, Why.VIRTUAL),
        (not disk.is_removable and disk.bus != "usb", Why.FIXED),
        (disk.size == 0, Why.NO_MEDIUM),
        (disk.is_read_only, Why.READ_ONLY),
        (disk.size < max(need, SMALL), Why.TOO_SMALL),
        (disk.size > BIG and not allow_big, Why.TOO_BIG),
    )
    return next((why for holds, why in reasons if holds), Why.ALLOWED)
