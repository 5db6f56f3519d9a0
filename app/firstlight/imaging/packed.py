# SPDX-License-Identifier: Apache-2.0
"""Image files as a stream of bytes, whatever they are packed with: raw, gz, xz, zst, bz2, zip. Told by content, never by name.

An image comes from a stranger. Nothing is unpacked to a disk: the stream is read piece by piece, so a bomb costs time and is ended by
whoever knows how much may come (`limit`). Dictionaries are capped, so a packed file cannot ask for more memory than ours needs.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Protocol, cast

from firstlight.base.work import Work
from firstlight.imaging import zst_frames
from firstlight.imaging.errors import ImageUnreadable
from firstlight.imaging.xz_index import unpacked_size

PIECE = 1 << 20
_READ = 64 * 1024
_OUT = 32 * 1024
"""What a decoder is asked for at a time: it builds this much without joining, and the processor still has it at hand to copy."""
_XZ_MEMORY = 192 << 20
"""`xz -9` needs 65 MiB; a file that asks for more than this was not made to be unpacked on a PC."""
_ZST_WINDOW = 128 << 20
_MAX_MEMBERS = 1000


class Packing(StrEnum):
    """How an image is packed."""

    RAW = "raw"
    GZ = "gz"
    XZ = "xz"
    ZST = "zst"
    BZ2 = "bz2"
    ZIP = "zip"


_MAGIC = (
    (b"\xfd7zXZ\x00", Packing.XZ),
    (b"\x1f\x8b\x08", Packing.GZ),
    (b"\x28\xb5\x2f\xfd", Packing.ZST),
    (b"BZh", Packing.BZ2),
    (b"PK\x03\x04", Packing.ZIP),
)


def packing(path: Path) -> Packing:
    """By the first bytes; raw when none of them is known. ImageUnreadable: it is not there, or empty."""
    with _open(path) as file:
        head = file.read(8)
    if not head:
        raise ImageUnreadable(name=path.name, reason="empty")
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), Packing.RAW)


def size_of(path: Path, kind: Packing) -> int:
    """Unpacked bytes where the file tells them: raw, xz, zst, zip; else 0. What it tells may be a lie: a stream is counted."""
    if kind is Packing.RAW:
        return path.stat().st_size
    if kind is Packing.XZ:
        return unpacked_size(path)
    if kind is Packing.ZIP:
        with _open(path) as file, _faults(path):
            return _member(zipfile.ZipFile(file), path).file_size
    if kind is Packing.ZST:
        with _faults(path):
            return zst_frames.unpacked_size(path)
    return 0


class Reader(Protocol):
    """A stream of unpacked bytes, in order, of exactly the length asked for until the end."""

    def read(self, length: int) -> bytes:
        """The next bytes; fewer only at the end."""

    def read_into(self, view: memoryview) -> int:
        """The next bytes, into this memory; how many, fewer than there is room for only at the end."""


@contextmanager
def unpacked(path: Path, kind: Packing, work: Work, limit: int = 0) -> Iterator[Reader]:
    """Open the stream. `limit`: more unpacked bytes than this (0: no limit) raise ImageUnreadable `greedy`."""
    with _open(path) as file:
        with _faults(path):
            stream = _STREAMS[kind](file, path)
        try:
            yield _Counted(stream, path, work, limit)
        finally:
            close = getattr(stream, "close", None)
            if close is not None:
                close()


_Stream = Callable[[memoryview], int]
"""Puts some of the next bytes into memory; 0 at the end alone. It may have a `close`."""


class _Counted:
    def __init__(self, stream: _Stream, path: Path, work: Work, limit: int) -> None:
        self._stream, self._path, self._work, self._limit = stream, path, work, limit
        self.total = 0

    def read(self, length: int) -> bytes:
        """See Reader."""
        room = bytearray(length)
        return bytes(memoryview(room)[: self.read_into(memoryview(room))])

    def read_into(self, view: memoryview) -> int:
        """See Reader. Most streams give less than asked; a whole piece is worth it, as cards like large writes."""
        have = 0
        with _faults(self._path):
            while have < len(view) and (got := self._stream(view[have:])):
                have += got
        self._work.check()
        self.total += have
        if self._limit and self.total > self._limit:
            raise ImageUnreadable(name=self._path.name, reason="greedy", limit=self._limit)
        return have


def _open(path: Path) -> IO[bytes]:
    try:
        if not path.is_file():
            raise ImageUnreadable(name=path.name, reason="missing")
        return path.open("rb", buffering=0)
    except OSError as error:
        raise ImageUnreadable(name=path.name, reason="denied" if isinstance(error, PermissionError) else "missing") from error


def _zst_error() -> type[Exception]:
    """What its unpacker raises; asked for only when something was raised."""
    import zstandard  # noqa: PLC0415  # heavy: 3 MB, only where it matters

    return zstandard.ZstdError


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Foreign errors of the unpackers as ours."""
    try:
        yield
    except (EOFError, zst_frames.Torn) as error:
        raise ImageUnreadable(name=path.name, reason="short") from error
    except (zst_frames.Odd, lzma.LZMAError, zlib.error, zipfile.BadZipFile, RuntimeError, _zst_error()) as error:
        raise ImageUnreadable(name=path.name, reason="damaged", why=str(error)[:120]) from error
    except OSError as error:
        # bz2 says OSError for bad data; a disk that fails has an errno.
        raise ImageUnreadable(name=path.name, reason="gone" if error.errno else "damaged", why=str(error)[:120]) from error


