# SPDX-License-Identifier: Apache-2.0
"""From the name of a target to an open medium: `/dev/sdX`, `file:/path` or a plain path, `nbd:HOST:PORT`.

Everything that may refuse does so here, before the first byte: what kind of disk it is, whether it is the card that a gate has seen,
whether something uses it. A disk is opened for us alone (O_EXCL), then asked once more who it is.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from firstlight.base.work import Work
from firstlight.imaging import disks
from firstlight.imaging.disk import Disk, Identity, Why
from firstlight.imaging.errors import TargetChanged, TargetDenied, TargetRefused
from firstlight.imaging.medium import DiskMedium, Medium, device_size, fault
from firstlight.imaging.system import answer

_NBD = re.compile(r"nbd:(?P<host>[A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):(?P<port>[0-9]{1,5})")
_DRIVE = re.compile(r"\\\\\.\\PhysicalDrive[0-9]{1,3}")


@dataclass(frozen=True)
class Rules:
    """What may be written: `expect` is the card that was checked, `allow` reasons that the tester has overridden."""

    expect: Identity = field(default_factory=Identity)
    allow: frozenset[Why] = frozenset()


def is_disk(target: str) -> bool:
    """Whether a target is a device of this PC (and may need more rights than ours)."""
    path = target.removeprefix("file:")
    if target.startswith(("file:", "nbd:")):
        return False
    return bool(_DRIVE.fullmatch(path)) or (path.startswith("/dev/") and not Path(path).is_file())


def open_target(target: str, work: Work, rules: Rules, *, image: Path | None = None, need: int = 0, fd: int | None = None) -> Medium:
    """An open medium that passed every check. ImagingError; nothing was written. `fd`: already opened by someone with more rights."""
    match = _NBD.fullmatch(target)
    if match and 0 < int(match["port"]) < 65536:
        from firstlight.imaging.nbd import NbdMedium  # noqa: PLC0415  # heavy: sockets, which no card needs

        medium: Medium = NbdMedium(match["host"].strip("[]"), int(match["port"]))
        _compare(Identity(medium.serial, medium.capacity), rules.expect, medium)
        return medium
    return _open_disk(target, work, rules, image, need, fd) if is_disk(target) else _open_file(target.removeprefix("file:"), rules, image)


def _open_file(text: str, rules: Rules, image: Path | None) -> Medium:
    """A plain file: an empty one grows, one with a size stands for a card of that size."""
    path = Path(text)
    if path.is_symlink():
        raise TargetRefused(path=text, reason="link")
    if path.exists() and not path.is_file():
        raise TargetRefused(path=text, reason="folder")
    if not path.absolute().parent.is_dir():
        raise TargetRefused(path=text, reason="missing")
    if image and path.exists() and image.exists() and path.samefile(image):
        raise TargetRefused(path=text, reason="same_file")
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise fault(error, text, 0, is_there=True) from error
    size = os.fstat(fd).st_size
    medium = DiskMedium(fd, str(path.absolute()), is_blank=size == 0)
    _compare(Identity("", size), rules.expect, medium)
    return medium


def _open_disk(path: str, work: Work, rules: Rules, image: Path | None, need: int, fd: int | None) -> Medium:
    disk = disks.find(path, work, image=image, need=need, allow=rules.allow)
    if not rules.expect.fits(disk.identity):
        raise TargetChanged(path=path, expected=str(rules.expect), found=str(disk.identity))
    if fd is None:
        unmount(disk, work)
        fd = open_exclusively(path)
    if not stat.S_ISBLK(os.fstat(fd).st_mode) and sys.platform.startswith("linux"):
        os.close(fd)
        raise TargetRefused(path=path, reason="missing")
    medium = DiskMedium(fd, path, serial=disk.serial)
    # Between looking and opening another card may have come: the open one is asked, not the path.
    now = disks.find(path, work, image=image, need=need, allow=rules.allow).identity
    _compare(Identity(now.serial, device_size(fd), now.seq), disk.identity, medium)
    return medium


def open_to_read(target: str, fd: int | None = None) -> Medium:
    """A medium to look at; nothing about it may refuse, as nothing is written. ImagingError."""
    match = _NBD.fullmatch(target)
    if match and 0 < int(match["port"]) < 65536:
        from firstlight.imaging.nbd import NbdMedium  # noqa: PLC0415  # heavy: as above

        return NbdMedium(match["host"].strip("[]"), int(match["port"]), is_for_reading=True)
    path = target.removeprefix("file:")
    if fd is None:
        try:
            fd = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        except FileNotFoundError as error:
            raise TargetRefused(path=path, reason="missing") from error
        except OSError as error:
            raise fault(error, path, 0, is_there=True) from error
    if stat.S_ISDIR(os.fstat(fd).st_mode):
        os.close(fd)
        raise TargetRefused(path=path, reason="folder")
    return DiskMedium(fd, path, is_for_reading=True)


def _compare(found: Identity, expected: Identity, medium: Medium) -> None:
    if not expected.fits(found):
        medium.close()
        raise TargetChanged(path=medium.path, expected=str(expected), found=str(found))


def open_exclusively(path: str) -> int:
    """Open a device for us alone; TargetDenied, TargetBusy, TargetGone."""
    try:
        return os.open(path, os.O_RDWR | os.O_EXCL | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise fault(error, path, 0, is_there=True) from error


def unmount(disk: Disk, work: Work, ask: Callable[..., bytes] = answer) -> None:
    """Take a card's volumes out of the system; what stays in use shows when the device is opened."""
    if sys.platform == "darwin":
        ask("diskutil", "unmountDisk", disk.path, work=work)
        return
    for place in disk.mounts:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            ask("umount", place, work=work)
        else:
            ask("gio", "mount", "--unmount", place, work=work)


def may_open(path: str) -> bool:
    """Whether this user may write the device as it is."""
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        return not isinstance(fault(error, path, 0, is_there=True), TargetDenied)
    return True
