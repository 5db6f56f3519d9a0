# SPDX-License-Identifier: Apache-2.0
"""While one mark is dragged, all the others stand still: they are painted once, into a picture below it and one above it.

A move then costs the mark itself and two copies, however many marks there are. What highlighters above the mark do to it cannot be
one picture laid over it, as they multiply; but all that our marks do to what is below is linear, so that painting them on black and
on white tells both the factor and the summand.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from firstlight.annotate.shapes import Highlighter
from firstlight.annotate.ui.items import MarkItem


class Frozen(QGraphicsItem):
    """The marks above the one that is dragged, and `below`: picture and marks under it. Both as large as what is seen.

    `place` is that area in the scene, `size` in points of the screen with `ratio` pixels each, `sight` leads from scene to screen.
    """

    def __init__(self, place: QRectF, size: QSize, ratio: float, sight: QTransform) -> None:
        super().__init__()
        self._place = place
        self._size = size
        self._ratio = ratio
        self._sight = sight
        self._above = QPixmap()
        self._factor = QPixmap()
        self._summand = QPixmap()
        self._linear = QRegion()
        self._plain = QRegion()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def paint_above(self, items: Iterable[MarkItem]) -> None:
        """These lie above what is dragged."""
        items = tuple(items)
        for item in items:
            reach = self._sight.mapRect(item.boundingRect()).toAlignedRect()
            self._plain += reach
            if isinstance(item.mark, Highlighter):
                self._linear += reach
        seen = QRect(QPoint(0, 0), self._size)
        self._linear = self._linear.intersected(seen)
        # Where nothing lies above, nothing is laid over: on a large screen that costs more than the mark itself.
        self._plain = self._plain.intersected(seen).subtracted(self._linear)
        if not self._plain.isEmpty():
            self._above = self._painted(Qt.GlobalColor.transparent, items)
        if self._linear.isEmpty():
            return
        self._summand = self._painted(Qt.GlobalColor.black, items)
        self._factor = self._painted(Qt.GlobalColor.white, items)
        painter = QPainter(self._factor)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawPixmap(0, 0, self._summand)
        painter.end()

    def _painted(self, ground: Qt.GlobalColor, items: tuple[MarkItem, ...]) -> QPixmap:
        is_opaque = ground is not Qt.GlobalColor.transparent
        image = QImage(self._size * self._ratio, QImage.Format.Format_RGB32 if is_opaque else QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self._ratio)
        image.fill(ground)
        painter = QPainter(image)
        paint_items(painter, items, self._sight)
        painter.end()
        return QPixmap.fromImage(image)

    def boundingRect(self) -> QRectF:  # noqa: N802  Qt's name
        """All that is seen."""
        return self._place

    def shape(self) -> QPainterPath:
        """Nothing is hit."""
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Pixel on pixel; what is not to be painted anew is clipped already."""
        painter.setWorldMatrixEnabled(False)
        for region, pixmap, mode in (
            (self._plain, self._above, QPainter.CompositionMode.CompositionMode_SourceOver),
            (self._linear, self._factor, QPainter.CompositionMode.CompositionMode_Multiply),
            (self._linear, self._summand, QPainter.CompositionMode.CompositionMode_Plus),
        ):
            if region.isEmpty():
                continue
            painter.save()
            painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
            painter.setCompositionMode(mode)
            painter.drawPixmap(0, 0, pixmap)
            painter.restore()


def paint_items(painter: QPainter, items: Iterable[MarkItem], sight: QTransform) -> None:
    """Paint marks as the scene would."""
    for item in items:
        painter.save()
        painter.setWorldTransform(sight)
        item.paint_mark(painter)
        painter.restore()
