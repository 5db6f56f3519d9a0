# SPDX-License-Identifier: Apache-2.0
"""Progress as a bar; in a module of its own, because the first paint of a known tester's window needs it and nothing else of frames."""

from __future__ import annotations

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QSizePolicy, QWidget

from firstlight.kit.kit import Kit


class Bar(QWidget):
    """Progress as a bar; a reader hears the percentage."""

    def __init__(self, kit: Kit, value: int = 0, total: int = 100, *, kind: str = "accent", height: int = 6, name: str = "") -> None:
        super().__init__()
        self._kit = kit
        self._kind = kind
        self._name = name
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value, total)

    def set_value(self, value: int, total: int) -> None:
        """`value` of `total`; a total of 0 is not known yet and shows nothing done."""
        self._part = min(1.0, max(0.0, value / total)) if total > 0 else 0.0
        self.setAccessibleName(f"{self._name} {self._part:.0%}".strip())
        self.update()

    def set_kind(self, kind: str) -> None:
        """accent, ok, info, warn, danger or muted."""
        self._kind = kind
        self.update()

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:  # noqa: N802  Qt's name
        """A rounded track and what of it is done."""
        painter = QtGui.QPainter(self)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(self._kit.theme.color("heat0"))
        painter.drawRoundedRect(QtCore.QRectF(self.rect()), radius, radius)
        if self._part > 0:
            painter.setBrush(self._kit.theme.color("line-strong" if self._kind == "muted" else self._kind))
            painter.drawRoundedRect(QtCore.QRectF(0, 0, max(2 * radius, self.width() * self._part), self.height()), radius, radius)
