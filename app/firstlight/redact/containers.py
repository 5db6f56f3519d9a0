# SPDX-License-Identifier: Apache-2.0
"""The texts inside a file, whatever wraps them: plain, UTF-16, gzip, zstandard, zip (with gzip members). Streams, with limits.

Writing gives the same kind of file back. Members of a zip that are no text are left out and listed in left-out.txt.
"""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from firstlight.redact.errors import NotText, TooMuch

MOST_BYTES = 8 << 30
MOST_MEMBERS = 20_000
_HEAD = 8192
_READ = 256 << 10
LEFT_OUT = "left-out.txt"
_PACKED = ("gz", "zst")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, lzma.LZMAError, NotImplementedError, UnicodeDecodeError)
Clean = Callable[[BinaryIO, BinaryIO], None]
"""Reads a text to its end and writes it without its private details."""


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


class _Utf16(io.RawIOBase):
    """UTF-16, read as UTF-8: rules know ASCII."""

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


def kind_of(head: bytes) -> str:
    """zip, gz, zst, an encoding that begins with utf-16, or plain, by the first bytes."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gz"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zst"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark: letters of most scripts have the same high byte, of ASCII it is 0.
    high, low = head[1:512:2].count(0), head[:512:2].count(0)
    least = max(4, len(head[:512]) // 5)
    if high >= least and not low:
        return "utf-16-le"
    return "utf-16-be" if low >= least and not high else "plain"


def _is_text(head: bytes) -> bool:
    """Whether what begins so is read as a text inside an archive or a packed file."""
    kind = kind_of(head)
    return kind.startswith("utf-16") or (kind == "plain" and b"\0" not in head)


def is_packed(source: Path) -> bool:
    """Whether more may be in it than its size tells. Raises OSError."""
    with source.open("rb") as file:
        return kind_of(file.read(_HEAD)) in ("zip", *_PACKED)


def clean(source: Path, target: Path | None, act: Clean, on_read: Callable[[int], None] = lambda _size: None) -> None:
    """Run `act` over every text of `source`; with a target, write the same kind of file. Raises NotText, TooMuch, OSError.

    `on_read` hears of each stretch of the file that was read.
    """
    budget = [MOST_BYTES]
    try:
        with source.open("rb", buffering=0) as raw, io.BufferedReader(_Heard(raw, on_read), _READ) as buffered:
            file = cast(BinaryIO, buffered)
            kind = kind_of(file.read(_HEAD))
            file.seek(0)
            if kind == "zip":
                _zip(file, source.name, target, act, budget)
                return
            if kind in _PACKED:
                with _reader(file, kind) as inner:
                    if not _is_text(inner.read(_HEAD)):
                        raise NotText(name=source.name, why="no text inside")
                file.seek(0)
            with _writer(target, kind) as out, _reader(file, kind) as inner:
                act(cast(BinaryIO, Counted(inner, source.name, budget)), out)
    except BROKEN as error:
        raise NotText(name=source.name, why=str(error)) from error


@contextmanager
def _reader(file: BinaryIO, kind: str) -> Iterator[BinaryIO]:
    if kind == "gz":
        with gzip.open(file, "rb") as inner:
            yield cast(BinaryIO, inner)
    elif kind == "zst":
        import zstandard  # noqa: PLC0415  # heavy: only where such a file is

        try:
            yield cast(BinaryIO, zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(file, read_across_frames=True))
        except zstandard.ZstdError as error:
            raise EOFError(str(error)) from error
    else:
        yield cast(BinaryIO, _Utf16(file, kind)) if kind.startswith("utf-16") else file


@contextmanager
def _writer(target: Path | None, kind: str) -> Iterator[BinaryIO]:
    if target is None:
        yield cast(BinaryIO, _Nowhere())
        return
    with target.open("wb") as file, _packer(file, kind) as out:
        yield out


@contextmanager
def _packer(file: BinaryIO, kind: str) -> Iterator[BinaryIO]:
    if kind == "gz":
        # No name and no time of the PC in the header.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as out:
            yield cast(BinaryIO, out)
    elif kind == "zst":
        import zstandard  # noqa: PLC0415  # heavy: only where such a file is

        with zstandard.ZstdCompressor(level=3, write_checksum=True).stream_writer(file, closefd=False) as packer:
            yield cast(BinaryIO, packer)
    else:
        yield file


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


def _zip(file: BinaryIO, name: str, target: Path | None, act: Clean, budget: list[int]) -> None:
    left_out: list[str] = []
    names = {LEFT_OUT}
    with zipfile.ZipFile(file) as archive, _zip_writer(target) as out:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise TooMuch(name=name, limit_bytes=MOST_BYTES)
        for number, member in enumerate(members):
            if member.flag_bits & 1:
                raise NotText(name=name, why="encrypted")
            shown = _clean_name(member.filename, act) or f"member-{number}"
            kind = _kind_of_member(archive, member)
            if not kind:
                left_out.append(shown)
                continue
            shown = shown if shown not in names else f"{number}-{shown}"
            names.add(shown)
            info = zipfile.ZipInfo(shown, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member) as raw, _reader(cast(BinaryIO, raw), kind) as inner, _member(out, info, kind) as sink:
                act(cast(BinaryIO, Counted(inner, name, budget)), sink)
        if left_out and out is not None:
            out.writestr(zipfile.ZipInfo(LEFT_OUT, (1980, 1, 1, 0, 0, 0)), "\n".join(left_out) + "\n")


def _kind_of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """How to read it; empty for what is no text, packed ones too: pictures, data, archives in archives stay out."""
    with archive.open(member) as raw:
        head = raw.read(_HEAD)
    kind = kind_of(head)
    if kind not in _PACKED:
        return kind if _is_text(head) else ""
    try:
        with archive.open(member) as raw, _reader(cast(BinaryIO, raw), kind) as inner:
            return kind if _is_text(inner.read(_HEAD)) else ""
    except BROKEN:
        return ""


@contextmanager
def _zip_writer(target: Path | None) -> Iterator[zipfile.ZipFile | None]:
    if target is None:
        yield None
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        yield out


@contextmanager
def _member(out: zipfile.ZipFile | None, info: zipfile.ZipInfo, kind: str) -> Iterator[BinaryIO]:
    if out is None:
        yield cast(BinaryIO, _Nowhere())
        return
    with out.open(info, "w", force_zip64=True) as sink, _packer(cast(BinaryIO, sink), kind) as packed:
        yield packed


def _clean_name(name: str, act: Clean) -> str:
    """Names of members carry addresses and accounts too. Nothing of a path that climbs is kept."""
    out = io.BytesIO()
    act(io.BytesIO(name.encode("utf-8", "replace")), out)
    parts = [p for p in out.getvalue().decode("utf-8", "replace").replace("\\", "/").split("/") if p not in ("", ".", "..")]
    return "/".join(parts)[:400]
