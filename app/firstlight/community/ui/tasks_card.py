# SPDX-License-Identifier: Apache-2.0
"""Your week: what there is to do with this build, one button a line, and a guide that was left half way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.community.week import TaskKind, ThisWeek
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Bar, Card, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


@dataclass(frozen=True)
class Unfinished:
    """A guide that was left half way: `step` of `steps`, counted from 1."""

    run_id: str
    title: str
    step: int
    steps: int
    is_running: bool = False
    """Its step is at work now."""


class TasksCard(Card):
    """The tasks of the week.

    Signals: chosen(TaskKind); guide_resumed(run id).
    """

    chosen = Signal(object)
    guide_resumed = Signal(str)

    def __init__(self, kit: Kit, week: ThisWeek, unfinished: tuple[Unfinished, ...]) -> None:
        super().__init__(16, 0)
        self._kit = kit
        self.box.setContentsMargins(16, 16, 16, 6)
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Your week"), "h2"), 1)
        total = len(week.tasks)
        said = self.tr("{done} of {total} done").format(done=week.done, total=total)
        if total:
            heading.addWidget(label(said, "cap", tone="2", wrap=False))
        self.box.addLayout(heading)
        self.box.addSpacing(8)
        if total:
            self.box.addWidget(Bar(kit, week.done, total, name=said))
            self.box.addSpacing(10)
        for run in unfinished:
            self._add_unfinished(run)
        for at, task in enumerate(week.tasks, 1):
            title, detail, verb = self._words(task.kind, week)
            button = None if task.is_done else Button(kit, verb, size="small")
            if button is not None:
                button.setAccessibleName(f"{verb}: {title}")
                button.clicked.connect(lambda _=False, kind=task.kind: self.chosen.emit(kind))
            self._add_row(_Dot(kit, str(at), is_done=task.is_done), title, "" if task.is_done else detail, button, is_done=task.is_done)
        if not total and not unfinished:
            self.box.addWidget(label(self.tr("Nothing to do until the next build."), "small", tone="2"))
            self.box.addSpacing(10)
        self.box.addStretch()

    def _words(self, kind: TaskKind, week: ThisWeek) -> tuple[str, str, str]:
        version = week.release.version if week.release else ""
        device = week.release.device_name if week.release else ""
        return {
            TaskKind.READ: (self.tr("Read the change list"), self.tr("So you know where to look"), self.tr("Read")),
            TaskKind.FLASH: (
                self.tr("Flash build {version}").format(version=version),
                self.tr("{device} or practice phone").format(device=device),
                self.tr("Start"),
            ),
            TaskKind.REPORT: (self.tr("Tell what is odd"), self.tr("One line is enough"), self.tr("Write")),
        }[kind]

    def _add_unfinished(self, run: Unfinished) -> None:
        verb = self.tr("Look") if run.is_running else self.tr("Carry on")
        button = Button(self._kit, verb, size="small")
        button.setAccessibleName(f"{verb}: {run.title}")
        button.clicked.connect(lambda _=False: self.guide_resumed.emit(run.run_id))
        said = self.tr("Running now, step {step} of {steps}") if run.is_running else self.tr("Stopped at step {step} of {steps}")
        at = said.format(step=run.step, steps=run.steps)
        self._add_row(_Dot(self._kit, "", is_done=False, icon="book-open"), run.title, at, button, is_done=False)

    def _add_row(self, dot: QWidget, title: str, detail: str, button: Button | None, *, is_done: bool) -> None:
        self.box.addWidget(Separator())
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(12)
        row.addWidget(dot)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "small" if is_done else "smallstrong", tone="2" if is_done else ""))
        if detail:
            words.addWidget(label(detail, "cap", tone="2"))
        row.addLayout(words, 1)
        if button is not None:
            row.addWidget(button)
        self.box.addLayout(row)


class _Dot(QWidget):
    """A number in a ring, or a check on green when it is done."""

    def __init__(self, kit: Kit, words: str, *, is_done: bool, icon: str = "") -> None:
        super().__init__()
        self._kit, self._words, self._is_done, self._icon = kit, words, is_done, icon
        self.setFixedSize(22, 22)
        self.setAccessibleName(self.tr("done") if is_done else words)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ring or disc."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("ok-soft"))
            painter.drawEllipse(QRectF(self.rect()))
            painter.drawPixmap(4, 4, self._kit.icons.pixmap("check", "ok", 14))
            return
        if self._icon:
            painter.drawPixmap(1, 1, self._kit.icons.pixmap(self._icon, "accent-text", 20))
            return
        painter.setPen(QPen(theme.color("line-strong"), 1.5))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.color("text-2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
