# SPDX-License-Identifier: Apache-2.0
"""Files by content: `files/ab/<sha256>`. What has a name here is whole and on the disk; a name's bytes never change."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from firstlight_hub.base.points import reached

_NAME = re.compile(r"[0-9a-f]{64}")
CHUNK = 1024 * 1024


class Files:
    """The content store below `root`; several processes may use one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash are or would be; ValueError for what is no hash."""
        if not _NAME.fullmatch(sha256):
            raise ValueError("no SHA-256")
        return self.root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here."""
        return self.path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """How many bytes; FileNotFoundError when they are not here."""
        return self.path(sha256).stat().st_size

    def open(self, sha256: str) -> BinaryIO:
        """The bytes for reading; FileNotFoundError when they are not here."""
        return self.path(sha256).open("rb")

    def put(self, source: Iterable[bytes]) -> tuple[str, int]:
        """Keep what `source` gives; its hash and size."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self.root / f".new-{os.getpid()}-{secrets.token_hex(8)}"
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in source:
                    digest.update(chunk)
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            self.adopt(new, digest.hexdigest())
        finally:
            new.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def put_file(self, path: Path) -> tuple[str, int]:
        """Keep a copy of a file."""
        with path.open("rb") as file:
            return self.put(iter(lambda: file.read(CHUNK), b""))

    def sweep(self, before: float) -> None:
        """Remove what crashes left half-made or set aside before that time."""
        for path in (*self.root.glob(".new-*"), *self.root.glob("[0-9a-f][0-9a-f]/.gone-*")):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()

    def adopt(self, path: Path, sha256: str) -> None:
        """Move `path` here. The caller has hashed it and has it on the disk (fsync), and it is on the same file system."""
        place = self.path(sha256)
        is_new_folder = not place.parent.is_dir()
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(place)
        reached("file.renamed")
        _sync_folder(place.parent)
        if is_new_folder:
            _sync_folder(self.root)
        reached("file.kept")


def _sync_folder(folder: Path) -> None:
    """The name, too, survives a power cut. Windows has no such call and needs none: its journal keeps names in order."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
