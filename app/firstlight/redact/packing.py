# SPDX-License-Identifier: Apache-2.0
"""What wraps a text, known by the first bytes and never by a name: how it is opened and closed again. Streams, with limits.

Plain, UTF-16 and 32, gzip, zstandard, xz, bzip2; zip and tar are recognised here and opened in archives.py. `closed` is a packing that
nothing here opens: what is in there cannot be looked at.
"""

from __future__ import annotations

import bz2
import codecs
import errno
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from firstlight.redact.errors import TooMuch

MOST_BYTES = 8 << 30
HEAD = 8192
_BLOCK = 1 << 16
_XZ_MEMORY = 128 << 20
"""More than `xz -9` asks of who unpacks; what asks for more is hostile."""
PACKED = ("gz", "zst", "xz", "bz2")
ARCHIVES = ("zip", "tar")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    gzip.BadGzipFile,
    lzma.LZMAError,
    NotImplementedError,
    UnicodeDecodeError,
)
NO_DISK = (None, errno.EINVAL)
"""The numbers of an OSError by which readers of packings tell of broken data; a disk has others."""
_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "closed"),
    (b"Rar!\x1a\x07", "closed"),
    (b"\x04\x22\x4d\x18", "closed"),  # lz4
    (b"\x89LZO\x00", "closed"),
    (b"LZIP\x01", "closed"),
    (b"\x1f\x9d", "closed"),  # compress
    (b"MSCF\x00\x00\x00\x00", "closed"),
    (b"SQLite format 3\x00", "closed"),
    (b"%PDF-", "closed"),
    (b"\x89PNG\r\n\x1a\n", "closed"),  # pictures carry places and cameras in ways that no rule for texts reads
    (b"\xff\xd8\xff", "closed"),
    (b"GIF87a", "closed"),
    (b"GIF89a", "closed"),
    (b"II*\x00", "closed"),
    (b"MM\x00*", "closed"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Counted(io.RawIOBase):
    """A stream that refuses to give more than the limit: no bomb fills the disk."""

    def __init__(self, inner: BinaryIO, name: str, budget: list[int]) -> None:
        self._inner = inner
        self._name = name
        self._budget = budget

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As the stream below; TooMuch beyond the budget."""
        data = self._inner.read(size if size >= 0 else 1 << 20)
        self._budget[0] -= len(data)
        if self._budget[0] < 0:
            raise TooMuch(name=self._name, limit_bytes=MOST_BYTES)
        return data


class _Wide(io.RawIOBase):
    """UTF-16 or 32, read as UTF-8: rules know ASCII."""

    def __init__(self, inner: BinaryIO, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next block; its size may differ from what was asked."""
        while True:
            data = self._inner.read(size)
            text = self._decoder.decode(data, final=not data)
            if text or not data:
                return text.encode("utf-8", "surrogatepass")


class Nowhere(io.RawIOBase):
    """Takes what is written to no file."""

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """All of it."""
        return len(data)


class _Unpacked(io.RawIOBase):
    """An xz or bzip2 file, streams one behind the other; xz with a bound on the memory that its head asks for."""

    def __init__(self, inner: BinaryIO, kind: str) -> None:
        self._inner = inner
        self._kind = kind
        self._unpacker = self._new()
        self._left = b""

    def _new(self) -> lzma.LZMADecompressor | bz2.BZ2Decompressor:
        return lzma.LZMADecompressor(memlimit=_XZ_MEMORY) if self._kind == "xz" else bz2.BZ2Decompressor()

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most so much; nothing at the end of the last stream. Raises what BROKEN names."""
        while not self._unpacker.eof or self._next_stream():
            if self._unpacker.needs_input and not self._left:
                self._left = self._inner.read(_BLOCK)
                if not self._left:
                    raise EOFError("ends in the middle")
            given, self._left = self._left, b""
            try:
                data = self._unpacker.decompress(given, max_length=size if size >= 0 else _BLOCK)
            except OSError as error:  # bzip2's word for what is none
                raise EOFError(str(error)) from error
            if data:
                return data
        return b""

    def _next_stream(self) -> bool:
        """Whether one more begins; zeros may stand between."""
        rest = self._unpacker.unused_data.lstrip(b"\0")
        while not rest:
            piece = self._inner.read(_BLOCK)
            if not piece:
                return False
            rest = piece.lstrip(b"\0")
        self._unpacker, self._left = self._new(), rest
        return True


def kind_of(head: bytes) -> str:
    """zip, tar, gz, zst, xz, bz2, closed, an encoding that begins with utf-, or plain, by the first bytes."""
    known = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if known:
        return known
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return "bz2"
    if head[257:262] == b"ustar":
        return "tar"
    # Without a mark: letters of most scripts have the same high byte, of ASCII it is 0. Where a text began otherwise, as when one
    # shell wrote behind another, it is plain, and scan.py reads the rest of it.
    if b"\0" not in head[:24]:
        return "plain"
    high, low = head[1:512:2].count(0), head[:512:2].count(0)
    least = max(4, len(head[:512]) // 5)
    if high >= least and not low:
        return "utf-16-le"
    return "utf-16-be" if low >= least and not high else "plain"


def is_text(head: bytes) -> bool:
    """Whether what begins so is read as a text inside an archive or a packed file."""
    kind = kind_of(head)
    return kind.startswith("utf-") or (kind == "plain" and b"\0" not in head)


@contextmanager
def reader(file: BinaryIO, kind: str) -> Iterator[BinaryIO]:
    """What is inside, as plain bytes; wide letters as UTF-8."""
    if kind == "gz":
        with gzip.open(file, "rb") as inner:
            yield cast(BinaryIO, inner)
    elif kind == "zst":
        import zstandard  # noqa: PLC0415  # heavy: only where such a file is

        try:
            yield cast(BinaryIO, zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(file, read_across_frames=True))
        except zstandard.ZstdError as error:
            raise EOFError(str(error)) from error
    elif kind in ("xz", "bz2"):
        yield cast(BinaryIO, _Unpacked(file, kind))
    else:
        yield cast(BinaryIO, _Wide(file, kind)) if kind.startswith("utf-") else file


@contextmanager
def packer(file: BinaryIO, kind: str) -> Iterator[BinaryIO]:
    """Written in the same packing."""
    if kind == "gz":
        # No name and no time of the PC in the header.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as out:
            yield cast(BinaryIO, out)
    elif kind == "zst":
        import zstandard  # noqa: PLC0415  # heavy: only where such a file is

        with zstandard.ZstdCompressor(level=3, write_checksum=True).stream_writer(file, closefd=False) as packed:
            yield cast(BinaryIO, packed)
    elif kind in ("xz", "bz2"):
        with lzma.open(file, "wb", preset=1) if kind == "xz" else bz2.open(file, "wb", 6) as other:
            yield cast(BinaryIO, other)
    else:
        yield file
