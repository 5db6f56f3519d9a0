# SPDX-License-Identifier: Apache-2.0
"""What stands round words: cards, lines, banners, tags, chips, bars, empty states."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from firstlight.kit.bar import Bar as Bar
from firstlight.kit.buttons import Button
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

_BANNER_ICON = {"info": "info", "ok": "check-circle", "warn": "warning", "danger": "warning-octagon"}


class Card(QFrame):
    """A surface with a 1 px line; put things into `box`."""

    def __init__(self, padding: int = 16, spacing: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(padding, padding, padding, padding)
        self.box.setSpacing(spacing)


class Separator(QFrame):
    """A 1 px line."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("sep", True)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class IconLabel(QLabel):
    """An icon that is no button; what it means stands beside it in words."""

    def __init__(self, kit: Kit, icon: str, role: str = "text-2", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._size = size
        self.setFixedSize(size, size)
        self.set_icon(icon, role)

    def set_icon(self, icon: str, role: str = "text-2") -> None:
        """Show another icon."""
        self.setPixmap(self._kit.icons.pixmap(icon, role, self._size))


class Banner(QFrame):
    """A state that stays until it ends: info, ok, warn or danger, with actions at the trailing edge, or below (`is_stacked`)."""

    def __init__(
        self,
        kit: Kit,
        kind: str,
        text: str,
        *,
        bold: str = "",
        icon: str = "",
        actions: tuple[Button, ...] = (),
        is_stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("banner", kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 11, 14, 11)
        row.setSpacing(12)
        row.addWidget(IconLabel(kit, icon or _BANNER_ICON[kind], kind, 22), 0, Qt.AlignmentFlag.AlignTop)
        # Centred as a whole: stretches round the words would have the banner take whatever height its page has left.
        said_here = QWidget()
        words = QVBoxLayout(said_here)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        self._bold = label(bold, "smallstrong")
        self._text = label(text, "small")
        # Hidden only, never shown here: a widget shown before it has a parent is a window for a moment.
        for words_label, said in ((self._bold, bold), (self._text, text)):
            if not said:
                words_label.hide()
        words.addWidget(self._bold)
        words.addWidget(self._text)
        row.addWidget(said_here, 1, Qt.AlignmentFlag.AlignVCenter)
        if is_stacked:
            line = QHBoxLayout()
            line.setContentsMargins(0, 6, 0, 2)
            line.setSpacing(8)
            for action in actions:
                line.addWidget(action)
            line.addStretch(1)
            words.addLayout(line)
        for action in () if is_stacked else actions:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{bold} {text}".strip())

    def set_text(self, text: str, bold: str = "") -> None:
        """Say something else in the same banner."""
        self._bold.setText(bold)
        self._bold.setVisible(bool(bold))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{bold} {text}".strip())


class Tag(QFrame):
    """A word that names a state, with an optional icon; never colour alone."""

    def __init__(self, text: str, kind: str = "", *, icon: str = "", kit: Kit | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tag", kind or "plain")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 1, 7, 1)
        row.setSpacing(4)
        if icon and kit:
            row.addWidget(IconLabel(kit, icon, _TAG_ROLE.get(kind, "text-2"), 14))
        self._label = label(text, "capstrong", tone=_TAG_TONE.get(kind, "2"), wrap=False)
        row.addWidget(self._label)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Another word for the same kind."""
        self._label.setText(text)
        self.setAccessibleName(text)


_TAG_ROLE = {"accent": "accent-text", "info": "info", "ok": "ok", "warn": "warn", "danger": "danger", "honour": "honour"}
_TAG_TONE = {"accent": "accent", "info": "info", "ok": "ok", "warn": "warn", "danger": "danger", "honour": "honour"}


class Chip(QFrame):
    """A small fact in a pill."""

    def __init__(self, kit: Kit, text: str, *, icon: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chip", kind or "plain")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(kit.theme.px(26))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(6)
        if icon:
            row.addWidget(IconLabel(kit, icon, _TAG_ROLE.get(kind, "text-2"), 14))
        self._label = label(text, "capmedium", tone=_TAG_TONE.get(kind, "2"), wrap=False)
        row.addWidget(self._label)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Another fact."""
        self._label.setText(text)
        self.setAccessibleName(text)


class EmptyState(QWidget):
    """What a list says when there is nothing in it, and what to do about it."""

    def __init__(self, kit: Kit, icon: str, title: str, text: str, button: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 32, 24, 32)
        box.setSpacing(8)
        box.addStretch()
        box.addWidget(IconLabel(kit, icon, "text-3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for words, role, tone in ((title, "h2", ""), (text, "small", "2")):
            made = label(words, role, tone=tone)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(made)
        if button is not None:
            box.addSpacing(8)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch()


MARKERS = {"A": "#C04F0C", "B": "#2459A8", "C": "#1B6B3E", "D": "#6A45A8"}
"""The colours of a guide's lettered bullets, the same in both themes; white letters on them have a contrast of 4.8 or more."""


class Marker(QWidget):
    """A letter in a coloured disc: the bullet of a guide's line and its place in the picture."""

    def __init__(self, kit: Kit, letter: str, size: int = 22, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._letter = letter
        self.setFixedSize(size, size)
        self.setAccessibleName(letter)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The disc and its letter."""
        painter = QPainter(self)
        paint_marker(painter, self._kit, self._letter, QPointF(self.width() / 2, self.height() / 2), self.width() / 2)


def paint_marker(painter: QPainter, kit: Kit, letter: str, centre: QPointF, radius: float, ring: float = 0) -> None:
    """Paint the disc with its letter at `centre`; `ring` is the width of a white edge, for use on pictures."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(Qt.GlobalColor.white, ring) if ring else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(MARKERS.get(letter, MARKERS["D"])))
    painter.drawEllipse(centre, radius - ring / 2, radius - ring / 2)
    font = kit.theme.font(12, 600)
    font.setPixelSize(max(10, round(radius * 1.1)))
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), Qt.AlignmentFlag.AlignCenter, letter)


class RingTimer(QWidget):
    """The part of a time that is left, as a ring."""

    def __init__(self, kit: Kit, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._left = 1.0
        self.setFixedSize(size, size)

    def set(self, left: float) -> None:
        """`left` from 1 (all) to 0 (over)."""
        self._left = min(1.0, max(0.0, left))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Track and arc, from the top clockwise."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(self._kit.theme.color("heat0"), 5))
        painter.drawEllipse(area)
        painter.setPen(QPen(self._kit.theme.color("accent"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, 90 * 16, round(360 * 16 * self._left))
