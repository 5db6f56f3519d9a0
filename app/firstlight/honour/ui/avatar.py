# SPDX-License-Identifier: Apache-2.0
"""The first letter of a tester's name in a disc; the name itself stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from firstlight.kit.kit import Kit

_GROUND = QColor("#276B61")
"""White on it has a contrast of 6.2, in both themes."""


class Avatar(QWidget):
    """A disc of 44 px."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._font = kit.theme.font(18, 600)
        self._letter = name[:1]
        self.setFixedSize(44, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The disc and its letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(self._font)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
