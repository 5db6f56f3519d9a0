# SPDX-License-Identifier: Apache-2.0
"""Image files and maps from strangers: bombs, torn files, lies. Each ends in an error of ours, bounded in memory and on the disk."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import card_images as images
from fakes import memory
from firstlight.base.work import Work
from firstlight.imaging import bmap
from firstlight.imaging.check import check_image
from firstlight.imaging.errors import ImageTooLarge, ImageUnreadable, ImagingError, MapWrong
from firstlight.imaging.medium import DiskMedium
from firstlight.imaging.packed import Packing, size_of
from firstlight.imaging.write import write

MIB = 1 << 20


def small_card(folder: Path) -> DiskMedium:
    """A plain file that stands for a card of 8 MiB."""
    path = folder / "card"
    path.write_bytes(bytes(8 * MIB))
    return DiskMedium(os.open(path, os.O_RDWR), str(path))


@pytest.mark.parametrize("kind", ["xz", "zst", *(pytest.param(k, marks=pytest.mark.long) for k in ("gz", "bz2"))])
def test_a_bomb_is_ended_at_the_size_of_the_card(tmp_path: Path, kind: str) -> None:
    zeros = bytes(24 * MIB)
    packed = {
        "gz": lambda: gzip.compress(zeros, 9),
        "xz": lambda: lzma.compress(zeros, preset=0),
        "zst": lambda: zstandard.ZstdCompressor(write_content_size=False).compress(zeros),
        "bz2": lambda: bz2.compress(zeros),
    }[kind]()
    path = tmp_path / "bomb"
    path.write_bytes(packed * 4 if kind != "zst" else packed)
    medium = small_card(tmp_path)
    with memory.growth() as grown, pytest.raises(ImageTooLarge):
        write(path, medium, Work())
    medium.close()
    assert (tmp_path / "card").stat().st_size == 8 * MIB
    assert grown.mb < 117


def test_a_dictionary_that_wants_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "greedy.xz"
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(b"x" * 100, format=lzma.FORMAT_XZ, filters=filters))
    at = data.index(b"\x21\x01", 12) + 2  # LZMA2's filter flags: id, size of properties, then the dictionary's size
    data[at] = 40  # 4 GiB
    header_end = 12 + (data[12] + 1) * 4
    data[header_end - 4 : header_end] = struct.pack("<I", zlib.crc32(bytes(data[12 : header_end - 4])))
    path.write_bytes(data)
    with pytest.raises(ImageUnreadable):
        check_image(path, Work())


def test_sizes_are_read_from_files_that_tell_them(tmp_path: Path) -> None:
    data = images.raw(3)
    for kind in (Packing.RAW, Packing.XZ, Packing.ZST, Packing.ZIP):
        assert size_of(images.pack(data, str(kind), tmp_path), kind) == len(data)
    two = tmp_path / "two.xz"
    two.write_bytes(lzma.compress(data[:MIB]) + b"\0" * 8 + lzma.compress(data[MIB:]))
    assert size_of(two, Packing.XZ) == len(data)
    assert check_image(two, Work()).size == len(data)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "half": lambda d: d[: len(d) // 2],
    "head": lambda d: d[:40],
    "flipped": lambda d: d[:200] + bytes([d[200] ^ 0x55]) + d[201:],
    "more": lambda d: d + b"more",
}
UNSEEN = {("zip", "more"), ("sparse", "more"), ("sparse", "flipped")}
"""What follows the end of these is no part of them, and a sparse image has no sum over its plain bytes."""


@pytest.mark.parametrize("spoil", SPOILT)
@pytest.mark.parametrize("kind", ["gz", "xz", "zst", "bz2", "zip", "sparse"])
def test_a_torn_file_is_named_as_such(tmp_path: Path, kind: str, spoil: str) -> None:
    path = images.pack(images.raw(3), kind, tmp_path)
    path.write_bytes(SPOILT[spoil](path.read_bytes()))
    if (kind, spoil) in UNSEEN:
        assert check_image(path, Work()).size == 3 * MIB
        return
    with pytest.raises(ImageUnreadable):
        check_image(path, Work())


@given(
    data=st.binary(max_size=2000),
    head=st.sampled_from([b"\xfd7zXZ\x00", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh9", b"PK\x03\x04", b"\x3a\xff\x26\xed", b""]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_an_image_only_errors_of_ours_come_out(tmp_path: Path, data: bytes, head: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(head + data)
    with suppress(ImagingError):
        check_image(path, Work())


@given(cut=st.integers(0, 700), put=st.binary(max_size=12))
@settings(max_examples=40, deadline=None)
def test_whatever_stands_in_a_map_only_errors_of_ours_come_out(cut: int, put: bytes) -> None:
    text = images.bmap(images.raw(3))
    with suppress(MapWrong):
        bmap.parse(text[:cut] + put + text[cut + len(put) :], "x.bmap")


@pytest.mark.parametrize(
    "text",
    [
        b'<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><bmap version="2.0"><ImageSize>&b;</ImageSize></bmap>',
        b'<!DOCTYPE b SYSTEM "file:///etc/passwd"><bmap version="2.0"/>',
        b"<a>" * 100_000,
    ],
    ids=["billion laughs", "external", "deep"],
)
def test_a_map_with_a_document_type_or_without_end_is_refused(text: bytes) -> None:
    with pytest.raises(MapWrong):
        bmap.parse(text, "x.bmap")


def test_a_sparse_image_that_claims_more_than_the_card_is_refused_before_a_byte(tmp_path: Path) -> None:
    path = tmp_path / "big.img"
    path.write_bytes(
        struct.pack("<IHHHHIIII", 0xED26FF3A, 1, 0, 28, 12, 4096, 0xFFFFFFFF, 1, 0)
        + struct.pack("<HHII", 0xCAC2, 0, 0xFFFFFFFF, 16)
        + b"abcd"
    )
    medium = small_card(tmp_path)
    with pytest.raises(ImageTooLarge):
        write(path, medium, Work())
    medium.close()
