# SPDX-License-Identifier: Apache-2.0
"""Sparse images as we send them: whatever the image and the phone's limit, the phone ends with the same bytes; odd ones are refused."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstlight.devices import fastboot_sparse as ours
from firstlight.devices.errors import ImageOdd
from firstlight.practice import sparse as phone

BLOCK = ours.BLOCK
runs = st.lists(st.tuples(st.sampled_from(["zeros", "data", "same"]), st.integers(1, 40)), min_size=1, max_size=12)


def made_of(parts: list[tuple[str, int]], tail: int) -> bytes:
    source = random.Random(7)
    blocks = [{"zeros": bytes, "data": source.randbytes, "same": lambda n: b"\xaa" * n}[kind](BLOCK * count) for kind, count in parts]
    return b"".join(blocks) + source.randbytes(tail)


def on_a_phone(layout: ours.Layout, image: Path, limit: int) -> bytes:
    """What a phone holds after all pieces, from a partition that was full of something else."""
    target = io.BytesIO(b"\x55" * layout.image_size)
    with image.open("rb") as file:
        for group in ours.pieces(layout, limit):
            data = b"".join(ours.encode(layout, group, file))
            assert len(data) == ours.encoded_size(layout, group)
            assert len(data) <= max(limit, BLOCK + 200)
            phone.write(data, target, layout.image_size)
    return target.getvalue()


@given(runs, st.integers(0, BLOCK - 1), st.integers(1, 60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_image_in_any_pieces_is_the_same_image(tmp_path: Path, parts: list[tuple[str, int]], tail: int, room: int) -> None:
    image = tmp_path / "image"
    data = made_of(parts, tail)
    image.write_bytes(data)
    got = on_a_phone(ours.layout(image), image, room * BLOCK)
    assert got[: len(data)] == data
    assert not any(got[len(data) :])


@given(runs, st.integers(2, 60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_image_that_is_sparse_already_is_cut_anew(tmp_path: Path, parts: list[tuple[str, int]], room: int) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_bytes(made_of(parts, 0))
    layout = ours.layout(plain)
    with plain.open("rb") as file:
        packed.write_bytes(b"".join(ours.encode(layout, layout.chunks, file)))
    again = ours.layout(packed)
    assert again.is_sparse
    assert on_a_phone(again, packed, room * BLOCK) == plain.read_bytes()


def test_zeros_do_not_travel(tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(b"x" * BLOCK + bytes(50 << 20) + b"y" * BLOCK)
    layout = ours.layout(image)
    (group,) = ours.pieces(layout, 1 << 20)
    assert ours.encoded_size(layout, group) < 3 * BLOCK


def test_holes_of_a_fresh_file_system_stay_as_they_are(tmp_path: Path) -> None:
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(64 << 20)
        file.seek(32 << 20)
        file.write(b"x" * BLOCK)
    layout = ours.layout(image, holes_stay=True)
    assert sum(c.blocks for c in layout.chunks) * BLOCK <= 1 << 20
    assert on_a_phone(layout, image, 1 << 20)[:8] == b"\x55" * 8


def odd(blocks: int, count: int, *chunks: bytes, block: int = BLOCK, major: int = 1) -> bytes:
    return struct.pack("<IHHHHIIII", 0xED26FF3A, major, 0, 28, 12, block, blocks, count, 0) + b"".join(chunks)


ODD = {
    "a version from nowhere": odd(1, 0, major=9),
    "blocks of three bytes": odd(1, 0, block=3),
    "four billion chunks": odd(1, 0xFFFFFFFF),
    "more chunks than bytes": odd(1, 5),
    "a chunk beyond the image": odd(1, 1, struct.pack("<HHII", 0xCAC1, 0, 2, 12 + 2 * BLOCK) + bytes(2 * BLOCK)),
    "a chunk beyond the file": odd(9, 1, struct.pack("<HHII", 0xCAC1, 0, 9, 12 + 9 * BLOCK) + b"short"),
    "a chunk that lies about its size": odd(1, 1, struct.pack("<HHII", 0xCAC1, 0, 1, 0xFFFFFFFF) + bytes(BLOCK)),
    "a kind that is none": odd(1, 1, struct.pack("<HHII", 0xBEEF, 0, 1, 12)),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_sparse_image_is_refused_before_a_byte_is_sent(tmp_path: Path, name: str) -> None:
    image = tmp_path / "image"
    image.write_bytes(ODD[name])
    with pytest.raises(ImageOdd) as refused:
        ours.layout(image)
    assert refused.value.facts["why"]


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_junk_behind_the_magic_is_an_image_or_is_refused(tmp_path: Path, junk: bytes) -> None:
    image = tmp_path / "image"
    image.write_bytes(struct.pack("<IHHHHIIII", 0xED26FF3A, 1, 0, 28, 12, BLOCK, 4, 3, 0) + junk)
    try:
        layout = ours.layout(image)
    except ImageOdd:
        return
    on_a_phone(layout, image, 1 << 20)
