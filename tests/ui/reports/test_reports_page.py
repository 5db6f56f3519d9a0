# SPDX-License-Identifier: Apache-2.0
"""The list of reports as a tester meets it: sections, states, answering, offline, ten thousand rows."""

from __future__ import annotations

import json
import uuid

import pytest
import shiboken6
from PySide6.QtCore import Qt

from fakes import told
from fakes.window import buttons_without_name, words_of
from firstlight.base.work import Work
from firstlight.reports.ui.report_model import LOOK, RowLook, SectionLook
from firstlight.reports.ui.reports_page import WINDOW, ReportsPage
from firstlight.sync.inbox import learn
from firstlight.sync.news import InboxChanged, Sending
from firstlight_contract.reports import State


def open_page(qtbot, dressed, desk, reach, account_id=1):
    page = ReportsPage(
        dressed.kit,
        reports=desk.reports,
        outbox=desk.outbox,
        inbox=desk.inbox,
        events=desk.events,
        reachability=reach,
        account_id=account_id,
    )
    qtbot.addWidget(page)
    page.resize(964, 700)
    page.show()
    qtbot.waitUntil(dressed.is_idle)
    return page


def looks(page):
    return [page.model.index(row).data(LOOK) for row in range(page.model.rowCount())]


def titles(page):
    return [look.title for look in looks(page)]


