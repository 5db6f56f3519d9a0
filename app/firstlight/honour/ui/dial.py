# SPDX-License-Identifier: Apache-2.0
"""A badge as a dial: earned in its colours, or grey with as many of its forty ticks lit as of its goal is reached."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

TICKS = 40
_UNITS = 256.0
"""Side of the art's view box; the numbers below are in its units, as the art was drawn."""
_CENTRE = QPointF(128, 128)
_DISC, _FACE, _TICK_FROM, _TICK_TO = 124.0, 94.0, 104.0, 114.0
_RIM, _PLATE, _LIT, _UNLIT = QColor("#8E877B"), QColor("#CFC9BE"), QColor("#FFD9BD"), QColor("#A8A195")
"""The art's own colours: a badge looks the same in both themes."""


def lit_ticks(progress: int, goal: int) -> int:
    """How many ticks stand for `progress` of `goal`; all of them only when it is reached."""
    if goal <= 0 or progress <= 0:
        return 0
    if progress >= goal:
        return TICKS
    return min(TICKS - 1, max(1, progress * TICKS // goal))


def earned(picture: Path, size: int, ratio: float) -> QPixmap:
    """The badge in its colours."""
    pixmap = _blank(size, ratio)
    painter = QPainter(pixmap)
    QSvgRenderer(str(picture)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def locked(picture: Path, size: int, ratio: float, lit: int) -> QPixmap:
    """The badge as a grey dial with a faded emblem and `lit` ticks."""
    pixmap = _blank(size, ratio)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(size / _UNITS, size / _UNITS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RIM)
    painter.drawEllipse(_CENTRE, _DISC, _DISC)
    painter.setBrush(QBrush(_PLATE))
    painter.drawEllipse(_CENTRE, _FACE, _FACE)
    face = QPainterPath()
    face.addEllipse(_CENTRE, _FACE, _FACE)
    painter.setClipPath(face)
    painter.setOpacity(0.38)
    painter.drawImage(QRectF(0, 0, _UNITS, _UNITS), _grey(picture, round(size * ratio)))
    painter.setOpacity(1)
    painter.setClipping(False)
    _paint_ticks(painter, lit)
    painter.end()
    return pixmap


def _paint_ticks(painter: QPainter, lit: int) -> None:
    for n in range(TICKS):
        angle = math.radians((n + 0.5) * 360 / TICKS)
        out = QPointF(math.sin(angle), -math.cos(angle))
        painter.setPen(QPen(_LIT if n < lit else _UNLIT, 6 if n < lit else 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(_CENTRE + out * _TICK_FROM, _CENTRE + out * _TICK_TO)


def _grey(picture: Path, side: int) -> QImage:
    image = QImage(QSize(side, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(picture)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def _blank(size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
