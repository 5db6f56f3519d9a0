# SPDX-License-Identifier: Apache-2.0
"""The big picture of a step: on its own light plate in both themes, with letters that say where, and a zoom.

Pictures are data from strangers: a picture that is too large or no picture at all shows a sentence instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImageReader, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from firstlight.kit.frames import paint_marker
from firstlight.kit.kit import Kit
from firstlight_contract.guide_words import Picture as GuidePicture

PLATE = QColor("#F6F1E8")
MAX_PIXELS = 60_000_000
MAX_SVG_BYTES = 4 << 20
ZOOMS = (1.0, 1.5, 2.25, 3.4)


@dataclass(frozen=True)
class Mark:
    """A letter and its place in the picture, as parts of width and height (0 to 1)."""

    letter: str
    x: float
    y: float
    shape: str = "point"
    """point | circle | box | arrow"""
    at: tuple[float, ...] = ()
    """Of a circle or box: left, top, width, height; of an arrow: tail x, y, tip x, y."""


def marks_of(picture: GuidePicture) -> tuple[Mark, ...]:
    """The marks of a guide's picture, as they are painted."""
    return tuple(Mark(m.letter or "", *m.place, m.shape.value, tuple(m.at)) for m in picture.marks)


class Picture:
    """A picture file that can be painted at any size: SVG by a renderer, the rest by pixels."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._svg: QSvgRenderer | None = None
        self._pixels = QPixmap()
        if path.suffix.lower() == ".svg":
            if path.is_file() and path.stat().st_size <= MAX_SVG_BYTES:
                self._svg = QSvgRenderer(str(path))
        else:
            self._pixels = read_pixels(path, QSize(2400, 2400))

    @property
    def is_readable(self) -> bool:
        """Whether there is something to paint."""
        return self._svg.isValid() if self._svg is not None else not self._pixels.isNull()

    @property
    def is_drawing(self) -> bool:
        """Whether it is one of the drawn pictures, which stand on the plate without a frame."""
        return self._svg is not None

    def size(self) -> QSize:
        """Its own size."""
        return self._svg.defaultSize() if self._svg is not None else self._pixels.size()

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Fill `target` with it."""
        if self._svg is not None:
            self._svg.render(painter, target)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, self._pixels, QRectF(self._pixels.rect()))


