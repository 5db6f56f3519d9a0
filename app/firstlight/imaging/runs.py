# SPDX-License-Identifier: Apache-2.0
"""From a stream to runs: (place on the card, bytes), in ascending order, with gaps where nothing has to be written.

Android's sparse images (format 1: header, then raw, fill, don't-care and checksum chunks) are unrolled here. What a header claims is
checked against what the card holds before a byte is believed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.imaging.bmap import BlockMap
from firstlight.imaging.errors import ImageTooLarge, ImageUnreadable
from firstlight.imaging.packed import PIECE, Packing, Reader, packing, size_of, unpacked

FIRST = PIECE
"""Bytes at the beginning that are written last."""
RUN = 2 * PIECE
"""Bytes of a run, at most: cards like large writes, and several runs are in memory at a time."""
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


def plain_runs(stream: Reader) -> Iterator[tuple[int, bytes]]:
    """Runs of an image as it lies: its first MiB alone, then a run at a time."""
    at = 0
    while data := stream.read(RUN if at else FIRST):
        yield at, data
        at += len(data)


def sparse_runs(stream: Reader, name: str, capacity: int) -> Iterator[tuple[int, bytes]]:
    """Runs of a sparse image. ImageUnreadable: what it says of itself does not add up; ImageTooLarge."""
    file_header, chunk_header, block, blocks, chunks = _sparse_header(stream.read(28), name)
    stream.read(file_header - 28)
    if capacity and block * blocks > capacity:
        raise ImageTooLarge(name=name, need=block * blocks, has=capacity)
    at = 0
    for _ in range(chunks):
        head = stream.read(chunk_header)
        if len(head) < 12:
            raise ImageUnreadable(name=name, reason="short")
        kind, _, count, total = struct.unpack("<HHII", head[:12])
        length, body = count * block, total - chunk_header
        if at + length > block * blocks:
            raise ImageUnreadable(name=name, reason="damaged", why="more blocks than announced")
        if kind == _RAW and body == length:
            yield from _split(stream, at, length, name)
        elif kind == _FILL and body == 4:
            yield from _filled(stream.read(4), at, length, name)
        elif kind == _SKIP and body == 0:
            pass
        elif kind == _CRC and body == 4:
            stream.read(4)
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


def _split(stream: Reader, at: int, length: int, name: str) -> Iterator[tuple[int, bytes]]:
    end = at + length
    while at < end:
        data = stream.read(min(end, _next_cut(at)) - at)
        if not data:
            raise ImageUnreadable(name=name, reason="short")
        yield at, data
        at += len(data)


def _filled(pattern: bytes, at: int, length: int, name: str) -> Iterator[tuple[int, bytes]]:
    if len(pattern) < 4:
        raise ImageUnreadable(name=name, reason="short")
    end = at + length
    while at < end:
        size = min(end, _next_cut(at)) - at
        yield at, pattern * (size // 4)
        at += size


def _next_cut(at: int) -> int:
    """Where a run that begins at `at` ends at the latest: the first MiB stays a run of its own."""
    return FIRST if at < FIRST else FIRST + ((at - FIRST) // RUN + 1) * RUN


def mapped(runs: Iterator[tuple[int, bytes]], table: BlockMap) -> Iterator[tuple[int, bytes]]:
    """Of each run only what the block map names."""
    for at, data in runs:
        for begin, end in table.within(at, at + len(data)):
            yield begin, data[begin - at : end - at] if end - begin < len(data) else data
