# SPDX-License-Identifier: Apache-2.0
"""Choosing a part of the screen on a still picture of it, by mouse or arrows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from firstlight.kit.kit import Kit

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_SHADE = QColor(0, 0, 0, 120)


class RegionPicker(QWidget):
    """Covers all screens with the picture taken before. Esc gives up, Enter takes; arrows move the area, with Shift its corner.

    Signals: chosen(QRect) in pixels of the picture; cancelled().
    """

    chosen = Signal(QRect)
    cancelled = Signal()

    def __init__(self, kit: Kit, image: QImage, place: QRect) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.BypassWindowManagerHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # It is the only window for a moment: its end must not end the program.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._kit = kit
        self._image = image
        self._from = QPoint()
        quarter = QPoint(place.width() // 4, place.height() // 4)
        self._area = QRect(quarter, place.size() / 2)
        self._is_drawn = False
        self.setGeometry(place)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Choose a part of the screen"))

    def begin(self) -> None:
        """Show it and take the keyboard."""
        self.show()
        self.activateWindow()
        self.setFocus()
        self.grabKeyboard()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """A corner."""
        self._from = event.position().toPoint()
        self._area = QRect(self._from, self._from)
        self._is_drawn = True
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """The other corner."""
        self._area = QRect(self._from, event.position().toPoint()).normalized()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take it, unless it was a slip."""
        if self._area.width() > 4 and self._area.height() > 4:
            self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Arrows, Enter, Esc."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.releaseKeyboard()
            self.close()
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in _ARROWS:
            step = 1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 10
            x, y = (v * step for v in _ARROWS[key])
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._area.adjust(0, 0, x, y)
            else:
                self._area.translate(x, y)
            self._is_drawn = True
            self._area = self._area.intersected(self.rect())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The still picture, dimmed outside the area."""
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        outside = (
            QRect(0, 0, self.width(), self._area.top()),
            QRect(0, self._area.bottom() + 1, self.width(), self.height()),
            QRect(0, self._area.top(), self._area.left(), self._area.height()),
            QRect(self._area.right() + 1, self._area.top(), self.width(), self._area.height()),
        )
        for part in outside:
            painter.fillRect(part, _SHADE)
        painter.setPen(QPen(self._kit.theme.color("accent"), 2))
        painter.drawRect(self._area)
        painter.setFont(self._kit.theme.font(13, 600))
        words = self.tr("Draw the part to keep. Arrows move it, Enter takes it, Esc gives up.")
        box = painter.fontMetrics().boundingRect(words).adjusted(-14, -8, 14, 8)
        box.moveCenter(QPoint(self.width() // 2, 48))
        painter.setBrush(self._kit.theme.color("tip"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(self._kit.theme.color("tip-text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _take(self) -> None:
        """In pixels of the picture."""
        across, down = self._image.width() / max(1, self.width()), self._image.height() / max(1, self.height())
        a = self._area
        part = QRect(round(a.x() * across), round(a.y() * down), max(1, round(a.width() * across)), max(1, round(a.height() * down)))
        self.releaseKeyboard()
        self.close()
        self.chosen.emit(part.intersected(self._image.rect()))
