# SPDX-License-Identifier: Apache-2.0
"""An empty `super` image, as makers ship it for `fastboot wipe-super`: geometry and metadata of logical partitions without any.

Format: the metadata of Android's logical partitions, version 10.0 (liblp's metadata_format.h).
"""

from __future__ import annotations

import hashlib
import struct

_BLOCK = 4096
_GEOMETRY, _HEADER = 0x616C4467, 0x414C5030
_MAX_METADATA = 65536
SIZE = 4 << 20
"""Bytes of a practice phone's super."""


def empty_super(size: int = SIZE) -> bytes:
    """The image for a super partition of `size` bytes."""
    geometry = struct.pack("<II32sIII", _GEOMETRY, 52, bytes(32), _MAX_METADATA, 2, _BLOCK)
    geometry = geometry[:8] + hashlib.sha256(geometry).digest() + geometry[40:]
    group = struct.pack("<36sIQ", b"default", 0, 0)
    device = struct.pack("<QIIQ36sI", 2048, 1 << 20, 0, size, b"super", 0)
    tables = group + device
    places = struct.pack("<12I", 0, 0, 52, 0, 0, 24, 0, 1, len(group), len(group), 1, len(device))
    rest = struct.pack("<I", len(tables)) + hashlib.sha256(tables).digest() + places
    start = struct.pack("<IHHI", _HEADER, 10, 0, 128)
    header = start + hashlib.sha256(start + bytes(32) + rest).digest() + rest
    return geometry.ljust(_BLOCK, b"\0") + header + tables
