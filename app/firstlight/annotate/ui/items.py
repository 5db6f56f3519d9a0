# SPDX-License-Identifier: Apache-2.0
"""Marks on the canvas: one light item each, painted by its tool from the shape, and the handles of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from firstlight.annotate.geometry import Crop
from firstlight.annotate.shapes import Freehand, Highlighter, Shape, Spotlight
from firstlight.annotate.ui.tools.table import TOOLS
from firstlight.annotate.ui.tools.tool import Sight, pen

_HANDLE = 10.0
_CROP_NAMES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")


class Stamp:
    """A long stroke while it is moved: painted once, then put wherever it goes."""

    def __init__(self, item: MarkItem, shape: Freehand, sight: QTransform, ratio: float) -> None:
        self.points = shape.points
        self.reach = item.boundingRect()
        self._is_multiplied = isinstance(shape, Highlighter)
        place = sight.mapRect(self.reach).toAlignedRect()
        self._corner = QPointF(place.topLeft()) - sight.map(self.reach.topLeft())
        image = QImage(place.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.white if self._is_multiplied else Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.translate(-place.topLeft())
        painter.setWorldTransform(sight, True)
        item.paint_mark(painter)
        painter.end()
        self._pixmap = QPixmap.fromImage(image)

    def shift_to(self, shape: Shape) -> QPointF | None:
        """How far the stroke was moved; None when it is another one now."""
        if not isinstance(shape, Freehand) or len(shape.points) != len(self.points):
            return None
        return QPointF(*shape.points[0]) - QPointF(*self.points[0])

    def paint(self, painter: QPainter, corner: QPointF) -> None:
        """With the stroke's area beginning at `corner` of the scene."""
        place = painter.worldTransform().map(corner) + self._corner
        painter.setWorldMatrixEnabled(False)
        if self._is_multiplied:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawPixmap(place.toPoint(), self._pixmap)


