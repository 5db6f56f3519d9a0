# SPDX-License-Identifier: Apache-2.0
"""Text on a plate, and numbered steps."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath

from firstlight.annotate.shapes import Number, Text
from firstlight.annotate.ui.tools.tool import EDGE_POINTS, Sight, Style, Tool, edge_colour, letters_on, pen
from firstlight.kit.theme import FAMILIES

_WIDEST = 420.0


def font(points: float, weight: int = 600) -> QFont:
    """The bundled font at a size in picture pixels; the same on each PC, whatever the size of text in the window."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(4, round(points)))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def text_size(width: float) -> float:
    """Letters grow with the thickness: 2, 5, 8 give 13, 16, 22 points."""
    return 22.0 if width >= 8 else 16.0 if width >= 5 else 13.0


def _layout(shape: Text, scale: float) -> tuple[QRectF, QRectF, QFont]:
    """The plate, the words in it and their font."""
    size = text_size(shape.width) * scale
    used = font(size)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
    need = QFontMetricsF(used).boundingRect(QRectF(0, 0, _WIDEST * scale, 1e5), flags, shape.text or " ")
    pad_x, pad_y = 0.75 * size, 0.45 * size
    words = QRectF(shape.x + pad_x, shape.y + pad_y, need.width() + 2, need.height())
    return words.adjusted(-pad_x, -pad_y, pad_x, pad_y), words, used


def plate(shape: Text, scale: float) -> QRectF:
    """The area that the text's plate takes."""
    return _layout(shape, scale)[0]


def _begin_text(id: int, x: float, y: float, style: Style) -> Text:
    return Text(id=id, x=x, y=y, color=style.color, width=style.width, edge=style.edge)


def _drag_corner(shape: Text, x0: float, y0: float, x: float, y: float, is_straight: bool) -> Text:
    return replace(shape, x=x, y=y)


def _paint_text(painter: QPainter, shape: Text, sight: Sight) -> None:
    plate, words, used = _layout(shape, sight.scale)
    colour = QColor(shape.color)
    edge = EDGE_POINTS * sight.scale
    painter.setPen(pen(edge_colour(shape.color), edge) if shape.edge else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(plate, 6 * sight.scale, 6 * sight.scale)
    painter.setPen(letters_on(colour))
    painter.setFont(used)
    painter.drawText(words, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft), shape.text)


def _reach_text(shape: Text, sight: Sight) -> QRectF:
    more = 2 * EDGE_POINTS * sight.scale
    return _layout(shape, sight.scale)[0].adjusted(-more, -more, more, more)


def _outline_text(shape: Text, sight: Sight) -> QPainterPath:
    path = QPainterPath()
    path.addRect(_layout(shape, sight.scale)[0])
    return path


def _radius(shape: Number, sight: Sight) -> float:
    return 0.95 * text_size(shape.width) * sight.scale


def _begin_number(id: int, x: float, y: float, style: Style) -> Number:
    return Number(id=id, x=x, y=y, color=style.color, width=style.width, edge=True)


def _drag_centre(shape: Number, x0: float, y0: float, x: float, y: float, is_straight: bool) -> Number:
    return replace(shape, x=x, y=y)


def _paint_number(painter: QPainter, shape: Number, sight: Sight) -> None:
    radius, colour = _radius(shape, sight), QColor(shape.color)
    edge = 1.25 * EDGE_POINTS * sight.scale
    painter.setPen(pen(edge_colour(shape.color), edge) if shape.edge else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    centre = QPointF(shape.x, shape.y)
    painter.drawEllipse(centre, radius - edge / 2, radius - edge / 2)
    number = sight.number_of(shape.id)
    painter.setPen(letters_on(colour))
    painter.setFont(font(radius * (1.08 if number < 10 else 0.9), 700))
    painter.drawText(QRectF(shape.x - radius, shape.y - radius, 2 * radius, 2 * radius), int(Qt.AlignmentFlag.AlignCenter), str(number))


def _reach_number(shape: Number, sight: Sight) -> QRectF:
    radius = _radius(shape, sight) + 2 * sight.scale
    return QRectF(shape.x - radius, shape.y - radius, 2 * radius, 2 * radius)


def _outline_number(shape: Number, sight: Sight) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(shape.x, shape.y), _radius(shape, sight), _radius(shape, sight))
    return path


TEXT = Tool("text", "T", "text-t", _begin_text, _drag_corner, _paint_text, _reach_text, _outline_text)
NUMBER = Tool("number", "N", "number-circle-one", _begin_number, _drag_centre, _paint_number, _reach_number, _outline_number)
