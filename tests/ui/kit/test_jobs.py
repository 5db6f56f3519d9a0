# SPDX-License-Identifier: Apache-2.0
"""Background work: what came of it reaches the window's thread, in the lane's order, and nobody who left hears of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.kit.jobs import Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


def test_what_a_job_answers_arrives_on_the_thread_of_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    here = threading.get_ident()
    met: list[tuple[int, int]] = []
    job = jobs.start(lambda work: threading.get_ident(), lane="net")
    job.finished.connect(lambda there: met.append((there, threading.get_ident())))
    with qtbot.waitSignal(job.ended):
        pass
    ((there, heard),) = met
    assert there != here
    assert heard == here


def test_a_fault_of_ours_is_told_as_it_was_raised(qtbot: QtBot, jobs: Jobs) -> None:
    def fail(work: Work) -> None:
        raise BadInput(path="x", line=1, why="y")

    job = jobs.start(fail)
    with qtbot.waitSignal(job.failed) as told:
        pass
    assert told.args[0].code == "input.bad"


def test_a_lane_of_one_place_keeps_its_order(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[int] = []
    last = [jobs.start(lambda work, n=n: order.append(n), lane="disk") for n in range(20)][-1]
    with qtbot.waitSignal(last.ended):
        pass
    assert order == list(range(20))


def test_a_cancel_is_told_and_not_called_a_fault(qtbot: QtBot, jobs: Jobs) -> None:
    begun = threading.Event()

    def long(work: Work) -> None:
        begun.set()
        work.wait(60)

    job = jobs.start(long)
    faults: list[object] = []
    job.failed.connect(faults.append)
    assert begun.wait(5)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert not faults


def test_progress_comes_at_least_once_and_ends_with_the_newest(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[int] = []

    def count(work: Work) -> None:
        for n in range(5000):
            work.say("count", n + 1, 5000)

    job = jobs.start(count)
    job.progressed.connect(lambda progress: seen.append(progress.done))
    with qtbot.waitSignal(job.ended):
        pass
    assert seen[-1] == 5000
    assert len(seen) <= 5000


def test_whoever_is_gone_hears_nothing_more(qtbot: QtBot, jobs: Jobs) -> None:
    go = threading.Event()
    owner = QObject()
    heard: list[object] = []

    def late(work: Work) -> int:
        go.wait(10)
        return 1

    job = jobs.start(late, owner=owner)
    job.finished.connect(heard.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    with qtbot.waitSignal(job.ended):
        go.set()
    assert not heard
