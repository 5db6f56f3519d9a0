# SPDX-License-Identifier: Apache-2.0
"""The player for what Firstlight does to a device: checks, writing, console, honest stop. Constructor:

    FlashPlayer(kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path])

The work itself belongs to the host and goes on when this page is rebuilt or left.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.devices.device import Kind
from firstlight.devices.errors import DeviceNotFound
from firstlight.guides.errors import WhichDevice
from firstlight.guides.state import ConsoleLine, StepMark, StepState
from firstlight.guides.ui import deed_words, kind_words, run_words
from firstlight.guides.ui.danger_dialog import DangerDialog
from firstlight.guides.ui.failure_words import as_error
from firstlight.guides.ui.fetch_dialog import FetchDialog
from firstlight.guides.ui.flash_middle import FlashMiddle
from firstlight.guides.ui.flash_side import FlashSide, scrolled
from firstlight.guides.ui.hand_acts import HandActs
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage
from firstlight.guides.ui.step_rail import StepMenuButton, StepRail
from firstlight.guides.ui.stop_card import StopRule, stop_rule
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Chip
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guide_steps import Danger
from firstlight_contract.wire import words_in


class FlashPlayer(RunPage):
    """Signals: those of RunPage."""

    stage = Stage.FLASH

    def __init__(self, kit: Kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path]) -> None:
        super().__init__(kit, host, run_id)
        self._photo_path = photo_path
        self._hands = HandActs(kit, self, host, run_id, self.refresh)
        self._build_top()
        self._build_columns()
        self._build_actions()
        for line in host.console(run_id):
            self.console.add(line.at, line.text, line.tone)
        self._listen()
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
        self._device = Chip(kit, "", icon=kind_words.icon(self.state), kind="ok")
        self.report_button = Button(kit, self.tr("Report a problem here"), icon="bug-beetle")
        self.report_button.clicked.connect(self.ask_report)
        self.too_button = Button(kit, self.tr("I have this too"), icon="hand")
        self.too_button.clicked.connect(self.ask_me_too)
        self.top_right.addWidget(self._device)
        self.top_right.addWidget(self.too_button)
        self.top_right.addWidget(self.report_button)

    def _build_columns(self) -> None:
        kit = self.kit
        foot = self.tr("Every command is written to a journal on this PC. If the power fails, Firstlight knows where to go on.")
        self.rail = StepRail(kit, width=200, roomy=True, foot=foot)
        self.rail.step_chosen.connect(self._on_step_chosen)
        self._middle = FlashMiddle(kit)
        self._middle.extras_made.connect(self._hands.connect_to)
        self._middle.told_apart.connect(lambda right: self._hands.act(lambda: self.player.tell_apart(is_right=right)))
        self.console = self._middle.console
        self.side = FlashSide(kit, is_below=self.is_large)
        self.gates = self.side.gates
        self.gates.check_asked.connect(lambda: self.host.check_gates(self.run_id))
        self.gates.override_asked.connect(self._on_override)
        self.columns.addWidget(self.rail)
        if self.is_large:
            column = QWidget()
            below = QVBoxLayout(column)
            below.setContentsMargins(0, 0, 0, 0)
            below.addWidget(self._middle)
            below.addWidget(self.side)
            below.addStretch(1)
            self.columns.addWidget(scrolled(column), 1)
        else:
            self.columns.addWidget(scrolled(self._middle), 1)
            self.columns.addWidget(self.side)

    def _build_actions(self) -> None:
        kit = self.kit
        self.stop_button = Button(kit, self.tr("Stop"), icon="x", size="large")
        self.stop_button.clicked.connect(self._on_stop)
        self.previous_button = Button(kit, self.tr("Back"), icon="arrow-left", size="large")
        self.previous_button.setAccessibleName(self.tr("Back to the step before"))
        self.previous_button.clicked.connect(lambda: self._on_step_chosen(self.state.current - 1))
        self.skip_button = Button(kit, self.tr("Leave it out"), size="large", kind="ghost")
        self.skip_button.clicked.connect(lambda: self._hands.act(self.player.skip, self.state.now.step.id))
        self.undo_button = Button(kit, self.tr("Undo this step"), size="large", kind="ghost")
        self.undo_button.clicked.connect(self._on_undo)
        self._reason = label("", "cap", tone="2")
        self.act_button = Button(kit, "", icon="arrow-right", kind="primary", size="large", trailing=True)
        self.act_button.clicked.connect(self._on_act)
        self.action_bar.addWidget(self.previous_button)
        self.action_bar.addWidget(self.stop_button)
        self.action_bar.addWidget(self.skip_button)
        self.action_bar.addWidget(self.undo_button)
        self.action_bar.addWidget(self._reason, 1)
        self.action_bar.addWidget(self.act_button)

    def _listen(self) -> None:
        host = self.host
        host.console_said.connect(self._on_console)
        host.part_moved.connect(self._on_part_moved)
        host.stalled.connect(self._on_stalled)
        host.busy_changed.connect(self._on_run_changed)
        host.progressed.connect(self._on_progressed)
        self.width_class_changed.connect(self._on_width)
        keys = (
            (QKeySequence("Ctrl+Return"), self._on_shortcut),
            (QKeySequence("Ctrl+Enter"), self._on_shortcut),
            (QKeySequence(QKeySequence.StandardKey.Paste), self._on_paste),
            (QKeySequence("Ctrl+`"), self._on_console_key),
        )
        for sequence, slot in keys:
            QShortcut(sequence, self).activated.connect(slot)

    # Showing

    def refresh(self) -> None:
        """Show the run as it is now."""
        state, host, run_id = self.state, self.host, self.run_id
        is_busy = host.is_busy(run_id)
        self.set_title(words_in(state.guide.title, self.kit.language), deed_words.subtitle(state))
        if state.device is not None:
            self._device.set_text(f"{deed_words.device_name(state)} · {state.device.tail}")
        self._device.setVisible(state.device is not None and self.wide)
        rows = run_words.rail(state, self.kit.language, is_free=not is_busy)
        self.rail.show_steps(rows, state.current)
        self.menu.show_steps(rows, state.current)
        photos = tuple(self._photo_path(sha) for sha in state.now.photos)
        self._middle.show_step(state, photos, is_writing=host.is_writing_run(run_id), has_console=host.has_console(run_id))
        self._middle.show_progress(is_busy, host.progress(run_id))
        self.side.show_run(state, is_busy=is_busy, is_asking=host.is_asking(run_id), phone=host.practice_for(run_id))
        self._show_actions(state.now, is_busy=is_busy)
        self._show_write()
        error = host.error(run_id)
        if error is None and state.failure is not None:
            error = as_error(state.failure)
        self._middle.show_error(error, self._choices(error))

    @Slot()
    def _show_write(self) -> None:
        host, run_id = self.host, self.run_id
        self._middle.show_write(host.parts(run_id), host.pace(run_id), is_writing=host.is_writing_run(run_id))
        rule = self._rule()
        self.side.show_rule(rule)
        if host.is_busy(run_id):
            self.stop_button.setEnabled(rule.can_stop)
            self.stop_button.setText(rule.button)
            self._reason.setText(rule.reason)

    def _rule(self) -> StopRule:
        host, run_id = self.host, self.run_id
        return stop_rule(
            host.parts(run_id),
            is_busy=host.is_busy(run_id),
            is_writing=host.is_writing_run(run_id),
            is_stopping=host.is_stopping(run_id),
            language=self.kit.language,
            is_card=kind_words.kind_of(self.state) is Kind.CARD,
        )

    def _show_actions(self, step: StepState, *, is_busy: bool) -> None:
        state, language = self.state, self.kit.language
        is_done = step.mark in (StepMark.DONE, StepMark.SKIPPED)
        self.stop_button.setVisible(is_busy)
        self.skip_button.setVisible(step.step.optional and not is_done and not is_busy and state.failure is None)
        # What a machine did is undone where the guide says by what; a tick always.
        may_undo = step.mark is StepMark.DONE and (bool(step.step.undo) or not step.step.is_for_machine)
        is_stopped = state.failure is not None and state.failure.phase != "undo"
        self.undo_button.setVisible(may_undo and not is_busy and not is_stopped)
        self.undo_button.setToolTip(self._undone_by(step))
        self.previous_button.setVisible(not is_busy)
        self.previous_button.setEnabled(state.current > 0)
        following = state.following.step if state.following else None
        reason = ""
        if step.step.is_for_machine and not is_done and not is_busy:
            text = deed_words.button(step.step, state)
            is_refused = deed_words.writes(step.step) and any(g.ok is False and not g.is_passed for g in deed_words.gates_of(state))
            reason = self.tr("Off until every safety check has passed") if is_refused else ""
            if step.step.sends and state.guide.for_.not_ and state.device is not None and state.told_apart is not True:
                reason = self.tr("Off until you have said which device it is")
        elif following is None:
            text = self.tr("Done, finish")
        elif is_done or is_busy:
            text = self.tr("Next: {step}").format(step=run_words.as_next(following, language))
        else:
            text = self.tr("Done, next: {step}").format(step=run_words.as_next(following, language))
        if not is_done and not step.step.is_for_machine:
            reason = run_words.missing(step, self.kit.now(), language)
        self.act_button.setText(text)
        self.act_button.setEnabled(not is_busy and not reason)
        self._reason.setText(reason)

    def _undone_by(self, step: StepState) -> str:
        """What it takes back; the steps that stand on this one lose their tick with it."""
        also = [s.step for s in self.state.steps if s.step.id in self.state.guide.standing_on(step.step.id) and s.mark is StepMark.DONE]
        if not also:
            return ""
        names = self.tr(", ").join(words_in(s.title, self.kit.language) for s in also)
        return self.tr("Undone with it: {steps}").format(steps=names)

    def _choices(self, error: FirstlightError | None) -> tuple[Button, ...]:
        """Several devices answered: a button for each."""
        if error is not None and error.code == WhichDevice.code and not self.host.is_busy(self.run_id):
            return self._candidates(error)
        failure = self.state.failure
        if failure is None or self.host.is_busy(self.run_id) or self.state.step(failure.step_id).step.writes:
            return ()
        step = self.state.step(failure.step_id).step
        by_hand = Button(self.kit, self.tr("I did it by hand"), size="small")
        if failure.phase == "undo":
            by_hand.clicked.connect(lambda: self._hands.act(self.player.undo, failure.step_id))
            return (by_hand,)
        by_hand.setToolTip(self.tr("The checks of the step are asked, as after the machine"))
        by_hand.clicked.connect(lambda: self.host.by_hand(self.run_id, failure.step_id))
        skip = Button(self.kit, self.tr("Leave it out"), size="small")
        skip.clicked.connect(lambda: self._hands.act(self.player.skip, failure.step_id))
        # No hand makes up for a signature, and none carries an image into a router's memory.
        found = () if failure.code.startswith("firmware.") or step.sends else (by_hand,)
        return (*found, skip) if step.optional else found

    def _candidates(self, error: FirstlightError) -> tuple[Button, ...]:
        made = []
        for serial in str(error.facts.get("serials", "")).split(", "):
            button = Button(self.kit, self.tr("Use {serial}").format(serial=run_words.candidate(serial)), size="small")
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
        if run_id == self.run_id:
            self._middle.show_progress(self.host.is_busy(run_id), self.host.progress(run_id))

    @Slot(str, int)
    def _on_stalled(self, run_id: str, seconds: int) -> None:
        if run_id == self.run_id:
            self._middle.show_stall(seconds)

    # Acts of the tester

    @Slot()
    def _on_shortcut(self) -> None:
        # What writes to a device is never started by a key that one may hold by habit.
        if self.act_button.isEnabled() and not deed_words.writes(self.state.now.step):
            self._on_act()

    @Slot()
    def _on_paste(self) -> None:
        if self._middle.machine is not None and self._middle.machine.extras.drop is not None:
            self._middle.machine.extras.drop.paste()

    @Slot()
    def _on_console_key(self) -> None:
        self.console.set_open(not self.console.is_open)

    @Slot()
    def _on_act(self) -> None:
        state, step = self.state, self.state.now
        is_done = step.mark in (StepMark.DONE, StepMark.SKIPPED)
        if step.step.is_for_machine and not is_done:
            if self._is_fetch_agreed(step) and self._is_agreed(step):
                self.host.run_step(self.run_id, step.step.id)
            return
        if not is_done and not self._hands.act(self.player.done, step.step.id):
            return
        if state.following is None:
            self.host.finish(self.run_id)
        elif self.state.current == state.current:
            self._hands.act(self.player.go_to, state.guide.index(state.following.step.id))

    @Slot()
    def _on_undo(self) -> None:
        step = self.state.now
        if step.mark is not StepMark.DONE:
            return
        if not any(deed.writes or deed.sends for deed in step.step.undo) or self._is_agreed(step):
            self.host.take_back(self.run_id, step.step.id)

    def _is_fetch_agreed(self, step: StepState) -> bool:
        files = self.player.to_fetch(step.step.id)
        if not files:
            return True
        dialog = FetchDialog(self.kit, files, self)
        is_agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return is_agreed and self._hands.act(self.player.allow_fetch, step.step.id)

    def _is_agreed(self, step: StepState) -> bool:
        if not self.player.word_for(step.step.id):
            return True
        device = self.state.device
        if device is None:  # the guide has not looked for one yet: the click is answered all the same
            self.host.show_error(self.run_id, DeviceNotFound(serial="", tail="", seconds=0))
            return False
        erases = step.step.danger is Danger.DATA_LOSS
        is_agreed = self._asks(
            title=deed_words.with_device(self.tr("Erase {device}?") if erases else self.tr("Write to {device}?"), self.state),
            text=kind_words.danger(self.state, erases=erases),
            action=deed_words.with_device(self.tr("Erase {device}") if erases else self.tr("Write to {device}"), self.state),
        )
        return is_agreed and self._hands.act(self.player.agree, step.step.id, device.tail)

    def _asks(self, *, title: str, text: str, action: str) -> bool:
        """The typed question; without a known device there is nothing to type and nothing to do."""
        device = self.state.device
        if device is None:
            return False
        dialog = DangerDialog(self.kit, title=title, text=text, word=device.tail, action=action, parent=self)
        is_agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return is_agreed

    @Slot(str)
    def _on_override(self, gate_id: str) -> None:
        device = self.state.device
        if device is not None and self._asks(
            title=self.tr("Go on although a check did not pass?"),
            text=self.tr("The check stays in the journal as not passed, with your choice beside it."),
            action=self.tr("Go on all the same"),
        ):
            self.host.override(self.run_id, gate_id, device.tail)

    @Slot()
    def _on_stop(self) -> None:
        self.host.stop(self.run_id)
        self.refresh()

    @Slot(int)
    def _on_step_chosen(self, index: int) -> None:
        if not self.host.is_busy(self.run_id) and run_words.can_open(self.state, index):
            self._hands.act(self.player.go_to, index)

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        self.rail.setVisible(wide)
        self.menu.setVisible(not wide)
        if not self.is_large:
            self.side.setFixedWidth(312 if wide else min(self.kit.theme.px(288), 420))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Low windows start with the console closed."""
        if event.oldSize().height() <= 0 and event.size().height() < 690:
            self.console.set_open(False)
        super().resizeEvent(event)