def read_pixels(path: Path, within: QSize) -> QPixmap:
    """The picture turned upright and shrunk to `within`; a null pixmap when it is none or absurdly large."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    own = reader.size()
    if not own.isValid() or own.width() * own.height() > MAX_PIXELS:
        return QPixmap()
    if own.width() > within.width() or own.height() > within.height():
        reader.setScaledSize(own.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


class PictureView(QWidget):
    """Paints one picture with its letters; wheel, + and - zoom, dragging moves what is zoomed."""

    zoom_changed = Signal(float)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._picture: Picture | None = None
        self._marks: tuple[Mark, ...] = ()
        self._paints_marks = True
        self._zoom = 1.0
        self._shift = QPointF()
        self._grabbed: QPoint | None = None
        self._sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(kit.theme.px(200), kit.theme.px(150))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_picture(self, path: Path | None, marks: tuple[Mark, ...] = (), description: str = "", *, has_letters: bool = False) -> None:
        """Paint this file from now on, unzoomed. `description` is for readers; `has_letters`: the file shows the marks itself."""
        self._paints_marks = not has_letters
        self._picture = Picture(path) if path is not None else None
        self._marks = marks
        self._sentence = "" if path is None or (self._picture and self._picture.is_readable) else self.tr("This picture cannot be shown.")
        self.setAccessibleName(description or self.tr("Picture of this step"))
        self.set_zoom(1.0)

    @property
    def zoom(self) -> float:
        """1 when the whole picture is seen."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Zoom to one of the steps between 1 and the largest."""
        self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if self._zoom == 1.0:
            self._shift = QPointF()
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._zoom > 1 else Qt.CursorShape.ArrowCursor)
        self._keep_inside()
        self.zoom_changed.emit(self._zoom)
        self.update()

    def step_zoom(self, by: int) -> None:
        """The next larger (1) or smaller (-1) zoom."""
        nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self._zoom))
        self.set_zoom(ZOOMS[min(max(nearest + by, 0), len(ZOOMS) - 1)])

    def toggle_zoom(self) -> None:
        """Twice as large, or back."""
        self.set_zoom(1.0 if self._zoom > 1 else ZOOMS[2])

    def target(self) -> QRectF:
        """Where the picture lies in the widget now; drawings may reach over the edge as long as no letter does."""
        if self._picture is None:
            return QRectF()
        own = self._picture.size()
        if own.isEmpty():
            return QRectF()
        fit = min(self.width() / own.width(), self.height() / own.height())
        scale = fit * self._bleed(fit, own) * self._zoom
        width, height = own.width() * scale, own.height() * scale
        return QRectF((self.width() - width) / 2 + self._shift.x(), (self.height() - height) / 2 + self._shift.y(), width, height)

    def _bleed(self, fit: float, own: QSize) -> float:
        """How much larger than fitting a drawing may be: it has air around what it shows, its letters must stay inside."""
        if self._picture is None or not self._picture.is_drawing or not self._marks:
            return 1.0
        most = min(1.26, max(self.width() / (own.width() * fit), self.height() / (own.height() * fit)))
        for mark in self._marks:
            away = max(abs(mark.x - 0.5) * own.width() * fit / self.width(), abs(mark.y - 0.5) * own.height() * fit / self.height(), 0.01)
            most = min(most, 0.44 / away)
        return max(1.0, most)

    def _keep_inside(self) -> None:
        target = self.target()
        if target.isEmpty():
            return
        room_x, room_y = max(0.0, (target.width() - self.width()) / 2), max(0.0, (target.height() - self.height()) / 2)
        self._shift = QPointF(min(max(self._shift.x(), -room_x), room_x), min(max(self._shift.y(), -room_y), room_y))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Plate, picture, letters, frame; clipped to the round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        radius = self._kit.theme.px(12)
        path.addRoundedRect(frame, radius, radius)
        painter.setClipPath(path)
        painter.fillPath(path, PLATE)
        if self._picture is not None and self._picture.is_readable:
            target = self.target()
            self._picture.paint(painter, target)
            for mark in self._marks if self._paints_marks else ():
                self._paint_mark(painter, mark, target)
        elif self._sentence:
            painter.setPen(QColor("#55504A"))
            painter.setFont(self._kit.theme.font(14))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._sentence)
        painter.setClipping(False)
        painter.setPen(QPen(self._kit.theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.end()

    def _paint_mark(self, painter: QPainter, mark: Mark, target: QRectF) -> None:
        radius = max(self._kit.theme.px(11), target.width() * 0.0195)
        centre = QPointF(target.x() + mark.x * target.width(), target.y() + mark.y * target.height())
        if len(mark.at) == 4:
            self._paint_shape(painter, mark, target, max(2.0, radius * 0.24))
        if not mark.letter:
            return
        paint_marker(painter, self._kit, mark.letter, centre, radius, ring=max(2.0, radius * 0.16))

    def _paint_shape(self, painter: QPainter, mark: Mark, target: QRectF, width: float) -> None:
        """A frame or an arrow round the place, white below so that it is seen on every ground."""
        x, y, third, fourth = mark.at
        place = QPointF(target.x() + x * target.width(), target.y() + y * target.height())
        other = QPointF(target.x() + third * target.width(), target.y() + fourth * target.height())
        frame = QRectF(place.x(), place.y(), third * target.width(), fourth * target.height())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, wide in ((QColor("#FFFFFF"), width * 2), (self._kit.theme.color("brand"), width)):
            painter.setPen(QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            if mark.shape == "circle":
                painter.drawEllipse(frame)
            elif mark.shape == "box":
                painter.drawRect(frame)
            else:
                line = QLineF(other, place)
                painter.drawLine(line)
                for side in (25, -25):
                    barb = QLineF(line)
                    barb.setLength(min(line.length() / 2, width * 5))
                    barb.setAngle(line.angle() + side)
                    painter.drawLine(barb)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """+ and - zoom, arrows move."""
        moves = {Qt.Key.Key_Left: (40, 0), Qt.Key.Key_Right: (-40, 0), Qt.Key.Key_Up: (0, 40), Qt.Key.Key_Down: (0, -40)}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif key in moves and self._zoom > 1:
            self._move(QPointF(*moves[key]))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        """Zoom by a notch."""
        self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take hold of a zoomed picture."""
        if self._zoom > 1 and event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Move what is held."""
        if self._grabbed is not None:
            here = event.position().toPoint()
            self._move(QPointF(here - self._grabbed))
            self._grabbed = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Let go."""
        self._grabbed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._zoom > 1 else Qt.CursorShape.ArrowCursor)

    def _move(self, by: QPointF) -> None:
        self._shift += by
        self._keep_inside()
        self.update()
