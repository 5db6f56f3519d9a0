# SPDX-License-Identifier: Apache-2.0
"""Android's sparse image format, as a phone reads it: only what is named is written, at its place."""

from __future__ import annotations

import struct
from typing import BinaryIO

MAGIC = 0xED26FF3A
_FILE = struct.Struct("<IHHHHIIII")
_CHUNK = struct.Struct("<HHII")
_RAW, _FILL, _SKIP, _CRC = 0xCAC1, 0xCAC2, 0xCAC3, 0xCAC4
_MAX_BLOCK = 1 << 20


class SparseError(ValueError):
    """The image contradicts itself; nothing more of it is written."""


def is_sparse(data: bytes) -> bool:
    """Whether `data` begins like a sparse image."""
    return len(data) >= _FILE.size and int(_FILE.unpack_from(data)[0]) == MAGIC


def write(data: bytes, target: BinaryIO, room: int) -> None:
    """Write the chunks of `data` to their places in `target`, which takes `room` bytes; SparseError when they do not fit."""
    _, major, _, file_header, chunk_header, block, blocks, chunks, _ = _FILE.unpack_from(data)
    if major != 1 or file_header < _FILE.size or chunk_header < _CHUNK.size or not 4 <= block <= _MAX_BLOCK or block % 4:
        raise SparseError("header")
    if blocks * block > room:
        raise SparseError("larger than the partition")
    at, offset = file_header, 0
    for _ in range(chunks):
        if at + chunk_header > len(data):
            raise SparseError("cut off")
        kind, _, count, total = _CHUNK.unpack_from(data, at)
        body = data[at + chunk_header : at + total]
        size = count * block
        if total < chunk_header or len(body) != total - chunk_header or offset + size > room:
            raise SparseError("chunk")
        _write_chunk(kind, body, size, offset, target)
        at += total
        if kind != _CRC:
            offset += size


def _write_chunk(kind: int, body: bytes, size: int, offset: int, target: BinaryIO) -> None:
    if kind == _RAW:
        if len(body) != size:
            raise SparseError("raw chunk")
        target.seek(offset)
        target.write(body)
    elif kind == _FILL:
        if len(body) != 4:
            raise SparseError("fill chunk")
        target.seek(offset)
        target.write(body * (size // 4))
    elif kind not in (_SKIP, _CRC):
        raise SparseError("unknown chunk")
