# SPDX-License-Identifier: Apache-2.0
"""What the editor's parts share: the document under the tester's hands, what is chosen, the tool and its style."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QImage

from firstlight.annotate import clip
from firstlight.annotate.document import Document, Editing
from firstlight.annotate.shapes import Number, Shape, Text, called
from firstlight.annotate.ui import picture
from firstlight.annotate.ui.ground import Ground
from firstlight.annotate.ui.legible import needs_edge
from firstlight.annotate.ui.tools import words
from firstlight.annotate.ui.tools.table import TOOLS
from firstlight.annotate.ui.tools.tool import Sight, Style

SELECT = "select"
CROP = "crop"
COLOURS = ("#C42B1C", "#C04F0C", "#B28600", "#1B6B3E", "#2459A8", "#16181A")
MARKER_COLOURS = ("#FFD93B", "#8FE388", "#7FD1FF", "#FFA8D0", "#FFB870", "#D7BDFF")
WIDTHS = (2.0, 5.0, 8.0)
_AUTOSAVE_MS = 100


class Live(QObject):
    """One editor's state. Every part changes it through here and follows its signals.

    Signals: document_changed() with each change, also in mid-drag; base_changed() before it when the picture was turned;
    selection_changed(); tool_changed(); style_changed(); saving(dict) at most every 100 ms and at each end of a drag;
    text_asked() when words should be typed, name_asked() when a name.
    """

    base_changed = Signal()
    document_changed = Signal()
    selection_changed = Signal()
    tool_changed = Signal()
    style_changed = Signal()
    saving = Signal(object)
    text_asked = Signal()
    name_asked = Signal()

    def __init__(self, original: QImage, document: Document) -> None:
        super().__init__()
        self.original = original
        self.base = picture.turned(original, document.turn)
        self.editing = Editing(document)
        self.ground = Ground(self.base, document.covers, document.scale)
        self._turn = document.turn
        self._kept: dict[int, tuple[Shape, dict[str, Any]]] = {}
        self.selected = 0
        self.tool = SELECT
        self._styles: dict[str, tuple[str, float, bool | None]] = {}
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(_AUTOSAVE_MS)
        self._save.timeout.connect(self._on_save_due)

    @property
    def document(self) -> Document:
        """As it is now."""
        return self.editing.document

    @property
    def shape(self) -> Shape | None:
        """What is chosen."""
        return self.document.shape(self.selected) if self.selected else None

    def let_go(self) -> None:
        """Nobody looks at the picture any more."""
        self.original = self.base = self.ground.base = QImage()

    # -- changes -----------------------------------------------------------------------------------------------------------

    def apply(self, document: Document, merge: str = "") -> None:
        """Make a change; the same `merge` in a row is one step of undo."""
        if self.editing.apply(document, merge):
            self._told()

    def settle(self) -> None:
        """A drag ended: keep it now, and begin a new step of undo."""
        self.look_at_edge()
        self.editing.settle()
        if self._save.isActive():
            self._save.stop()
            self._on_save_due()

    def undo(self) -> None:
        """Take a step back."""
        if self.editing.undo():
            self._told()

    def redo(self) -> None:
        """Do it again."""
        if self.editing.redo():
            self._told()

    def drop(self) -> None:
        """Forget the last step."""
        self.editing.drop()
        self._told()

    def edit(self, change: Callable[[Shape], Shape], merge: str = "") -> None:
        """Change what is chosen."""
        if (shape := self.shape) is not None:
            self.apply(self.document.changed(change(shape)), merge and f"{merge}:{shape.id}")

    def remove(self) -> None:
        """Remove what is chosen and choose its neighbour."""
        shapes, gone = self.document.shapes, self.selected
        at = next((i for i, s in enumerate(shapes) if s.id == gone), -1)
        if at < 0:
            return
        rest = shapes[:at] + shapes[at + 1 :]
        self.apply(self.document.without((gone,)))
        self.select(rest[min(at, len(rest) - 1)].id if rest else 0)

    def look_at_edge(self) -> None:
        """A mark on other ground, or of another colour, may need an edge, or no longer."""
        shape = self.shape
        if shape is None or not shape.has_edge or shape.is_edge_chosen or shape.kind == "number":
            return
        needs = needs_edge(shape, self._sight())
        if needs != shape.edge:
            self.editing.amend(self.document.changed(replace(shape, edge=needs)))
            self._told()

    def turn(self) -> None:
        """Turn the picture clockwise by a quarter; words stay upright, in the middle of where they were."""
        before, after = self.document, self.document.turned()
        moved = []
        for shape in before.shapes:
            if isinstance(shape, Text):
                plate = words.plate(shape, before.scale)
                middle = QPointF(before.height - plate.center().y(), plate.center().x())
                moved.append(replace(shape, x=middle.x() - plate.width() / 2, y=middle.y() - plate.height() / 2))
        self.apply(after.changed(*moved))
        self.settle()

    def copied(self) -> bytes:
        """What is chosen, or all marks, for another picture."""
        shape = self.shape
        return clip.packed(self.document, (shape,) if shape else self.document.shapes)

    def paste(self, data: bytes) -> int:
        """Put copied marks on this picture and choose the topmost; how many there were."""
        shapes = clip.pasted(data, self.document)
        if shapes:
            self.set_tool(SELECT)
            self.apply(self.document.with_all(shapes))
            self.select(self.document.shapes[-1].id)
            self.settle()
        return len(shapes)

    def _sight(self) -> Sight:
        document = self.document
        return Sight(self.ground, document.scale, document.width, document.height, document.number_of)

    def _told(self) -> None:
        if self.document.turn != self._turn:
            self._turn = self.document.turn
            self.base = picture.turned(self.original, self._turn)
            self.ground = Ground(self.base, self.document.covers, self.document.scale)
            self.base_changed.emit()
        if self.selected and self.document.shape(self.selected) is None:
            self.selected = 0
            self.selection_changed.emit()
        self.document_changed.emit()
        if not self._save.isActive():
            self._save.start()

    def _on_save_due(self) -> None:
        self.saving.emit(self.kept())

    def kept(self) -> dict[str, Any]:
        """The document as it is kept. Only what changed is put into words anew: this runs in mid-drag."""
        document = self.document
        known, self._kept = self._kept, {}
        for shape in document.shapes:
            had = known.get(shape.id)
            self._kept[shape.id] = had if had is not None and had[0] is shape else (shape, shape.to_json())
        return {**replace(document, shapes=()).to_json(), "shapes": [self._kept[s.id][1] for s in document.shapes]}

    # -- choice, tool, style -----------------------------------------------------------------------------------------------

    def rename(self, id: int, name: str) -> None:
        """What the tester calls a mark; "" takes its own words again."""
        shape = self.document.shape(id)
        if shape is not None:
            self.apply(self.document.changed(replace(shape, name=called(name))), f"name:{id}")

    def select(self, id: int) -> None:
        """Choose a mark; 0 chooses nothing. A text left without words goes."""
        if id == self.selected:
            return
        before = self.shape
        self.selected = id
        if isinstance(before, Text) and before.is_tiny:
            self.apply(self.document.without((before.id,)))
        self.selection_changed.emit()

    def step(self, by: int) -> None:
        """Choose the next mark in the list."""
        ids = [s.id for s in self.document.shapes]
        if ids:
            at = ids.index(self.selected) + by if self.selected in ids else (0 if by > 0 else -1)
            self.select(ids[at % len(ids)])

    def set_tool(self, kind: str) -> None:
        """Take a tool: select, crop or one of the table."""
        if kind != self.tool:
            self.tool = kind
            if kind not in (SELECT,):
                self.select(0)
            self.tool_changed.emit()

    @property
    def style_kind(self) -> str:
        """Whose style is shown: of what is chosen, else of the tool."""
        shape = self.shape
        return shape.kind if shape else self.tool

    def style(self, kind: str) -> tuple[str, float, bool | None]:
        """Colour, width and edge that the next mark of this kind starts with; an edge of None looks at the ground."""
        fresh = (MARKER_COLOURS[0], WIDTHS[1], None) if kind == "highlighter" else (COLOURS[0], WIDTHS[1], None)
        return self._styles.get(kind, fresh)

    def set_style(self, **values: Any) -> None:
        """Restyle what is chosen, and what is drawn next."""
        kind = self.style_kind
        color, width, edge = self.style(kind)
        self._styles[kind] = (values.get("color", color), values.get("width", width), values.get("edge", edge))
        fresh = {**values, **({"is_edge_chosen": True} if "edge" in values else {})}
        self.edit(lambda shape: replace(shape, **{k: v for k, v in fresh.items() if hasattr(shape, k)}))
        self.look_at_edge()
        self.style_changed.emit()

    # -- drawing -----------------------------------------------------------------------------------------------------------

    def begin(self, x: float, y: float) -> Shape:
        """A new mark of the tool at a point, chosen; the caller drags it on under merge `draw`."""
        color, width, edge = self.style(self.tool)
        made = TOOLS[self.tool].begin(0, x, y, Style(color, width, bool(edge)))
        if made.has_edge and edge is not None:
            made = replace(made, is_edge_chosen=True)
        id = self.document.next_id
        self.apply(self.document.added(made), f"draw:{id}")
        self.select(id)
        shape = self.document.shape(id)
        assert shape is not None
        return shape

    def finish(self) -> None:
        """The drawing ended: what is too small was a slip."""
        shape = self.shape
        if isinstance(shape, Text):
            self.editing.settle()
            self.text_asked.emit()
        elif shape is not None and shape.is_tiny:
            self.drop()
        self.settle()

    def place(self, x: float, y: float) -> None:
        """Draw without a pointer: a mark of usual size around a point."""
        if self.tool in (SELECT, CROP):
            return
        unit = 60 * self.document.scale
        first = self.begin(x - unit, y - unit / 2)
        if not isinstance(first, Number | Text):
            moved = TOOLS[self.tool].drag(first, x - unit, y - unit / 2, x + unit, y + unit / 2, False)
            self.apply(self.document.changed(moved), f"draw:{first.id}")
        self.finish()
