# SPDX-License-Identifier: Apache-2.0
"""The marks of one picture, in order, with crop; and editing them with undo and redo that never run out.

A Document is frozen: every change makes a new one that shares its shapes with the old, so undo is a list of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from firstlight.annotate.geometry import Crop
from firstlight.annotate.shape_json import from_json
from firstlight.annotate.shapes import Number, Shape
from firstlight.base.errors import BadInput

FORMAT = 1
TURNED_FORMAT = 2
"""A turned picture is a format of its own: a program that does not know of turns must refuse it, or covers would lie elsewhere."""
MOST_SHAPES = 5_000


@dataclass(frozen=True)
class Document:
    """Shapes from the lowest to the topmost on a picture of `width` x `height` pixels; `scale` is pixels per point of its screen.

    `turn` counts the quarters by which the picture was turned clockwise; sizes, shapes and crop are those of the turned picture.
    """

    width: int
    height: int
    scale: float = 1.0
    shapes: tuple[Shape, ...] = ()
    crop: Crop | None = None
    next_id: int = 1
    turn: int = 0

    def shape(self, id: int) -> Shape | None:
        """The shape of that id."""
        return next((s for s in self.shapes if s.id == id), None)

    def number_of(self, id: int) -> int:
        """The number that a step shows: its place among the steps, from 1; 0 for what is no step."""
        steps = [s.id for s in self.shapes if isinstance(s, Number)]
        return steps.index(id) + 1 if id in steps else 0

    @property
    def covers(self) -> tuple[Shape, ...]:
        """Areas whose pixels must not leave."""
        return tuple(s for s in self.shapes if s.is_cover)

    @property
    def is_empty(self) -> bool:
        """Nothing was done to the picture."""
        return not self.shapes and self.crop is None and not self.turn

    def added(self, shape: Shape) -> Document:
        """With one more on top, under the next id."""
        return replace(self, shapes=(*self.shapes, replace(shape, id=self.next_id)), next_id=self.next_id + 1)

    def with_all(self, shapes: Iterable[Shape]) -> Document:
        """With these on top, in their order, under ids of their own; no more than a document holds."""
        made = self
        for shape in tuple(shapes)[: max(0, MOST_SHAPES - len(self.shapes))]:
            made = made.added(shape)
        return made

    def changed(self, *shapes: Shape) -> Document:
        """With these in the places of those with the same ids."""
        new = {s.id: s for s in shapes}
        return replace(self, shapes=tuple(new.get(s.id, s) for s in self.shapes))

    def without(self, ids: Iterable[int]) -> Document:
        """Without these; steps renumber by themselves."""
        gone = set(ids)
        return replace(self, shapes=tuple(s for s in self.shapes if s.id not in gone))

    def shifted(self, id: int, by: int) -> Document:
        """With one shape `by` places higher (or lower) in the order."""
        at = next((i for i, s in enumerate(self.shapes) if s.id == id), -1)
        if at < 0:
            return self
        rest = [s for s in self.shapes if s.id != id]
        rest.insert(min(len(rest), max(0, at + by)), self.shapes[at])
        return replace(self, shapes=tuple(rest))

    def cropped(self, crop: Crop | None) -> Document:
        """With this crop, held inside the picture; a crop of everything is none."""
        if crop is None:
            return replace(self, crop=None)
        x, y = max(0, min(crop.x, self.width - 1)), max(0, min(crop.y, self.height - 1))
        w, h = max(1, min(crop.w, self.width - x)), max(1, min(crop.h, self.height - y))
        is_all = (x, y, w, h) == (0, 0, self.width, self.height)
        return replace(self, crop=None if is_all else Crop(x, y, w, h))

    def turned(self) -> Document:
        """Turned clockwise by a quarter, with all that is on it."""
        height = self.height
        crop = self.crop and Crop(height - self.crop.y - self.crop.h, self.crop.x, self.crop.h, self.crop.w)
        return replace(
            self,
            width=height,
            height=self.width,
            shapes=tuple(s.turned(height) for s in self.shapes),
            crop=crop,
            turn=(self.turn + 1) % 4,
        )

    def to_json(self) -> dict[str, Any]:
        """What is kept in the store."""
        crop = [self.crop.x, self.crop.y, self.crop.w, self.crop.h] if self.crop else None
        more = {"turn": self.turn} if self.turn else {}
        return {
            "annotations": TURNED_FORMAT if self.turn else FORMAT,
            "width": self.width,
            "height": self.height,
            "scale": self.scale,
            "crop": crop,
            "shapes": [s.to_json() for s in self.shapes],
            "next_id": self.next_id,
            **more,
        }


def read(raw: Mapping[str, Any]) -> Document:
    """The document of a dictionary. Raises BadInput: a document that cannot be read must never flatten to a picture without its covers."""
    try:
        turn = raw.get("turn", 0)
        if raw.get("annotations") not in (FORMAT, TURNED_FORMAT) or turn not in (0, 1, 2, 3) or isinstance(turn, bool | float):
            raise ValueError(f"format {raw.get('annotations')!r}")
        raw_shapes = raw["shapes"]
        if not isinstance(raw_shapes, list) or len(raw_shapes) > MOST_SHAPES:
            raise ValueError("shapes")
        shapes = tuple(from_json(s) for s in raw_shapes)
        ids = {s.id for s in shapes}
        if len(ids) != len(shapes):
            raise ValueError("an id twice")
        made = Document(
            int(raw["width"]),
            int(raw["height"]),
            min(8.0, max(0.25, float(raw.get("scale", 1.0)))),
            shapes,
            next_id=max((int(raw.get("next_id", 1)), *(i + 1 for i in ids))),
            turn=turn,
        )
        if made.width < 1 or made.height < 1:
            raise ValueError("size")
        crop = raw.get("crop")
        return made.cropped(Crop(*(int(v) for v in crop))) if crop else made
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(path="annotations", line=0, why=str(error)) from error


class Editing:
    """The document under the tester's hands. Changes with the same `merge` key in a row are one step of undo."""

    def __init__(self, document: Document) -> None:
        self._now = document
        self._before: list[Document] = []
        self._after: list[Document] = []
        self._merge = ""

    @property
    def document(self) -> Document:
        """As it is now."""
        return self._now

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._after)

    def apply(self, document: Document, merge: str = "") -> bool:
        """Make this the document; False when it is the same."""
        if document == self._now:
            return False
        if not merge or merge != self._merge:
            self._before.append(self._now)
        self._now = document
        self._after.clear()
        self._merge = merge
        return True

    def amend(self, document: Document) -> None:
        """Make this the document as part of the last step: what follows from a change by itself."""
        self._now = document

    def settle(self) -> None:
        """The next change is a step of its own, whatever its key: a drag ended."""
        self._merge = ""

    def drop(self) -> None:
        """Take the last step back as if it had never been: a press that drew nothing."""
        if self._before:
            self._now = self._before.pop()
        self._merge = ""

    def undo(self) -> bool:
        """Take the last step back."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Do it again."""
        return self._step(self._after, self._before)

    def _step(self, source: list[Document], target: list[Document]) -> bool:
        if not source:
            return False
        target.append(self._now)
        self._now = source.pop()
        self._merge = ""
        return True
