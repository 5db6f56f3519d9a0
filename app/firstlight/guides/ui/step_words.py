# SPDX-License-Identifier: Apache-2.0
"""What a step says: title, lines with their letters, cautions as banners, tools and parts as chips."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from firstlight.kit.frames import Banner, Chip, IconLabel, Marker
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guide_steps import Step
from firstlight_contract.guide_words import Line, Tone
from firstlight_contract.wire import words_in


class FlowLayout(QLayout):
    """Puts things side by side and goes on in the next line when the place ends."""

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  Qt's name
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  Qt's name; None ends Qt's loop
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  Qt's name; None ends Qt's loop
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802  Qt's name
        """More lines when it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        """Height of all lines."""
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's name
        """Place all."""
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """All in one line."""
        hints = [item.sizeHint() for item in self._items]
        return QSize(sum(h.width() + self.spacing() for h in hints), max((h.height() for h in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        """The widest one."""
        return QSize(0, max((item.sizeHint().height() for item in self._items), default=0))

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if is_real:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(hint.width(), rect.width()), hint.height())))
            x += hint.width() + self.spacing()
            line = max(line, hint.height())
        return y + line - rect.y()


def safe_icon(kit: Kit, name: str, instead: str = "wrench") -> str:
    """`name` when we have that icon; a guide may ask for one that this version lacks."""
    return name if (kit.resources / "icons" / f"{name}.svg").is_file() else instead


class StepWords(QWidget):
    """Everything that a step says, top to bottom."""

    def __init__(self, kit: Kit, step: Step, *, with_title: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        if with_title:
            box.addWidget(label(words_in(step.title, kit.language), "title"))
        for line in step.say:
            if line.tone is not Tone.CAUTION:
                box.addLayout(self._line(line))
        for line in step.say:
            if line.tone is Tone.CAUTION:
                box.addWidget(Banner(kit, "warn", words_in(line.text, kit.language), bold=words_in(line.strong, kit.language)))
        if step.tools or step.parts:
            chips = QFrame()
            flow = FlowLayout()
            chips.setLayout(flow)
            for thing in (*step.tools, *step.parts):
                name = words_in(thing.name, kit.language)
                flow.addWidget(Chip(kit, f"{thing.qty} × {name}" if thing.qty > 1 else name, icon=safe_icon(kit, thing.icon)))
            box.addWidget(chips)

    def _line(self, line: Line) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        if line.level:
            row.addSpacing(24 * line.level)
        if line.mark:
            row.addWidget(Marker(self._kit, line.mark), 0, Qt.AlignmentFlag.AlignTop)
        elif line.tone in (Tone.NOTE, Tone.REMINDER):
            row.addWidget(IconLabel(self._kit, "info", "info", 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        strong = words_in(line.strong, self._kit.language)
        if strong:
            words.addWidget(label(strong, "strong"))
        words.addWidget(label(words_in(line.text, self._kit.language), "body"))
        row.addLayout(words, 1)
        return row
