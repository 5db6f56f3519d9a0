# SPDX-License-Identifier: Apache-2.0
"""The middle of the flash player: what is at stake now, the step, the write with its figures, the console."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress
from firstlight.guides.state import Part, PartState, RunState, StepMark
from firstlight.guides.ui import deed_words, kind_words
from firstlight.guides.ui.announce import announce
from firstlight.guides.ui.apart_card import ApartCard
from firstlight.guides.ui.console_view import ConsoleView
from firstlight.guides.ui.machine_card import MachineCard
from firstlight.guides.ui.write_card import WriteCard
from firstlight.guides.ui.write_pace import Pace
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit
from firstlight_contract.wire import words_in


class FlashMiddle(QWidget):
    """Signals: extras_made(StepExtras) when another step is shown; told_apart(bool)."""

    extras_made = Signal(object)
    told_apart = Signal(bool)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._quarter = 0
        self._error = ("", "", "")
        self._error_card: ErrorCard | None = None
        self.machine: MachineCard | None = None
        self.apart: ApartCard | None = None
        self._apart_key: object = None
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(14)
        self.banner = Banner(kit, "warn", "", bold=" ")
        self._state: RunState | None = None
        self._stall = Banner(kit, "warn", "", bold=" ", icon="hourglass-medium")
        self._stall.setVisible(False)
        self.card = WriteCard(kit)
        self.console = ConsoleView(kit)
        self._slot = QVBoxLayout()
        self._slot.setSpacing(14)
        box.addWidget(self.banner)
        box.addWidget(self._stall)
        box.addLayout(self._slot)
        box.addWidget(self.card)
        box.addWidget(self.console, 1)
        box.addStretch(0)

    def show_step(self, state: RunState, photos: tuple[Path, ...], *, is_writing: bool, has_console: bool) -> None:
        """The step of the run that is to be shown; its widgets are built anew only when it changed."""
        step = state.now
        shows_write = deed_words.writes(step.step)
        self._state = state
        # What was sent in a step before (an image in a router's memory) is not what this step writes.
        is_sent = all(p.state in (PartState.DONE, PartState.UNTOUCHED) for p in state.parts) and step.mark is not StepMark.DONE
        shows_card = shows_write and bool(state.parts) and (is_writing or not is_sent)
        self.card.setVisible(shows_card)
        # A rescue that nobody has asked for yet writes nothing: its words say what hands have to do.
        self.banner.setVisible(is_writing and shows_card)
        self.console.setVisible(has_console and step.step.is_for_machine)
        key = (step.step.id, step.mark, step.stopped_at, step.timer, len(step.evidence))
        if self.machine is None or self.machine.key != key:
            if self.machine is not None:
                self.machine.hide()
                self.machine.deleteLater()
            self.machine = MachineCard(self._kit, state, step, key, photos)
            self.extras_made.emit(self.machine.extras)
            self._slot.insertWidget(0, self.machine)
        self._show_apart(state)
        self.machine.setVisible(not (shows_write and ((is_writing and shows_card) or step.mark is StepMark.DONE)))

    def _show_apart(self, state: RunState) -> None:
        """The tie-breaker, as long as the device may be another one than the guide is for."""
        needs = bool(state.guide.for_.not_) and state.device is not None and state.told_apart is not True
        key = (state.device.serial if state.device else "", state.told_apart) if needs else None
        if key == self._apart_key:
            return
        self._apart_key = key
        if self.apart is not None:
            self.apart.hide()
            self.apart.deleteLater()
            self.apart = None
        if needs:
            self.apart = ApartCard(self._kit, state)
            self.apart.answered.connect(self.told_apart)
            self._slot.insertWidget(0, self.apart)

    def show_progress(self, is_busy: bool, progress: Progress | None) -> None:
        """What the running step said last."""
        if self.machine is not None:
            self.machine.set_busy(is_busy, progress)

    def show_write(self, parts: tuple[Part, ...], pace: Pace, *, is_writing: bool) -> None:
        """Bars and figures; a reader hears each quarter."""
        state = self._state
        current = next((p for p in parts if p.state is PartState.WRITING), None)
        if state is None or not self.card.isVisibleTo(self):
            if self.machine is not None and current is not None and current.total:
                self.machine.set_sent(current.done, current.total)
            return
        hands_off = kind_words.hands_off(state)
        if current is not None:
            name = words_in(current.title, self._kit.language)
            title = self.tr("Writing: {part}").format(part=name)
            self.banner.set_text(self.tr("This is being written now: {part}.").format(part=name), hands_off)
        else:
            is_done = all(p.state in (PartState.DONE, PartState.UNTOUCHED) for p in parts)
            title = self.tr("Everything is written") if is_done else self.tr("What will be written")
            if is_done and is_writing:
                title = self.tr("Everything has arrived")
            self.banner.set_text(self.tr("The device is at work. This PC stays awake until it is done."), hands_off)
        percent = self.card.show_write(title, parts, pace, self._kit.now(), is_writing=is_writing)
        if is_writing and percent // 25 != self._quarter:
            self._quarter = percent // 25
            announce(self, self.tr("{percent} % written").format(percent=percent))

    def show_stall(self, seconds: int) -> None:
        """The device has been silent for so long; 0: it moves again."""
        self._stall.setVisible(seconds > 0)
        if seconds and self._state is not None:
            self._stall.set_text(
                kind_words.silent(self._state),
                self.tr("No answer for {seconds} s, still waiting.").format(seconds=seconds),
            )
            announce(self, self._stall.accessibleName(), is_urgent=True)

    def show_error(self, error: FirstlightError | None, choices: tuple[Button, ...]) -> None:
        """A known fault above the step, or none."""
        # A fault is told while its step still ends; what the tester may choose comes a moment later.
        offered = ", ".join(choice.text() for choice in choices)
        key = (error.code, str(error.facts), offered) if error is not None else ("", "", "")
        if key == self._error:
            return
        self._error = key
        if self._error_card is not None:
            self._error_card.hide()
            self._error_card.deleteLater()
            self._error_card = None
        if error is not None:
            self._error_card = ErrorCard(self._kit, error, choices, kind="warn")
            self._slot.insertWidget(0, self._error_card)
            announce(self, self._error_card.accessibleName(), is_urgent=True)
