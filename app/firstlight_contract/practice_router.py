# SPDX-License-Identifier: Apache-2.0
"""Images of practice routers: a practice image with OpenWrt's metadata behind it. The demo's hub publishes them, practice routers
take them.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator

from firstlight_contract.practice import make_image

BOARD = "aurora,r1"
IMAGE_BYTES = 8 << 20
TRAILER = struct.Struct(">4sIB3xI")
"""Behind each section: magic, checksum, kind (1 metadata, 0 signature), length."""


def make_router_image(
    *,
    build: str,
    board: str = BOARD,
    compat_version: str = "1.0",
    size: int = IMAGE_BYTES,
    metadata: dict[str, object] | None = None,
    is_signed: bool = False,
) -> Iterator[bytes]:
    """A sysupgrade image in pieces: the same bytes for the same arguments. `metadata` replaces what it says of itself."""
    crc = 0
    for piece in make_image(device="r1", partition="firmware", build=build, rollback_index=0, size=size):
        crc = zlib.crc32(piece, crc)
        yield piece
    body = b"\0" * 8 + json.dumps(metadata or describe(build, board, compat_version)).encode()
    section = body + _trailer(body, crc, 1)
    yield section
    if is_signed:
        signature = b"\0" * 8 + b"untrusted comment: practice\n"
        yield signature + _trailer(signature, zlib.crc32(section, crc), 0)


def _trailer(body: bytes, crc: int, kind: int) -> bytes:
    return TRAILER.pack(b"FWx0", zlib.crc32(body, crc) ^ 0xFFFFFFFF, kind, len(body) + TRAILER.size)


def describe(build: str, board: str = BOARD, compat_version: str = "1.0") -> dict[str, object]:
    """The metadata of an image, as OpenWrt writes it."""
    told: dict[str, object] = {
        "metadata_version": "1.1",
        "compat_version": compat_version,
        "supported_devices": [board],
        "version": {"dist": "AuroraOS", "version": build, "revision": f"r{build}", "target": "practice/generic", "board": board},
    }
    if compat_version != "1.0":
        told["supported_devices"] = [f"{board} - Image version mismatch: image {compat_version}, device 1.0"]
        told["new_supported_devices"] = [board]
        told["compat_message"] = "Settings cannot be carried over."
    return told
