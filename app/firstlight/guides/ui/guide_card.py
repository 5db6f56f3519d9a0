# SPDX-License-Identifier: Apache-2.0
"""A guide in the library: cover, what it is for, how long, what becomes of the data, how much care it takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from firstlight.guides.ui.picture_view import PLATE, Picture
from firstlight.kit.frames import IconLabel, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label


@dataclass(frozen=True)
class CardFacts:
    """What a card shows. `to_fetch`: words such as "3 MB to fetch", "" when it is on this PC; `blocked`: why it cannot be opened."""

    key: str
    title: str
    meta: str
    effect: str
    erases: bool
    level: int
    level_name: str
    cover: Path | None
    fits: str = ""
    to_fetch: str = ""
    blocked: str = ""


class CoverArt(QWidget):
    """A cover on its light plate; drawings stand in the middle, photos fill."""

    def __init__(self, kit: Kit, cover: Path | None, *, radius: int = 11, corners: str = "top", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._picture = Picture(cover) if cover is not None else None
        self._radius = radius
        self._corners = corners

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Plate and picture, cut to the card's own corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path, area = QPainterPath(), QRectF(self.rect())
        # The half that lies inside the card has no corners: reach over it and let the widget's edge cut.
        over = {"top": (0, self._radius), "left": (self._radius, 0), "all": (0, 0)}[self._corners]
        reach = area.adjusted(0, 0, *over)
        path.addRoundedRect(reach, self._radius, self._radius)
        painter.setClipPath(path)
        painter.fillRect(area, PLATE)
        if self._picture is not None and self._picture.is_readable:
            own = self._picture.size()
            size = own.scaled(self.size() * 1.06, Qt.AspectRatioMode.KeepAspectRatio).toSizeF()
            self._picture.paint(painter, QRectF(QPointF((area.width() - size.width()) / 2, (area.height() - size.height()) / 2), size))
        else:
            painter.drawPixmap(QPointF(area.center().x() - 24, area.center().y() - 24), self._kit.icons.pixmap("book-open", "text-3", 48))
        painter.end()


class Level(QWidget):
    """One to three dots and a word."""

    def __init__(self, kit: Kit, level: int, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._level = level
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 0, 0)
        row.addWidget(label(name, "cap", tone="2", wrap=False))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Filled dots for the level."""
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for dot in range(3):
            is_on = dot < self._level
            painter.setPen(QPen(theme.color("text-2" if is_on else "line-strong"), 1))
            painter.setBrush(theme.color("text-2") if is_on else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(0.5 + dot * 9, self.height() / 2 - 3, 6, 6))
        painter.end()


class GuideCard(QAbstractButton):
    """A whole card that is a button; reads as one sentence."""

    def __init__(self, kit: Kit, facts: CardFacts) -> None:
        super().__init__()
        self._kit = kit
        self.facts = facts
        self.setEnabled(not facts.blocked)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            ", ".join(t for t in (facts.title, facts.meta, facts.fits, facts.effect, facts.level_name, facts.to_fetch, facts.blocked) if t)
        )
        self.setToolTip(facts.blocked or facts.title)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        cover = CoverArt(kit, facts.cover)
        cover.setFixedHeight(112)
        marks = QHBoxLayout(cover)
        marks.setContentsMargins(10, 10, 10, 10)
        if facts.fits:
            marks.addWidget(Tag(facts.fits, "ok", icon="check", kit=kit), 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        marks.addStretch(1)
        if not facts.to_fetch and not facts.blocked:
            marks.addWidget(_OfflineMark(kit), 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(cover)
        words = QVBoxLayout()
        words.setContentsMargins(14, 11, 14, 12)
        words.setSpacing(3)
        words.addWidget(ElidedLabel(facts.title, "strong"))
        words.addWidget(ElidedLabel(facts.blocked or facts.meta, "cap", tone="2"))
        words.addSpacing(2)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Tag(facts.effect, "danger" if facts.erases else "ok", icon="warning" if facts.erases else "", kit=kit))
        foot.addStretch(1)
        if facts.to_fetch:
            foot.addWidget(IconLabel(kit, "cloud", "text-2", 14))
            foot.addWidget(label(facts.to_fetch, "cap", tone="2", wrap=False))
        else:
            foot.addWidget(Level(kit, facts.level, facts.level_name))
        words.addLayout(foot)
        box.addLayout(words)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """What the layout wants."""
        return self._box.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Narrow, as titles end in an ellipsis."""
        return QSize(200, self._box.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  Qt's name
        """A stronger edge while the mouse is over it."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The card's surface and edge."""
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line-strong" if self.underMouse() and self.isEnabled() else "line"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.end()


class _OfflineMark(QWidget):
    """A small disc: this guide works without network."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._kit.theme.color("line"), 1))
        painter.setBrush(self._kit.theme.color("surface"))
        painter.drawEllipse(QRectF(0.5, 0.5, 23, 23))
        painter.drawPixmap(QPointF(5, 5), self._kit.icons.pixmap("download-simple", "ok", 14))
        painter.end()
