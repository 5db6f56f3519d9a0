# SPDX-License-Identifier: Apache-2.0
"""What mouse and keyboard do to the document: choose, draw, drag handles, move, crop. No painting in here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from firstlight.annotate.geometry import Crop
from firstlight.annotate.shapes import Shape
from firstlight.annotate.ui.items import HandlesItem, crop_with
from firstlight.annotate.ui.live import CROP, SELECT, Live
from firstlight.annotate.ui.tools.table import TOOLS

LETTERS = {SELECT: "V", CROP: "C"} | {tool.kind: tool.letter for tool in TOOLS.values()}
_KIND_OF = {letter: kind for kind, letter in LETTERS.items()}
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Hand:
    """One act at a time: begun by a press, gone on with, ended by a release. Places are in pixels of the picture."""

    def __init__(self, live: Live, handles: HandlesItem) -> None:
        self._live = live
        self._handles = handles
        self._act = ""
        self._handle = ""
        self._from = (0.0, 0.0)
        self._start: Shape | None = None
        self._crop: Crop | None = None

    def cursor(self, x: float | None = None, y: float | None = None) -> Qt.CursorShape:
        """What a press would do here."""
        if x is not None and y is not None and self._handles.handle_at(x, y):
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.ArrowCursor if self._live.tool == SELECT else Qt.CursorShape.CrossCursor

    @property
    def is_dragging_mark(self) -> bool:
        """Whether a press holds a mark, not the crop."""
        return self._act in ("move", "handle", "draw")

    @property
    def is_moving_mark(self) -> bool:
        """Whether it keeps its form meanwhile."""
        return self._act == "move"

    # -- mouse -------------------------------------------------------------------------------------------------------------

    def press(self, x: float, y: float, mark: int) -> None:
        """`mark` is the id of what lies there, 0 for nothing."""
        live = self._live
        x, y = round(x, 2), round(y, 2)
        self._from = (x, y)
        self._handle = self._handles.handle_at(x, y)
        if live.tool == CROP:
            self._press_crop(x, y)
            return
        if self._handle and live.shape is not None:
            self._act, self._start = "handle", live.shape
            return
        if live.tool == SELECT:
            live.select(mark)
            self._act, self._start = ("move", live.shape) if mark else ("", None)
            return
        self._start = live.begin(x, y)
        self._act = "draw"

    def drag(self, x: float, y: float, is_straight: bool) -> None:
        """The pointer moved with the button down."""
        live, start = self._live, self._start
        x, y = round(x, 2), round(y, 2)
        x0, y0 = self._from
        if self._act == "crop":
            crop = self._crop
            assert crop is not None
            live.apply(live.document.cropped(crop_with(crop, self._handle, x, y)), "crop")
            return
        if start is None:
            return
        if self._act == "move":
            dx, dy = x - x0, y - y0
            if is_straight:
                dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
            live.apply(live.document.changed(start.moved(dx, dy)), f"move:{start.id}")
        elif self._act == "handle":
            live.apply(live.document.changed(start.with_handle(self._handle, x, y)), f"handle:{start.id}:{self._handle}")
        elif self._act == "draw":
            now = live.document.shape(start.id)
            if now is not None:
                live.apply(live.document.changed(TOOLS[now.kind].drag(now, x0, y0, x, y, is_straight)), f"draw:{start.id}")

    def release(self) -> None:
        """The button is up."""
        act, self._act, self._start = self._act, "", None
        if act == "draw":
            self._live.finish()
        elif act:
            self._live.settle()

    def _press_crop(self, x: float, y: float) -> None:
        document = self._live.document
        whole = document.crop or Crop(0, 0, document.width, document.height)
        self._act = "crop"
        if self._handle:
            self._crop = whole
            return
        self._handle = "se"
        self._crop = Crop(round(x), round(y), 1, 1)

    # -- keyboard ----------------------------------------------------------------------------------------------------------

    def key(self, event: QKeyEvent, x: float, y: float) -> bool:
        """Whether the key was ours; (x, y) is the middle of what is seen."""
        live, key = self._live, Qt.Key(event.key())
        modifiers = event.modifiers()
        if key in ARROWS:
            return self.arrow(key, modifiers)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            live.remove()
        elif key == Qt.Key.Key_Escape and (live.selected or live.tool != SELECT):
            live.set_tool(SELECT) if not live.selected else live.select(0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & _MODIFIERS:
            self._enter(x, y)
        elif key == Qt.Key.Key_PageDown:
            live.step(1)
        elif key == Qt.Key.Key_PageUp:
            live.step(-1)
        elif not modifiers & _MODIFIERS and event.text().upper() in _KIND_OF:
            live.set_tool(_KIND_OF[event.text().upper()])
        else:
            return False
        return True

    def arrow(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Moves what is chosen by a pixel, with Shift by ten; with Ctrl its last corner."""
        live, shape = self._live, self._live.shape
        if live.tool == CROP:
            return self._arrow_crop(key, modifiers)
        if shape is None:
            return False
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        dx, dy = (v * step for v in ARROWS[key])
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            corner = next(((n, x, y) for n, x, y in shape.handles if n in ("se", "end")), None)
            if corner is None:
                return False
            live.edit(lambda s: s.with_handle(corner[0], corner[1] + dx, corner[2] + dy), "size")
        else:
            live.edit(lambda s: s.moved(dx, dy), "nudge")
        live.look_at_edge()
        return True

    def _arrow_crop(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Ctrl moves the lower right corner, Alt the upper left."""
        document = self._live.document
        crop = document.crop or Crop(0, 0, document.width, document.height)
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        dx, dy = (v * step for v in ARROWS[key])
        name = "nw" if modifiers & Qt.KeyboardModifier.AltModifier else "se"
        x, y = (crop.x, crop.y) if name == "nw" else (crop.x + crop.w, crop.y + crop.h)
        self._live.apply(document.cropped(crop_with(crop, name, x + dx, y + dy)), "crop")
        return True

    def _enter(self, x: float, y: float) -> None:
        if self._live.tool in (SELECT, CROP):
            self._live.text_asked.emit()
        else:
            self._live.place(x, y)
