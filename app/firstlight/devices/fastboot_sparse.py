# SPDX-License-Identifier: Apache-2.0
"""Android's sparse images as a sender makes them: an image in pieces, each a sparse image of its own that a phone can take at once.

A plain image is looked through for zeros, which travel as four bytes; an image that is sparse already is cut anew along its own
chunks. Images come from strangers: headers are checked, the number of chunks is bounded.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from firstlight.devices.errors import ImageOdd

BLOCK = 4096
_HEADER = struct.Struct("<IHHHHIIII")
_CHUNK = struct.Struct("<HHII")
_MAGIC, _RAW, _FILL, _SKIP, _CRC = 0xED26FF3A, 0xCAC1, 0xCAC2, 0xCAC3, 0xCAC4
_MAX_CHUNKS = 1 << 20
_ZERO_RUN = 16
"""Fewer zero blocks than this in a row go as they are: a chunk costs more than they do."""
_LOOK = 1 << 20
_ROOM = _HEADER.size + 4 * _CHUNK.size + 4
"""Of each piece, for its header and the skips around it."""


@dataclass(frozen=True)
class Chunk:
    """A run of blocks: `RAW` bytes of the file from `offset` on, `fill` repeated, or nothing (`fill` None: the phone's bytes stay)."""

    start: int
    blocks: int
    offset: int = -1
    fill: bytes | None = None

    @property
    def is_raw(self) -> bool:
        """Whether its bytes lie in the file."""
        return self.offset >= 0


@dataclass(frozen=True)
class Layout:
    """What an image consists of."""

    block: int
    blocks: int
    chunks: tuple[Chunk, ...]
    size: int
    """Bytes of the file."""
    is_sparse: bool

    @property
    def image_size(self) -> int:
        """Bytes on the phone."""
        return self.block * self.blocks


def layout(image: Path, *, holes_stay: bool = False) -> Layout:
    """Look through an image. `holes_stay`: holes of the file are not written, as for a fresh file system. ImageOdd."""
    size = image.stat().st_size
    with image.open("rb") as file:
        head = file.read(_HEADER.size)
        if len(head) == _HEADER.size and head[:4] == _MAGIC.to_bytes(4, "little"):
            return _read(file, head, size, image.name)
        chunks = tuple(_holes(file, size) if holes_stay else _look(file, size))
    return Layout(BLOCK, -(-size // BLOCK), chunks, size, is_sparse=False)


def _read(file: BinaryIO, head: bytes, size: int, name: str) -> Layout:
    _, major, _, file_header, chunk_header, block, blocks, count, _ = _HEADER.unpack(head)
    if major != 1 or file_header < _HEADER.size or chunk_header < _CHUNK.size or not 1024 <= block <= 1 << 20 or block % 4:
        raise ImageOdd(name=name, why="the header of the sparse image makes no sense")
    if count > _MAX_CHUNKS:
        raise ImageOdd(name=name, why=f"{count} chunks")
    chunks = []
    at, start = file_header, 0
    for _ in range(count):
        file.seek(at)
        raw = file.read(_CHUNK.size)
        if len(raw) < _CHUNK.size:
            raise ImageOdd(name=name, why="it ends in the middle")
        kind, _, length, total = _CHUNK.unpack(raw)
        body = total - chunk_header
        wanted = {_RAW: length * block, _FILL: 4, _SKIP: 0, _CRC: 4}.get(kind, -1)
        if body != wanted or at + total > size or start + length > blocks:
            raise ImageOdd(name=name, why="a chunk contradicts itself")
        if kind == _RAW:
            chunks.append(Chunk(start, length, at + chunk_header))
        elif kind == _FILL:
            file.seek(at + chunk_header)
            chunks.append(Chunk(start, length, fill=file.read(4)))
        start += length if kind != _CRC else 0
        at += total
    return Layout(block, blocks, tuple(chunks), size, is_sparse=True)


def _look(file: BinaryIO, size: int) -> Iterator[Chunk]:
    """Zeros told from the rest, by whole blocks."""
    file.seek(0)
    start = at = zeros = 0  # `start`: first block not yet told; `zeros`: blocks of zero that end at `at`
    blank = bytes(BLOCK)
    while data := file.read(_LOOK):
        for offset in range(0, len(data), BLOCK):
            block = data[offset : offset + BLOCK]
            if block == blank[: len(block)]:
                zeros += 1
            else:
                if zeros >= _ZERO_RUN:
                    yield from _raw_then_zeros(start, at - zeros, at)
                    start = at
                zeros = 0
            at += 1
    yield from _raw_then_zeros(start, at - zeros if zeros >= _ZERO_RUN else at, at)


def _raw_then_zeros(start: int, zeros_from: int, end: int) -> Iterator[Chunk]:
    if zeros_from > start:
        yield Chunk(start, zeros_from - start, start * BLOCK)
    if end > zeros_from:
        yield Chunk(zeros_from, end - zeros_from, fill=bytes(4))


def _holes(file: BinaryIO, size: int) -> Iterator[Chunk]:
    """Only what the file system says is data, in whole blocks."""
    at = 0
    while at < size:
        try:
            data = os.lseek(file.fileno(), at, os.SEEK_DATA) // BLOCK * BLOCK
        except OSError:
            return  # nothing but a hole up to the end
        end = -(-min(os.lseek(file.fileno(), data, os.SEEK_HOLE), size) // BLOCK) * BLOCK
        yield Chunk(data // BLOCK, (end - data) // BLOCK, data)
        at = end


def pieces(of: Layout, limit: int) -> Iterator[tuple[Chunk, ...]]:
    """The chunks in groups, so that each group fits into `limit` bytes as a sparse image."""
    room = max((limit - _ROOM) // of.block, 1)
    group: list[Chunk] = []
    used = 0
    for chunk in of.chunks:
        for part in _cut(chunk, room, of.block):
            cost = part.blocks if part.is_raw else 1
            if group and (used + cost > room or len(group) * 2 * _CHUNK.size > of.block):
                yield tuple(group)
                group, used = [], 0
            group.append(part)
            used += cost
    if group:
        yield tuple(group)


def _cut(chunk: Chunk, room: int, block: int) -> Iterator[Chunk]:
    if not chunk.is_raw:
        yield chunk
        return
    for first in range(0, chunk.blocks, room):
        yield Chunk(chunk.start + first, min(room, chunk.blocks - first), chunk.offset + first * block)


def encode(of: Layout, group: tuple[Chunk, ...], image: BinaryIO) -> Iterator[bytes]:
    """The bytes of one piece: a header, the chunks at their places, skips between them and to the end."""
    entries: list[tuple[int, int, Chunk | None]] = []
    at = 0
    for chunk in group:
        if chunk.start > at:
            entries.append((_SKIP, chunk.start - at, None))
        entries.append((_RAW if chunk.is_raw else _FILL, chunk.blocks, chunk))
        at = chunk.start + chunk.blocks
    if at < of.blocks:
        entries.append((_SKIP, of.blocks - at, None))
    yield _HEADER.pack(_MAGIC, 1, 0, _HEADER.size, _CHUNK.size, of.block, of.blocks, len(entries), 0)
    for kind, blocks, entry in entries:
        yield _CHUNK.pack(kind, 0, blocks, _CHUNK.size + _body_size(kind, blocks, of.block))
        if entry is not None:
            yield from _body(entry, of, image)


def encoded_size(of: Layout, group: tuple[Chunk, ...]) -> int:
    """How many bytes `encode` gives."""
    size, at = _HEADER.size, 0
    for chunk in group:
        size += _CHUNK.size * (2 if chunk.start > at else 1) + (chunk.blocks * of.block if chunk.is_raw else 4)
        at = chunk.start + chunk.blocks
    return size + (_CHUNK.size if at < of.blocks else 0)


def _body_size(kind: int, blocks: int, block: int) -> int:
    return blocks * block if kind == _RAW else 4 if kind == _FILL else 0


def _body(chunk: Chunk, of: Layout, image: BinaryIO) -> Iterator[bytes]:
    if chunk.fill is not None:
        yield chunk.fill
        return
    image.seek(chunk.offset)
    left = chunk.blocks * of.block
    while left:
        data = image.read(min(64 * 1024, left))
        if not data:  # the last block of a plain image may be short: the rest of it is zero
            if left >= of.block:
                raise ImageOdd(name="", why="it became shorter while it was sent")
            data = bytes(left)
        left -= len(data)
        yield data
