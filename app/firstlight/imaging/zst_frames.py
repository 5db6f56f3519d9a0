# SPDX-License-Identifier: Apache-2.0
"""Whether a .zst file is whole, and what it becomes, from the headers of its frames and blocks (RFC 8878, section 3.1).

The unpacker's stream just ends where a torn file ends, and says nothing; so the walls are looked at before the house is entered.
"""

from __future__ import annotations

from pathlib import Path

_MAGIC = 0xFD2FB528
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
_MAX_BLOCKS = 8_000_000
_RAW, _RLE, _PACKED = 0, 1, 2


class Torn(Exception):
    """The file ends in the middle of a frame."""


class Odd(Exception):
    """No zstd, or a part of it that does not exist."""


def unpacked_size(path: Path) -> int:
    """Bytes of all frames; 0 when one does not tell. Torn, Odd."""
    total, is_told = 0, True
    with path.open("rb") as file:
        end = file.seek(0, 2)
        at, blocks = 0, 0
        while at < end:
            file.seek(at)
            magic = int.from_bytes(_take(file.read(4), 4), "little")
            if magic in _SKIPPABLE:
                at += 8 + int.from_bytes(_take(file.read(4), 4), "little")
                continue
            if magic != _MAGIC:
                raise Odd
            size, header, has_sum = _header(file.read(14))
            total += size or 0
            is_told = is_told and size is not None
            at += 4 + header
            is_last = False
            while not is_last:
                file.seek(at)
                word = int.from_bytes(_take(file.read(3), 3), "little")
                is_last, kind, length = bool(word & 1), word >> 1 & 3, word >> 3
                if kind not in (_RAW, _RLE, _PACKED):
                    raise Odd
                at += 3 + (1 if kind == _RLE else length)
                blocks += 1
                if blocks > _MAX_BLOCKS:
                    raise Odd
            at += 4 if has_sum else 0
            if at > end:
                raise Torn
        if at > end:
            raise Torn
    return total if is_told else 0


def _header(data: bytes) -> tuple[int | None, int, bool]:
    """Content size if told, length of the header, and whether a checksum follows the blocks."""
    what = _take(data, 1)[0]
    is_single = bool(what & 0x20)
    at = 1 + (not is_single) + (0, 1, 2, 4)[what & 3]
    width = (1 if is_single else 0, 2, 4, 8)[what >> 6]
    size = int.from_bytes(_take(data[at:], width), "little") + (256 if width == 2 else 0) if width else None
    return size, at + width, bool(what & 4)


def _take(data: bytes, length: int) -> bytes:
    if len(data) < length:
        raise Torn
    return data[:length]
