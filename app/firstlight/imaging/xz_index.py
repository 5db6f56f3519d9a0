# SPDX-License-Identifier: Apache-2.0
"""How large an .xz file becomes, from the index at its end (the .xz file format 1.2, sections 2.1.2 and 4). It may lie: a hint only."""

from __future__ import annotations

import struct
from pathlib import Path

_FOOTER = 12
_MAX_INDEX = 16 << 20
_MAX_STREAMS = 1000


def unpacked_size(path: Path) -> int:
    """Sum of all blocks of all streams; 0 when the file does not tell."""
    total = 0
    with path.open("rb") as file:
        end = file.seek(0, 2)
        for _ in range(_MAX_STREAMS):
            while end >= 4:  # padding between streams is in fours
                file.seek(end - 4)
                if file.read(4) != b"\0\0\0\0":
                    break
                end -= 4
            if end < 2 * _FOOTER:
                return total
            file.seek(end - _FOOTER)
            footer = file.read(_FOOTER)
            if footer[-2:] != b"YZ":
                return 0
            length = (struct.unpack("<I", footer[4:8])[0] + 1) * 4
            if length > min(_MAX_INDEX, end - _FOOTER):
                return 0
            file.seek(end - _FOOTER - length)
            sizes = _blocks(file.read(length))
            if sizes is None:
                return 0
            packed, unpacked = sizes
            total += unpacked
            end -= _FOOTER + length + packed + _FOOTER
            if end <= 0:
                return total if end == 0 else 0
    return 0


def _blocks(index: bytes) -> tuple[int, int] | None:
    """Sums of a stream's blocks: bytes in the file (padded to fours) and unpacked."""
    at = 1
    packed = unpacked = 0
    try:
        if index[0] != 0:
            return None
        count, at = _number(index, at)
        for _ in range(count):
            size, at = _number(index, at)
            whole, at = _number(index, at)
            packed += (size + 3) & ~3
            unpacked += whole
    except IndexError:
        return None
    return packed, unpacked


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80 or shift > 63:
            return value, at