class MarkItem(QGraphicsItem):
    """One shape. The scene's units are the picture's pixels."""

    def __init__(self, shape: Shape, sight: Sight) -> None:
        super().__init__()
        self.shape_id = shape.id
        self._shape = shape
        self._sight = sight
        self._tool = TOOLS[shape.kind]
        self._reach = self._tool.reach(shape, sight)
        self._stamp: Stamp | None = None
        self.setVisible(shape.is_shown or shape.is_cover)

    @property
    def mark(self) -> Shape:
        """What it shows."""
        return self._shape

    def stand_in(self, is_standing_in: bool) -> None:
        """Seen, unless a picture stands in for it while another mark is dragged."""
        self.setVisible(not is_standing_in and (self._shape.is_shown or self._shape.is_cover))

    def hold(self, sight: QTransform, ratio: float, largest: QSize) -> None:
        """It is about to be moved; a stroke that is not far larger than what is seen becomes a stamp."""
        place = sight.mapRect(self._reach).size()
        if isinstance(self._shape, Freehand) and place.width() * place.height() < 4 * largest.width() * largest.height():
            self._stamp = Stamp(self, self._shape, sight, ratio)

    def let_go(self) -> None:
        """It was put down: painted as exactly as any."""
        if self._stamp is not None:
            self._stamp = None
            self.prepareGeometryChange()
            self._reach = self._tool.reach(self._shape, self._sight)
            self.update()

    def show_shape(self, shape: Shape) -> None:
        """Follow the document; nothing happens when nothing changed."""
        if shape is not self._shape:
            self.prepareGeometryChange()
            self._shape = shape
            shift = self._stamp.shift_to(shape) if self._stamp is not None else None
            if self._stamp is not None and shift is not None:
                self._reach = self._stamp.reach.translated(shift)
            else:
                self._stamp = None
                self._reach = self._tool.reach(shape, self._sight)
            self.setVisible(shape.is_shown or shape.is_cover)
            self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802  Qt's name
        """Everything that paint may touch."""
        return self._reach

    def shape(self) -> QPainterPath:
        """What a click hits."""
        return self._tool.outline(self._shape, self._sight)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """By the tool."""
        if self._stamp is not None:
            self._stamp.paint(painter, self._reach.topLeft())
        else:
            self.paint_mark(painter)

    def paint_mark(self, painter: QPainter) -> None:
        """The mark in the scene's units."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._tool.paint(painter, self._shape, self._sight)


def layer(at: int, shape: Shape) -> float:
    """Covers lie below the dimming of spotlights, and that below the marks."""
    return float(at) if shape.is_cover else 10_000.0 + at if isinstance(shape, Spotlight) else 20_000.0 + at


class OutsideItem(QGraphicsItem):
    """What lies outside the picture or its crop: dimmed while cropping, of the page's ground else; above the marks, below the handles."""

    def __init__(self) -> None:
        super().__init__()
        self._area = QRectF()
        self._kept = QRectF()
        self._ground = QColor()
        self._line = QColor()
        self.setZValue(900_000)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def follow(self, area: QRectF, kept: QRectF, ground: QColor, line: QColor) -> None:
        """`area` is all that can be seen, `kept` what stays in the picture."""
        if (area, kept, ground) != (self._area, self._kept, self._ground):
            self.prepareGeometryChange()
            self._area, self._kept, self._ground, self._line = area, kept, ground, line
            self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802  Qt's name
        """All that can be seen."""
        return self._area

    def shape(self) -> QPainterPath:
        """Nothing is hit."""
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Four stripes and a line."""
        a, k = self._area, self._kept
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for stripe in (
            QRectF(a.left(), a.top(), a.width(), k.top() - a.top()),
            QRectF(a.left(), k.bottom(), a.width(), a.bottom() - k.bottom()),
            QRectF(a.left(), k.top(), k.left() - a.left(), k.height()),
            QRectF(k.right(), k.top(), a.right() - k.right(), k.height()),
        ):
            if stripe.width() > 0 and stripe.height() > 0:
                painter.fillRect(stripe, self._ground)
        painter.setPen(self._line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(k)


class HandlesItem(QGraphicsItem):
    """The handles of what is chosen, the same size at each zoom; a text or a step without handles gets a frame."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self._colour = colour
        self._frame = QRectF()
        self._handles: tuple[tuple[str, float, float], ...] = ()
        self._unit = 1.0
        self.setZValue(1_000_000)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def follow(self, shape: Shape | None, sight: Sight, unit: float) -> None:
        """`unit` is one point of the screen in pixels of the picture."""
        frame = TOOLS[shape.kind].reach(shape, sight) if shape is not None and not shape.handles else QRectF()
        self._set(frame, shape.handles if shape else (), unit)

    def follow_crop(self, crop: Crop, unit: float) -> None:
        """The handles of the crop; its frame is the edge of what lies outside."""
        self._set(QRectF(), crop_handles(crop), unit)

    def _set(self, frame: QRectF, handles: tuple[tuple[str, float, float], ...], unit: float) -> None:
        if (frame, handles, unit) != (self._frame, self._handles, self._unit):
            self.prepareGeometryChange()
            self._frame, self._handles, self._unit = frame, handles, unit
            self.update()

    def handle_at(self, x: float, y: float) -> str:
        """The name of the handle under a point; "" for none. A target of 20 points."""
        reach = _HANDLE * self._unit
        near = [(max(abs(hx - x), abs(hy - y)), name) for name, hx, hy in self._handles]
        best = min(near, default=(reach + 1, ""))
        return best[1] if best[0] <= reach else ""

    def boundingRect(self) -> QRectF:  # noqa: N802  Qt's name
        """All handles and the frame."""
        area = QRectF(self._frame)
        more = _HANDLE * self._unit
        for _, x, y in self._handles:
            area = area.united(QRectF(x - more, y - more, 2 * more, 2 * more))
        return area.adjusted(-more, -more, more, more) if not area.isNull() else area

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """White squares with a line of the focus colour."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = _HANDLE / 2 * self._unit
        painter.setPen(pen(self._colour, 2 * self._unit))
        if not self._frame.isNull():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._frame.adjusted(-half, -half, half, half), half, half)
        painter.setBrush(QColor("white"))
        for _, x, y in self._handles:
            painter.drawRoundedRect(QRectF(x - half, y - half, 2 * half, 2 * half), half / 2, half / 2)


def crop_handles(crop: Crop) -> tuple[tuple[str, float, float], ...]:
    """The eight points of the crop's frame."""
    x, y, w, h = crop.x, crop.y, crop.w, crop.h
    places: dict[str, tuple[float, float]] = {
        name: (x + (0 if "w" in name else w if "e" in name else w / 2), y + (0 if "n" in name else h if "s" in name else h / 2))
        for name in _CROP_NAMES
    }
    return tuple((name, *place) for name, place in places.items())


def crop_with(crop: Crop, name: str, x: float, y: float) -> Crop:
    """The crop with one handle elsewhere."""
    left, top, right, bottom = crop.x, crop.y, crop.x + crop.w, crop.y + crop.h
    left, right = (round(x) if "w" in name else left), (round(x) if "e" in name else right)
    top, bottom = (round(y) if "n" in name else top), (round(y) if "s" in name else bottom)
    return Crop(min(left, right), min(top, bottom), max(1, abs(right - left)), max(1, abs(bottom - top)))
