# SPDX-License-Identifier: Apache-2.0
"""Paints the rows of the list of reports: icon, title and facts, and at the right what is happening with it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from firstlight.kit.kit import Kit
from firstlight.reports.ui.report_model import LOOK, RowLook, SectionLook

_ROW, _SECTION, _SIDE, _ICON = 56, 34, 182, 36
_PAD, _GAP = 16, 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ReportDelegate(QStyledItemDelegate):
    """Signals: action_asked(key): the row's own button was clicked; the keyboard's way is Enter on the row."""

    action_asked = Signal(str)

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        theme = kit.theme
        self._strong, self._small, self._cap = theme.font(13, 600), theme.font(13), theme.font(12)
        self._capstrong = theme.font(12, 600)
        self._row, self._section = theme.px(_ROW), theme.px(_SECTION)
        self._side = theme.px(_SIDE)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """56 px a row, 34 px a title, times the text size."""
        height = self._row if isinstance(index.data(LOOK), RowLook) else self._section
        return QSize(option.rect.width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint a title or a row."""
        look = index.data(LOOK)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(look, SectionLook):
            self._paint_section(painter, option.rect, look)
        elif isinstance(look, RowLook):
            self._paint_row(painter, option, look)
        painter.restore()

    def _paint_section(self, painter: QPainter, area: QRect, look: SectionLook) -> None:
        painter.fillRect(area, self._kit.theme.color("surface-2"))
        self._paint_line(painter, area)
        self._words(painter, area.adjusted(_PAD, 4, -_PAD, 0), look.title, self._capstrong, "text-3")

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, look: RowLook) -> None:
        area = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(area, self._kit.theme.color("selected"))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), self._kit.theme.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, self._kit.theme.color("surface-2"))
        self._paint_line(painter, area)
        self._paint_icon(painter, area, look, is_chosen)
        side = self._side_area(area)
        left = area.left() + _PAD + _ICON + _GAP
        half = area.height() // 2
        right = self._action_area(area, look).left() if look.action else side.left()
        words = QRect(left, area.top(), max(0, right - left - _GAP), area.height())
        below = half if look.detail else 0
        self._words(painter, words.adjusted(0, 6 if below else 0, 0, -below), look.title, self._strong, "text")
        self._words(painter, words.adjusted(0, half, 0, -8), look.detail, self._cap, "text-2")
        if look.action:
            self._paint_action(painter, self._action_area(area, look), look.action)
        elif look.part is not None:
            self._paint_progress(painter, side, look)
        elif look.is_tag:
            self._paint_tag(painter, side, look, is_chosen)
        else:
            self._paint_state(painter, side, look)
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(self._kit.theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(3, 3, -3, -3), 6, 6)

    def _side_area(self, area: QRect) -> QRect:
        width = min(self._side, area.width() // 3)
        return QRect(area.right() - _PAD - width, area.top(), width, area.height())

    def _action_area(self, area: QRect, look: RowLook) -> QRect:
        width = QFontMetrics(self._capstrong).horizontalAdvance(look.action) + 22
        height = self._kit.theme.px(28)
        return QRect(area.right() - _PAD - width, area.center().y() - height // 2, width, height)

    def _paint_line(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(QPen(self._kit.theme.color("line"), 1))
        painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right() + 1, area.bottom() + 0.5))

    def _paint_icon(self, painter: QPainter, area: QRect, look: RowLook, is_chosen: bool) -> None:
        theme = self._kit.theme
        plate = QRectF(area.left() + _PAD, area.center().y() - _ICON / 2 + 1, _ICON, _ICON)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface" if is_chosen else f"{look.icon_tone}-soft" if look.icon_tone else "sunken"))
        painter.drawRoundedRect(plate, 9, 9)
        at = plate.center() - QPointF(10, 10)
        painter.drawPixmap(at.toPoint(), self._kit.icons.pixmap(look.icon, look.icon_tone or "text-2", 20))
        if look.is_new:
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(plate.topRight() + QPointF(-1, 1), 4.5, 4.5)

    def _paint_state(self, painter: QPainter, side: QRect, look: RowLook) -> None:
        left = side.left()
        if look.state_icon:
            painter.drawPixmap(left, side.center().y() - 8, self._kit.icons.pixmap(look.state_icon, look.tone or "text-2", 18))
            left += 26
        area = QRect(left, side.top(), side.right() - left, side.height())
        if not look.note:
            self._words(painter, area, look.state, self._small, "text")
            return
        half = area.height() // 2
        self._words(painter, area.adjusted(0, 6, 0, -half), look.state, self._small, "text")
        self._words(painter, area.adjusted(0, half, 0, -8), look.note, self._cap, "text-2")

    def _paint_progress(self, painter: QPainter, side: QRect, look: RowLook) -> None:
        third = side.height() // 3
        top = side.adjusted(0, 4, 0, -2 * third)
        amount = QFontMetrics(self._cap).horizontalAdvance(look.amount) + 6
        if QFontMetrics(self._capstrong).horizontalAdvance(look.state) > top.width() - amount:
            amount = 0  # how it stands comes before how much: the reader still says both
        self._words(painter, top.adjusted(0, 0, -amount, 0), look.state, self._capstrong, "text")
        if amount:
            self._words(painter, top, look.amount, self._cap, "text-2", _RIGHT)
        track = QRectF(side.left(), side.center().y() - 2, side.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._kit.theme.color("heat0"))
        painter.drawRoundedRect(track, 3, 3)
        if look.part:
            painter.setBrush(self._kit.theme.color("accent" if look.is_moving else "line-strong"))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), max(6.0, track.width() * min(1.0, look.part)), 6), 3, 3)
        self._words(painter, side.adjusted(0, 2 * third + 1, 0, -3), look.note, self._cap, "text-2")

    def _paint_tag(self, painter: QPainter, side: QRect, look: RowLook, is_chosen: bool) -> None:
        theme = self._kit.theme
        metrics = QFontMetrics(self._capstrong)
        width = min(side.width(), metrics.horizontalAdvance(look.state) + (32 if look.state_icon else 16))
        height = theme.px(20)
        tag = QRectF(side.left(), side.center().y() - height / 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface" if is_chosen else f"{look.tone}-soft" if look.tone else "sunken"))
        painter.drawRoundedRect(tag, 5, 5)
        left = 8
        if look.state_icon:
            icon = self._kit.icons.pixmap(look.state_icon, look.tone or "text-2", 12)
            painter.drawPixmap(QPointF(tag.left() + 8, tag.center().y() - 6), icon)
            left = 24
        self._words(painter, tag.adjusted(left, 0, -6, 0).toRect(), look.state, self._capstrong, look.tone or "text-2")

    def _paint_action(self, painter: QPainter, area: QRect, words: str) -> None:
        theme = self._kit.theme
        painter.setPen(QPen(theme.color("line-2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._words(painter, area, words, self._capstrong, "text", Qt.AlignmentFlag.AlignCenter)

    def _words(self, painter: QPainter, area: QRect, text: str, font: QFont, role: str, align: Qt.AlignmentFlag = _LEFT) -> None:
        painter.setFont(font)
        painter.setPen(self._kit.theme.color(role))
        painter.drawText(area, int(align), painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width()))

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """A click on the row's button is the row's action."""
        look = index.data(LOOK)
        if (
            isinstance(look, RowLook)
            and look.action
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and self._action_area(option.rect, look).contains(event.position().toPoint())
        ):
            self.action_asked.emit(look.key)
            return True
        return super().editorEvent(event, model, option, index)
