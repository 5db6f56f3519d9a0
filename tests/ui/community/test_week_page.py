# SPDX-License-Identifier: Apache-2.0
"""This week: the build, the tasks, what came back, and what it says when there is nothing or no network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from fakes import told
from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.community.ui.release_card import FOLDED
from firstlight.community.ui.tasks_card import Unfinished
from firstlight.community.ui.week_page import Around, WeekPage
from firstlight.community.week import Week
from firstlight.honour.badges import Honour
from firstlight.honour.ui.contributions import contributions
from firstlight.kit.buttons import Button
from firstlight.sync.inbox import learn
from firstlight.sync.news import InboxChanged


def open_page(qtbot, dressed, desk, reach, *, installed=(), unfinished=()):
    honour = Honour(desk.db, desk.inbox)
    page = WeekPage(
        dressed.kit,
        week=Week(desk.db, desk.inbox, now=desk.clock, installed=lambda: frozenset(installed)),
        outbox=desk.outbox,
        events=desk.events,
        reachability=reach,
        account_id=1,
        around=lambda: Around(contributions(honour, 1, dressed.kit.now), tuple(unfinished), told.NOW - timedelta(hours=18)),
    )
    qtbot.addWidget(page)
    page.resize(964, 728)
    page.show()
    qtbot.waitUntil(dressed.is_idle)
    return page


def button(page, name):
    return next(b for b in page.findChildren(Button) if b.accessibleName().strip() == name and b.isVisible())


def test_the_week_shows_the_build_with_our_own_fix_marked(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    said = words_of(page)
    assert "Build 26.47 for Aurora A1" in said
    assert "Fixed: Camera froze after a video call. From your report FL-2291 and 17 others. Your report led to this." in said
    assert "0 of 3 done" in said


def test_reading_the_change_list_ticks_the_task(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    qtbot.mouseClick(button(page, "Read: Read the change list"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 of 3 done" in words_of(page))
    assert "Read: Read the change list" not in words_of(page)


def test_a_long_change_list_is_folded_until_asked_for(qtbot, dressed, told_desk, reach):
    body = told.release("26.48", told.FRIDAY + timedelta(days=1))
    body["changes"] = [
        {**body["changes"][0], "id": f"00000000-0000-0000-0000-{n:012d}", "title": {"en": f"Change {n}"}} for n in range(FOLDED + 4)
    ]
    with told_desk.db.write() as tx:
        learn(tx, 1, "release", body["id"], body, seq=500)
    page = open_page(qtbot, dressed, told_desk, reach)
    assert page.release_card.is_folded
    qtbot.mouseClick(page.release_card.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: f"Change {FOLDED + 3}" in words_of(page))
    qtbot.waitUntil(dressed.is_idle)
    assert not page.release_card.is_folded, "the tick of the task must not fold the list again"
    qtbot.mouseClick(page.release_card.all_button, Qt.MouseButton.LeftButton)
    assert page.release_card.is_folded


def test_flash_asks_for_the_guide_of_the_build(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    with qtbot.waitSignal(page.flash_requested) as asked:
        qtbot.mouseClick(page.release_card.flash_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["a1-weekly", "26.47"]


def test_a_build_on_the_device_is_said_and_ticked(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach, installed={"26.47"})
    assert "On your device" in words_of(page)
    assert "1 of 3 done" in words_of(page)


def test_a_guide_left_half_way_can_be_carried_on(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach, unfinished=(Unfinished("run-1", "Build your R1", 6, 14),))
    assert "Stopped at step 6 of 14" in words_of(page)
    with qtbot.waitSignal(page.guide_resumed) as resumed:
        qtbot.mouseClick(button(page, "Carry on: Build your R1"), Qt.MouseButton.LeftButton)
    assert resumed.args == ["run-1"]


def test_a_guide_that_is_at_work_is_not_called_stopped(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach, unfinished=(Unfinished("run-1", "Flash the weekly build", 5, 7, is_running=True),))
    assert "Running now, step 5 of 7" in words_of(page)
    with qtbot.waitSignal(page.guide_resumed):
        qtbot.mouseClick(button(page, "Look: Flash the weekly build"), Qt.MouseButton.LeftButton)


def test_what_came_back_leads_to_the_answer_and_to_the_check(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    with qtbot.waitSignal(page.answer_requested) as asked:
        qtbot.mouseClick(button(page, "Answer: FL-2304 has a question"), Qt.MouseButton.LeftButton)
    assert asked.args == [told.CAR_KIT]
    with qtbot.waitSignal(page.report_requested) as asked:
        qtbot.mouseClick(button(page, "Check it: FL-2291 fixed in 26.47"), Qt.MouseButton.LeftButton)
    assert asked.args == [told.CAMERA]


def test_news_of_the_hub_show_without_a_click(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    with told_desk.db.write() as tx:
        body = told.report(told.WEATHER, "FL-2310", "Weather tile shows yesterday", "fixed", 0, fixed_in="26.47")
        learn(tx, 1, "report", told.WEATHER, body, seq=600)
    told_desk.events.publish(InboxChanged(1, frozenset({"report"})))
    qtbot.waitUntil(lambda: "FL-2310 fixed in 26.47" in words_of(page))


def test_offline_says_as_of_when(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    assert "as of" not in words_of(page)
    reach.failed("timeout")
    qtbot.waitUntil(lambda: "as of 21 Nov" in words_of(page))


def test_what_waits_is_counted_and_what_needs_the_tester_is_said(qtbot, dressed, told_desk, reach):
    told_desk.queue("Fan stops")
    reach.failed("timeout")
    page = open_page(qtbot, dressed, told_desk, reach)
    assert "Kept here, 1 waiting" in words_of(page)


def test_before_the_first_build_it_says_when_the_next_one_comes(qtbot, dressed, desk, reach):
    page = open_page(qtbot, dressed, desk, reach)
    said = words_of(page)
    assert "The next build comes on Friday at 18:00" in said
    assert "Nothing to do until the next build." in said
    assert "Nothing new." in said


def test_a_store_that_fails_is_told_with_a_way_on(qtbot, dressed, told_desk, reach, monkeypatch):
    from firstlight.store.errors import Damaged

    page = open_page(qtbot, dressed, told_desk, reach)

    def fail(*_args):
        raise Damaged(path="firstlight.db", why="malformed")

    with monkeypatch.context() as patch:
        patch.setattr(told_desk.outbox, "waiting", fail)
        page.reload()
        qtbot.waitUntil(lambda: "Read again" in words_of(page))
    qtbot.mouseClick(button(page, "Read again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Build 26.47" in words_of(page))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_button_has_a_name_and_is_reached_by_tab(qtbot, qapp, told_desk, reach, language):
    dressed = Dressed(qapp, told.NOW.astimezone, language=language)
    page = open_page(qtbot, dressed, told_desk, reach)
    assert buttons_without_name(page) == []
    buttons = page.findChildren(Button)
    assert buttons
    assert all(b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons)
    dressed.close()


def test_news_do_not_take_the_focus_from_whoever_walks_by_tab(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.activateWindow()
    button(page, "Answer: FL-2304 has a question").setFocus()
    with told_desk.db.write() as tx:
        body = told.report(told.WEATHER, "FL-2310", "Weather tile shows yesterday", "fixed", 0, fixed_in="26.47")
        learn(tx, 1, "report", told.WEATHER, body, seq=600)
    told_desk.events.publish(InboxChanged(1, frozenset({"report"})))
    qtbot.waitUntil(lambda: "FL-2310 fixed in 26.47" in words_of(page))
    qtbot.waitUntil(lambda: page.focusWidget() is button(page, "Answer: FL-2304 has a question"))
