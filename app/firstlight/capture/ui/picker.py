# SPDX-License-Identifier: Apache-2.0
"""Choosing a part of a screen, or a window, on still pictures of all screens: by mouse, or by arrows, Tab and Enter.

One cover per screen, in the screen's own pixels: what is framed is what is taken, also beside a screen of another scale.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from firstlight.capture.ui.screens import Still, with_scale
from firstlight.capture.x11 import OpenWindow
from firstlight.kit.kit import Kit

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_SHADE = QColor(0, 0, 0, 120)
_LEAST = 4


class Cover(QWidget):
    """One screen's still. `area` is what would be taken, in pixels of the still; empty for nothing.

    Signals: taken(); given_up(); stepped(int) to the next or the previous window or screen.
    """

    taken = Signal()
    given_up = Signal()
    stepped = Signal(int)

    def __init__(self, kit: Kit, still: Still, targets: tuple[tuple[QRect, str], ...]) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.BypassWindowManagerHint
        )
        # It is the only window for a moment: its end must not end the program.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._kit = kit
        self.still = still
        self.targets = targets
        self.area = QRect()
        self.title = ""
        self._from: QPoint | None = None
        self.setScreen(still.screen)
        self.setGeometry(still.screen.geometry())
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Choose a part of the screen"))

    @property
    def picks_windows(self) -> bool:
        """Whole windows, not parts drawn by hand."""
        return bool(self.targets)

    def choose(self, area: QRect, title: str = "") -> None:
        """Frame this part of the still."""
        self.area, self.title = area.intersected(self.still.image.rect()), title
        self.setAccessibleDescription(title)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """A corner, or the window below."""
        if event.button() != Qt.MouseButton.LeftButton:
            self.given_up.emit()
        elif self.picks_windows:
            self._follow_window(event)
            if not self.area.isEmpty():
                self.taken.emit()
        else:
            self._from = self._pixel(event)
            self.choose(QRect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """The other corner, or another window."""
        if self.picks_windows:
            self._follow_window(event)
        elif self._from is not None:
            here = self._pixel(event)
            left, right = sorted((self._from.x(), here.x()))
            top, bottom = sorted((self._from.y(), here.y()))
            self.choose(QRect(left, top, right - left, bottom - top))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take it, unless it was a slip."""
        self._from = None
        if not self.picks_windows and self.area.width() > _LEAST and self.area.height() > _LEAST:
            self.taken.emit()

    def _follow_window(self, event: QMouseEvent) -> None:
        here = self._pixel(event)
        found = next(((area, title) for area, title in self.targets if area.contains(here)), None)
        self.choose(*found) if found else self.choose(QRect())

    def _pixel(self, event: QMouseEvent) -> QPoint:
        place = event.position() * self.still.ratio
        return QPoint(round(place.x()), round(place.y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Esc gives up, Enter takes, Tab goes on; arrows move the part, with Shift its corner, with Ctrl by one pixel."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.area.isEmpty():
            self.taken.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.stepped.emit(1 if key == Qt.Key.Key_Tab else -1)
        elif key in _ARROWS and self.picks_windows:
            self.stepped.emit(sum(_ARROWS[key]))
        elif key in _ARROWS:
            step = 1 if modifiers & Qt.KeyboardModifier.ControlModifier else 10
            x, y = (v * step for v in _ARROWS[key])
            area = QRect(self.area)
            if area.isEmpty():
                whole = self.still.image.rect()
                area = QRect(whole.width() // 4, whole.height() // 4, whole.width() // 2, whole.height() // 2)
            elif modifiers & Qt.KeyboardModifier.ShiftModifier:
                area.setSize((area.size() + QSize(x, y)).expandedTo(QSize(1, 1)))
            else:
                area.translate(x, y)
            self.choose(area)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802  Qt's name
        """Tab is a key of ours."""
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The still, dimmed outside the frame, and how to go on."""
        painter = QPainter(self)
        painter.drawImage(self.rect(), self.still.image)
        ratio = self.still.ratio
        area = QRect(*(round(v / ratio) for v in (self.area.x(), self.area.y(), self.area.width(), self.area.height())))
        for part in (
            QRect(0, 0, self.width(), area.top()),
            QRect(0, area.top() + area.height(), self.width(), self.height()),
            QRect(0, area.top(), area.left(), area.height()),
            QRect(area.left() + area.width(), area.top(), self.width(), area.height()),
        ):
            painter.fillRect(part, _SHADE)
        painter.setPen(QPen(self._kit.theme.color("accent"), 2))
        painter.drawRect(area)
        if self.picks_windows:
            words = self.title or self.tr("Click the window to keep. Tab goes through them, Enter takes it, Esc gives up.")
        elif self.area.isEmpty():
            words = self.tr("Draw the part to keep. Arrows move it, Enter takes it, Esc gives up.")
        else:
            words = f"{self.area.width()} × {self.area.height()} px"
        self._say(painter, words)

    def _say(self, painter: QPainter, words: str) -> None:
        theme = self._kit.theme
        painter.setFont(theme.font(13, 600))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(80, self.width() - 60))
        box = painter.fontMetrics().boundingRect(words).adjusted(-14, -8, 14, 8)
        box.moveCenter(QPoint(self.width() // 2, 48))
        painter.setBrush(theme.color("tip"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(theme.color("tip-text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class Picker(QObject):
    """All covers together; one of them has the keyboard. Ends by itself after one of its signals.

    Signals: chosen(QImage); cancelled().
    """

    chosen = Signal(QImage)
    cancelled = Signal()

    def __init__(self, kit: Kit, stills: tuple[Still, ...], windows: tuple[OpenWindow, ...], parent: QObject) -> None:
        super().__init__(parent)
        self.covers = [Cover(kit, still, _on_screen(still, windows)) for still in stills]
        self._at = next((at for at, c in enumerate(self.covers) if c.geometry().contains(QCursor.pos())), 0)
        self._window = -1
        for cover in self.covers:
            cover.taken.connect(lambda cover=cover: self._take(cover))
            cover.given_up.connect(self._give_up)
            cover.stepped.connect(self._step)

    def begin(self) -> None:
        """Cover the screens and take the keyboard."""
        for cover in self.covers:
            cover.show()
        self._turn_to(self._at)

    def _turn_to(self, at: int) -> None:
        self._at = at
        cover = self.covers[at]
        cover.activateWindow()
        cover.setFocus()
        cover.grabKeyboard()

    def _step(self, by: int) -> None:
        """To the next window, or to the next screen where parts are drawn."""
        all_targets = [(at, *target) for at, cover in enumerate(self.covers) for target in cover.targets]
        if not all_targets:
            self._turn_to((self._at + by) % len(self.covers))
            return
        self._window = (self._window + by) % len(all_targets) if self._window >= 0 else (0 if by > 0 else len(all_targets) - 1)
        at, area, title = all_targets[self._window]
        for cover in self.covers:
            cover.choose(QRect())
        self.covers[at].choose(area, title)
        self._turn_to(at)

    def _take(self, cover: Cover) -> None:
        image = with_scale(cover.still.image.copy(cover.area), cover.still.ratio)
        self._end()
        self.chosen.emit(image)

    def _give_up(self) -> None:
        self._end()
        self.cancelled.emit()

    def _end(self) -> None:
        self.covers[self._at].releaseKeyboard()
        for cover in self.covers:
            cover.hide()
            cover.deleteLater()
        self.deleteLater()


def _on_screen(still: Still, windows: tuple[OpenWindow, ...]) -> tuple[tuple[QRect, str], ...]:
    """What of each window this screen shows, in pixels of its still, the topmost first."""
    found = []
    for window in windows:
        area = QRect(window.x, window.y, window.w, window.h).intersected(still.place).translated(-still.place.topLeft())
        if area.width() > _LEAST and area.height() > _LEAST:
            found.append((area, window.title))
    return tuple(found)
