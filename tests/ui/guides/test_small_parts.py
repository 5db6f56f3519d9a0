# SPDX-License-Identifier: Apache-2.0
"""The question before danger, the pace of a write, the stop rules, durations, the library page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from fakes.bench_with_phone import GUIDES
from fakes.window import buttons_without_name, words_of
from firstlight.base.work import Progress
from firstlight.guides.state import Part, PartState
from firstlight.guides.ui import danger_dialog, durations
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.machine_card import MachineCard
from firstlight.guides.ui.stop_card import stop_rule
from firstlight.guides.ui.write_pace import Pace

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def dialog(desk, qtbot, monkeypatch):
    monkeypatch.setattr(danger_dialog, "DELAY_MS", 0)
    made = DangerDialog(desk.kit, title="Erase A1 4F7C?", text="All of it.", word="4F7C", action="Erase A1 4F7C")
    qtbot.addWidget(made)
    made.show()
    QGuiApplication.processEvents()
    return made


def test_the_question_starts_on_cancel_and_enter_does_nothing(dialog):
    assert dialog.focusWidget() is dialog.cancel_button
    dialog.field.setFocus()
    QTest.keyClicks(dialog.field, "4f7c")
    QGuiApplication.processEvents()
    assert dialog.act_button.isEnabled()
    for widget in (dialog.field, dialog.act_button, dialog):
        QTest.keyClick(widget, Qt.Key.Key_Return)
        QTest.keyClick(widget, Qt.Key.Key_Enter)
    assert dialog.isVisible() and dialog.result() == 0
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)
    assert dialog.result() == 1


def test_the_name_cannot_be_pasted(dialog):
    QGuiApplication.clipboard().setText("4F7C")
    dialog.field.setFocus()
    QTest.keyClick(dialog.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog.field, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(dialog.field, Qt.MouseButton.MiddleButton)
    assert dialog.field.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    QGuiApplication.processEvents()
    assert not dialog.act_button.isEnabled()


def test_the_button_is_off_until_the_delay_is_over(desk, qtbot):
    made = DangerDialog(desk.kit, title="t", text="t", word="4F7C", action="a")
    qtbot.addWidget(made)
    QTest.keyClicks(made.field, "4F7C")
    assert not made.act_button.isEnabled()
    made._on_ripe()
    assert made.act_button.isEnabled()


def test_speed_is_unknown_for_three_seconds_and_then_the_mean_of_ten():
    pace = Pace()
    for second in range(3):
        pace.feed(NOW + timedelta(seconds=second), second * 1000)
    assert pace.speed() is None and pace.left_s(100_000) is None
    for second in range(3, 30):
        pace.feed(NOW + timedelta(seconds=second), second * 1000)
    assert pace.speed() == pytest.approx(1000)
    assert pace.left_s(59_000) == pytest.approx(30)
    assert pace.running_s(NOW + timedelta(seconds=31)) == 31


def test_a_clock_that_goes_back_makes_no_nonsense_of_the_speed():
    pace = Pace()
    pace.feed(NOW, 0)
    pace.feed(NOW - timedelta(hours=1), 500)
    assert pace.speed() is None
    assert pace.running_s(NOW - timedelta(hours=2)) == 0


def parts(*states):
    return tuple(Part(name, {"en": name.title()}, 0, 100, state) for name, state in zip(("boot", "system", "product"), states, strict=True))


W, D, R = PartState.WAITING, PartState.DONE, PartState.WRITING


@pytest.mark.parametrize(
    ("states", "writing", "can", "button"),
    [
        ((W, W, W), False, True, "Stop"),
        ((D, R, W), True, True, "Stop after System"),
        ((D, D, R), True, False, "Stop"),
        ((D, D, W), True, True, "Stop"),
    ],
)
def test_stop_tells_the_truth_about_each_moment(states, writing, can, button):
    rule = stop_rule(parts(*states), is_busy=True, is_writing=writing, is_stopping=False, language="en")
    assert (rule.can_stop, rule.button) == (can, button)
    assert rule.words


def test_a_card_may_be_left_half_written_at_any_moment():
    card = (Part("card", {"en": "Card"}, 10, 100, R),)
    rule = stop_rule(card, is_busy=True, is_writing=True, is_stopping=False, language="en", is_card=True)
    assert (rule.can_stop, rule.button) == (True, "Stop")
    assert "starts nothing" in rule.words


@pytest.mark.parametrize(("seconds", "shown"), [(84, "1:24"), (83.2, "1:24"), (0, "0:00"), (-5, "0:00"), (3723, "1:02:03")])
def test_what_is_left_is_rounded_up(seconds, shown):
    assert durations.countdown(seconds) == shown


def test_only_all_of_it_is_a_hundred_percent():
    assert [durations.percent(d, 1000) for d in (0, 999, 1000)] == [0, 99, 100]
    assert durations.percent(5, 0) == 0


def ready(qtbot, desk, page):
    qtbot.waitUntil(lambda: bool(page.cards) and desk.dressed.is_idle(), timeout=10_000)
    QGuiApplication.processEvents()


def test_the_library_shows_who_is_plugged_in_and_what_fits(desk, qtbot):
    page = desk.guides_page()
    ready(qtbot, desk, page)
    qtbot.waitUntil(page.banner.isVisible, timeout=10_000)
    assert "Practice Aurora A1 is plugged in." in words_of(page)
    assert "2 guides fit it." in words_of(page)
    assert page.cards[0].facts.key == "a1-weekly"
    assert buttons_without_name(page) == []
    page.banner.only_button.click()
    assert [c.facts.key for c in page.cards] == ["a1-weekly", "a1-sideload"]


def test_search_and_filter_and_the_way_back_from_nothing(desk, qtbot):
    page = desk.guides_page(size=QSize(844, 600))
    ready(qtbot, desk, page)
    page.search.setText("antennas")
    assert [c.facts.key for c in page.cards] == ["r1-build"]
    page.search.setText("no such guide")
    assert page.cards == [] and "No guide matches" in words_of(page)
    page.filter.chosen.emit("rescue")
    page._on_show_all()
    assert len(page.cards) == len(list(GUIDES.glob("*/guide.yaml")))


def test_a_card_starts_a_run_and_the_next_time_carries_on(desk, qtbot):
    page = desk.guides_page()
    ready(qtbot, desk, page)
    opened = []
    page.run_opened.connect(opened.append)
    card = next(c for c in page.cards if c.facts.key == "r1-build")
    QTest.keyClick(card, Qt.Key.Key_Space)
    desk.host.player(opened[0]).done("contents")
    page.shown()
    qtbot.waitUntil(lambda: "Carry on where you stopped" in words_of(page), timeout=10_000)
    assert "Step 2 of 14" in words_of(page)
    next(c for c in page.cards if c.facts.key == "r1-build").click()
    assert opened[0] == opened[1]


def test_giving_up_asks_nothing_back_and_removes_the_card(desk, qtbot):
    run_id = desk.start("r1-build")
    page = desk.guides_page()
    ready(qtbot, desk, page)
    qtbot.waitUntil(lambda: "Carry on where you stopped" in words_of(page), timeout=10_000)
    page._on_give_up(run_id)
    qtbot.waitUntil(lambda: "Carry on where you stopped" not in words_of(page), timeout=10_000)


def test_enter_on_cancel_cancels(dialog):
    assert dialog.focusWidget() is dialog.cancel_button
    QTest.keyClick(dialog.cancel_button, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.result() == 0


def test_waiting_is_counted_in_seconds_and_fetching_in_bytes(desk):
    page = desk.page(desk.start("a1-weekly"))
    card = page.findChild(MachineCard)
    card.set_busy(True, Progress("wait", 4, 60))
    assert "4 s, at most 60 s" in words_of(card)
    card.set_busy(True, Progress("fetch", 4_000_000, 60_000_000))
    assert "4 MB of 60 MB" in words_of(card)
