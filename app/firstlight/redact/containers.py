# SPDX-License-Identifier: Apache-2.0
"""The texts inside a file, whatever wraps them: plain, UTF-16, gzip, zstandard, xz, bzip2, zip and tar. Streams, with limits.

Writing gives the same kind of file back. Members of an archive that are no text are left out and listed in left-out.txt.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from firstlight.redact.archives import Clean as Clean
from firstlight.redact.archives import clean_tar, clean_zip, texts_in, zip_holds_text
from firstlight.redact.errors import NotText
from firstlight.redact.packing import (
    ARCHIVES,
    BROKEN,
    HEAD,
    MOST_BYTES,
    NO_DISK,
    PACKED,
    Counted,
    Nowhere,
    is_text,
    kind_of,
    packer,
    reader,
)

_READ = 256 << 10
_LONG_HEAD = 64 << 10


class _Heard(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, inner: io.FileIO, on_read: Callable[[int], None]) -> None:
        self._inner = inner
        self._on_read = on_read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = self._inner.readinto(buffer) or 0
        self._on_read(size)
        return size

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._inner.seek(offset, whence)


def is_packed(source: Path) -> bool:
    """Whether more may be in it than its size tells. Raises OSError."""
    with source.open("rb") as file:
        return kind_of(file.read(HEAD)) in (*ARCHIVES, *PACKED)


def holds_text(source: Path) -> bool:
    """Whether there is something in a file that can be read and cleaned: a text, or one in a packing. Raises OSError."""
    with source.open("rb") as file:
        head = file.read(_LONG_HEAD)
        kind = kind_of(head[:HEAD])
        file.seek(0)
        try:
            if kind == "zip":
                return zip_holds_text(file)
            if kind in PACKED:
                with reader(file, kind) as inner:
                    inside = inner.read(HEAD)
                return is_text(inside) or kind_of(inside) == "tar"
            if kind.startswith("utf-"):
                return _reads_as(head[:HEAD], kind)
        except BROKEN:
            return False
        except OSError as error:
            if error.errno not in NO_DISK:
                raise
            return False
    return kind == "tar" or (kind == "plain" and b"\0" not in head)


def beginning(source: Path, limit: int) -> bytes:
    """What can be read of a file, packed or not, up to a limit; of an archive each text behind a line with its name. Raises OSError.

    Nothing when there is no text. What ends in the middle is shown so far.
    """
    if not holds_text(source):
        return b""
    out = bytearray()
    with source.open("rb") as file:
        kind = kind_of(file.read(HEAD))
        file.seek(0)
        try:
            for name, text in texts_in(file, kind):
                out += (b"\n" if out else b"") + (f"--- {name}\n".encode("utf-8", "replace") if name else b"")
                while len(out) < limit and (piece := text.read(limit - len(out))):
                    out += piece
                if len(out) >= limit:
                    break
        except BROKEN:
            return bytes(out[:limit])
        except OSError as error:
            if error.errno not in NO_DISK:
                raise
    return bytes(out[:limit])


def _reads_as(head: bytes, encoding: str) -> bool:
    """Whether nearly all of it is letters: tables of numbers look like UTF-16 too."""
    text = head[: len(head) // 4 * 4].decode(encoding, "replace")
    return sum(c.isprintable() or c.isspace() for c in text) >= 0.95 * len(text)


def clean(source: Path, target: Path | None, act: Clean, on_read: Callable[[int], None] = lambda _size: None) -> None:
    """Run `act` over every text of `source`; with a target, write the same kind of file. Raises NotText, TooMuch, OSError.

    `on_read` hears of each stretch of the file that was read.
    """
    budget = [MOST_BYTES]
    try:
        with source.open("rb", buffering=0) as raw, io.BufferedReader(_Heard(raw, on_read), _READ) as buffered:
            file = cast(BinaryIO, buffered)
            head = file.read(HEAD)
            kind = kind_of(head)
            file.seek(0)
            if kind == "zip":
                clean_zip(file, source.name, target, act, budget)
                return
            inside = kind
            if kind in PACKED:
                with reader(file, kind) as inner:
                    head = inner.read(HEAD)
                inside = kind_of(head)
                file.seek(0)
                if inside != "tar" and not is_text(head):
                    raise NotText(name=source.name, why="no text inside")
            elif kind == "closed" or (b"\0" in head and kind == "plain" and zipfile.is_zipfile(source)):
                raise NotText(name=source.name, why="packed in a way that is not opened here")
            with _writer(target, kind) as out, reader(file, kind) as inner:
                if inside == "tar":
                    clean_tar(inner, source.name, out, act, budget)
                else:
                    act(cast(BinaryIO, Counted(inner, source.name, budget)), out)
    except BROKEN as error:
        raise NotText(name=source.name, why=str(error)) from error
    except OSError as error:
        if error.errno in NO_DISK:
            raise NotText(name=source.name, why=str(error)) from error
        raise


@contextmanager
def _writer(target: Path | None, kind: str) -> Iterator[BinaryIO]:
    if target is None:
        yield cast(BinaryIO, Nowhere())
        return
    with target.open("wb") as file, packer(file, kind) as out:
        yield out
