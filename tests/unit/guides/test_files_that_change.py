# SPDX-License-Identifier: Apache-2.0
"""A file of the tester's that changes behind its comparison: nothing of it is sent, or what was written is not called done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.android_bench import AndroidBench
from fakes.bench_with_phone import image
from firstlight.base.work import Work
from firstlight.guides.files import GuideFiles
from firstlight.guides.player import Player
from firstlight.guides.state import PartMoved, PartState
from firstlight.practice.phone import PracticePhone

OTHER = image("boot", "26.48", 1)
FLASH = {"id": "flash", "danger": "brick", "do": [{"fastboot.flash": [{"partition": "boot", "file": "boot.img"}]}]}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[AndroidBench]:
    with PracticePhone(tmp_path / "phone") as phone:
        made = AndroidBench(tmp_path / "pc", phone, None, with_program=False)
        yield made
        made.runs.close()


def start(bench: AndroidBench) -> Player:
    files = {"boot.img": bench.give("boot.img", image("boot", "26.47", 1))}
    player = bench.start([{"id": "connect", "do": [{"device.find": 5}]}, FLASH], files)
    bench.play(player, "connect")
    return player


def change(bench: AndroidBench) -> None:
    """Another program puts another file in its place."""
    path = bench.files / "boot.img"
    path.with_suffix(".new").write_bytes(OTHER)
    os.utime(path.with_suffix(".new"), ns=(1, 1))
    path.with_suffix(".new").replace(path)


def test_a_file_that_is_swapped_behind_its_comparison_is_not_sent(bench: AndroidBench, monkeypatch: pytest.MonkeyPatch) -> None:
    player = start(bench)
    compared = GuideFiles.path

    def then_swapped(files: GuideFiles, name: str, work: Work) -> Path:
        path = compared(files, name, work)
        change(bench)
        return path

    monkeypatch.setattr(GuideFiles, "path", then_swapped)
    assert bench.fails(player, "flash") == "firmware.corrupt"
    assert bench.phone.image_bytes == 0
    monkeypatch.undo()
    assert bench.fails(player, "flash") == "firmware.corrupt", "nor by the next try, which compares it"
    assert bench.phone.image_bytes == 0


def test_a_file_that_changes_while_it_is_sent_is_not_called_written(bench: AndroidBench) -> None:
    player = start(bench)
    bench.runs._events.subscribe(PartMoved, lambda _: change(bench))
    assert bench.fails(player, "flash") == "firmware.corrupt"
    (part, *_) = (p for p in player.state.parts if p.name == "boot")
    assert part.state is PartState.HALF
