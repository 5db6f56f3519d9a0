# SPDX-License-Identifier: Apache-2.0
"""Memory that goes round: what is empty is seen, who waits can be stopped, and a medium takes bytes from wherever they lie."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

import pytest

from fakes import card_images as images
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.imaging.errors import NotVerified
from firstlight.imaging.medium import DiskMedium, MediumReader
from firstlight.imaging.pieces import MIB, RUN, Pool, is_zeros
from firstlight.imaging.target import Rules, open_target
from firstlight.imaging.write import write
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import parse


@pytest.mark.parametrize("length", [0, 1, 4096, RUN - 1, RUN])
def test_only_zeros_are_nothing(length: int) -> None:
    data = bytearray(length)
    assert is_zeros(memoryview(data))
    for at in {0, length // 2, length - 1} if length else ():
        data[at] = 1
        assert not is_zeros(memoryview(data))
        data[at] = 0


def test_who_waits_for_a_piece_can_be_stopped() -> None:
    work = Work()
    pool = Pool(work.check)
    taken = [pool.take() for _ in range(6)]
    work.cancel()
    with pytest.raises(Cancelled):
        pool.take()
    pool.give(taken[3])
    assert pool.take() is taken[3]


@pytest.mark.parametrize("offset", [0, 4, 512])
def test_bytes_arrive_from_wherever_they_lie_in_memory(tmp_path: Path, offset: int) -> None:
    data = images.raw(2, seed=offset + 1)[: RUN - 4096]
    piece = memoryview(mmap.mmap(-1, RUN))
    piece[offset : offset + len(data)] = data
    path = tmp_path / "card"
    path.write_bytes(b"\xff" * 2 * RUN)
    medium = DiskMedium(os.open(path, os.O_RDWR), str(path))
    medium.write(4096, piece[offset : offset + len(data)])
    assert bytes(medium.reader().read(4096, len(data))) == data
    medium.close()
    held = path.read_bytes()
    assert (held[:4096], held[4096 + len(data) :]) == (b"\xff" * 4096, b"\xff" * (2 * RUN - 4096 - len(data)))


class Forgetful(DiskMedium):
    """A file whose first look at one place finds a bit turned over; each later look is right."""

    looks = 0

    def reader(self) -> MediumReader:
        outer, real = self, super().reader()

        class Reader:
            def read(self, at: int, length: int) -> memoryview:
                data = real.read(at, length)
                if at == 3 * MIB:
                    outer.looks += 1
                    if outer.looks == 1:
                        data[5] ^= 4
                return data

        return Reader()


def test_a_card_that_answers_differently_is_found_while_the_rest_is_still_sent(tmp_path: Path) -> None:
    image = tmp_path / "image"
    with image.open("wb") as file:
        for at in range(0, 96, 3):
            file.seek(at * MIB)
            file.write(b"word" * 1024)
        file.truncate(96 * MIB)
    path = tmp_path / "card"
    medium = Forgetful(os.open(path, os.O_RDWR | os.O_CREAT), str(path), is_blank=True)
    with pytest.raises(NotVerified) as caught:
        write(image, medium, Work())
    medium.close()
    assert caught.value.facts["at"] == 3 * MIB
    assert path.read_bytes()[:MIB] == bytes(MIB)


@pytest.mark.long
def test_what_is_read_back_alongside_finds_a_fake_card_long_before_its_end(tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(images.raw(120, seed=3))
    made = PracticeCard(tmp_path / "card", size=160 * MIB, expects=120 * MIB, faults=parse(["fake-size:10"], "card"))
    made.path.write_bytes(b"old card " * (160 * MIB // 9 + 1))
    with made:
        made.bytes_per_s = 200 * MIB
        medium = open_target(made.address.removeprefix("card:"), Work(), Rules())
        with pytest.raises(NotVerified) as caught:
            write(image, medium, Work())
        medium.close()
        assert caught.value.facts["reason"] in ("wraps", "empty", "differs")
        assert made.path.read_bytes()[:MIB] != image.read_bytes()[:MIB]
