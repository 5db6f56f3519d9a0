# SPDX-License-Identifier: Apache-2.0
"""The picture beside the ways in, and the page that stands there until the ways are built: light enough for the first paint."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from firstlight.kit.bare_page import BarePage
from firstlight.kit.kit import Kit

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

WIDE_ART, NARROW_ART = 428, 268
"""Width of the picture's column in a wide and in a narrow window, in pixels."""


class DawnArt(QFrame):
    """The picture of the first column; it keeps its proportions and fills the column from below."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._file = str(kit.resources / "images" / "welcome-dawn.svg")
        self._art: QSvgRenderer | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 32, 32, 32)
        box.addStretch()
        title = _words(self.tr("See it before everyone else does."), "title", "onart")
        text = _words(
            self.tr(
                "Astronomers call the first picture from a new telescope “first light”. The dial has one hundred ticks: one for each of the first hundred testers."
            ),
            "small",
            "onart2",
        )
        box.addWidget(title)
        box.addSpacing(6)
        box.addWidget(text)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Night above, art in the middle, water below."""
        if self._art is None:
            # Read when it is painted: the window is on the screen by then.
            self._art = importlib.import_module("PySide6.QtSvg").QSvgRenderer(self._file)
        painter = QtGui.QPainter(self)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QtGui.QColor("#12141F"))
        size = self._art.defaultSize()
        height = max(self.height() - 20, 1)
        width = height * size.width() / max(1, size.height())
        if width < self.width():
            width = self.width()
            height = round(width * size.height() / max(1, size.width()))
        self._art.render(painter, QtCore.QRectF((self.width() - width) / 2, 0, width, height))


def _words(text: str, role: str, tone: str) -> QLabel:
    """A label that wraps. Not kit/labels.py's: the column has a fixed width and place enough, so Qt's own heights will do, and the
    first paint waits for no event in Python."""
    made = QLabel(text)
    made.setWordWrap(True)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    return made


class OpeningPage(BarePage):
    """What a new tester's window shows first: picture and welcome, where they stay, while the ways in are built behind it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._art = DawnArt(kit)
        self._art.setFixedWidth(WIDE_ART)
        row.addWidget(self._art)
        row.addStretch(1)
        self.body.addLayout(row, 1)
        self.width_class_changed.connect(self._on_width)

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        self._art.setFixedWidth(WIDE_ART if wide else NARROW_ART)
