# SPDX-License-Identifier: Apache-2.0
"""The marks of a document as items of a scene. Follows each change by what changed alone: a drag among thousands costs one item."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsScene

from firstlight.annotate.document import Document
from firstlight.annotate.shapes import Magnifier, Mosaic, Number, Shape, Spotlight
from firstlight.annotate.ui.ground import Ground
from firstlight.annotate.ui.items import MarkItem, layer
from firstlight.annotate.ui.tools.tool import Sight


class Layers:
    """Items by the ids of their shapes; `sight` is what tools paint with now."""

    def __init__(self, scene: QGraphicsScene, ground: Ground, document: Document) -> None:
        self._scene = scene
        self._ground = ground
        self._items: dict[int, MarkItem] = {}
        self._shapes: tuple[Shape, ...] = ()
        self._numbers: dict[int, int] = {}
        self._lights: tuple[Shape, ...] = ()
        self._held = 0
        self.sight = Sight(
            ground, document.scale, document.width, document.height, lambda id: self._numbers.get(id, 0), lambda: self._lights
        )
        self._rebuild(document)

    def hold(self, id: int) -> tuple[list[MarkItem], list[MarkItem], float]:
        """This mark is being dragged: pictures stand in for the others. What is below it, what above, and its height."""
        moving = self._items[id]
        shown = sorted((i for i in self._items.values() if i.isVisible() and i is not moving), key=MarkItem.zValue)
        self._held = id
        for item in shown:
            item.stand_in(True)
        height = moving.zValue()
        return [i for i in shown if i.zValue() < height], [i for i in shown if i.zValue() > height], height

    def stamp(self, sight: QTransform, ratio: float, seen: QSize) -> None:
        """The mark that is dragged only moves: it need not be painted anew each time."""
        if self._held:
            self._items[self._held].hold(sight, ratio, seen)

    def release(self) -> None:
        """All marks are seen by themselves again."""
        if self._held:
            self._held = 0
            for item in self._items.values():
                item.let_go()
                item.stand_in(False)

    def is_held_by(self, document: Document) -> bool:
        """Whether nothing but the mark that is dragged differs in this document."""
        now = document.shapes
        return len(now) == len(self._shapes) and all(a is b or a.id == b.id == self._held for a, b in zip(now, self._shapes, strict=True))

    def follow(self, document: Document) -> None:
        """Make the scene show this document."""
        before, now = self._shapes, document.shapes
        if len(before) != len(now):
            self._rebuild(document)
            return
        changed = [(old, new) for old, new in zip(before, now, strict=True) if old is not new]
        if any(old.id != new.id for old, new in changed):
            self._rebuild(document)
            return
        self._shapes = now
        if any(new.is_cover for _, new in changed):
            self._ground.set_covers(document.covers)
            if not self._held:
                self._repaint(Magnifier, Mosaic)
        if any(isinstance(new, Spotlight) for _, new in changed):
            self._lights = tuple(s for s in now if isinstance(s, Spotlight))
            if not self._held:
                self._repaint(Spotlight)
        for _, new in changed:
            self._items[new.id].show_shape(new)

    def clear(self) -> None:
        """Take all items out of the scene."""
        for item in self._items.values():
            self._scene.removeItem(item)
        self._items.clear()

    def _rebuild(self, document: Document) -> None:
        """Marks came, went or changed places."""
        self._shapes = document.shapes
        self._ground.set_covers(document.covers)
        self._numbers = {s.id: at for at, s in enumerate((s for s in document.shapes if isinstance(s, Number)), 1)}
        self._lights = tuple(s for s in document.shapes if isinstance(s, Spotlight))
        for gone in self._items.keys() - {s.id for s in document.shapes}:
            self._scene.removeItem(self._items.pop(gone))
        for at, shape in enumerate(document.shapes):
            item = self._items.get(shape.id)
            if item is None:
                item = self._items[shape.id] = MarkItem(shape, self.sight)
                self._scene.addItem(item)
            else:
                item.show_shape(shape)
            item.setZValue(layer(at, shape))
        self._repaint(Magnifier, Mosaic, Number, Spotlight)

    def _repaint(self, *kinds: type[Shape]) -> None:
        """What these look like depends on other marks too."""
        for shape in self._shapes:
            if isinstance(shape, kinds):
                self._items[shape.id].update()