def test_the_model_keeps_qt_s_rules(qtbot, qtmodeltester, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    qtmodeltester.check(page.model, force_py=True)


def test_sections_stand_in_the_order_of_what_needs_the_tester(qtbot, dressed, told_desk, reach):
    told_desk.reports.new(1, title="Half a thought")
    told_desk.queue("Torch stays lit")
    page = open_page(qtbot, dressed, told_desk, reach)
    sections = [look.title for look in looks(page) if isinstance(look, SectionLook)]
    assert sections == ["Drafts", "In the outbox", "Needs you", "With the team and fixed"]
    assert "FL-2304 Car kit drops after engine start" in titles(page)


def test_every_row_is_read_as_one_sentence(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    index = page.model.index_of(told.CAMERA)
    said = page.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "FL-2291 Camera froze after a video call, A1, build 26.44, same as 17 other testers, Fixed in 26.47"


def test_titles_of_sections_are_skipped_by_the_arrow_keys(qtbot, dressed, told_desk, reach):
    told_desk.queue("Torch stays lit")
    page = open_page(qtbot, dressed, told_desk, reach)
    page.list.setCurrentIndex(page.model.first_row())
    seen = []
    for _ in range(4):
        seen.append(page.model.look_at(page.list.currentIndex()))
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert all(isinstance(look, RowLook) for look in seen)
    assert len({look.key for look in seen}) == 4


def test_enter_on_a_question_leads_into_the_field_for_the_answer(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.activateWindow()
    page.choose(told.CAR_KIT)
    qtbot.waitUntil(dressed.is_idle)
    page.list.activated.emit(page.model.index_of(told.CAR_KIT))
    qtbot.waitUntil(lambda: page.focusWidget() is page.detail.answer.field)


def test_an_answer_goes_into_the_outbox_and_can_be_taken_back(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.start_answer(told.CAR_KIT)
    qtbot.waitUntil(dressed.is_idle)
    qtbot.keyClicks(page.detail.answer.field, "The one in my car")
    qtbot.keyClick(page.detail.answer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dressed.toasts))
    qtbot.waitUntil(dressed.is_idle)
    assert told_desk.outbox.waiting(1).acts == 1
    text, undo = dressed.toasts[0]
    assert text == "Your answer is in the outbox."
    undo()
    qtbot.waitUntil(lambda: told_desk.outbox.waiting(1).acts == 0)


def test_an_answer_half_typed_survives_news_and_a_new_look(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.choose(told.CAR_KIT)
    qtbot.waitUntil(dressed.is_idle)
    qtbot.keyClicks(page.detail.answer.field, "The one")
    told_desk.events.publish(InboxChanged(1, frozenset({"report"})))
    page.choose(told.CAMERA)
    qtbot.waitUntil(dressed.is_idle)
    memo = page.memo()
    again = open_page(qtbot, dressed, told_desk, reach)
    again.restore(memo)
    qtbot.waitUntil(dressed.is_idle)
    again.choose(told.CAR_KIT)
    qtbot.waitUntil(lambda: again.detail.report_id == told.CAR_KIT)
    assert again.detail.answer.field.toPlainText() == "The one"


def test_fixed_for_me_says_so_to_the_team_once(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.choose(told.CAMERA)
    qtbot.waitUntil(lambda: page.detail.report_id == told.CAMERA)
    assert "Does it work for you?" in words_of(page.detail)
    buttons = {b.text().strip(): b for b in page.detail.button_row.findChildren(type(page.new_button))}
    qtbot.mouseClick(buttons["Fixed for me"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: told_desk.outbox.waiting(1).acts == 1)
    with told_desk.db.read() as tx:
        payload = json.loads(tx.execute("SELECT payload FROM op WHERE kind = 'comment'").fetchone()["payload"])
    assert payload["verdict"] == "fixed"
    qtbot.waitUntil(lambda: "Fixed for me" not in words_of(page.detail))


def test_a_click_on_the_row_s_button_is_its_action(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    draft = told_desk.reports.new(1, title="Half a thought")
    page.reload()
    qtbot.waitUntil(lambda: page.model.index_of(draft.id).isValid())
    with qtbot.waitSignal(page.report_opened) as opened:
        page.list.activated.emit(page.model.index_of(draft.id))
    assert opened.args == [draft.id]
    index = page.model.index_of(told.CAR_KIT)
    area = page.list.visualRect(index)
    place = page.delegate._action_area(area, index.data(LOOK)).center()
    with qtbot.waitSignal(page.delegate.action_asked) as asked:
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [told.CAR_KIT]


def test_offline_is_said_with_since_when_and_try_now_hurries_the_line(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    assert not page.offline_banner.isVisible()
    told_desk.clock.pass_(3600)
    reach.failed("timeout")
    qtbot.waitUntil(page.offline_banner.isVisible)
    assert "You are offline since" in page.offline_banner.accessibleName()
    with qtbot.waitSignal(page.sync_requested):
        qtbot.mouseClick(page.offline_banner.try_button, Qt.MouseButton.LeftButton)
    reach.answered()
    qtbot.waitUntil(lambda: not page.offline_banner.isVisible())


def test_working_offline_by_choice_offers_no_try(qtbot, dressed, told_desk, reach):
    reach.forced_offline = True
    page = open_page(qtbot, dressed, told_desk, reach)
    assert page.offline_banner.isVisible()
    assert not page.offline_banner.try_button.isVisible()
    assert "You work offline since" in page.offline_banner.accessibleName()


def test_progress_while_sending_and_where_it_stopped(qtbot, dressed, told_desk, reach):
    draft = told_desk.queue("Fan stops", log=b"x" * 40_000)
    told_desk.clock.pass_(30)
    page = open_page(qtbot, dressed, told_desk, reach)
    told_desk.events.publish(Sending(1, "blob", "a" * 64, draft.id, 10_000, 40_000))
    qtbot.waitUntil(lambda: page.model.index_of(draft.id).data(LOOK).is_moving)
    look = page.model.index_of(draft.id).data(LOOK)
    assert (look.state, look.part) == ("Sending, 25 %", 0.25)
    assert look.amount == "10 of 40 kB"


def test_a_report_that_was_just_queued_can_be_taken_back_from_the_side(qtbot, dressed, told_desk, reach):
    draft = told_desk.queue("Fan stops")
    page = open_page(qtbot, dressed, told_desk, reach)
    page.choose(draft.id)
    qtbot.waitUntil(lambda: page.detail.report_id == draft.id)
    buttons = {b.text().strip(): b for b in page.detail.button_row.findChildren(type(page.new_button))}
    qtbot.mouseClick(buttons["Take it back"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: told_desk.reports.get(draft.id).state == "draft")


def test_filters_count_and_narrow_the_list(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    assert "Fixed 1" in words_of(page.filter)
    page.filter.chosen.emit("fixed")
    qtbot.waitUntil(lambda: [look.key for look in looks(page) if isinstance(look, RowLook)] == [told.CAMERA])
    page.filter.chosen.emit("waiting")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert "The outbox is empty" in words_of(page)


def test_a_new_tester_sees_what_to_do_first(qtbot, dressed, desk, reach):
    page = open_page(qtbot, dressed, desk, reach)
    assert "Nothing sent yet" in words_of(page)
    start = next(b for b in page.findChildren(type(page.new_button)) if b.text().strip() == "Write the first")
    with qtbot.waitSignal(page.new_report_requested):
        qtbot.mouseClick(start, Qt.MouseButton.LeftButton)


def test_nobody_signed_in_still_sees_drafts(qtbot, dressed, desk, reach):
    draft = desk.reports.new(None, title="Before I signed in")
    page = open_page(qtbot, dressed, desk, reach, account_id=None)
    assert page.model.index_of(draft.id).isValid()


def test_a_store_that_fails_is_told_with_a_way_on(qtbot, dressed, told_desk, reach, monkeypatch):
    from firstlight.store.errors import Damaged

    page = open_page(qtbot, dressed, told_desk, reach)
    with monkeypatch.context() as patch:
        patch.setattr(told_desk.reports, "counts", _raise(Damaged(path="firstlight.db", why="malformed")))
        page.reload()
        qtbot.waitUntil(lambda: "Read again" in words_of(page))
    page.reload()
    qtbot.waitUntil(lambda: "Read again" not in words_of(page))


def _raise(error):
    def call(*_args, **_more):
        raise error

    return call


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_button_has_a_name(qtbot, qapp, told_desk, reach, language):
    from fakes.window import Dressed

    dressed = Dressed(qapp, told.NOW.astimezone, language=language)
    page = open_page(qtbot, dressed, told_desk, reach)
    assert buttons_without_name(page) == []
    dressed.close()


def test_ten_thousand_rows_open_as_a_window_and_scroll_on(qtbot, dressed, desk, reach):
    with desk.db.write() as tx:
        for n in range(10_000):
            id = str(uuid.UUID(int=50_000 + n))
            learn(tx, 1, "report", id, told.report(id, f"FL-{n}", f"Report {n}", "seen", 1), seq=n)
    page = open_page(qtbot, dressed, desk, reach)
    assert page.model.rowCount() == WINDOW + 1
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 * WINDOW + 1)
    assert bar.value() < bar.maximum(), "reading on must not move the reader's place"


def test_reading_on_keeps_the_reader_s_place(qtbot, dressed, desk, reach):
    with desk.db.write() as tx:
        for n in range(450):
            id = str(uuid.UUID(int=50_000 + n))
            learn(tx, 1, "report", id, told.report(id, f"FL-{n}", f"Report {n}", "seen", 1), seq=n)
    page = open_page(qtbot, dressed, desk, reach)
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 * WINDOW + 1)
    qtbot.waitUntil(dressed.is_idle)
    assert bar.value() == place


def test_after_an_answer_the_field_goes_and_comes_back_with_undo(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.choose(told.CAR_KIT)
    qtbot.waitUntil(page.detail.answer.isVisible)
    page.detail.answer.field.setPlainText("The one in my car")
    page.detail.answer.button.click()
    assert not page.detail.answer.isVisible()
    qtbot.waitUntil(lambda: bool(dressed.toasts))
    dressed.toasts[-1][1]()
    qtbot.waitUntil(page.detail.answer.isVisible)


def test_a_report_that_is_asked_for_is_in_sight(qtbot, dressed, told_desk, reach):
    with told_desk.db.write() as tx:
        for n in range(100):
            id = str(uuid.UUID(int=50_000 + n))
            learn(tx, 1, "report", id, told.report(id, f"FL-{n}", f"Report {n}", "seen", 1), seq=1000 + n)
    page = open_page(qtbot, dressed, told_desk, reach)
    page.choose(told.CAMERA)
    qtbot.waitUntil(dressed.is_idle)
    assert page.list.viewport().rect().intersects(page.list.visualRect(page.list.currentIndex()))
    assert page.detail.report_id == told.CAMERA


def test_undo_works_when_another_language_has_replaced_the_page(qtbot, dressed, told_desk, reach):
    page = open_page(qtbot, dressed, told_desk, reach)
    page.start_answer(told.CAR_KIT)
    qtbot.waitUntil(dressed.is_idle)
    page.detail.answer.field.setPlainText("The one in my car")
    page.detail.answer.button.click()
    qtbot.waitUntil(lambda: bool(dressed.toasts))
    shiboken6.delete(page)
    dressed.toasts[-1][1]()
    qtbot.waitUntil(lambda: told_desk.outbox.waiting(1).acts == 0)


def test_what_was_refused_has_not_arrived(qtbot, dressed, desk, reach):
    desk.queue("Fan stops")
    desk.hub.members.clear()
    desk.drain_after()
    page = open_page(qtbot, dressed, desk, reach)
    assert "Nothing sent yet" in words_of(page)


def test_a_fix_can_be_judged_though_a_question_was_answered_before(qtbot, dressed, told_desk, reach):
    answer = told.question(told.CAMERA) | {"id": str(uuid.UUID(int=78)), "staff": False, "asks": False, "text": "Every time"}
    with told_desk.db.write() as tx:
        learn(tx, 1, "comment", answer["id"], answer, seq=900)
    page = open_page(qtbot, dressed, told_desk, reach)
    page.choose(told.CAMERA)
    qtbot.waitUntil(lambda: "Fixed for me" in words_of(page.detail))


def test_a_report_that_was_refused_can_be_sent_again_as_it_is(qtbot, dressed, desk, reach):
    draft = desk.queue("Fan stops")
    desk.hub.members.clear()
    desk.drain_after()
    page = open_page(qtbot, dressed, desk, reach)
    buttons = {b.text().strip(): b for b in page.detail.button_row.findChildren(type(page.new_button))}
    desk.hub.members.add("anna")
    qtbot.mouseClick(buttons["Send again"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.reports.get(draft.id).state == "queued")


def test_words_on_a_closed_report_go_as_an_answer(qtbot, dressed, desk, reach):
    draft = desk.queue("Fan stops")
    desk.drain_after()
    desk.hub.triage(draft.id, State.CLOSED)
    desk.change(desk.reports.edit(draft.id), title="It happens without the case too")
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    page = open_page(qtbot, dressed, desk, reach)
    assert "1 arrived, 0 led to a fix" in words_of(page), "its first words are with the team"
    buttons = {b.text().strip(): b for b in page.detail.button_row.findChildren(type(page.new_button))}
    qtbot.mouseClick(buttons["Send as an answer"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.reports.get(draft.id).state == "delivered")
    desk.drain_after()
    assert [c.text.split("\n")[0] for c in desk.hub.comments.values()] == ["It happens without the case too"]
