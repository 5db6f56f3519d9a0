# SPDX-License-Identifier: Apache-2.0
"""Writing a report: nothing typed is lost, nothing leaves unseen, everything can be undone."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QApplication

from fakes import told
from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.base.work import Work
from firstlight.redact.mask import redact_files
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Local
from firstlight.reports.ui.outgoing_card import Address
from firstlight.reports.ui.report_page import ReportPage
from firstlight.sync.inbox import learn


def flatten(original, annotations):
    """Encodes the picture anew."""
    made = io.BytesIO()
    Image.open(original).convert("RGB").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def reports(told_desk):
    return Reports(
        told_desk.db, told_desk.blobs, told_desk.outbox, told_desk.events, now=told_desk.clock, flatten=flatten, redact_files=redact_files
    )


@pytest.fixture
def page(qtbot, dressed, told_desk, reports, reach):
    made = ReportPage(
        dressed.kit,
        reports=reports,
        blobs=told_desk.blobs,
        events=told_desk.events,
        reachability=reach,
        account_id=1,
        address=Address("Aurora", "mossbyte"),
    )
    qtbot.addWidget(made)
    made.resize(964, 728)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.keeper.draft is not None)
    qtbot.waitUntil(dressed.is_idle)
    return made


def type_title(qtbot, page, words="The fan stops"):
    qtbot.keyClicks(page.form.title, words)


def attach_text(qtbot, page, folder, name="logread.txt", text="hostapd: c0:ff:ee:12:34:56 up\n"):
    path = folder / name
    path.write_text(text)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    page._on_offered(mime)
    qtbot.waitUntil(lambda: any(a.name == name for a in page.keeper.draft.attachments))
    return next(a for a in page.keeper.draft.attachments if a.name == name)


def picture():
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return image


def test_words_are_on_the_disk_a_second_after_the_last_letter(qtbot, page, reports):
    type_title(qtbot, page)
    qtbot.waitUntil(lambda: reports.get(page.report_id).title == "The fan stops", timeout=4000)
    assert "Kept on this PC at" in words_of(page.bar)


def test_leaving_the_page_keeps_the_last_letters_at_once(qtbot, page, reports):
    type_title(qtbot, page)
    id = page.report_id
    page.hide()
    assert reports.get(id).title == "The fan stops"


def test_the_title_comes_first_and_the_reason_stands_beside_the_button(qtbot, page):
    assert page.focusWidget() is page.form.title
    assert not page.bar.queue.isEnabled()
    assert page.bar.reason == "Say it in one sentence first"
    type_title(qtbot, page)
    assert page.bar.queue.isEnabled()
    assert page.bar.reason == ""


def test_a_text_must_be_looked_at_before_it_can_go(qtbot, page, reports, tmp_path, dressed):
    type_title(qtbot, page)
    attached = attach_text(qtbot, page, tmp_path)
    assert page.bar.reason == "Look at logread.txt first"
    assert not page.bar.queue.isEnabled()
    qtbot.waitUntil(lambda: "logread.txt, not looked at yet" in words_of(page.outgoing))
    look = next(b for b in page.outgoing.findChildren(type(page.bar.queue)) if b.accessibleName() == "Look at logread.txt now")
    look.setFocus()
    qtbot.keyClick(look, Qt.Key.Key_Space)
    qtbot.waitUntil(page.bar.queue.isEnabled, timeout=20_000)
    assert page.review_place.chosen == attached.pos
    qtbot.waitUntil(lambda: "logread.txt, 1 detail hidden" in words_of(page.outgoing))


def test_put_in_the_outbox_by_keyboard_and_take_it_back(qtbot, page, reports, told_desk, dressed):
    type_title(qtbot, page)
    id = page.report_id
    with qtbot.waitSignal(page.queued) as queued:
        qtbot.keyClick(page.form.title, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert queued.args == [id]
    assert reports.get(id).state is Local.QUEUED
    assert reports.get(id).title == "The fan stops"
    _, undo = dressed.toasts[-1]
    with qtbot.waitSignal(page.reopened) as reopened:
        undo()
    assert reopened.args == [id]
    assert reports.get(id).state is Local.DRAFT


def test_a_pasted_picture_is_attached_and_not_typed(qtbot, page):
    QGuiApplication.clipboard().setImage(picture())
    page.form.text.setFocus()
    qtbot.keySequence(page.form.text, QKeySequence.StandardKey.Paste)
    qtbot.waitUntil(lambda: len(page.keeper.draft.attachments) == 1)
    assert page.keeper.draft.attachments[0].is_picture
    assert page.form.text.toPlainText() == ""


def test_a_picture_is_pasted_also_where_the_keyboard_is_when_the_page_opens(qtbot, page):
    QGuiApplication.clipboard().setImage(picture())
    page.form.title.setFocus()
    qtbot.keySequence(page.form.title, QKeySequence.StandardKey.Paste)
    qtbot.waitUntil(lambda: len(page.keeper.draft.attachments) == 1)
    assert page.form.title.text() == ""
    QGuiApplication.clipboard().setText("The fan stops")
    qtbot.keySequence(page.form.title, QKeySequence.StandardKey.Paste)
    assert page.form.title.text() == "The fan stops"


def test_pasted_words_stay_words(qtbot, page):
    QGuiApplication.clipboard().setText("plain words")
    page.form.text.setFocus()
    qtbot.keySequence(page.form.text, QKeySequence.StandardKey.Paste)
    assert page.form.text.toPlainText() == "plain words"
    assert page.keeper.draft.attachments == ()


def drag(widget, path):
    """A file manager that would rather move than copy holds a file over `widget` and lets it go on the page; what it hears then."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    hand = (
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
    )
    enter = QDragEnterEvent(QPoint(5, 5), *hand)
    QApplication.sendEvent(widget, enter)
    drop = QDropEvent(QPointF(5, 5), *hand)
    page = next(w for w in (widget, *parents(widget)) if isinstance(w, ReportPage))
    QApplication.sendEvent(page, drop)
    return enter, drop


