# SPDX-License-Identifier: Apache-2.0
"""The few acts on files that durability hangs on, behind one class, so that tests can stand in a disk that forgets what was not synced."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from firstlight.base.work import Work
from firstlight.store.errors import DiskFull, ReadOnly, StoreError

if sys.platform == "darwin":  # fsync there does not empty the drive's own cache
    import fcntl

    def _sync(fd: int) -> None:
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)

else:
    _sync = os.fsync

_SHARING_TRIES = 5
_SHARING_WAIT_S = 0.05


class Disk:
    """The real disk."""

    def open_new(self, path: Path) -> BinaryIO:
        """A new file that must not exist yet, readable by this user alone."""
        return open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb")  # noqa: PTH123

    def sync(self, file: BinaryIO) -> None:
        """Everything written to `file` is on the medium when this returns."""
        file.flush()
        _sync(file.fileno())

    def replace(self, source: Path, target: Path, wait: Callable[[float], None]) -> None:
        """Rename over `target`. Virus scanners on Windows hold files open for moments, so try a few times."""
        for left in reversed(range(_SHARING_TRIES)):
            try:
                source.replace(target)
                return
            except PermissionError:
                if not left or sys.platform != "win32":
                    raise
                wait(_SHARING_WAIT_S)

    def sync_folder(self, folder: Path) -> None:
        """The names in `folder` are on the medium when this returns; Windows keeps no handle for that and does it by itself."""
        if sys.platform == "win32":
            return
        fd = os.open(folder, os.O_RDONLY)
        try:
            _sync(fd)
        finally:
            os.close(fd)

    def make_folder(self, folder: Path) -> None:
        """The folder and those above it are there, each with its name on the medium: else what is synced inside could go with it."""
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir(mode=0o700, exist_ok=True)
            self.sync_folder(new.parent)

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        path.unlink(missing_ok=True)

    def free(self, folder: Path) -> int:
        """Free bytes for this user where `folder` lies."""
        return shutil.disk_usage(folder).free


def sha256_of(path: Path, work: Work) -> str:
    """The hash of a file's bytes, read a piece at a time. OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            work.check()
            digest.update(piece)
    return digest.hexdigest()


def settle(new: Path, target: Path) -> None:
    """Rename a file that was just written over `target`: its bytes on the medium first, then its name. A journal that says afterwards
    that it was made is believed after a power cut too. OSError.
    """
    disk = Disk()
    with new.open("rb+") as file:
        disk.sync(file)
    new.replace(target)
    disk.sync_folder(target.parent)


def fault_of(error: OSError, path: Path, *, need: int = 0, free: int = 0) -> StoreError:
    """The known fault behind an OSError met while writing below `path`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(need=need, free=free)
    return ReadOnly(path=str(path), why=error.strerror or str(error))
