# SPDX-License-Identifier: Apache-2.0
"""The picture with its marks on screen: zoom, pan, and following the document item by item. What hands do stands in hand.py.

Cheap at any size of picture: the background is scaled once per zoom, marks are vectors, only what moved is painted again.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from firstlight.annotate.geometry import Crop
from firstlight.annotate.ui.frozen import Frozen, paint_items
from firstlight.annotate.ui.hand import ARROWS, Hand
from firstlight.annotate.ui.items import HandlesItem, MarkItem, OutsideItem
from firstlight.annotate.ui.layers import Layers
from firstlight.annotate.ui.live import CROP, Live
from firstlight.annotate.ui.places import Places
from firstlight.kit.kit import Kit

_MARGIN = 24.0
_STEPS = (0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)
_OUTSIDE = 0.62
_MANY = 8
"""From so many marks on, those that stand still in a drag are painted once."""


class CanvasView(QGraphicsView):
    """The scene's units are the picture's pixels; zoom 1 shows one of them on one pixel of the screen.

    Signals: zoomed(float); copy_asked(): what is chosen, else the picture; paste_asked().
    """

    zoomed = Signal(float)
    copy_asked = Signal()
    paste_asked = Signal()

    _frozen: Frozen | None = None
    """Known from the beginning: Qt scrolls to the marks as soon as it gets the scene."""

    def __init__(self, kit: Kit, live: Live) -> None:
        super().__init__()
        self._kit = kit
        self._live = live
        self._zoom = 1.0
        self._is_fitted = True
        self._scaled: QPixmap | None = None
        self._whole = QPixmap.fromImage(live.base)
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._handles = HandlesItem(kit.theme.color("focus"))
        self._scene.addItem(self._handles)
        self._layers = Layers(self._scene, live.ground, live.document)
        self._outside = OutsideItem()
        self._scene.addItem(self._outside)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ringed", True)
        for widget in (self, self.viewport()):  # a reader meets both
            widget.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(
            self.tr("Letters take a tool, Enter draws with it, arrows move the chosen mark. The list beside it names each mark.")
        )
        self.hand = Hand(live, self._handles)
        self._places = Places(self)
        self._pan_from: QPointF | None = None
        self._below: QPixmap | None = None
        live.base_changed.connect(self._on_base_changed)
        live.document_changed.connect(self._on_document_changed)
        live.selection_changed.connect(self._follow_handles)
        live.tool_changed.connect(self._on_tool_changed)
        self._crop = live.document.crop
        self._follow_handles()
        self._set_scene_rect()

    def let_go(self) -> None:
        """Nobody looks at the picture any more."""
        self._whole, self._scaled, self._below, self._frozen = QPixmap(), None, None, None

    # -- following the document ----------------------------------------------------------------------------------------

    def _on_base_changed(self) -> None:
        """The picture was turned: nothing of what was painted holds."""
        self._thaw()
        self._whole = QPixmap.fromImage(self._live.base)
        self._layers.clear()
        self._layers = Layers(self._scene, self._live.ground, self._live.document)
        self._scaled = None
        if self._is_fitted:
            self.fit()
        else:
            self._set_zoom(self._zoom)

    def _on_document_changed(self) -> None:
        document = self._live.document
        if self._frozen is not None and not self._layers.is_held_by(document):
            self._thaw()
        self._layers.follow(document)
        self._follow_handles()
        if document.crop != self._crop:
            self._crop = document.crop
            self._set_scene_rect()
            self.viewport().update()

    def _follow_handles(self) -> None:
        unit = self.devicePixelRatioF() / self._zoom
        if self._live.tool == CROP:
            document = self._live.document
            self._handles.follow_crop(document.crop or Crop(0, 0, document.width, document.height), unit)
        else:
            self._handles.follow(self._live.shape, self._layers.sight, unit)

    def _on_tool_changed(self) -> None:
        self.setCursor(self.hand.cursor())
        self._follow_handles()
        self._set_scene_rect()
        self.viewport().update()

    # -- a drag among many ---------------------------------------------------------------------------------------------

    def _freeze(self) -> None:
        """A drag begins: what stands still is painted once, see frozen.py."""
        shape = self._live.shape
        if self._frozen is not None or shape is None or not self.hand.is_dragging_mark or len(self._live.document.shapes) < _MANY:
            return
        ratio, sight, area = self.devicePixelRatioF(), self.viewportTransform(), self.viewport().rect()
        place = self.mapToScene(area).boundingRect()
        below, above, height = self._layers.hold(shape.id)
        if self.hand.is_moving_mark:
            self._layers.stamp(sight, ratio, area.size())
        image = QImage(area.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        painter.setWorldTransform(sight)
        self.drawBackground(painter, place)
        paint_items(painter, below, sight)
        painter.end()
        self._below = QPixmap.fromImage(image)
        self._frozen = Frozen(place, area.size(), ratio, sight)
        self._frozen.paint_above(above)
        self._frozen.setZValue(height + 0.5)
        self._scene.addItem(self._frozen)

    def _thaw(self) -> None:
        """The drag is over, or something else changed."""
        if self._frozen is not None:
            self._scene.removeItem(self._frozen)
            self._frozen = self._below = None
            self._layers.release()
            self.viewport().update()

    # -- zoom and pan ----------------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Pixels of the screen for each pixel of the picture."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a figure and keep it."""
        self._is_fitted = False
        self._set_zoom(zoom)

    def zoom_by(self, direction: int) -> None:
        """To the next step in or out."""
        steps = [s for s in _STEPS if (s > self._zoom * 1.01 if direction > 0 else s < self._zoom / 1.01)]
        if steps:
            self.set_zoom(steps[0] if direction > 0 else steps[-1])

    def fit(self) -> None:
        """All of the picture, never enlarged; follows the window from now on."""
        self._is_fitted = True
        area = self._shown_rect()
        margin = 2 * _MARGIN
        ratio = self.devicePixelRatioF()
        room_w, room_h = max(50.0, self.viewport().width() - margin), max(50.0, self.viewport().height() - margin)
        self._set_zoom(min(room_w * ratio / area.width(), room_h * ratio / area.height(), 1.0))

    def _set_zoom(self, zoom: float) -> None:
        self._thaw()
        self._zoom = min(8.0, max(0.05, zoom))
        self._scaled = None
        self.resetTransform()
        factor = self._zoom / self.devicePixelRatioF()
        self.scale(factor, factor)
        self._set_scene_rect()
        self._follow_handles()
        self.viewport().update()
        self.zoomed.emit(self._zoom)

    def _shown_rect(self) -> QRectF:
        document = self._live.document
        crop = document.crop if self._live.tool != CROP else None
        return QRectF(crop.x, crop.y, crop.w, crop.h) if crop else QRectF(0, 0, document.width, document.height)

    def _set_scene_rect(self) -> None:
        margin = _MARGIN * self.devicePixelRatioF() / self._zoom
        kept = self._shown_rect()
        self._scene.setSceneRect(kept.adjusted(-margin, -margin, margin, margin))
        document, ground = self._live.document, QColor(self._kit.theme.color("sunken"))
        if self._live.tool == CROP:
            ground.setAlphaF(_OUTSIDE)
            kept = QRectF(document.crop.x, document.crop.y, document.crop.w, document.crop.h) if document.crop else kept
        # Marks may reach outside the picture: what is covered reaches farther than any view shows.
        far = 2.0 * max(document.width, document.height)
        self._outside.follow(kept.adjusted(-far, -far, far, far), kept, ground, self._kit.theme.color("line-2"))

    # -- painting ----------------------------------------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802  Qt's name
        """The ground of the page and the picture, from a copy that was scaled once for this zoom."""
        rect = QRectF(rect)
        if self._below is not None:
            painter.save()
            painter.setWorldMatrixEnabled(False)
            painter.drawPixmap(0, 0, self._below)
            painter.restore()
            return
        painter.fillRect(rect, self._kit.theme.color("sunken"))
        picture = QRectF(0, 0, self._live.document.width, self._live.document.height)
        part = rect.intersected(picture)
        if part.isEmpty():
            return
        if self._zoom >= 1:
            painter.drawPixmap(part, self._whole, part)
            return
        ratio = self.devicePixelRatioF()
        if self._scaled is None:
            size = QRectF(0, 0, picture.width() * self._zoom, picture.height() * self._zoom).size().toSize()
            self._scaled = self._whole.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            self._scaled.setDevicePixelRatio(ratio)
        # Pixel on pixel, without a transformation: that is what makes a drag cheap. What may be painted is clipped already.
        corner = painter.worldTransform().map(QPointF(0, 0))
        painter.save()
        painter.setClipRect(part)
        painter.setWorldMatrixEnabled(False)
        painter.drawPixmap(QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), self._scaled)
        painter.restore()

    # -- hands -------------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Left draws or chooses, middle pans."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position()
        elif event.button() == Qt.MouseButton.LeftButton:
            place = self.mapToScene(event.position().toPoint())
            self.hand.press(place.x(), place.y(), self._mark_at(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Goes on with what was begun."""
        if self._pan_from is not None:
            moved = event.position() - self._pan_from
            self._pan_from = event.position()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - round(moved.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(moved.y()))
            return
        place = self.mapToScene(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._freeze()
            self.hand.drag(place.x(), place.y(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            self.setCursor(self.hand.cursor(place.x(), place.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """The end of it."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = None
        elif event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        self._thaw()
        self.hand.release()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802  Qt's name
        """What was painted for a drag stands elsewhere now."""
        self._thaw()
        super().scrollContentsBy(dx, dy)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """On a text: its words."""
        self.mousePressEvent(event)
        self._live.text_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        """Scrolls; with Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Letters, arrows, Delete, Enter: see hand.py; plus, minus, 0 and F zoom, Ctrl+C copies."""
        text = event.text()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif text in ("+", "="):
            self.zoom_by(1)
        elif text == "-":
            self.zoom_by(-1)
        elif text == "0":
            self.set_zoom(1.0)
        elif text.lower() == "f" and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.fit()
        else:
            centre = self.mapToScene(self.viewport().rect().center())
            if not self.hand.key(event, centre.x(), centre.y()):
                # Not the view's own arrows: they would scroll. Tab and shortcuts go on.
                event.ignore()
            elif event.key() in ARROWS:
                self._places.announce(self, self._live)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """A drag that loses the keyboard ends where it is."""
        self._let_go()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """A fitted picture stays fitted."""
        self._thaw()
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def _mark_at(self, place: QPointF) -> int:
        reach = 3 * self.devicePixelRatioF() / self._zoom
        area = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        for item in self._scene.items(area):
            if isinstance(item, MarkItem):
                return item.shape_id
        return 0
