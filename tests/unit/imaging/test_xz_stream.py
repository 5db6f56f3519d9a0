# SPDX-License-Identifier: Apache-2.0
"""Both ways of unpacking .xz, by the loaded library and by Python's own decoder, give the same bytes and refuse the same files."""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstlight.base.work import Work
from firstlight.imaging import xz_stream
from firstlight.imaging.errors import ImageUnreadable
from firstlight.imaging.packed import Packing, unpacked

MIB = 1 << 20
PLAIN = random.Random(11).randbytes(300_000) + bytes(2 * MIB) + b"words and words " * 20_000
WHOLE = lzma.compress(PLAIN, preset=1)


@pytest.fixture(params=["library", "python"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "python":
        monkeypatch.setattr(xz_stream, "library", lambda: None)  # as where liblzma is no shared library
    elif xz_stream.library() is None:
        pytest.skip("this Python carries its liblzma inside itself: there is one way only")
    yield request.param


def told(path: Path, data: bytes, piece: int = MIB) -> bytes | str:
    """Everything in it, or why not."""
    path.write_bytes(data)
    found = bytearray()
    room = memoryview(bytearray(piece))
    try:
        with unpacked(path, Packing.XZ, Work()) as stream:
            while got := stream.read_into(room):
                found += room[:got]
            assert stream.read_into(room) == 0
    except ImageUnreadable as error:
        return str(error.facts["reason"])
    return bytes(found)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("piece", [28, 4096, MIB, 5 * MIB])
def test_a_whole_file_is_unpacked_in_pieces_of_any_size(tmp_path: Path, piece: int) -> None:
    data = WHOLE if piece > 28 else lzma.compress(PLAIN[:5000])
    assert told(tmp_path / "a.xz", data, piece) == (PLAIN if piece > 28 else PLAIN[:5000])


@pytest.mark.usefixtures("way")
def test_files_behind_one_another_are_one_and_zeros_between_are_padding(tmp_path: Path) -> None:
    other = lzma.compress(b"second", check=lzma.CHECK_SHA256)
    assert told(tmp_path / "a.xz", WHOLE + bytes(8) + other + bytes(512)) == PLAIN + b"second"
    assert told(tmp_path / "b.xz", lzma.compress(b"") + other) == b"second"


@pytest.mark.usefixtures("way")
def test_what_is_cut_off_or_no_xz_or_asks_for_too_much_is_refused(tmp_path: Path) -> None:
    for end in (7, 13, 400, len(WHOLE) // 2, len(WHOLE) - 1):
        assert told(tmp_path / "a.xz", WHOLE[:end]) == "short", end
    assert told(tmp_path / "a.xz", WHOLE + b"something else") == "damaged"
    assert told(tmp_path / "a.xz", b"no xz at all, but long enough") == "damaged"
    greedy = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 512 * MIB, "mode": lzma.MODE_FAST, "mf": lzma.MF_HC3}])
    assert told(tmp_path / "a.xz", greedy) == "damaged"


def test_both_say_the_same_of_files_with_a_spoilt_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = lzma.compress(PLAIN[:20_000] + bytes(50_000), preset=0)
    chance = random.Random(5)
    spoilt = []
    for _ in range(300):
        data = bytearray(small)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        spoilt.append(bytes(data))
    first = [told(tmp_path / "a.xz", data) for data in spoilt]
    monkeypatch.setattr(xz_stream, "library", lambda: None)
    assert [told(tmp_path / "a.xz", data) for data in spoilt] == first
    assert first.count("damaged") > 250
