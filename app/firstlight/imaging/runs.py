# SPDX-License-Identifier: Apache-2.0
"""From a stream to parts with their places on the card, in ascending order, with gaps where nothing has to be written.

Android's sparse images (format 1: header, then raw, fill, don't-care and checksum chunks) are unrolled here. What a header claims is
checked against what the card holds before a byte is believed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.imaging.errors import ImageTooLarge, ImageUnreadable
from firstlight.imaging.packed import Packing, Reader, packing, size_of, unpacked
from firstlight.imaging.pieces import MIB, RUN, Part, Pool

if TYPE_CHECKING:
    from firstlight.imaging.bmap import BlockMap

FIRST = MIB
"""Bytes at the beginning that are written last."""
_SPARSE = b"\x3a\xff\x26\xed"
_RAW, _FILL, _SKIP, _CRC = 0xCAC1, 0xCAC2, 0xCAC3, 0xCAC4


@dataclass(frozen=True)
class Image:
    """What is known of an image file before it is read. `size`: bytes on the card, 0 when only reading tells."""

    path: Path
    packing: Packing
    is_sparse: bool
    size: int

    @property
    def kind(self) -> str:
        """For people and programs: "xz", "xz+sparse"."""
        return f"{self.packing}+sparse" if self.is_sparse else str(self.packing)


def look(path: Path, work: Work) -> Image:
    """Look at the beginning of an image file; ImageUnreadable."""
    kind = packing(path)
    with unpacked(path, kind, work) as stream:
        head = stream.read(28)
    if not head.startswith(_SPARSE):
        return Image(path, kind, False, size_of(path, kind))
    _, _, block, blocks, _ = _sparse_header(head, path.name)
    return Image(path, kind, True, block * blocks)


def plain_parts(stream: Reader, pool: Pool) -> Iterator[Part]:
    """An image as it lies: its first MiB alone, then a run at a time."""
    at = 0
    while True:
        piece = pool.take()
        length = stream.read_into(piece[: RUN if at else FIRST])
        if not length:
            pool.give(piece)
            return
        yield Part(at, piece[:length], piece=piece)
        at += length


def sparse_parts(stream: Reader, pool: Pool, name: str, capacity: int) -> Iterator[Part]:
    """A sparse image, unrolled. ImageUnreadable: what it says of itself does not add up; ImageTooLarge."""

    def words(length: int) -> Part:
        return Part(-1, memoryview(stream.read(length)))

    yield (head := words(28))
    file_header, chunk_header, block, blocks, chunks = _sparse_header(bytes(head.data), name)
    yield words(file_header - 28)
    if capacity and block * blocks > capacity:
        raise ImageTooLarge(name=name, need=block * blocks, has=capacity)
    at = 0
    for _ in range(chunks):
        yield (head := words(chunk_header))
        if len(head.data) < 12:
            raise ImageUnreadable(name=name, reason="short")
        kind, _, count, total = struct.unpack("<HHII", head.data[:12])
        length, body = count * block, total - chunk_header
        if at + length > block * blocks:
            raise ImageUnreadable(name=name, reason="damaged", why="more blocks than announced")
        if kind == _RAW and body == length:
            yield from _split(stream, pool, at, length, name)
        elif kind == _FILL and body == 4:
            yield (pattern := words(4))
            yield from _filled(bytes(pattern.data), pool, at, length, name)
        elif kind == _SKIP and body == 0:
            pass
        elif kind == _CRC and body == 4:
            yield words(4)
            continue
        else:
            raise ImageUnreadable(name=name, reason="damaged", why=f"chunk {kind:#x}")
        at += length


def _sparse_header(head: bytes, name: str) -> tuple[int, int, int, int, int]:
    """Sizes of file and chunk header, block size, count of blocks and of chunks."""
    if len(head) < 28:
        raise ImageUnreadable(name=name, reason="short")
    _, major, _, file_header, chunk_header, block, blocks, chunks, _ = struct.unpack("<IHHHHIIII", head)
    if major != 1 or not 28 <= file_header <= 4096 or not 12 <= chunk_header <= 4096 or not block or block % 4 or block > RUN:
        raise ImageUnreadable(name=name, reason="kind")
    return file_header, chunk_header, block, blocks, chunks


def _split(stream: Reader, pool: Pool, at: int, length: int, name: str) -> Iterator[Part]:
    end = at + length
    while at < end:
        piece = pool.take()
        got = stream.read_into(piece[: min(end, _next_cut(at)) - at])
        if not got:
            raise ImageUnreadable(name=name, reason="short")
        yield Part(at, piece[:got], piece=piece)
        at += got


def _filled(pattern: bytes, pool: Pool, at: int, length: int, name: str) -> Iterator[Part]:
    if len(pattern) < 4:
        raise ImageUnreadable(name=name, reason="short")
    end = at + length
    while at < end:
        size = min(end, _next_cut(at)) - at
        piece = pool.take()
        piece[:size] = pattern * (size // 4)
        yield Part(at, piece[:size], is_of_file=False, piece=piece)
        at += size


def _next_cut(at: int) -> int:
    """Where a run that begins at `at` ends at the latest: the first MiB stays a run of its own."""
    return FIRST if at < FIRST else FIRST + ((at - FIRST) // RUN + 1) * RUN


def mapped(parts: Iterator[Part], table: BlockMap) -> Iterator[Part]:
    """For the card only what the block map names; the file's hash still sees everything."""
    for part in parts:
        if part.at < 0:
            yield part
            continue
        if part.is_of_file:
            yield Part(-1, part.data)
        for begin, end in table.within(part.at, part.at + len(part.data)):
            yield Part(begin, part.data[begin - part.at : end - part.at], is_of_file=False)
        yield Part(-1, part.data[:0], is_of_file=False, piece=part.piece)
