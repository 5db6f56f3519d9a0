# SPDX-License-Identifier: Apache-2.0
"""Content by SHA-256: `blobs/ab/<sha256>`, never changed once there.

Order of things (a crash between any two loses nothing that was promised): temporary file in the same file system, written,
synced, renamed, both folders synced, and only then the row. So a row always has its file; a file without a row is swept.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from firstlight.base.work import Work
from firstlight.store.db import Database
from firstlight.store.disk import Disk, fault_of, sha256_of
from firstlight.store.errors import BlobMissing, DiskFull, SourceUnreadable
from firstlight.store.points import reached

CHUNK = 1 << 20
SPARE_BYTES = 200 << 20
"""A new attachment must leave this much free beyond twice its size."""

_DROP = "drop:"
_DROP_UNNEEDED = """
DELETE FROM blob WHERE sha256 = ? AND collectable = 1 AND made_ms < ?
  AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = blob.sha256)
  AND NOT EXISTS (SELECT 1 FROM outgoing o WHERE o.sha256 = blob.sha256)
"""


@dataclass(frozen=True)
class Blob:
    """A piece of content that is kept."""

    sha256: str
    size: int
    media: str


class Blobs:
    """The folder of content and its rows."""

    def __init__(self, root: Path, db: Database, *, disk: Disk | None = None) -> None:
        self.root = root
        self._db = db
        self._disk = disk or Disk()
        self._number = itertools.count()
        self._writing: set[str] = set()

    def put(self, source: Path | bytes, *, media: str, work: Work, collectable: bool = False) -> Blob:
        """Keep the content of `source`; the same content twice is one blob.

        It stays for ever, unless `collectable`: then it is swept a day after the last report that refers to it is gone.
        Raises DiskFull before a byte is written, SourceUnreadable, ReadOnly, Cancelled (nothing is kept then).
        """
        size = len(source) if isinstance(source, bytes) else _size(source)
        self.check_room(size)
        with self._open(source) as stream:
            while True:
                sha256, size = self._keep(stream, size, work)
                if self._row(sha256, size, media, collectable=collectable):
                    return Blob(sha256, size, media)
                stream.seek(0)

    def check_room(self, size: int) -> None:
        """DiskFull unless twice `size` and 200 MiB are free: sending needs a second, cleaned copy."""
        self._make_root()
        need, free = 2 * size + SPARE_BYTES, self._disk.free(self.root)
        if free < need:
            raise DiskFull(need=need, free=free)

    def path(self, sha256: str) -> Path:
        """The file of a blob that is there; BlobMissing otherwise. Its bytes are checked by `verify`, not here."""
        path = self._place(sha256)
        if not path.is_file():
            raise BlobMissing(sha256=sha256, path=str(path))
        return path

    def verify(self, sha256: str, work: Work) -> Path:
        """The file of a blob after reading it through; BlobMissing when it is gone or its bytes are others."""
        path = self.path(sha256)
        if sha256_of(path, work) != sha256:
            raise BlobMissing(sha256=sha256, path=str(path))
        return path

    def get(self, sha256: str) -> Blob:
        """The row of a blob; BlobMissing when we never had it."""
        with self._db.read() as tx:
            row = tx.execute("SELECT sha256, size, media FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise BlobMissing(sha256=sha256, path=str(self._place(sha256)))
        return Blob(row["sha256"], row["size"], row["media"])

    def release(self, sha256: str) -> None:
        """The keeper of a blob needs it no more; it goes when no report refers to it either."""
        with self._db.write() as tx:
            tx.execute("UPDATE blob SET collectable = 1 WHERE sha256 = ?", (sha256,))

    def used_bytes(self) -> int:
        """What all blobs take on the disk."""
        with self._db.read() as tx:
            return int(tx.execute("SELECT coalesce(sum(size), 0) FROM blob").fetchone()[0])

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A name for a temporary file in the store's own file system, gone after the block and after a crash."""
        self._make_root()
        name = f"{os.getpid()}-{next(self._number)}"
        self._writing.add(name)
        try:
            yield self.root / "tmp" / name
        finally:
            self._disk.remove(self.root / "tmp" / name)
            self._writing.discard(name)

    def files(self) -> Iterable[Path]:
        """Every blob file there is."""
        return self.root.glob("[0-9a-f][0-9a-f]/" + "[0-9a-f]" * 64)

    def adopt(self, path: Path) -> None:
        """Make the row of a file that lost it with a damaged database."""
        self._row(path.name, path.stat().st_size, "application/octet-stream", collectable=False)

    def empty_tmp(self) -> int:
        """Remove what crashed writers left; answers how many."""
        removed = 0
        for path in (self.root / "tmp").glob("*"):
            if path.name not in self._writing and not _is_writer_alive(path.name):
                self._disk.remove(path)
                removed += 1
        return removed

    def drop(self, sha256: str, *, made_before_ms: int) -> bool:
        """Remove row, then file; for sweep and clear. A note between the two lets the next sweep finish what a crash cut off.

        False when it is needed after all, because it was kept or attached again since somebody found that nobody needs it.
        """
        with self._db.write() as tx:
            if not tx.execute(_DROP_UNNEEDED, (sha256, made_before_ms)).rowcount:
                return False
            tx.execute("INSERT OR REPLACE INTO note (key, value) VALUES (?, '')", (_DROP + sha256,))
        reached("blob.row_dropped")
        self.finish_drops()
        return True

    def finish_drops(self) -> None:
        """Remove the files of dropped rows, except those that were put again meanwhile: in a transaction, as `put` makes its row."""
        with self._db.read() as tx:
            notes = [row["key"] for row in tx.execute("SELECT key FROM note WHERE key GLOB ?", (_DROP + "*",))]
        for note in notes:
            sha256 = note.removeprefix(_DROP)
            with self._db.write() as tx:
                if tx.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone() is None:
                    self._disk.remove(self._place(sha256))
                tx.execute("DELETE FROM note WHERE key = ?", (note,))
                reached("blob.dropped")

    def _keep(self, stream: BinaryIO, size: int, work: Work) -> tuple[str, int]:
        with self.scratch() as tmp:
            try:
                sha256, written = self._copy(stream, tmp, size, work)
                self._settle(tmp, sha256, work)
            except OSError as error:
                raise fault_of(error, self.root, need=2 * size + SPARE_BYTES, free=self._disk.free(self.root)) from error
        return sha256, written

    def _copy(self, stream: BinaryIO, tmp: Path, size: int, work: Work) -> tuple[str, int]:
        digest, written = hashlib.sha256(), 0
        with self._disk.open_new(tmp) as file:
            reached("blob.tmp_made")
            while chunk := stream.read(CHUNK):
                work.check()
                digest.update(chunk)
                file.write(chunk)
                written += len(chunk)
                work.say("keep", written, size)
            reached("blob.written")
            self._disk.sync(file)
            reached("blob.synced")
        return digest.hexdigest(), written

    def _settle(self, tmp: Path, sha256: str, work: Work) -> None:
        place = self._place(sha256)
        if place.is_file() and sha256_of(place, work) == sha256:
            # Not replaced: on Windows it may be open, and what was changed by hand is mended below. Whoever made the name may have died,
            # or stand, before the sync that follows.
            self._disk.sync_folder(place.parent)
            return
        self._disk.make_folder(place.parent)
        self._disk.replace(tmp, place, work.wait)
        reached("blob.renamed")
        self._disk.sync_folder(place.parent)
        reached("blob.folders_synced")

    def _row(self, sha256: str, size: int, media: str, *, collectable: bool) -> bool:
        """Write the row; False when a sweep removed the file since."""
        with self._db.write() as tx:
            if not self._place(sha256).is_file():
                return False
            tx.execute(
                "INSERT INTO blob (sha256, size, media, made_ms, collectable) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (sha256) DO UPDATE SET made_ms = excluded.made_ms, collectable = min(collectable, excluded.collectable)",
                (sha256, size, media, self._db.now_ms(), int(collectable)),
            )
            reached("blob.row")
        return True

    def _open(self, source: Path | bytes) -> BinaryIO:
        if isinstance(source, bytes):
            return io.BytesIO(source)
        try:
            return source.open("rb")
        except OSError as error:
            raise SourceUnreadable(path=str(source), why=error.strerror or str(error)) from error

    def _make_root(self) -> None:
        try:
            self._disk.make_folder(self.root / "tmp")
        except OSError as error:
            raise fault_of(error, self.root) from error

    def _place(self, sha256: str) -> Path:
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.root / sha256[:2] / sha256


def _size(source: Path) -> int:
    try:
        if not source.is_file():
            raise SourceUnreadable(path=str(source), why="not a file")
        return source.stat().st_size
    except OSError as error:
        raise SourceUnreadable(path=str(source), why=error.strerror or str(error)) from error


def _is_writer_alive(name: str) -> bool:
    """Whether the process that made this temporary file still runs; this one's own leftovers are not in use any more."""
    pid = name.partition("-")[0]
    if not pid.isdigit() or int(pid) == os.getpid() or os.name == "nt":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
