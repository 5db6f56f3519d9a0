# SPDX-License-Identifier: Apache-2.0
"""What every tool gives, and what it paints with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen

from firstlight.annotate.shapes import Shape
from firstlight.annotate.ui.ground import Ground

EDGE_POINTS = 2.0
"""How far the light edge stands out of a stroke."""


@dataclass(frozen=True)
class Sight:
    """What painting needs to know beside the shape."""

    ground: Ground
    scale: float
    width: int
    height: int
    number_of: Callable[[int], int]
    spotlights: Callable[[], tuple[Shape, ...]] = tuple


@dataclass(frozen=True)
class Style:
    """The colours and widths that a new shape starts with."""

    color: str
    width: float
    edge: bool


@dataclass(frozen=True)
class Tool:
    """A way to draw one kind. `begin(id, x, y, style)`, `drag(shape, x0, y0, x, y, is_straight)`; the rest is painting.

    `outline` is what a click hits, `reach` everything that painting may touch.
    """

    kind: str
    letter: str
    icon: str
    begin: Callable[[int, float, float, Style], Shape]
    drag: Callable[[Any, float, float, float, float, bool], Shape]
    paint: Callable[[QPainter, Any, Sight], None]
    reach: Callable[[Any, Sight], QRectF]
    outline: Callable[[Any, Sight], QPainterPath]


def pen(colour: str | QColor, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap) -> QPen:
    """A pen with round joins."""
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of WCAG."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def letters_on(colour: QColor) -> QColor:
    """White or near-black, whichever reads better on the colour."""
    dark = QColor("#16181A")
    return QColor("white") if contrast(colour, QColor("white")) >= contrast(colour, dark) else dark


def edge_colour(colour: str) -> QColor:
    """The edge that sets a colour off: white, but dark round light colours."""
    return letters_on(QColor(colour))


def widened(path: QPainterPath, width: float) -> QPainterPath:
    """What a pen of that width covers along the path."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
