# SPDX-License-Identifier: Apache-2.0
"""The tester's own page: sums, badges earned and open, the weeks as a picture and as a table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from fakes import told
from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.honour.badges import Honour
from firstlight.honour.ui import dial
from firstlight.honour.ui.badges_card import BadgeTile
from firstlight.honour.ui.device_card import DeviceStory, Ending, Installed
from firstlight.honour.ui.profile_page import ProfilePage
from firstlight.honour.ui.weeks_card import WeeksCard
from firstlight.kit.heatmap import Days, Heatmap, WeeksModel, level
from firstlight.sync.inbox import learn
from firstlight.sync.news import InboxChanged


def open_page(qtbot, dressed, desk, devices=None):
    page = ProfilePage(dressed.kit, honour=Honour(desk.db, desk.inbox), events=desk.events, account_id=1, devices=devices)
    qtbot.addWidget(page)
    page.resize(964, 728)
    page.show()
    qtbot.waitUntil(dressed.is_idle)
    return page


def test_name_number_and_sums_are_those_of_the_hub(qtbot, dressed, told_desk):
    page = open_page(qtbot, dressed, told_desk)
    said = words_of(page)
    assert "mossbyte" in said
    assert "Tester no. 42 of Aurora Testers, since 9 January 2026" in said
    assert "38 builds flashed" in said


def test_badges_say_their_day_or_how_far_they_are(qtbot, dressed, told_desk):
    page = open_page(qtbot, dressed, told_desk)
    spoken = [tile.accessibleName() for tile in page.findChildren(BadgeTile)]
    assert spoken[0] == "First light, earned on 6 May. For things that helped someone."
    assert "Bug spotter, not earned yet, 9 of 10. For things that helped someone." in spoken
    assert "2 of 7 earned" in words_of(page)


def test_lit_ticks_are_the_progress_and_all_only_at_the_goal():
    assert dial.lit_ticks(0, 10) == 0
    assert dial.lit_ticks(5, 10) == 20
    assert dial.lit_ticks(1, 1000) == 1
    assert dial.lit_ticks(999, 1000) == 39
    assert dial.lit_ticks(10, 10) == 40


def test_a_badge_that_is_earned_lights_up_without_a_click(qtbot, dressed, told_desk):
    page = open_page(qtbot, dressed, told_desk)
    with told_desk.db.write() as tx:
        learn(tx, 1, "badge", "bug-spotter", told.badge("bug-spotter", "Bug spotter", "捉虫能手", "badge-bug-spotter", 10, 10, 1), seq=900)
    told_desk.events.publish(InboxChanged(1, frozenset({"badge"})))
    qtbot.waitUntil(lambda: "3 of 7 earned" in words_of(page))


def test_the_weeks_have_a_value_and_a_table(qtbot, qtmodeltester, dressed, told_desk):
    page = open_page(qtbot, dressed, told_desk)
    heat = page.findChild(Heatmap)
    assert "contributions" in heat.accessibleName()
    card = page.findChild(WeeksCard)
    table = page.findChild(QTableView)
    assert not table.isVisible()
    card.table_button.setFocus()
    qtbot.keyClick(card.table_button, Qt.Key.Key_Space)
    assert table.isVisible()
    assert not heat.isVisible()
    assert table.model().index(0, 0).data() == "16 November"
    qtmodeltester.check(table.model(), force_py=True)


def test_the_heatmap_knows_days_levels_and_rest(qtbot, dressed):
    today = date(2026, 11, 22)
    days = Days(today, {today: 3, today - timedelta(days=6): 1}, frozenset({date(2026, 11, 9)}))
    assert days.in_week(date(2026, 11, 16)) == 4
    assert [level(n) for n in (0, 1, 2, 3, 4, 6, 7, 90)] == [0, 1, 2, 2, 3, 3, 4, 4]
    model = WeeksModel("en", 4)
    model.set_days(days)
    assert "rest week" in model.index(1, 1).data()
    heat = Heatmap(dressed.kit, "Days", weeks=4)
    qtbot.addWidget(heat)
    heat.set_days(days)
    last = heat._square(3, 6).center()
    assert heat.day_at(last) == today
    assert heat.day_at(heat._square(3, 0).center()) == date(2026, 11, 16)


def test_devices_show_when_there_are_runs_and_leave_no_hole_otherwise(qtbot, dressed, told_desk):
    story = DeviceStory("My Aurora A1", "4F7C", "device-mobile", (Installed("26.46", told.NOW, 532, Ending.DONE),))
    page = open_page(qtbot, dressed, told_desk, devices=lambda: (story,))
    assert "22 Nov, 8 min 52 s" in words_of(page)


def test_before_the_hub_told_anything_the_page_says_so(qtbot, dressed, desk):
    page = open_page(qtbot, dressed, desk)
    assert "Nothing from the hub yet" in words_of(page)


def test_a_store_that_fails_is_told_with_a_way_on(qtbot, dressed, told_desk, monkeypatch):
    from firstlight.store.errors import Damaged

    page = open_page(qtbot, dressed, told_desk)

    def fail(*_args):
        raise Damaged(path="firstlight.db", why="malformed")

    with monkeypatch.context() as patch:
        patch.setattr(Honour, "badges", fail)
        page.reload()
        qtbot.waitUntil(lambda: "Read again" in words_of(page))
    page.reload()
    qtbot.waitUntil(lambda: "2 of 7 earned" in words_of(page))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_button_has_a_name(qtbot, qapp, told_desk, language):
    dressed = Dressed(qapp, told.NOW.astimezone, language=language)
    page = open_page(qtbot, dressed, told_desk)
    assert buttons_without_name(page) == []
    dressed.close()
