# SPDX-License-Identifier: Apache-2.0
"""Arrow, line, freehand and highlighter."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from firstlight.annotate.shape_json import MOST_POINTS
from firstlight.annotate.shapes import Arrow, Freehand, Highlighter, Line
from firstlight.annotate.ui.tools.tool import EDGE_POINTS, Sight, Style, Tool, edge_colour, pen, widened

_HIT = 8.0
_BROAD = 3.0
"""A highlighter is this many times as broad as its width says."""


def _straight(x0: float, y0: float, x: float, y: float) -> tuple[float, float]:
    """The end held to steps of 45 degrees."""
    length, angle = math.hypot(x - x0, y - y0), math.atan2(y - y0, x - x0)
    held = round(angle / (math.pi / 4)) * (math.pi / 4)
    return x0 + length * math.cos(held), y0 + length * math.sin(held)


def _drag_two(shape: Arrow | Line, x0: float, y0: float, x: float, y: float, is_straight: bool) -> Arrow | Line:
    x, y = _straight(x0, y0, x, y) if is_straight else (x, y)
    return replace(shape, x2=x, y2=y)


def _begin_arrow(id: int, x: float, y: float, style: Style) -> Arrow:
    return Arrow(id=id, x1=x, y1=y, x2=x, y2=y, color=style.color, width=style.width, edge=style.edge)


def _begin_line(id: int, x: float, y: float, style: Style) -> Line:
    return Line(id=id, x1=x, y1=y, x2=x, y2=y, color=style.color, width=style.width, edge=style.edge)


def _begin_freehand(id: int, x: float, y: float, style: Style) -> Freehand:
    return Freehand(id=id, points=((x, y),), color=style.color, width=style.width, edge=style.edge)


def _begin_highlighter(id: int, x: float, y: float, style: Style) -> Highlighter:
    return Highlighter(id=id, points=((x, y),), color=style.color, width=style.width)


def _drag_points(shape: Freehand, x0: float, y0: float, x: float, y: float, is_straight: bool) -> Freehand:
    if is_straight:
        return replace(shape, points=(shape.points[0], _straight(x0, y0, x, y)))
    last = shape.points[-1]
    if len(shape.points) >= MOST_POINTS or math.hypot(x - last[0], y - last[1]) < 1.5:
        return shape
    return replace(shape, points=(*shape.points, (x, y)))


def _shaft(shape: Line) -> QPainterPath:
    path = QPainterPath(QPointF(shape.x1, shape.y1))
    path.lineTo(shape.x2, shape.y2)
    return path


def _arrow_parts(shape: Arrow, scale: float) -> tuple[QPainterPath, QPolygonF]:
    """The shaft, which ends inside the head, and the head."""
    width = shape.width * scale
    length = math.hypot(shape.x2 - shape.x1, shape.y2 - shape.y1)
    head = min(max(4.2 * width, 9 * scale), max(length, 1.0))
    if length < 0.01:
        return QPainterPath(), QPolygonF()
    ux, uy = (shape.x2 - shape.x1) / length, (shape.y2 - shape.y1) / length
    back_x, back_y = shape.x2 - ux * head, shape.y2 - uy * head
    half = head * 0.48
    tip = QPolygonF(
        [QPointF(shape.x2, shape.y2), QPointF(back_x - uy * half, back_y + ux * half), QPointF(back_x + uy * half, back_y - ux * half)]
    )
    shaft = QPainterPath(QPointF(shape.x1, shape.y1))
    shaft.lineTo(shape.x2 - ux * head * 0.7, shape.y2 - uy * head * 0.7)
    return shaft, tip


def _paint_arrow(painter: QPainter, shape: Arrow, sight: Sight) -> None:
    shaft, tip = _arrow_parts(shape, sight.scale)
    width = shape.width * sight.scale
    layers = [(edge_colour(shape.color), 2 * EDGE_POINTS * sight.scale)] if shape.edge else []
    for colour, more in (*layers, (QColor(shape.color), 0.0)):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(colour, width + more))
        painter.drawPath(shaft)
        painter.setBrush(colour)
        painter.setPen(pen(colour, 0.4 * width + more))
        painter.drawPolygon(tip)


def _paint_line(painter: QPainter, shape: Line, sight: Sight) -> None:
    _paint_path(painter, _shaft(shape), shape.color, shape.width * sight.scale, shape.edge, sight.scale)


def _paint_path(painter: QPainter, path: QPainterPath, colour: str, width: float, edge: bool, scale: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if edge:
        painter.setPen(pen(edge_colour(colour), width + 2 * EDGE_POINTS * scale))
        painter.drawPath(path)
    painter.setPen(pen(colour, width))
    painter.drawPath(path)


def smooth(shape: Freehand) -> QPainterPath:
    """A curve through the middles of the points: no corners from slow mice."""
    points = shape.points
    path = QPainterPath(QPointF(*points[0]))
    if len(points) == 1:
        path.lineTo(points[0][0] + 0.01, points[0][1])
        return path
    for before, after in pairwise(points[1:]):
        path.quadTo(QPointF(*before), QPointF((before[0] + after[0]) / 2, (before[1] + after[1]) / 2))
    path.lineTo(*points[-1])
    return path


def _paint_freehand(painter: QPainter, shape: Freehand, sight: Sight) -> None:
    _paint_path(painter, smooth(shape), shape.color, shape.width * sight.scale, shape.edge, sight.scale)


def _paint_highlighter(painter: QPainter, shape: Highlighter, sight: Sight) -> None:
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        pen(shape.color, shape.width * _BROAD * sight.scale, Qt.PenCapStyle.FlatCap if len(shape.points) > 1 else Qt.PenCapStyle.RoundCap)
    )
    painter.drawPath(smooth(shape))


def _grown(shape: Arrow | Line | Freehand, sight: Sight, times: float) -> QRectF:
    bounds = shape.bounds
    more = shape.width * sight.scale * times + 3 * EDGE_POINTS * sight.scale
    return QRectF(bounds.x, bounds.y, bounds.w, bounds.h).adjusted(-more, -more, more, more)


def _reach_arrow(shape: Arrow, sight: Sight) -> QRectF:
    return _grown(shape, sight, 2.6).adjusted(-5 * sight.scale, -5 * sight.scale, 5 * sight.scale, 5 * sight.scale)


def _reach_stroke(shape: Line | Freehand, sight: Sight) -> QRectF:
    return _grown(shape, sight, 1)


def _reach_highlighter(shape: Highlighter, sight: Sight) -> QRectF:
    return _grown(shape, sight, _BROAD)


def _outline_two(shape: Line, sight: Sight) -> QPainterPath:
    return widened(_shaft(shape), max(_HIT, shape.width) * 2 * sight.scale)


def _outline_points(shape: Freehand, sight: Sight) -> QPainterPath:
    return widened(smooth(shape), max(_HIT, shape.width) * 2 * sight.scale)


ARROW = Tool("arrow", "A", "arrow-up-right", _begin_arrow, _drag_two, _paint_arrow, _reach_arrow, _outline_two)
LINE = Tool("line", "L", "line-segment", _begin_line, _drag_two, _paint_line, _reach_stroke, _outline_two)
FREEHAND = Tool("freehand", "P", "pencil-simple", _begin_freehand, _drag_points, _paint_freehand, _reach_stroke, _outline_points)
HIGHLIGHTER = Tool(
    "highlighter", "H", "highlighter-circle", _begin_highlighter, _drag_points, _paint_highlighter, _reach_highlighter, _outline_points
)
