# SPDX-License-Identifier: Apache-2.0
"""The column of stages and steps, and the menu button that stands for it when the window is narrow.

Each step is a button: done (check), now (filled), next (ring with its number), failed (cross), danger (triangle), timer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.guides.state import StepMark
from firstlight.kit.buttons import Button
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


@dataclass(frozen=True)
class RailStep:
    """What the rail shows of a step. `sign` is the icon at the end: "", "timer" or "warning"."""

    title: str
    stage: str
    mark: StepMark
    sign: str = ""
    can_open: bool = True


class StepButton(QAbstractButton):
    """One step of the rail; reads as one sentence."""

    def __init__(self, kit: Kit, number: int, total: int, step: RailStep, *, is_shown: bool, pad: int) -> None:
        super().__init__()
        self._kit = kit
        self._number = number
        self._step = step
        self._is_shown = is_shown
        self._pad = pad
        self._is_hovered = False
        self.setEnabled(step.can_open)
        self.setCursor(Qt.CursorShape.PointingHandCursor if step.can_open else Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if step.can_open else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = {
            StepMark.TODO: self.tr("to do"),
            StepMark.NOW: self.tr("now"),
            StepMark.RUNNING: self.tr("running"),
            StepMark.DONE: self.tr("done"),
            StepMark.SKIPPED: self.tr("skipped"),
            StepMark.FAILED: self.tr("stopped"),
        }[step.mark]
        self.setAccessibleName(
            self.tr("Step {number} of {total}: {title}, {state}").format(number=number, total=total, title=step.title, state=said)
        )
        self.setToolTip(step.title)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """One line; longer titles end in an ellipsis, the whole is in the tooltip."""
        return QSize(self._kit.theme.px(180), self._kit.theme.px(18) + 2 * self._pad)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  Qt's name
        """Lit while the mouse is over it."""
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """No longer lit."""
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Background, disc, title, sign."""
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_shown or (self._is_hovered and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if self._is_shown else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        disc = theme.px(18)
        top = (self.height() - disc) / 2
        self._paint_disc(painter, QRectF(10, top, disc, disc))
        left, right = 10 + disc + 9, self.width() - 3
        if self._step.sign:
            role = "accent-text" if self._step.sign == "timer" and self._is_shown else "text-3"
            painter.drawPixmap(QPointF(self.width() - 26, (self.height() - 16) / 2), self._kit.icons.pixmap(self._step.sign, role, 16))
            right = self.width() - 32
        font = theme.font(13, 600 if self._is_shown else 400)
        painter.setFont(font)
        painter.setPen(theme.color("text" if self._is_shown else "text-2"))
        text = painter.fontMetrics().elidedText(self._step.title, Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QRectF(left, 0, right - left, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _paint_disc(self, painter: QPainter, where: QRectF) -> None:
        theme, mark = self._kit.theme, self._step.mark
        icon = {
            StepMark.DONE: ("check", "ok", "ok-soft"),
            StepMark.FAILED: ("x", "danger", "danger-soft"),
            StepMark.SKIPPED: ("minus", "text-3", "sunken"),
        }
        painter.setPen(Qt.PenStyle.NoPen)
        if mark in icon:
            name, role, back = icon[mark]
            painter.setBrush(theme.color(back))
            painter.drawEllipse(where)
            painter.drawPixmap(QPointF(where.center().x() - 6, where.center().y() - 6), self._kit.icons.pixmap(name, role, 12))
            return
        is_now = mark in (StepMark.NOW, StepMark.RUNNING)
        if is_now:
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(where)
        else:
            painter.setPen(QPen(theme.color("line-strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(where.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setFont(theme.font(12 if self._number < 100 else 9, 600))
        painter.setPen(theme.color("on-accent" if is_now else "text-2"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepRail(QFrame):
    """All steps below each other. Signals: step_chosen(int), index from 0."""

    step_chosen = Signal(int)

    def __init__(self, kit: Kit, *, width: int, foot: str = "", roomy: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._pad = kit.theme.px(8 if roomy else 6)
        self._shown: tuple[tuple[RailStep, ...], int] = ((), -1)
        self.setObjectName("rail")
        self.setStyleSheet(
            f"#rail {{ background: {kit.theme.hex('surface-2')}; border: 0; border-right: 1px solid {kit.theme.hex('line')}; }}"
        )
        self.setFixedWidth(kit.theme.px(width))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setStyleSheet("QScrollArea { background: transparent; }")
        outer.addWidget(self._scroll, 1)
        if foot:
            note = label(foot, "cap", tone="2")
            box = QVBoxLayout()
            box.setContentsMargins(20, 10, 16, 14)
            box.addWidget(note)
            outer.addLayout(box)

    def show_steps(self, steps: Sequence[RailStep], shown: int) -> None:
        """Build the column; does nothing when it is the same. The focus stays on the step that had it."""
        if (tuple(steps), shown) == self._shown:
            return
        self._shown = (tuple(steps), shown)
        had_focus = next((i for i, b in enumerate(self.buttons()) if b.hasFocus()), None)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(1)
        stage = ""
        current: StepButton | None = None
        for at, step in enumerate(steps):
            if step.stage and step.stage != stage:
                head = label(step.stage, "capstrong", tone="3", wrap=False)
                head.setContentsMargins(10, 0 if at == 0 else 9, 0, 4)
                column.addWidget(head)
                stage = step.stage
            button = StepButton(self._kit, at + 1, len(steps), step, is_shown=at == shown, pad=self._pad)
            button.clicked.connect(lambda _=False, at=at: self.step_chosen.emit(at))
            column.addWidget(button)
            current = button if at == shown else current
        column.addStretch(1)
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()  # a click on one of its buttons may still be under way
        self._scroll.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area switched it on
        if had_focus is not None and had_focus < len(self.buttons()):
            self.buttons()[had_focus].setFocus()
        if current is not None:
            inner.adjustSize()
            self._scroll.ensureWidgetVisible(current, 0, 60)

    def buttons(self) -> list[StepButton]:
        """The steps, first to last."""
        inner = self._scroll.widget()
        return inner.findChildren(StepButton) if inner is not None else []


class StepMenuButton(Button):
    """ "Step 6 of 14" with all steps in a menu. Signals: step_chosen(int), index from 0."""

    step_chosen = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, "", icon="list-numbers", size="small", parent=parent)
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    def show_steps(self, steps: Sequence[RailStep], shown: int) -> None:
        """New words and a new menu."""
        self.setText(self.tr("Step {number} of {total}").format(number=shown + 1, total=len(steps)))
        self._menu.clear()
        stage = ""
        for at, step in enumerate(steps):
            if step.stage and step.stage != stage:
                self._menu.addSection(step.stage)
                stage = step.stage
            action = QAction(f"{at + 1}  {step.title.replace('&', '&&')}", self._menu)
            if step.mark == StepMark.DONE:
                action.setIcon(self._kit.icons.icon("check", "ok", 16))
            elif step.sign:
                action.setIcon(self._kit.icons.icon(step.sign, "text-3", 16))
            action.setEnabled(step.can_open)
            action.triggered.connect(lambda _=False, at=at: self.step_chosen.emit(at))
            self._menu.addAction(action)
