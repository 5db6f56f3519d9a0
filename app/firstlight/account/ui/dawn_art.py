# SPDX-License-Identifier: Apache-2.0
"""The picture beside the ways in, and the page that stands there until the ways are built: light enough for the first paint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.pages import BarePage

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
        title = label(self.tr("See it before everyone else does."), "title", tone="onart")
        text = label(
            self.tr(
                "Astronomers call the first picture from a new telescope “first light”. The dial has one hundred ticks: one for each of the first hundred testers."
            ),
            "small",
            tone="onart2",
        )
        box.addWidget(title)
        box.addSpacing(6)
        box.addWidget(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Night above, art in the middle, water below."""
        if self._art is None:
            self._art = QSvgRenderer(self._file)  # read when it is painted: the window is on the screen by then
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#12141F"))
        size = self._art.defaultSize()
        height = max(self.height() - 20, 1)
        width = height * size.width() / max(1, size.height())
        if width < self.width():
            width = self.width()
            height = round(width * size.height() / max(1, size.width()))
        corner = QPointF((self.width() - width) / 2, 0)
        self._art.render(painter, QRectF(corner.x(), corner.y(), width, height))


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
