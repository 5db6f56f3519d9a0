# SPDX-License-Identifier: Apache-2.0
"""The magnifier: a round glass that shows an area enlarged, covers included."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from firstlight.annotate.shapes import Magnifier
from firstlight.annotate.ui.tools.area import drag_area, rect
from firstlight.annotate.ui.tools.tool import Sight, Style, Tool, edge_colour, pen, widened


def _begin(id: int, x: float, y: float, style: Style) -> Magnifier:
    return Magnifier(id=id, x=x, y=y, w=0, h=0, tx=x, ty=y, color=style.color, width=style.width)


def _drag(shape: Magnifier, x0: float, y0: float, x: float, y: float, is_straight: bool) -> Magnifier:
    """The glass stands to the right of its area, above its end."""
    made = drag_area(shape, x0, y0, x, y, is_straight)
    assert isinstance(made, Magnifier)
    radius = _radius(made)
    return replace(made, tx=made.x + made.w + radius * 1.15, ty=made.y - radius * 0.35)


def _radius(shape: Magnifier) -> float:
    return max(shape.w, shape.h, 4) * shape.zoom / 2


def _glass(shape: Magnifier) -> QRectF:
    radius = _radius(shape)
    return QRectF(shape.tx - radius, shape.ty - radius, 2 * radius, 2 * radius)


def _paint(painter: QPainter, shape: Magnifier, sight: Sight) -> None:
    side = 2 * _radius(shape) / shape.zoom
    wanted = QRectF(0, 0, side, side)
    wanted.moveCenter(rect(shape).center())
    source = wanted.toAlignedRect().intersected(sight.ground.base.rect())
    width = max(1.0, 0.5 * shape.width * sight.scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(shape.color, width))
    painter.drawRect(rect(shape))
    painter.drawLine(rect(shape).center(), QPointF(shape.tx, shape.ty))
    glass = _glass(shape)
    path = QPainterPath()
    path.addEllipse(glass)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.fillRect(glass, QColor("#FFFFFF"))
    if not source.isEmpty():
        zoom = shape.zoom
        left = glass.left() + (source.left() - wanted.left()) * zoom
        top = glass.top() + (source.top() - wanted.top()) * zoom
        shown = QRectF(left, top, source.width() * zoom, source.height() * zoom)
        painter.drawImage(shown, sight.ground.region(source))
    painter.restore()
    painter.setPen(pen(edge_colour(shape.color), width * 3))
    painter.drawEllipse(glass)
    painter.setPen(pen(shape.color, width * 1.6))
    painter.drawEllipse(glass)


def _reach(shape: Magnifier, sight: Sight) -> QRectF:
    more = 2 * shape.width * sight.scale
    return rect(shape).united(_glass(shape)).adjusted(-more, -more, more, more)


def _outline(shape: Magnifier, sight: Sight) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(_glass(shape))
    area = QPainterPath()
    area.addRect(rect(shape))
    return path.united(widened(area, 16 * sight.scale))


MAGNIFIER = Tool("magnifier", "M", "magnifying-glass-plus", _begin, _drag, _paint, _reach, _outline)
