# SPDX-License-Identifier: Apache-2.0
"""What a sysupgrade image says of itself (OpenWrt's fwtool trailer), and whether it may go onto a router.

At the end of the file stand sections, each with a trailer of 16 bytes, big-endian: magic "FWx0", CRC-32 of everything before the
trailer (started with all ones, not inverted at the end), type (0 signature, 1 metadata), the section's size with its trailer. The
metadata is a header of 8 bytes and JSON. Source: fwtool's sources and OpenWrt's fwtool_check_image.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from firstlight.base.work import Work
from firstlight.devices.errors import ImageUnfit
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.tool import clean

_TRAILER = struct.Struct(">4sIB3xI")
_HEADER = 8
_MAGIC = b"FWx0"
_METADATA = 1
_MAX_METADATA = 30 * 1024
_MAX_SECTIONS = 4
_PIECE = 1 << 20
_COMPAT = re.compile(r"(\d{1,4})\.(\d{1,4})")


@dataclass(frozen=True)
class ImageFacts:
    """The metadata, bounded and cleaned. `is_signed`: a signature stands after it; only the router can check it."""

    devices: tuple[str, ...]
    compat_version: str = "1.0"
    compat_message: str = ""
    version: str = ""
    revision: str = ""
    board: str = ""
    is_signed: bool = False
    size: int = 0

    def check(self, router: RouterFacts, *, keep: bool) -> None:
        """ImageUnfit unless it may go onto this router, with (`keep`) or without its settings."""
        if router.board not in self.devices:
            raise ImageUnfit(reason="board", board=router.board, wanted=", ".join(self.devices[:8]) or "?", said="")
        ours, theirs = router.compat_version.partition("."), self.compat_version.partition(".")
        facts = {"board": router.compat_version, "wanted": self.compat_version, "said": self.compat_message}
        if ours[0] != theirs[0]:
            raise ImageUnfit(reason="compat_major", **facts)
        if ours[2] != theirs[2] and keep:
            raise ImageUnfit(reason="compat_minor", **facts)


def read(path: Path, work: Work) -> ImageFacts:
    """The facts of an image, its checksum compared. ImageUnfit with reason no_metadata or damaged; OSError."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        metadata, end, crc, is_signed = _find(file, size)
        if _crc(file, end, work) != crc:
            raise ImageUnfit(reason="damaged", said="")
    return _facts(metadata, is_signed, size)


def _find(file: BinaryIO, size: int) -> tuple[bytes, int, int, bool]:
    """The metadata, where its trailer stands, its checksum, and whether a signature follows."""
    end, is_signed = size, False
    for _ in range(_MAX_SECTIONS):
        if end < _TRAILER.size:
            break
        file.seek(end - _TRAILER.size)
        magic, crc, kind, length = _TRAILER.unpack(file.read(_TRAILER.size))
        if magic != _MAGIC or not _TRAILER.size <= length <= end:
            break
        start = end - length
        if kind == _METADATA:
            if not _TRAILER.size + _HEADER <= length <= _TRAILER.size + _HEADER + _MAX_METADATA:
                raise ImageUnfit(reason="damaged", said="")
            file.seek(start + _HEADER)
            return file.read(length - _HEADER - _TRAILER.size), end - _TRAILER.size, crc, is_signed
        is_signed, end = True, start
    raise ImageUnfit(reason="no_metadata", said="")


def _crc(file: BinaryIO, end: int, work: Work) -> int:
    file.seek(0)
    crc, left = 0, end
    while left:
        work.check()
        piece = file.read(min(_PIECE, left))
        if not piece:
            break  # it shrank while it was read: the checksum will tell
        crc = zlib.crc32(piece, crc)
        left -= len(piece)
    return crc ^ 0xFFFFFFFF


def _facts(metadata: bytes, is_signed: bool, size: int) -> ImageFacts:
    try:
        told = json.loads(metadata.rstrip(b"\0"))
    except (ValueError, RecursionError) as error:
        raise ImageUnfit(reason="damaged", said="") from error
    if not isinstance(told, dict):
        raise ImageUnfit(reason="damaged", said="")
    compat = _text(told.get("compat_version"), 20) or "1.0"
    if not _COMPAT.fullmatch(compat):
        raise ImageUnfit(reason="damaged", said="")
    # A newer layout lists its devices apart, so that old routers that know nothing of it refuse.
    names = told.get("supported_devices" if compat == "1.0" else "new_supported_devices")
    version = told.get("version")
    version = version if isinstance(version, dict) else {}
    return ImageFacts(
        devices=tuple(t for t in (_text(n, 80) for n in names[:64]) if t) if isinstance(names, list) else (),
        compat_version=compat,
        compat_message=_text(told.get("compat_message"), 300),
        version=_text(version.get("version"), 60),
        revision=_text(version.get("revision"), 60),
        board=_text(version.get("board"), 80),
        is_signed=is_signed,
        size=size,
    )


def _text(value: object, most: int) -> str:
    return clean(value).replace("\n", " ").strip()[:most] if isinstance(value, str) else ""
