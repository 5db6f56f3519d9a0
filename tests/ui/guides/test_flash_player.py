# SPDX-License-Identifier: Apache-2.0
"""The flash player against a practice phone over the real protocol: checks, confirmation, stop, cable out, the way on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.window import buttons_without_name, words_of
from firstlight.guides.state import PartState, StepMark
from firstlight.guides.ui import danger_dialog
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.run_page import Stage

SLOW = 6_000_000  # bytes a second: a build takes four seconds, long enough to act in the middle


@pytest.fixture
def run_id(desk):
    return desk.start("a1-weekly")


def run_step(desk, qtbot, run_id, step_id):
    desk.host.run_step(run_id, step_id)
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)


def get_ready(desk, qtbot, run_id):
    for step_id in ("connect", "choose", "backup", "checks"):
        run_step(desk, qtbot, run_id, step_id)


def is_in_system(desk, run_id):
    return any(p.name == "system" and p.state is PartState.WRITING and p.done > 0 for p in desk.host.parts(run_id))


def start_writing(desk, qtbot, run_id):
    get_ready(desk, qtbot, run_id)
    desk.bench.phone.bytes_per_s = SLOW
    player = desk.host.player(run_id)
    player.agree("flash", player.word_for("flash"))
    desk.host.run_step(run_id, "flash")
    qtbot.waitUntil(lambda: is_in_system(desk, run_id), timeout=20_000)


def pull_cable_while_writing(desk, qtbot, run_id):
    start_writing(desk, qtbot, run_id)
    desk.bench.phone.pull_cable()
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
    desk.bench.phone.bytes_per_s = 0


def click_in_dialog(qtbot, act):
    """Call `act(dialog)` once the question stands; the click that opened it waits meanwhile."""
    from PySide6.QtCore import QTimer

    timer = QTimer()

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DangerDialog):
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start(10)
    return timer


def test_the_whole_flash_by_the_buttons_of_the_page(desk, qtbot, run_id, monkeypatch):
    monkeypatch.setattr(danger_dialog, "DELAY_MS", 0)
    page = desk.page(run_id)
    said = []
    for step_id in ("connect", "choose", "backup", "checks"):
        assert page.state.now.step.id == step_id
        said.append(page.act_button.accessibleName())
        page.act_button.click()
        qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
        QGuiApplication.processEvents()
    assert said == ["Look for the phone", "Fetch the build", "Keep a backup", "Ask the phone"]
    assert "6 of 6 passed" in words_of(page)

    def agree(dialog):
        qtbot.keyClicks(dialog.field, "4F7C")
        qtbot.waitUntil(dialog.act_button.isEnabled)
        dialog.act_button.click()

    timer = click_in_dialog(qtbot, agree)
    page.act_button.click()
    timer.stop()
    assert desk.host.is_writing
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=30_000)
    assert not desk.host.is_writing
    run_step(desk, qtbot, run_id, "first-start")
    QGuiApplication.processEvents()
    page.act_button.click()
    assert desk.host.player(run_id).state.finished_at is not None
    assert desk.bench.holds(desk.bench.newest)
    assert "runs build 26.47" in words_of(desk.page(run_id))


def test_cancel_in_the_question_writes_nothing(desk, qtbot, run_id):
    get_ready(desk, qtbot, run_id)
    page = desk.page(run_id)
    timer = click_in_dialog(qtbot, lambda dialog: dialog.reject())
    page.act_button.click()
    timer.stop()
    assert not desk.host.is_busy(run_id)
    assert desk.bench.holds(desk.bench.before)


def test_the_key_for_next_never_starts_a_write(desk, qtbot, run_id):
    get_ready(desk, qtbot, run_id)
    page = desk.page(run_id)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.processEvents()
    assert QApplication.activeModalWidget() is None
    assert not desk.host.is_busy(run_id)


def test_a_flash_outlives_its_page(desk, qtbot, run_id):
    page = desk.page(run_id)
    start_writing(desk, qtbot, run_id)
    page.hide()
    page.deleteLater()
    desk.opened.remove(page)
    QGuiApplication.processEvents()
    assert desk.host.is_writing
    again = desk.page(run_id)
    assert "Writing: System" in words_of(again)
    desk.bench.phone.bytes_per_s = 0
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=30_000)
    assert desk.host.player(run_id).state.step("flash").mark is StepMark.DONE


def test_stop_waits_for_the_end_of_the_part_and_says_so(desk, qtbot, run_id):
    page = desk.page(run_id)
    start_writing(desk, qtbot, run_id)
    QGuiApplication.processEvents()
    assert page.stop_button.text().strip() == "Stop after System"
    page.stop_button.click()
    assert page.stop_button.text().strip() == "Stopping"
    desk.bench.phone.bytes_per_s = 0
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=30_000)
    states = {p.name: p.state for p in desk.host.player(run_id).state.parts}
    assert (states["system"], states["product"]) == (PartState.DONE, PartState.WAITING)


def test_the_cable_pulled_in_the_middle_leads_to_the_page_that_knows_the_way_on(desk, qtbot, run_id):
    page = desk.page(run_id)
    outgrown = []
    page.outgrown.connect(outgrown.append)
    pull_cable_while_writing(desk, qtbot, run_id)
    qtbot.waitUntil(lambda: outgrown == [run_id])
    page = desk.page(run_id)
    assert page.stage is Stage.FAILURE
    qtbot.waitUntil(lambda: bool(desk.host.facts(run_id)) and not desk.host.is_asking(run_id), timeout=10_000)
    QGuiApplication.processEvents()
    said = words_of(page)
    assert "The flash stopped at" in said
    assert "Half written, cannot start yet" in said
    assert "Answers: No" in said
    assert buttons_without_name(page) == []
    assert [b.text().strip() for b in page.way_buttons] == ["Write it again", "Put 26.46 back", "Later"]

    page.practice.cable_button.click()
    page.way_buttons[0].click()
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=30_000)
    assert desk.host.player(run_id).state.failure is None
    run_step(desk, qtbot, run_id, "first-start")
    assert desk.bench.holds(desk.bench.newest)
    assert "device.recovered" in [n.kind for n in desk.bench.told]


def test_the_build_before_goes_back_on_the_phone(desk, qtbot, run_id):
    pull_cable_while_writing(desk, qtbot, run_id)
    desk.bench.phone.plug_in()
    page = desk.page(run_id)
    page.way_buttons[1].click()
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=30_000)
    run_step(desk, qtbot, run_id, "first-start")
    assert desk.bench.holds(desk.bench.before)


def test_after_a_restart_the_failure_is_still_the_page(desk, qtbot, run_id):
    pull_cable_while_writing(desk, qtbot, run_id)
    desk.restart()
    page = desk.page(run_id)
    assert page.stage is Stage.FAILURE
    assert "The flash stopped at" in words_of(page)
    contexts = []
    page.report_requested.connect(contexts.append)
    page.report_button.click()
    assert {path.suffix for path in contexts[0].files} == {".jsonl", ".log"}


def test_a_phone_that_is_not_there_is_said_on_the_step_itself(desk, qtbot, run_id, monkeypatch):
    desk.bench.phone.pull_cable()
    page = desk.page(run_id)
    page.act_button.click()
    desk.host.stop(run_id)
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=30_000)
    QGuiApplication.processEvents()
    assert page.stage is Stage.FLASH
    assert page.act_button.isEnabled()


def test_a_low_battery_closes_the_flash_until_the_serial_is_typed(desk, qtbot, run_id, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(danger_dialog, "DELAY_MS", 0)
    desk.bench.phone.faults = replace(desk.bench.phone.faults, low_battery=31)
    for step_id in ("connect", "choose", "backup"):
        run_step(desk, qtbot, run_id, step_id)
    page = desk.page(run_id)
    page.act_button.click()
    qtbot.waitUntil(lambda: not desk.host.is_busy(run_id), timeout=20_000)
    QGuiApplication.processEvents()
    assert page.state.now.step.id == "checks"
    assert "5 of 6 passed" in words_of(page)
    assert buttons_without_name(page) == []
    battery = next(g for g in page.state.now.gates if g.ok is False)

    def agree(dialog):
        qtbot.keyClicks(dialog.field, "4f7c")
        qtbot.waitUntil(dialog.act_button.isEnabled)
        dialog.act_button.click()

    timer = click_in_dialog(qtbot, agree)
    page.gates.override_asked.emit(battery.id)
    timer.stop()
    run_step(desk, qtbot, run_id, "checks")
    assert page.state.step("checks").mark is StepMark.DONE


def test_a_narrow_window_keeps_every_button_named(desk, qtbot, run_id):
    get_ready(desk, qtbot, run_id)
    page = desk.page(run_id, size=QSize(844, 600))
    assert page.menu.isVisible() and not page.rail.isVisible()
    assert buttons_without_name(page) == []
