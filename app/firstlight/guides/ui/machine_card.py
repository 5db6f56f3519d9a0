# SPDX-License-Identifier: Apache-2.0
"""The card of a step in the flash player: its words and pictures, and how far its machine part is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.base.work import Progress
from firstlight.guides.guards import shells
from firstlight.guides.state import RunState, StepMark, StepState
from firstlight.guides.ui import deed_words
from firstlight.guides.ui.picture_view import PictureView, marks_of
from firstlight.guides.ui.step_extras import StepExtras
from firstlight.guides.ui.step_words import StepWords
from firstlight.kit import figures
from firstlight.kit.frames import Bar, Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.wire import words_in


class MachineCard(Card):
    """One step. `key` tells the page whether the card still fits."""

    def __init__(self, kit: Kit, state: RunState, step: StepState, key: object, photos: tuple[Path, ...]) -> None:
        super().__init__(20, 12)
        self._kit = kit
        self.key = key
        self.box.addWidget(StepWords(kit, step.step))
        for picture in step.step.show[:1]:
            view = PictureView(kit)
            view.setMinimumHeight(kit.theme.px(200))
            marks = marks_of(picture)
            view.show_picture(state.folder / picture.img, marks, words_in(picture.alt, kit.language), has_letters=picture.has_letters)
            self.box.addWidget(view, 1)
        commands = tuple(deed.shown() for deed in shells(state.guide, step.step))
        if commands:
            self.box.addWidget(self._commands(commands))
        self._stopped: QWidget | None = None
        if step.stopped_at is not None and step.mark is not StepMark.DONE:
            self._stopped = self._line("info", "info", self.tr("We stopped here at {time}.").format(time=figures.clock(step.stopped_at)))
            self.box.addWidget(self._stopped)
        if step.mark is StepMark.DONE:
            self.box.addWidget(self._line("check-circle", "ok", self.tr("This step is done.")))
        self.extras = StepExtras(kit, step, photos)
        self.extras.setVisible(not self.extras.is_empty)
        self.box.addWidget(self.extras)
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(kit, "hourglass-medium", "accent-text", 18))
        self._doing = label("", "small", wrap=False)
        row.addWidget(self._doing)
        self._bar = Bar(kit)
        row.addWidget(self._bar, 1)
        self._count = label("", "cap", tone="2", wrap=False)
        row.addWidget(self._count)
        self.box.addWidget(self._progress)

    def set_busy(self, is_busy: bool, progress: Progress | None) -> None:
        """Show what the work said last; hidden when there is none."""
        self._progress.setVisible(is_busy)
        if self._stopped is not None:
            self._stopped.setVisible(not is_busy)  # it goes on now
        if not is_busy:
            return
        self._doing.setText(deed_words.stage(progress.stage) if progress else self.tr("At work"))
        is_counted = progress is not None and progress.total > 0
        self._bar.setVisible(is_counted)
        self._count.setVisible(is_counted)
        if progress is not None and is_counted:
            self._bar.set_value(progress.done, progress.total)
            self._count.setText(self._counted(progress))

    def _counted(self, progress: Progress) -> str:
        if progress.stage.partition(":")[0] in deed_words.IN_SECONDS:
            return self.tr("{seconds} s, at most {most} s").format(seconds=progress.done, most=progress.total)
        return self.tr("{done} of {size}").format(done=figures.size(progress.done), size=figures.size(progress.total))

    def set_sent(self, done: int, total: int) -> None:
        """How much of an image has gone into a device's memory, while the step is at work."""
        if not self._progress.isHidden():
            self.set_busy(True, Progress("send", done, total))

    def _commands(self, commands: tuple[str, ...]) -> QWidget:
        """What will run on the device, word for word, before it does."""
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label(self.tr("This runs on the device, word for word:"), "smallstrong"))
        for command in commands:
            line = label(command, "small")
            line.setFont(self._kit.theme.font(12, mono=True))
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            box.addWidget(line)
        return made

    def _line(self, icon: str, role: str, text: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(self._kit, icon, role, 20))
        row.addWidget(label(text, "small"), 1)
        return made