def parents(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget


def test_a_dropped_file_is_copied_and_never_moved_wherever_it_is_dropped(qtbot, page, tmp_path):
    for at, field in enumerate((page, page.form.title, page.form.text.viewport()), 1):
        path = tmp_path / f"fan-{at}.log"
        path.write_text("tach lost\n")
        enter, drop = drag(field, path)
        assert enter.isAccepted()
        assert (enter.dropAction(), drop.dropAction()) == (Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)
        qtbot.waitUntil(lambda at=at: len(page.keeper.draft.attachments) == at)
    assert (page.form.title.text(), page.form.text.toPlainText()) == ("", "")


def test_a_folder_that_is_dropped_is_not_passed_over_in_silence(qtbot, page, dressed, tmp_path):
    (tmp_path / "logs").mkdir()
    drag(page, tmp_path / "logs")
    assert "A folder cannot be attached" in dressed.toasts[-1][0]


def test_a_picture_is_opened_in_the_editor_by_enter(qtbot, page, dressed):
    page.attach_picture(_png(), "screen")
    qtbot.waitUntil(lambda: len(page.files._tiles) == 1)
    with qtbot.waitSignal(page.picture_opened) as opened:
        qtbot.keyClick(page.files._tiles[0], Qt.Key.Key_Return)
    assert opened.args == [page.report_id, page.keeper.draft.attachments[0].pos]


def test_an_attachment_is_taken_off_by_delete_and_put_back(qtbot, page, dressed):
    page.attach_picture(_png(), "screen")
    qtbot.waitUntil(lambda: len(page.files._tiles) == 1)
    qtbot.keyClick(page.files._tiles[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.keeper.draft.attachments == () and bool(dressed.toasts))
    _, undo = dressed.toasts[-1]
    undo()
    qtbot.waitUntil(lambda: len(page.keeper.draft.attachments) == 1)


def test_discard_can_be_undone(qtbot, page, reports, dressed):
    type_title(qtbot, page)
    id = page.report_id
    with qtbot.waitSignal(page.closed):
        qtbot.mouseClick(page.bar.discard, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dressed.toasts))
    assert reports.get(id).state is Local.DISCARDED
    _, undo = dressed.toasts[-1]
    with qtbot.waitSignal(page.reopened):
        undo()
    assert reports.get(id).title == "The fan stops"


def test_an_empty_draft_is_not_kept_when_the_tester_leaves(qtbot, page, reports, dressed, told_desk):
    with qtbot.waitSignal(page.closed):
        qtbot.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dressed.is_idle)
    assert reports.counts(1).drafts == 0


def test_a_queued_report_opens_as_its_next_revision(qtbot, page, reports, dressed):
    first = reports.queue(reports.new(1, title="Torch stays lit").id, Work())
    page.open(first.id)
    qtbot.waitUntil(lambda: page.report_id == first.id)
    assert reports.get(first.id).state is Local.DRAFT
    assert page.form.title.text() == "Torch stays lit"


def test_an_idea_asks_for_no_steps(qtbot, page):
    assert page.form.steps.isVisible()
    page.form.kind.chosen.emit("idea")
    assert not page.form.steps.isVisible()
    assert page.keeper.draft.kind == "idea"


def test_too_long_a_title_is_said_and_never_cut(qtbot, page):
    page.form.title.setText("x" * 199)
    qtbot.keyClicks(page.form.title, "yz")
    assert page.form.title.text().endswith("yz")
    assert page.bar.reason == "Shorten what is too long first"


def test_offline_is_said_in_the_header_and_does_not_hold_it_back(qtbot, page, reach):
    reach.failed("timeout")
    qtbot.waitUntil(lambda: "Offline: it waits here and goes out later" in words_of(page))
    type_title(qtbot, page)
    assert page.bar.queue.isEnabled()


