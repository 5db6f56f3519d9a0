# SPDX-License-Identifier: Apache-2.0
"""Which disks there are, which of them may be written, and for each other one why not.

Only what can be taken out of the PC is offered. A disk that is hidden is listed with its reason, as a tester whose card "is not there"
must be able to see why. Who asks the system: `lsblk` (Linux), `diskutil` (macOS), PowerShell (Windows); each is a module of its own.
The macOS and Windows readers are tested on answers written after their manuals, and have not met a real one yet.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from firstlight.base.work import Work
from firstlight.imaging.disk import Disk, Why, judge
from firstlight.imaging.errors import TargetRefused

_NEVER = frozenset({Why.SYSTEM, Why.MOUNTED_SYSTEM, Why.HOLDS_IMAGE, Why.READ_ONLY, Why.NO_MEDIUM})
"""Reasons that nobody may override."""


def listing(work: Work, *, image: Path | None = None, need: int = 0, allow_big: bool = False) -> tuple[Disk, ...]:
    """Every whole disk of this PC with its reason, those that may be written first. ToolMissing-like trouble gives ().

    `image` is the file that is to be written: the disk it lies on is never a target.
    """
    found = _ask(work)
    on = _disk_of(image, found) if image else ""
    judged = [judge(d, need=need, image_on=on, allow_big=allow_big) for d in found]
    return tuple(sorted(judged, key=lambda d: (not d.is_allowed, d.path)))


def find(path: str, work: Work, *, image: Path | None = None, need: int = 0, allow: frozenset[Why] = frozenset()) -> Disk:
    """The disk of a path, when it may be written; TargetRefused with the reason.

    `allow` overrides reasons, but never those that protect the system's own disks.
    """
    disk = next((d for d in listing(work, image=image, need=need) if d.path == path), None)
    if disk is None:
        raise TargetRefused(path=path, reason="missing")
    if not disk.is_allowed and disk.why not in allow - _NEVER:
        raise TargetRefused(path=path, reason=str(disk.why), size=disk.size, name=disk.name)
    return disk


def _ask(work: Work) -> tuple[Disk, ...]:
    if sys.platform == "darwin":
        from firstlight.imaging import diskutil  # noqa: PLC0415  # one system's reader never loads another's

        return diskutil.ask(work)
    if sys.platform == "win32":
        from firstlight.imaging import windows_disks  # noqa: PLC0415  # as above

        return windows_disks.ask(work)
    from firstlight.imaging import lsblk  # noqa: PLC0415  # as above

    return lsblk.ask(work)


def _disk_of(image: Path, disks: tuple[Disk, ...]) -> str:
    """Path of the disk that holds a file, by the longest mount that is above it; "" when none is."""
    try:
        real = str(image.resolve())
    except OSError:
        return ""
    best, path = -1, ""
    for disk in disks:
        for mount in disk.mounts:
            base = mount.rstrip("/\\") or "/"
            inside = base == "/" or real == base or real.startswith(base + os.sep)
            if inside and len(base) > best:
                best, path = len(base), disk.path
    return path
