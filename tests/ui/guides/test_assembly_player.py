# SPDX-License-Identifier: Apache-2.0
"""The assembly player, as a tester uses it: by keys, by drops, over restarts. Real runs on the disk, an injected clock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from fakes.window import buttons_without_name, words_of
from firstlight.guides.state import StepMark
from firstlight.guides.ui.run_page import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
FAN = 5  # "Screw the fan to the mainboard": timer, photo, tools, letters


def go_to_fan(desk, run_id):
    player = desk.host.player(run_id)
    for _ in range(FAN):
        player.done(player.state.now.step.id)
    return player


def settle(qtbot, desk):
    qtbot.waitUntil(desk.dressed.is_idle, timeout=10_000)
    QGuiApplication.processEvents()


def test_the_keyboard_alone_builds_the_router(desk, qtbot):
    run_id = desk.start("r1-build")
    page = desk.page(run_id)
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.isActiveWindow)
    outgrown = []
    page.outgrown.connect(outgrown.append)
    for step in range(14):
        assert page.state.current == step
        qtbot.waitUntil(page.done_button.isEnabled)
        with qtbot.waitSignal(desk.host.run_changed):
            QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
        QGuiApplication.processEvents()
    qtbot.waitUntil(lambda: outgrown == [run_id])
    assert desk.host.player(run_id).state.finished_at is not None
    finished = desk.page(run_id)
    assert finished.stage is Stage.FINISHED
    assert "It is built, by you" in words_of(finished)
    assert [n.kind for n in desk.bench.told] == ["guide.finished"]


def test_every_button_has_a_name_for_readers(desk, qtbot):
    run_id = desk.start("r1-build")
    go_to_fan(desk, run_id)
    assert buttons_without_name(desk.page(run_id)) == []
    assert buttons_without_name(desk.page(run_id, size=QSize(844, 600))) == []


def test_a_killed_program_opens_the_same_step_again(desk, qtbot):
    run_id = desk.start("r1-build")
    go_to_fan(desk, run_id)
    desk.restart()
    page = desk.page(run_id)
    assert page.state.current == FAN
    assert "Step 6 of 14" in words_of(page)
    assert [b.accessibleName() for b in page.rail.buttons()][FAN].endswith("Screw the fan down, now")


def test_the_timer_counts_by_the_wall_also_while_the_program_is_closed(desk, qtbot):
    run_id = desk.start("r1-build")
    go_to_fan(desk, run_id)
    page = desk.page(run_id)
    page.pictures.view.setFocus()
    QTest.keyClick(page.pictures.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.side.timer.button.text().strip() == "Pause")
    desk.bench.now.pass_(36)
    desk.restart()
    page = desk.page(run_id)
    assert "1:24" in words_of(page)
    desk.bench.now.pass_(84)
    page.side.timer.refresh()
    assert "Time is up" in words_of(page)
    assert any("Time is up" in text for text, _ in desk.dressed.toasts)


def test_space_pauses_and_goes_on(desk, qtbot):
    run_id = desk.start("r1-build")
    player = go_to_fan(desk, run_id)
    page = desk.page(run_id)
    for running in (True, False, True):
        QTest.keyClick(page.pictures.view, Qt.Key.Key_Space)
        QGuiApplication.processEvents()
        assert player.state.now.timer.is_running is running


def test_undo_takes_the_tick_and_keeps_photo_and_note(desk, qtbot):
    run_id = desk.start("r1-build")
    player = go_to_fan(desk, run_id)
    page = desk.page(run_id)
    page.pictures.notes.setPlainText("Screw 3 felt rough.")
    desk.host.add_photo(run_id, "fan-screws", desk.photo())
    settle(qtbot, desk)
    page.done()
    QGuiApplication.processEvents()
    player.go_to(FAN)
    QGuiApplication.processEvents()
    assert page.undo_button.isEnabled()
    page.undo_button.click()
    QGuiApplication.processEvents()
    step = player.state.step("fan-screws")
    assert step.mark is StepMark.NOW
    assert (len(step.photos), step.note) == (1, "Screw 3 felt rough.")
    assert not page.undo_button.isEnabled()


def test_a_dropped_picture_becomes_a_photo_of_the_step(desk, qtbot):
    run_id = desk.start("r1-build")
    player = go_to_fan(desk, run_id)
    page = desk.page(run_id)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(desk.photo()))])
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.side.drop.dropEvent(drop)
    settle(qtbot, desk)
    assert len(player.state.now.photos) == 1
    assert "1 photo kept" in words_of(page)
    assert "Picture 2: Your photo" in words_of(page)


def test_a_pasted_picture_becomes_a_photo_and_pasted_words_do_not(desk, qtbot):
    run_id = desk.start("r1-build")
    player = go_to_fan(desk, run_id)
    page = desk.page(run_id)
    QGuiApplication.clipboard().setText("no picture")
    page.side.drop.paste()
    assert any("no picture" in text for text, _ in desk.dressed.toasts)
    desk.photo()
    QGuiApplication.clipboard().setImage(desk.kit.icons.pixmap("house", "accent", 64).toImage())
    page.side.drop.paste()
    settle(qtbot, desk)
    assert len(player.state.now.photos) == 1


def test_a_report_carries_where_the_tester_stands(desk, qtbot):
    run_id = desk.start("r1-build")
    go_to_fan(desk, run_id)
    page = desk.page(run_id)
    contexts = []
    page.report_requested.connect(contexts.append)
    page.report_button.click()
    (context,) = contexts
    assert (context.guide, context.step, context.step_title) == ("r1-build", "fan-screws", "Screw the fan to the mainboard")
    assert context.files and all(path.is_file() for path in context.files)


def test_a_narrow_window_has_a_menu_of_steps_instead_of_the_rail(desk, qtbot):
    run_id = desk.start("r1-build")
    go_to_fan(desk, run_id)
    page = desk.page(run_id, size=QSize(844, 600))
    assert page.menu.isVisible() and not page.rail.isVisible()
    assert page.menu.text().strip() == "Step 6 of 14"
    page.menu.menu().actions()[1].trigger()  # behind the heading of its stage
    QGuiApplication.processEvents()
    assert page.state.current == 0


def test_zoom_by_keys_and_back(desk, qtbot):
    run_id = desk.start("r1-build")
    go_to_fan(desk, run_id)
    page = desk.page(run_id)
    QTest.keyClick(page.pictures.view, Qt.Key.Key_Plus)
    assert page.pictures.view.zoom > 1
    assert page.pictures.zoom_button.accessibleName() == "Zoom out"
    page.pictures.zoom_button.click()
    assert page.pictures.view.zoom == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_9])
def test_a_number_chooses_a_picture_and_one_too_large_does_nothing(desk, qtbot, key):
    page = desk.page(desk.start("r1-build"))
    QTest.keyClick(page, key)
    assert page.pictures.view.accessibleName()
