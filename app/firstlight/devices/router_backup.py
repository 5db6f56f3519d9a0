# SPDX-License-Identifier: Apache-2.0
"""A copy of a router's settings on this PC: the archive that `sysupgrade -b` writes, streamed, then read back from the disk.

The archive is kept as it came and never unpacked here; reading it back walks through it, bounded, to know that it is whole.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from firstlight.base.work import Work
from firstlight.devices.errors import BackupDamaged
from firstlight.devices.router_line import Ended
from firstlight.devices.tool import clean
from firstlight.store.disk import Disk, settle

NAME = "router-settings.tar.gz"
MAX_BACKUP = 32 << 20
_MAX_MEMBERS = 20_000
_MAX_UNPACKED = 256 << 20
_SECONDS = 120.0


@dataclass(frozen=True)
class Backup:
    """A kept copy; `files` is how many files it holds."""

    path: Path
    size: int
    sha256: str
    files: int


class _Run(Protocol):
    def __call__(self, command: str, work: Work, *, deadline_s: float, into: Callable[[bytes], None], limit: int) -> Ended: ...


def keep_backup(run: _Run, folder: Path, work: Work) -> Backup:
    """Stream it into `folder`/router-settings.tar.gz and read it back; an older copy stays until the new one is whole."""
    Disk().make_folder(folder)
    new, path = folder / (NAME + ".new"), folder / NAME
    digest = hashlib.sha256()
    # Settings hold passwords and keys: for this user alone.
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:

        def into(data: bytes) -> None:
            digest.update(data)
            file.write(data)

        ended = run("sysupgrade -b -", work, deadline_s=_SECONDS, into=into, limit=MAX_BACKUP)
    if ended.is_cut:
        new.unlink()
        raise BackupDamaged(why=f"more than {MAX_BACKUP >> 20} MB")
    if ended.exit != 0:
        new.unlink()
        raise BackupDamaged(why=clean(ended.err.decode("utf-8", "replace")).strip()[-200:] or f"exit {ended.exit}")
    try:
        kept = check_backup(new, work, digest.hexdigest())
    except BackupDamaged:
        new.unlink()
        raise
    settle(new, path)
    return Backup(path, kept.size, kept.sha256, kept.files)


def check_backup(path: Path, work: Work, sha256: str) -> Backup:
    """Read a kept copy from the disk: its hash, and the whole archive; BackupDamaged."""
    try:
        with path.open("rb") as file:
            got = hashlib.file_digest(file, "sha256").hexdigest()
        if got != sha256:
            raise BackupDamaged(why="read back, it is not what came")
        files = _walk(path, work)
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError) as error:
        raise BackupDamaged(why=f"not a whole archive: {clean(str(error))[:120]}") from error
    if not files:
        raise BackupDamaged(why="there is no file in it")
    return Backup(path, path.stat().st_size, sha256, files)


def _walk(path: Path, work: Work) -> int:
    """Count the files, reading to the end of the archive within bounds."""
    files = members = unpacked = 0
    with tarfile.open(path, "r|gz") as archive:
        for member in archive:
            work.check()
            members += 1
            unpacked += 512 + max(0, member.size)
            if members > _MAX_MEMBERS or unpacked > _MAX_UNPACKED:
                raise BackupDamaged(why="it unpacks to more than settings can be")
            files += member.isfile()
    return files