def test_what_cannot_be_made_ready_is_told_and_can_be_tried_again(qtbot, page, reports, told_desk, tmp_path):
    type_title(qtbot, page)
    attached = attach_text(qtbot, page, tmp_path)
    path = told_desk.blobs.path(attached.sha256)
    kept = path.read_bytes()
    path.chmod(0o600)
    path.unlink()
    page.keeper.set_redaction(attached.pos, {"off": ["mac"]})
    qtbot.waitUntil(lambda: "Try again" in words_of(page.outgoing))
    path.write_bytes(kept)
    page.outgoing.retried.emit()
    qtbot.waitUntil(lambda: "logread.txt" in words_of(page.outgoing) and "Try again" not in words_of(page.outgoing))


def test_private_details_among_the_words_are_told_before_they_leave(qtbot, page):
    type_title(qtbot, page)
    qtbot.waitUntil(lambda: "Your words" in words_of(page.outgoing))
    assert "look private" not in words_of(page.outgoing)
    page.form.text.setPlainText("I pasted: psk=forest-of-ferns, wren@mail.example, wren@mail.example and 192.168.1.1")
    qtbot.waitUntil(
        lambda: "2 details in them look private. Your words leave as you wrote them." in words_of(page.outgoing), timeout=10_000
    )


def test_the_words_can_be_looked_at_as_they_leave(qtbot, page):
    type_title(qtbot, page)
    qtbot.waitUntil(lambda: "Your words" in words_of(page.outgoing))
    with qtbot.waitSignal(page.outgoing.looked) as looked:
        page.outgoing.looked.emit(page._outgoing[0])
    assert looked.args[0].purpose == "words"
    from firstlight.reports.ui.look_dialog import LookDialog

    dialog = page.findChild(LookDialog)
    qtbot.waitUntil(lambda: '"programme"' in _all_text(dialog))
    dialog.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_button_has_a_name(qtbot, qapp, told_desk, reports, reach, tmp_path, language):
    dressed = Dressed(qapp, told.NOW.astimezone, language=language)
    page = ReportPage(dressed.kit, reports=reports, blobs=told_desk.blobs, events=told_desk.events, reachability=reach, account_id=1)
    qtbot.addWidget(page)
    page.show()
    page.start()
    qtbot.waitUntil(lambda: page.keeper.draft is not None)
    attach_text(qtbot, page, tmp_path)
    page.attach_picture(_png(), "screen")
    qtbot.waitUntil(lambda: len(page.files._tiles) == 2)
    qtbot.waitUntil(dressed.is_idle)
    assert buttons_without_name(page) == []
    dressed.close()


def _png():
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(made, "PNG")
    return made.getvalue()


def _all_text(dialog):
    from PySide6.QtWidgets import QPlainTextEdit

    return "\n".join(field.toPlainText() for field in dialog.findChildren(QPlainTextEdit))


def test_a_report_that_reads_alike_is_shown_before_it_is_written_twice(qtbot, page):
    type_title(qtbot, page, "Camera freezes after video calls")
    qtbot.waitUntil(lambda: "Looks like FL-2291" in words_of(page.similar), timeout=4000)
    compare = next(b for b in page.similar.findChildren(type(page.bar.queue)))
    with qtbot.waitSignal(page.similar_opened) as opened:
        qtbot.mouseClick(compare, Qt.MouseButton.LeftButton)
    assert opened.args == [told.CAMERA]


def test_a_report_of_another_tester_is_shown_too_without_a_way_into_it(qtbot, page, told_desk):
    body = {"number": "FL-77", "title": "Torch turns itself off at night", "state": "fixed", "fixed_in": "26.47"}
    with told_desk.db.write() as tx:
        learn(tx, 1, "similar", "FL-77", body, seq=900)
    type_title(qtbot, page, "The torch turned itself off last night")
    qtbot.waitUntil(lambda: "Looks like FL-77" in words_of(page.similar), timeout=4000)
    assert "It is fixed in 26.47." in words_of(page.similar)
    assert not page.similar.findChildren(type(page.bar.queue))


def test_starting_anew_leaves_no_empty_drafts_behind(qtbot, page, reports, dressed):
    first = page.report_id
    page.start()
    qtbot.waitUntil(lambda: page.report_id not in ("", first))
    qtbot.waitUntil(dressed.is_idle)
    assert reports.counts(1).drafts == 1


def test_news_while_typing_never_touch_the_fields(qtbot, page, reports, reach, told_desk, tmp_path):
    type_title(qtbot, page, "The fan st")
    attach_text(qtbot, page, tmp_path)
    qtbot.keyClicks(page.form.title, "ops")
    page.shown()
    qtbot.waitUntil(lambda: reports.get(page.report_id).title == "The fan stops", timeout=4000)
    assert page.form.title.text() == "The fan stops"
