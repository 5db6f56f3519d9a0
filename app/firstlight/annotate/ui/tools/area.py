# SPDX-License-Identifier: Apache-2.0
"""Box, ellipse and spotlight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from firstlight.annotate.shapes import Box, Ellipse, Shape, Spotlight
from firstlight.annotate.ui.tools.tool import EDGE_POINTS, Sight, Style, Tool, edge_colour, pen, widened

_HIT = 8.0
DIM = QColor(10, 9, 8, 150)


def rect(shape: Shape) -> QRectF:
    """The shape's area for Qt."""
    b = shape.bounds
    return QRectF(b.x, b.y, b.w, b.h)


def drag_area(shape: Any, x0: float, y0: float, x: float, y: float, is_straight: bool) -> Shape:
    """From corner to corner; straight means a square."""
    if is_straight:
        side = max(abs(x - x0), abs(y - y0))
        x, y = x0 + (side if x >= x0 else -side), y0 + (side if y >= y0 else -side)
    made: Shape = replace(shape, x=min(x0, x), y=min(y0, y), w=abs(x - x0), h=abs(y - y0))
    return made


def filled(shape: Shape, sight: Sight) -> QPainterPath:
    """The whole area is hit."""
    path = QPainterPath()
    path.addRect(rect(shape))
    return path


def _begin(cls: Callable[..., Shape]) -> Callable[[int, float, float, Style], Shape]:
    def begin(id: int, x: float, y: float, style: Style) -> Shape:
        return cls(id=id, x=x, y=y, w=0, h=0, color=style.color, width=style.width, edge=style.edge)

    return begin


def _path(shape: Box | Ellipse, sight: Sight) -> QPainterPath:
    path = QPainterPath()
    if isinstance(shape, Ellipse):
        path.addEllipse(rect(shape))
    else:
        radius = min(8 * sight.scale, shape.w / 2, shape.h / 2)
        path.addRoundedRect(rect(shape), radius, radius)
    return path


def _paint_frame(painter: QPainter, shape: Box | Ellipse, sight: Sight) -> None:
    path, width = _path(shape, sight), shape.width * sight.scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape.edge:
        painter.setPen(pen(edge_colour(shape.color), width + 2 * EDGE_POINTS * sight.scale))
        painter.drawPath(path)
    painter.setPen(pen(shape.color, width))
    painter.drawPath(path)


def _reach(shape: Box | Ellipse, sight: Sight) -> QRectF:
    more = shape.width * sight.scale + 2 * EDGE_POINTS * sight.scale
    return rect(shape).adjusted(-more, -more, more, more)


def _outline(shape: Box | Ellipse, sight: Sight) -> QPainterPath:
    return widened(_path(shape, sight), max(_HIT, shape.width) * 2 * sight.scale)


def _begin_spotlight(id: int, x: float, y: float, style: Style) -> Spotlight:
    return Spotlight(id=id, x=x, y=y, w=0, h=0)


def _paint_spotlight(painter: QPainter, shape: Spotlight, sight: Sight) -> None:
    """All lights are cut out of one dimming, which the lowest of them paints."""
    lights = [s for s in sight.spotlights() if s.is_shown] or [shape]
    if lights[0].id != shape.id:
        return
    dark = QPainterPath()
    dark.addRect(QRectF(0, 0, sight.width, sight.height))
    bright = QPainterPath()
    for light in lights:
        cut = QPainterPath()
        radius = 10 * sight.scale
        cut.addRoundedRect(rect(light), radius, radius)
        bright = bright.united(cut)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(DIM)
    painter.drawPath(dark.subtracted(bright))


def _reach_spotlight(shape: Spotlight, sight: Sight) -> QRectF:
    return QRectF(0, 0, sight.width, sight.height)


def _outline_spotlight(shape: Spotlight, sight: Sight) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rect(shape))
    return widened(path, 2 * _HIT * sight.scale)


BOX = Tool("box", "R", "rectangle", _begin(Box), drag_area, _paint_frame, _reach, _outline)
ELLIPSE = Tool("ellipse", "E", "circle", _begin(Ellipse), drag_area, _paint_frame, _reach, _outline)
SPOTLIGHT = Tool("spotlight", "S", "flashlight", _begin_spotlight, drag_area, _paint_spotlight, _reach_spotlight, _outline_spotlight)
