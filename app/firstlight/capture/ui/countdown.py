# SPDX-License-Identifier: Apache-2.0
"""The seconds before a delayed picture, in a corner of the screen: time to open a menu. It is gone before the picture is taken."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from firstlight.kit.kit import Kit

_EDGE = 72


class Countdown(QWidget):
    """Takes no keyboard, so that menus stay open; a click ends it.

    Signals: over(); stopped().
    """

    over = Signal()
    stopped = Signal()

    def __init__(self, kit: Kit, seconds: int) -> None:
        super().__init__(
            None,
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.BypassWindowManagerHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._kit = kit
        self._left = seconds
        self.setFixedSize(_EDGE, _EDGE)
        self.setToolTip(self.tr("Click to stop"))
        self._say()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(screen.right() - _EDGE - 24, screen.top() + 24)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)

    def begin(self) -> None:
        """Show it and count."""
        self.show()
        self._timer.start()

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Picture in %n s", "", self._left))

    def _on_second(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say()
            self.update()
            return
        self._end()
        self.over.emit()

    def _end(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """No picture after all."""
        self._end()
        self.stopped.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The number in a disc."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(area)
        painter.setPen(theme.color("on-accent"))
        font = theme.font(24, 600)
        font.setPixelSize(30)
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._left))
