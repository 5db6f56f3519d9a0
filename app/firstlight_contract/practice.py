# SPDX-License-Identifier: Apache-2.0
"""Images of practice builds: the demo's hub publishes them, practice phones check them at start like verified boot does.

An image is one block of 4096 bytes with a line that says whose it is and the SHA-256 of the rest, then bytes that follow from
that line. So a phone knows without any list which build it holds, and that a half-written part must not start.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK = 4096
_MAGIC = b"FLIMG1 "
_PIECE = 1 << 20


@dataclass(frozen=True)
class Label:
    """What an image says of itself."""

    device: str
    partition: str
    build: str
    rollback_index: int
    size: int
    body_sha256: str


def make_image(*, device: str, partition: str, build: str, rollback_index: int, size: int) -> Iterator[bytes]:
    """The image in pieces; the same bytes for the same arguments, on every PC. `size` is a multiple of 4096, at least 8192."""
    if size % BLOCK or size < 2 * BLOCK:
        raise ValueError(f"an image of {size} bytes is no multiple of {BLOCK}")
    digest = hashlib.sha256()
    for piece in _body(device, partition, build, size - BLOCK):
        digest.update(piece)
    line = f"{device} {partition} {build} {rollback_index} {size} {digest.hexdigest()}\n"
    yield (_MAGIC + line.encode()).ljust(BLOCK, b"\0")
    yield from _body(device, partition, build, size - BLOCK)


def read_label(head: bytes) -> Label | None:
    """The label in the first block of an image; None when it is no practice image."""
    line, end, _ = head[:BLOCK].partition(b"\n")
    if not end or not line.startswith(_MAGIC):
        return None
    words = line[len(_MAGIC) :].decode("ascii", "replace").split(" ")
    if len(words) != 6 or not words[3].isdecimal() or not words[4].isdecimal():
        return None
    return Label(words[0], words[1], words[2], int(words[3]), int(words[4]), words[5])


def _body(device: str, partition: str, build: str, size: int) -> Iterator[bytes]:
    source = random.Random(f"{device}/{partition}/{build}")  # not for secrets: the same bytes everywhere are the point
    for start in range(0, size, _PIECE):
        yield source.randbytes(min(_PIECE, size - start))
