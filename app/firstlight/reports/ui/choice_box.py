# SPDX-License-Identifier: Apache-2.0
"""A list to choose one value from, with our own caret: the style sheet takes Qt's away."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from firstlight.kit.kit import Kit


class ChoiceBox(QComboBox):
    """Values with words; `value` is the chosen one. The wheel scrolls the page and never changes it by accident."""

    def __init__(self, kit: Kit, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._kit = kit
        for value, words in choices:
            self.addItem(words, value)

    @property
    def value(self) -> str:
        """The chosen value."""
        return str(self.currentData())

    def choose(self, value: str) -> None:
        """Choose; an unknown value changes nothing."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Not ours."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The box, and the caret at its end."""
        super().paintEvent(event)
        size = 14
        place = QRect(self.width() - size - 10, (self.height() - size) // 2, size, size)
        QPainter(self).drawPixmap(place, self._kit.icons.pixmap("caret-down", "text-2", size))
