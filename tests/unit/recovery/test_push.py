# SPDX-License-Identifier: Apache-2.0
"""A file pushed to the practice router that takes it: sent once it wakes, and each fault told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.rescue_stand import Running, plan_for
from firstlight.practice.faults import Faults
from firstlight.practice.recovery import PracticeRecovery
from firstlight.recovery import news
from firstlight.recovery.errors import (
    AdapterGone,
    NobodyAsked,
    RescueStalled,
)


@pytest.fixture
def pushed(tmp_path: Path) -> Iterator[PracticeRecovery]:
    made = PracticeRecovery(tmp_path / "practice", boot_s=0.1, image_bytes=1 << 20, is_pushed=True)
    yield made
    made.stop()


def test_a_file_is_pushed_once_the_router_wakes(pushed: PracticeRecovery, image: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstlight.recovery.push.KNOCK_EVERY_S", 0.2)
    running = Running(plan_for(pushed, image), is_push=True)
    while len(running.of(news.Knocked)) < 2:  # nobody there yet: it asks again
        running.work.wait(0.02)
    pushed.start()
    assert running.wait().size == image.stat().st_size
    pushed._thread.join(5)
    pushed.router._boot.join(5)
    assert pushed.holds == image.read_bytes()


def test_a_push_to_a_router_that_falls_silent_is_told(pushed: PracticeRecovery, image: Path) -> None:
    pushed.faults = Faults(stall=40)
    pushed.start()
    with pytest.raises(RescueStalled):
        Running(plan_for(pushed, image, stall_s=0.8), is_push=True).wait()


def test_a_push_asks_the_gates_before_the_first_byte(pushed: PracticeRecovery, image: Path) -> None:
    def closed() -> None:
        raise AdapterGone(adapter="test", why="the gate closed")

    pushed.start()
    with pytest.raises(AdapterGone):
        Running(plan_for(pushed, image), before=closed, is_push=True).wait()
    assert pushed.image_bytes == 0


def test_nobody_who_takes_a_push_is_told_in_time(pushed: PracticeRecovery, image: Path) -> None:
    with pytest.raises(NobodyAsked):
        Running(plan_for(pushed, image, seconds=0.5), is_push=True).wait()