def _raw(file: IO[bytes], _: Path) -> _Stream:
    into: _Stream = cast("io.FileIO", file).readinto
    return into


class _Inflating:
    """gz, xz and bz2: members one after another, each with a decoder of its own; a decoder hands out what was asked and no more.

    The loop is plain for speed: it turns thirty thousand times for a GiB.
    """

    def __init__(self, file: IO[bytes], new: Callable[[], Any]) -> None:
        self._file, self._new = file, new
        self._decoder: Any = new()
        self._rest = b""

    def __call__(self, view: memoryview) -> int:
        decoder, at, end = self._decoder, 0, len(view)
        while at < end:
            if decoder.eof:
                self._rest = decoder.unused_data or self._rest
                if not self._another():
                    break
                decoder = self._decoder
            data = b""
            if decoder.needs_input:
                data, self._rest = self._rest or self._file.read(_READ), b""
                if not data:
                    raise EOFError
            out = decoder.decompress(data, _OUT if end - at > _OUT else end - at)
            after = at + len(out)
            view[at:after] = out
            at = after
        return at

    def _another(self) -> bool:
        """Whether one more member follows; zeros between members are padding."""
        while True:
            self._rest = self._rest.lstrip(b"\0")
            if self._rest:
                break
            self._rest = self._file.read(_READ)
            if not self._rest:
                return False
        self._decoder = self._new()
        return True


class _Gz:
    """zlib's decoder with the manners of the two others."""

    def __init__(self) -> None:
        self._d = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._d.eof

    @property
    def unused_data(self) -> bytes:
        return self._d.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._d.unconsumed_tail

    def decompress(self, data: bytes, length: int) -> bytes:
        return self._d.decompress(data or self._d.unconsumed_tail, length)


def _xz(file: IO[bytes], _: Path) -> _Stream:
    from firstlight.imaging import xz_stream  # noqa: PLC0415  # heavy: ctypes, for this packing alone

    if xz_stream.library() is not None:
        return xz_stream.XzStream(cast("io.RawIOBase", file), _XZ_MEMORY)
    return _Inflating(file, lambda: lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY))


def _zst(file: IO[bytes], path: Path) -> _Stream:
    import zstandard  # noqa: PLC0415  # heavy: as above

    zst_frames.unpacked_size(path)
    reader = zstandard.ZstdDecompressor(max_window_size=_ZST_WINDOW).stream_reader(file, read_size=_READ, read_across_frames=True)
    into: _Stream = reader.readinto
    return into


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The one image of a zip: its only file, else its largest that is called an image."""
    infos = archive.infolist()
    if len(infos) > _MAX_MEMBERS:
        raise ImageUnreadable(name=path.name, reason="damaged", why="too many files")
    files = [i for i in infos if not i.is_dir() and i.file_size]
    images = [i for i in files if i.filename.lower().endswith((".img", ".bin", ".iso", ".raw", ".wic", ".sdcard"))]
    found = images or (files if len(files) == 1 else [])
    if not found:
        raise ImageUnreadable(name=path.name, reason="kind")
    return max(found, key=lambda i: i.file_size)


def _zip(file: IO[bytes], path: Path) -> _Stream:
    archive = zipfile.ZipFile(file)
    stream = archive.open(_member(archive, path))

    def into(view: memoryview) -> int:
        out = stream.read(min(len(view), _OUT))
        view[: len(out)] = out
        return len(out)

    return into


_STREAMS: dict[Packing, Callable[[IO[bytes], Path], _Stream]] = {
    Packing.RAW: _raw,
    Packing.GZ: lambda file, _: _Inflating(file, _Gz),
    Packing.XZ: _xz,
    Packing.ZST: _zst,
    Packing.BZ2: lambda file, _: _Inflating(file, bz2.BZ2Decompressor),
    Packing.ZIP: _zip,
}
