# SPDX-License-Identifier: Apache-2.0
"""The player for what Firstlight does to a device: checks, writing, console, honest stop. Constructor:

    FlashPlayer(kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path])

The work itself belongs to the host and goes on when this page is rebuilt or left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.guides.errors import WhichDevice
from firstlight.guides.state import ConsoleLine, PartState, StepMark, StepState
from firstlight.guides.ui import deed_words, run_words
from firstlight.guides.ui.announce import announce
from firstlight.guides.ui.console_view import ConsoleView
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.failure_words import as_error
from firstlight.guides.ui.gate_list import GateList
from firstlight.guides.ui.hand_acts import HandActs
from firstlight.guides.ui.machine_card import MachineCard
from firstlight.guides.ui.practice_panel import PracticePanel
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage
from firstlight.guides.ui.step_rail import StepMenuButton, StepRail
from firstlight.guides.ui.stop_card import StopCard, stop_rule
from firstlight.guides.ui.write_card import WriteCard
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Banner, Chip
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guides import Danger
from firstlight_contract.wire import words_in


class FlashPlayer(RunPage):
    """Signals: those of RunPage."""

    stage = Stage.FLASH

    def __init__(self, kit: Kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path]) -> None:
        super().__init__(kit, host, run_id)
        self._photo_path = photo_path
        self._hands = HandActs(kit, self, host, run_id, self.refresh)
        self.practice: PracticePanel | None = None
        self._quarter = 0
        self._machine: MachineCard | None = None
        self._error_card: ErrorCard | None = None
        self._shown_error = ("", "")
        self._build_top()
        self.rail = StepRail(
            kit,
            width=200,
            roomy=True,
            foot=self.tr("Every command is written to a journal on this PC. If the power fails, Firstlight knows where to go on."),
        )
        self.rail.step_chosen.connect(self._on_step_chosen)
        self.columns.addWidget(self.rail)
        self.columns.addWidget(self._build_middle(), 1)
        self.columns.addWidget(self._build_side())
        self._build_actions()
        for line in host.console(run_id):
            self.console.add(line.at, line.text, line.tone)
        host.console_said.connect(self._on_console)
        host.part_moved.connect(self._on_part_moved)
        host.stalled.connect(self._on_stalled)
        host.busy_changed.connect(self._on_run_changed)
        host.progressed.connect(self._on_progressed)
        self.width_class_changed.connect(self._on_width)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, activated=self._on_shortcut)  # type: ignore[call-overload]  # PySide takes signals by name
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, activated=self._on_paste)  # type: ignore[call-overload]  # as above
        QShortcut(QKeySequence("Ctrl+`"), self, activated=self._on_console_key)  # type: ignore[call-overload]  # as above
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_write)
        self._tick.start()
        self.refresh()
        if self.state.uncertain is not None:
            QTimer.singleShot(0, self, lambda: host.settle(run_id))

    # Building

    def _build_top(self) -> None:
        kit = self.kit
        self.menu = StepMenuButton(kit)
        self.menu.step_chosen.connect(self._on_step_chosen)
        self.menu.setVisible(False)
        self.top_middle.addWidget(self.menu)
        self._device = Chip(kit, "", icon="usb", kind="ok")
        self.report_button = Button(kit, self.tr("Report a problem here"), icon="bug-beetle")
        self.report_button.clicked.connect(self.ask_report)
        self.top_right.addWidget(self._device)
        self.top_right.addWidget(self.report_button)

    def _build_middle(self) -> QWidget:
        kit = self.kit
        middle = QWidget()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(16, 16, 16, 16)
        self._middle.setSpacing(14)
        self.banner = Banner(kit, "warn", "", bold=self.tr("Do not unplug the cable or close the lid."))
        self._stall = Banner(kit, "warn", "", bold=" ", icon="hourglass-medium")
        self._stall.setVisible(False)
        self.card = WriteCard(kit)
        self.console = ConsoleView(kit)
        self._middle.addWidget(self.banner)
        self._middle.addWidget(self._stall)
        self._slot = QVBoxLayout()
        self._slot.setSpacing(14)
        self._middle.addLayout(self._slot)
        self._middle.addWidget(self.card)
        self._middle.addWidget(self.console, 1)
        self._middle.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        middle.setAutoFillBackground(False)  # the scroll area switched it on
        return area

    def _build_side(self) -> QWidget:
        kit = self.kit
        self.side = QFrame()
        self.side.setObjectName("playerSide")
        self.side.setFixedWidth(312)
        outer = QVBoxLayout(self.side)
        outer.setContentsMargins(1, 0, 0, 0)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        self.gates = GateList(kit)
        self.gates.check_asked.connect(lambda: self.host.check_gates(self.run_id))
        self.gates.override_asked.connect(self._on_override)
        box.addWidget(self.gates)
        box.addStretch(1)
        self._practice_place = QVBoxLayout()
        box.addLayout(self._practice_place)
        self.stop_words = StopCard(kit)
        box.addWidget(self.stop_words)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area switched it on
        outer.addWidget(area)
        return self.side

    def _build_actions(self) -> None:
        kit = self.kit
        self.stop_button = Button(kit, self.tr("Stop"), icon="x", size="large")
        self.stop_button.clicked.connect(self._on_stop)
        self.previous_button = Button(kit, self.tr("Back"), icon="arrow-left", size="large")
        self.previous_button.setAccessibleName(self.tr("Back to the step before"))
        self.previous_button.clicked.connect(lambda: self._on_step_chosen(self.state.current - 1))
        self._reason = label("", "cap", tone="2")
        self.act_button = Button(kit, "", icon="arrow-right", kind="primary", size="large", trailing=True)
        self.act_button.clicked.connect(self._on_act)
        self.action_bar.addWidget(self.previous_button)
        self.action_bar.addWidget(self.stop_button)
        self.action_bar.addWidget(self._reason, 1)
        self.action_bar.addWidget(self.act_button)

    # Showing

    def refresh(self) -> None:
        """Show the run as it is now."""
        state, step = self.state, self.state.now
        is_busy = self.host.is_busy(self.run_id)
        self.set_title(words_in(state.guide.title, self.kit.language), deed_words.subtitle(state))
        if state.device is not None:
            self._device.set_text(f"{deed_words.device_name(state)} · {state.device.tail}")
        self._device.setVisible(state.device is not None and self.wide)
        rows = run_words.rail(state, self.kit.language, is_free=not is_busy)
        self.rail.show_steps(rows, state.current)
        self.menu.show_steps(rows, state.current)
        self._show_middle(step)
        gates = deed_words.gates_of(state)
        self.gates.show_gates(gates, is_asking=self.host.is_asking(self.run_id), may_ask=not is_busy and bool(step.step.gate))
        self.gates.setVisible(bool(gates))
        self._show_practice()
        self._show_write()
        self._show_actions(step, is_busy=is_busy)
        self._show_error()

    def _show_middle(self, step: StepState) -> None:
        is_writing = self.host.is_writing_run(self.run_id)
        shows_write = deed_words.writes(step.step)
        self.card.setVisible(shows_write and bool(self.state.parts))
        self.banner.setVisible(is_writing)
        self.console.setVisible(self.host.has_console(self.run_id) and step.step.is_for_machine)
        key = (step.step.id, step.mark, step.stopped_at, step.timer, len(step.evidence))
        if self._machine is None or self._machine.key != key:
            if self._machine is not None:
                self._machine.hide()
                self._machine.deleteLater()
            self._machine = MachineCard(self.kit, self.state, step, key, tuple(self._photo_path(sha) for sha in step.photos))
            self._hands.connect_to(self._machine.extras)
            self._slot.insertWidget(0, self._machine)
        self._machine.setVisible(not (shows_write and (is_writing or step.mark is StepMark.DONE)))
        self._machine.set_busy(self.host.is_busy(self.run_id), self.host.progress(self.run_id))

    def _show_practice(self) -> None:
        """The panel comes when the run is bound to a practice phone."""
        phone = self.host.practice_for(self.run_id)
        if self.practice is None and phone is not None:
            self.practice = PracticePanel(self.kit, phone)
            self._practice_place.addWidget(self.practice)

    @Slot()
    def _show_write(self) -> None:
        if not self.card.isVisibleTo(self):
            return
        is_writing = self.host.is_writing_run(self.run_id)
        now: datetime = self.kit.now()
        parts = self.host.parts(self.run_id)
        current = next((p for p in parts if p.state is PartState.WRITING), None)
        if current is not None:
            name = words_in(current.title, self.kit.language)
            title = self.tr("Writing: {part}").format(part=name)
            self.banner.set_text(
                self.tr("A part of your phone is being written: {part}.").format(part=name),
                self.tr("Do not unplug the cable or close the lid."),
            )
        else:
            is_done = all(p.state in (PartState.DONE, PartState.UNTOUCHED) for p in parts)
            title = self.tr("Everything is written") if is_done else self.tr("What will be written")
        pace = self.host.pace(self.run_id)
        percent = self.card.show_write(title, parts, pace, now, is_writing=is_writing)
        rule = stop_rule(
            parts,
            is_busy=self.host.is_busy(self.run_id),
            is_writing=is_writing,
            is_stopping=self.host.is_stopping(self.run_id),
            language=self.kit.language,
        )
        self.stop_words.set_text(rule.words)
        self._reason_for_stop(rule.can_stop, rule.button, rule.reason)
        if is_writing and percent // 25 != self._quarter:
            self._quarter = percent // 25
            announce(self, self.tr("{percent} % written").format(percent=percent))

    def _reason_for_stop(self, can_stop: bool, button: str, reason: str) -> None:
        if not self.host.is_busy(self.run_id):
            return
        self.stop_button.setEnabled(can_stop)
        self.stop_button.setText(button)
        self._reason.setText(reason)

    def _show_actions(self, step: StepState, *, is_busy: bool) -> None:
        self.stop_button.setVisible(is_busy)
        self.previous_button.setVisible(not is_busy)
        self.previous_button.setEnabled(self.state.current > 0)
        is_done = step.mark in (StepMark.DONE, StepMark.SKIPPED)
        parts = self.host.parts(self.run_id)
        rule = stop_rule(
            parts,
            is_busy=is_busy,
            is_writing=self.host.is_writing_run(self.run_id),
            is_stopping=self.host.is_stopping(self.run_id),
            language=self.kit.language,
        )
        self.stop_words.set_text(rule.words)
        self.stop_words.setVisible(any(p.state not in (PartState.DONE, PartState.UNTOUCHED) for p in parts) or not parts)
        if is_busy:
            self._reason_for_stop(rule.can_stop, rule.button, rule.reason)
        following = self.state.steps[self.state.current + 1].step if self.state.current + 1 < len(self.state.steps) else None
        reason = ""
        if step.step.is_for_machine and not is_done and not is_busy:
            text = deed_words.button(step.step, self.state)
            blocked = deed_words.writes(step.step) and any(g.ok is False and not g.is_passed for g in deed_words.gates_of(self.state))
            reason = self.tr("Off until every safety check has passed") if blocked else ""
        elif following is None:
            text = self.tr("Done, finish")
        elif is_done or is_busy:
            text = self.tr("Next: {step}").format(step=run_words.as_next(following, self.kit.language))
        else:
            text = self.tr("Done, next: {step}").format(step=run_words.as_next(following, self.kit.language))
        if not is_done and not step.step.is_for_machine:
            reason = run_words.missing(step, self.kit.now(), self.kit.language)
        self.act_button.setText(text)
        self.act_button.setEnabled(not is_busy and not reason)
        if not is_busy:
            self._reason.setText(reason)

    def _show_error(self) -> None:
        failure = self.state.failure
        error = self.host.error(self.run_id)
        if error is None and failure is not None:
            error = as_error(failure)
        key = (error.code, str(error.facts)) if error is not None else ("", "")
        if key == self._shown_error:
            return
        self._shown_error = key
        if self._error_card is not None:
            self._error_card.hide()
            self._error_card.deleteLater()
            self._error_card = None
        if error is not None:
            self._error_card = ErrorCard(self.kit, error, self._choices(error), kind="warn")
            self._slot.insertWidget(0, self._error_card)
            announce(self, self._error_card.accessibleName(), is_urgent=True)

    def _choices(self, error: FirstlightError) -> tuple[Button, ...]:
        """Several phones answered: a button for each."""
        if error.code != WhichDevice.code:
            return ()
        made = []
        for serial in str(error.facts.get("serials", "")).split(", "):
            button = Button(self.kit, self.tr("Use {serial}").format(serial=serial[-4:]), size="small")
            button.setToolTip(serial)
            button.clicked.connect(lambda _=False, serial=serial: self.host.choose_device(self.run_id, serial))
            made.append(button)
        return tuple(made)

    # News

    @Slot(object)
    def _on_console(self, line: ConsoleLine) -> None:
        if line.run_id == self.run_id:
            self.console.add(line.at, line.text, line.tone)

    @Slot(str)
    def _on_part_moved(self, run_id: str) -> None:
        if run_id == self.run_id:
            self._show_write()

    @Slot(str)
    def _on_progressed(self, run_id: str) -> None:
        if run_id == self.run_id and self._machine is not None:
            self._machine.set_busy(self.host.is_busy(run_id), self.host.progress(run_id))

    @Slot(str, int)
    def _on_stalled(self, run_id: str, seconds: int) -> None:
        if run_id != self.run_id:
            return
        self._stall.setVisible(seconds > 0)
        if seconds:
            self._stall.set_text(
                self.tr("Nothing is lost so far. Leave the cable in; look whether the phone still shows its bootloader."),
                self.tr("No answer for {seconds} s, still waiting.").format(seconds=seconds),
            )
            announce(self, self._stall.accessibleName(), is_urgent=True)

    # Acts of the tester

    @Slot()
    def _on_shortcut(self) -> None:
        # What writes to a device is never started by a key that one may hold by habit.
        if self.act_button.isEnabled() and not deed_words.writes(self.state.now.step):
            self._on_act()

    @Slot()
    def _on_paste(self) -> None:
        if self._machine is not None and self._machine.extras.drop is not None:
            self._machine.extras.drop.paste()

    @Slot()
    def _on_console_key(self) -> None:
        self.console.set_open(not self.console.is_open)

    @Slot()
    def _on_act(self) -> None:
        state, step = self.state, self.state.now
        is_done = step.mark in (StepMark.DONE, StepMark.SKIPPED)
        if step.step.is_for_machine and not is_done:
            if self._is_agreed(step):
                self.host.run_step(self.run_id, step.step.id)
            return
        try:
            if not is_done:
                self.player.done(step.step.id)
            if state.current + 1 >= len(state.steps):
                self.host.finish(self.run_id)
            elif self.state.current == state.current:
                self.player.go_to(state.current + 1)
        except FirstlightError as error:
            self.host.show_error(self.run_id, error)

    def _is_agreed(self, step: StepState) -> bool:
        if step.step.danger not in (Danger.DATA_LOSS, Danger.BRICK) or not deed_words.writes(step.step):
            return True
        device = self.state.device
        erases = step.step.danger is Danger.DATA_LOSS
        name = f"{deed_words.device_name(self.state)} {device.tail}" if device else ""
        dialog = DangerDialog(
            self.kit,
            title=self.tr("Erase {device}?").format(device=name) if erases else self.tr("Write to {device}?").format(device=name),
            text=deed_words.danger(self.state, erases=erases),
            word=device.tail if device else "",
            action=self.tr("Erase {device}").format(device=name) if erases else self.tr("Write to {device}").format(device=name),
            parent=self,
        )
        return dialog.exec() == QDialog.DialogCode.Accepted

    @Slot(str)
    def _on_override(self, gate_id: str) -> None:
        device = self.state.device
        if device is None:
            return
        dialog = DangerDialog(
            self.kit,
            title=self.tr("Go on although a check did not pass?"),
            text=self.tr("The check stays in the journal as not passed, with your choice beside it."),
            word=device.tail,
            action=self.tr("Go on all the same"),
            parent=self,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.host.override(self.run_id, gate_id, dialog.field.text())

    @Slot()
    def _on_stop(self) -> None:
        self.host.stop(self.run_id)
        self.refresh()

    @Slot(int)
    def _on_step_chosen(self, index: int) -> None:
        if not self.host.is_busy(self.run_id) and run_words.can_open(self.state, index):
            self.player.go_to(index)

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        self.rail.setVisible(wide)
        self.menu.setVisible(not wide)
        self.side.setFixedWidth(312 if wide else min(self.kit.theme.px(288), 420))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Low windows start with the console closed."""
        if event.oldSize().height() <= 0 and event.size().height() < 690:
            self.console.set_open(False)
        super().resizeEvent(event)
