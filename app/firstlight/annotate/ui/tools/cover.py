# SPDX-License-Identifier: Apache-2.0
"""Hide and mosaic: what lies below is never read, see ground.py."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from firstlight.annotate.shapes import Hide, Mosaic, Shape
from firstlight.annotate.ui.ground import area
from firstlight.annotate.ui.tools.area import drag_area, filled
from firstlight.annotate.ui.tools.tool import Sight, Style, Tool


def _begin_hide(id: int, x: float, y: float, style: Style) -> Hide:
    return Hide(id=id, x=x, y=y, w=0, h=0)


def _begin_mosaic(id: int, x: float, y: float, style: Style) -> Mosaic:
    return Mosaic(id=id, x=x, y=y, w=0, h=0)


def _paint(painter: QPainter, shape: Shape, sight: Sight) -> None:
    sight.ground.paint_cover(painter, shape)


def _reach(shape: Shape, sight: Sight) -> QRectF:
    return QRectF(area(shape, sight.ground.base))


HIDE = Tool("hide", "X", "redact", _begin_hide, drag_area, _paint, _reach, filled)
MOSAIC = Tool("mosaic", "B", "pixelate", _begin_mosaic, drag_area, _paint, _reach, filled)
