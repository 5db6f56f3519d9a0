# SPDX-License-Identifier: Apache-2.0
"""Small images of our own making for tests: text, noise and holes, raw, packed and as Android sparse."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import random
import struct
import zipfile
from pathlib import Path

import zstandard

MIB = 1 << 20
BLOCK = 4096
OWN = "0" * 64


def raw(mib: int = 9, seed: int = 1) -> bytes:
    """Noise, text and holes by turns, of this many MiB."""
    noise = random.Random(seed)
    pieces = []
    for i in range(mib):
        pieces.append((noise.randbytes(MIB), (b"firstlight " * 95326)[:MIB], bytes(MIB))[i % 3])
    return b"".join(pieces)


def pack(data: bytes, kind: str, folder: Path) -> Path:
    """An image file of this kind."""
    path = folder / f"image.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "words")
            archive.writestr("card.img", data)
        return path
    packers = {
        "raw": lambda d: d,
        "gz": lambda d: gzip.compress(d, 1),
        "xz": lambda d: lzma.compress(d, preset=0),
        "bz2": lambda d: bz2.compress(d, 1),
        "zst": lambda d: zstandard.ZstdCompressor(1, write_checksum=True).compress(d),
        "sparse": sparse,
    }
    path.write_bytes(packers[kind](data))
    return path


def sparse(data: bytes) -> bytes:
    """Android sparse, with a raw, a fill and a don't-care chunk for what suits them."""
    blocks = [data[i : i + BLOCK] for i in range(0, len(data), BLOCK)]
    chunks: list[tuple[int, int, bytes]] = []
    for block in blocks:
        if block == bytes(BLOCK):
            kind, body = 0xCAC3, b""
        elif block == block[:4] * (BLOCK // 4):
            kind, body = 0xCAC2, block[:4]
        else:
            kind, body = 0xCAC1, block
        if chunks and chunks[-1][0] == kind and (kind == 0xCAC3 or kind == 0xCAC1):
            _, count, before = chunks[-1]
            chunks[-1] = (kind, count + 1, before + body)
        else:
            chunks.append((kind, 1, body))
    head = struct.pack("<IHHHHIIII", 0xED26FF3A, 1, 0, 28, 12, BLOCK, len(blocks), len(chunks), 0)
    return head + b"".join(struct.pack("<HHII", kind, 0, count, 12 + len(body)) + body for kind, count, body in chunks)


def bmap(data: bytes, *, spoil: int | None = None) -> bytes:
    """A block map, version 2.0, of what is not zero; `spoil` breaks the hash of that range."""
    blocks = [i for i in range(len(data) // BLOCK) if data[i * BLOCK : (i + 1) * BLOCK] != bytes(BLOCK)]
    ranges: list[list[int]] = []
    for i in blocks:
        if ranges and ranges[-1][1] == i - 1:
            ranges[-1][1] = i
        else:
            ranges.append([i, i])
    rows = ""
    for n, (first, last) in enumerate(ranges):
        digest = hashlib.sha256(data[first * BLOCK : (last + 1) * BLOCK]).hexdigest()
        if n == spoil:
            digest = "f" * 64
        words = f"{first}-{last}" if last > first else f"{first}"
        rows += f'<Range chksum="{digest}"> {words} </Range>'
    text = (
        '<?xml version="1.0" ?><bmap version="2.0">'
        f"<ImageSize> {len(data)} </ImageSize><BlockSize> {BLOCK} </BlockSize><BlocksCount> {len(data) // BLOCK} </BlocksCount>"
        f"<MappedBlocksCount> {len(blocks)} </MappedBlocksCount><ChecksumType> sha256 </ChecksumType>"
        f"<BmapFileChecksum> {OWN} </BmapFileChecksum><BlockMap>{rows}</BlockMap></bmap>"
    )
    return text.replace(OWN, hashlib.sha256(text.encode()).hexdigest(), 1).encode()
