# SPDX-License-Identifier: Apache-2.0
"""The marks of a document as items of a scene. Follows each change by what changed alone: a drag among thousands costs one item."""

from __future__ import annotations

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
        self.sight = Sight(
            ground, document.scale, document.width, document.height, lambda id: self._numbers.get(id, 0), lambda: self._lights
        )
        self._rebuild(document)

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
            self._repaint(Magnifier, Mosaic)
        if any(isinstance(new, Spotlight) for _, new in changed):
            self._lights = tuple(s for s in now if isinstance(s, Spotlight))
            self._repaint(Spotlight)
        for _, new in changed:
            self._items[new.id].show_shape(new)

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
