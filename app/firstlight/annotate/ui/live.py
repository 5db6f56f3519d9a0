# SPDX-License-Identifier: Apache-2.0
"""What the editor's parts share: the document under the tester's hands, what is chosen, the tool and its style."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QColor, QImage

from firstlight.annotate.document import Document, Editing
from firstlight.annotate.shapes import Number, Shape, Text
from firstlight.annotate.ui.ground import Ground
from firstlight.annotate.ui.tools.table import TOOLS
from firstlight.annotate.ui.tools.tool import Style, contrast

SELECT = "select"
CROP = "crop"
COLOURS = ("#C42B1C", "#C04F0C", "#B28600", "#1B6B3E", "#2459A8", "#16181A")
MARKER_COLOURS = ("#FFD93B", "#8FE388", "#7FD1FF", "#FFA8D0", "#FFB870", "#D7BDFF")
WIDTHS = (2.0, 5.0, 8.0)
_AUTOSAVE_MS = 100
_LEGIBLE = 2.0
"""Below this contrast between a mark and its ground it gets an edge by itself."""


class Live(QObject):
    """One editor's state. Every part changes it through here and follows its signals.

    Signals: document_changed() with each change, also in mid-drag; selection_changed(); tool_changed(); style_changed();
    saving(dict) at most every 100 ms and at each end of a drag; text_asked() when words should be typed.
    """

    document_changed = Signal()
    selection_changed = Signal()
    tool_changed = Signal()
    style_changed = Signal()
    saving = Signal(object)
    text_asked = Signal()

    def __init__(self, base: QImage, document: Document) -> None:
        super().__init__()
        self.base = base
        self.editing = Editing(document)
        self.ground = Ground(base, document.covers, document.scale)
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

    # -- changes -----------------------------------------------------------------------------------------------------------

    def apply(self, document: Document, merge: str = "") -> None:
        """Make a change; the same `merge` in a row is one step of undo."""
        if self.editing.apply(document, merge):
            self._told()

    def settle(self) -> None:
        """A drag ended: keep it now, and begin a new step of undo."""
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

    def _told(self) -> None:
        if self.selected and self.document.shape(self.selected) is None:
            self.selected = 0
            self.selection_changed.emit()
        self.document_changed.emit()
        if not self._save.isActive():
            self._save.start()

    def _on_save_due(self) -> None:
        self.saving.emit(self.document.to_json())

    # -- choice, tool, style -----------------------------------------------------------------------------------------------

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
        self.edit(lambda shape: replace(shape, **{k: v for k, v in values.items() if hasattr(shape, k)}))
        self.style_changed.emit()

    # -- drawing -----------------------------------------------------------------------------------------------------------

    def begin(self, x: float, y: float) -> Shape:
        """A new mark of the tool at a point, chosen; the caller drags it on under merge `draw`."""
        color, width, edge = self.style(self.tool)
        has_edge = edge if edge is not None else self._needs_edge(color, x, y)
        made = TOOLS[self.tool].begin(0, x, y, Style(color, width, has_edge))
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

    def _needs_edge(self, color: str, x: float, y: float) -> bool:
        reach = round(24 * self.document.scale)
        ground = self.ground.mean(QRect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach))
        return contrast(QColor(color), ground) < _LEGIBLE
