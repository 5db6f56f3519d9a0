# SPDX-License-Identifier: Apache-2.0
"""The list of marks, topmost first, for the eye, the keyboard and the screen reader."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from firstlight.annotate.shapes import Hide, Mosaic, Number, Shape, Text
from firstlight.annotate.ui.live import Live
from firstlight.annotate.ui.places import Places
from firstlight.annotate.ui.tools.table import title

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row can be asked beside its words."""

    ID = Qt.ItemDataRole.UserRole + 1
    KIND = Qt.ItemDataRole.UserRole + 2
    SHOWN = Qt.ItemDataRole.UserRole + 3
    COVER = Qt.ItemDataRole.UserRole + 4


class MarksModel(QAbstractListModel):
    """Rows follow the document: changed rows tell, others stay, so that a drag does not lose the place in the list."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live
        self._places = Places(self)
        self._rows: tuple[Shape, ...] = tuple(reversed(live.document.shapes))
        live.document_changed.connect(self._on_document_changed)

    def _on_document_changed(self) -> None:
        rows = tuple(reversed(self._live.document.shapes))
        if len(rows) != len(self._rows) or any(a is not b and a.id != b.id for a, b in zip(rows, self._rows, strict=True)):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        moved = [(at, old) for at, (new, old) in enumerate(zip(rows, self._rows, strict=True)) if new is not old]
        # A mark that only moved reads as before: its row is not told, and not painted again with each step of a drag.
        changed = [at for at, old in moved if (rows[at].is_shown, self.words(rows[at])) != (old.is_shown, self.words(old))]
        self._rows = rows
        for at in changed:
            self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's name and Qt's own default
        """How many marks there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, tooltip, what a reader says of the mark and of its place, and the roles above."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        shape = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(shape)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(shape, index.row())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._places.words(shape)
        return {Role.ID: shape.id, Role.KIND: shape.kind, Role.SHOWN: shape.is_shown, Role.COVER: shape.is_cover}.get(role)  # type: ignore[call-overload]

    def words(self, shape: Shape) -> str:
        """What the row says: the tester's name for it, else its own words."""
        return shape.name or self._own_words(shape)

    def _own_words(self, shape: Shape) -> str:
        if isinstance(shape, Text):
            return " ".join(shape.text.split()) or self.tr("Text without words")
        if isinstance(shape, Number):
            return self.tr("Step {number}").format(number=self._live.document.number_of(shape.id))
        if isinstance(shape, Hide):
            return self.tr("Hidden area")
        if isinstance(shape, Mosaic):
            return self.tr("Mosaic area")
        return title(shape.kind)

    def _spoken(self, shape: Shape, row: int) -> str:
        state = "" if shape.is_shown or shape.is_cover else self.tr("not shown")
        kind = title(shape.kind) if isinstance(shape, Text) or shape.name else ""
        place = self.tr("{row} of {rows}").format(row=row + 1, rows=len(self._rows))
        return ", ".join(part for part in (kind, self.words(shape), state, place) if part)

    def row_of(self, id: int) -> int:
        """Where a mark stands; -1 when it is not there."""
        return next((at for at, s in enumerate(self._rows) if s.id == id), -1)
