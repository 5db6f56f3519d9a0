# SPDX-License-Identifier: Apache-2.0
"""Whoever left the page of a run while its device is written is told how that ended, and gets back by one click."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from firstlight.guides.state import PartState
from firstlight.kit.toasts import Offer
from firstlight.shell.run_notices import RunNotices
from firstlight.shell.tray import Tray

SLOW = 6_000_000


class Elsewhere(QWidget):
    """The window, at another page than the run's."""

    current = "week"


@pytest.fixture
def window(desk, qtbot):
    made = Elsewhere()
    qtbot.addWidget(made)
    made.tray = Tray(desk.kit, made, made)
    RunNotices(SimpleNamespace(host=desk.host, kit=desk.kit, window=made), made.tray, made)
    return made


@pytest.fixture
def run_id(desk, qtbot):
    id = desk.start("a1-weekly")
    for step in ("connect", "choose", "backup", "checks"):
        desk.host.run_step(id, step)
        qtbot.waitUntil(lambda: not desk.host.is_busy(id), timeout=20_000)
    player = desk.host.player(id)
    player.agree("flash", player.word_for("flash"))
    return id


def write(desk, qtbot, run_id, meanwhile=lambda: True):
    desk.host.run_step(run_id, "flash")
    qtbot.waitUntil(meanwhile, timeout=20_000)
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)


def test_a_write_that_is_done_is_said_elsewhere_and_its_checks_before_are_not(desk, qtbot, window, run_id):
    assert desk.dressed.toasts == []
    write(desk, qtbot, run_id)
    ((said, offer),) = desk.dressed.toasts
    assert said == "Flash the weekly build: it is written. You can go on."
    assert isinstance(offer, Offer)
    with qtbot.waitSignal(window.tray.open_asked) as opened:
        offer()
    assert opened.args == [f"run:{run_id}"]


def test_a_write_that_stopped_calls_the_tester_back(desk, qtbot, window, run_id):
    desk.bench.phone.bytes_per_s = SLOW

    def pull_once_it_writes():
        if any(p.state is PartState.WRITING and p.done > 0 for p in desk.host.parts(run_id)):
            desk.bench.phone.pull_cable()
            return True
        return False

    write(desk, qtbot, run_id, pull_once_it_writes)
    desk.bench.phone.bytes_per_s = 0
    assert [said for said, _ in desk.dressed.toasts] == [
        "Flash the weekly build has stopped and waits for you. See what is safe, and how to go on."
    ]


def test_who_has_the_run_before_their_eyes_is_not_told(desk, qtbot, window, run_id):
    window.current = f"run:{run_id}"
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    write(desk, qtbot, run_id)
    assert desk.dressed.toasts == []


def test_a_window_that_nobody_looks_at_does_not_cover_the_page_that_says_it_already(desk, qtbot, window, run_id):
    window.current = f"run:{run_id}"
    assert not window.isActiveWindow()
    write(desk, qtbot, run_id)
    assert desk.dressed.toasts == []
