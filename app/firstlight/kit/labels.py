# SPDX-License-Identifier: Apache-2.0
"""Words on the page: one function for labels, one widget that shortens what does not fit."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class WordLabel(QLabel):
    """A label that wraps and never gets clipped: its height follows its width also in nested layouts."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Ask for the height that the new width needs."""
        super().resizeEvent(event)
        if self.wordWrap():
            self._take_height()

    def setText(self, text: str) -> None:  # noqa: N802  Qt's name
        """Change the words and forget the height of the old ones."""
        super().setText(text)
        if self.wordWrap() and self.width() > 0 and self.isVisible():
            self._take_height()

    def _take_height(self) -> None:
        # Not from heightForWidth: that is never less than the minimum set for a narrower place, so the label could only grow.
        if not self.text() or self.textFormat() == Qt.TextFormat.RichText:
            return
        space = self.contentsMargins()
        width = max(1, self.width() - space.left() - space.right())
        flags = Qt.TextFlag.TextWordWrap.value | self.alignment().value
        needed = self.fontMetrics().boundingRect(0, 0, width, 1 << 20, flags, self.text()).height() + space.top() + space.bottom()
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)


def label(
    text: str,
    role: str = "body",
    *,
    tone: str = "",
    wrap: bool = True,
    rich: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A label in one of the type roles; plain text unless `rich` (never with a stranger's text)."""
    made = WordLabel(parent)
    made.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setText(text)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a label's colour role."""
    widget.setProperty("tone", tone)
    polish(widget)


def polish(widget: QWidget) -> None:
    """Have the style sheet look at a changed property. A widget that was never shown is looked at when it is, which costs nothing."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis when the place is short; the whole text is its tooltip and its accessible name."""

    def __init__(self, text: str, role: str = "body", *, tone: str = "", mode: str = "right", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Qt.TextElideMode.ElideMiddle if mode == "middle" else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  Qt's name
        """The whole text; what fits is shown."""
        super().setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """A few letters are enough."""
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)
