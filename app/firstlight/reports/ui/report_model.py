# SPDX-License-Identifier: Apache-2.0
"""The list of reports as Qt sees it: section titles and rows, made of frozen looks that a delegate paints."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

LOOK = int(Qt.ItemDataRole.UserRole) + 1
"""The one role of ours: a SectionLook or a RowLook."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class SectionLook:
    """The title of the rows below it; it can be neither chosen nor focused."""

    title: str


@dataclass(frozen=True)
class RowLook:
    """One report in words, ready to paint. `tone` is a colour role; `part` (0 to 1) draws a bar; `action` is a button's word."""

    key: str
    icon: str
    title: str
    detail: str
    state: str
    icon_tone: str = ""
    state_icon: str = ""
    tone: str = ""
    is_tag: bool = False
    part: float | None = None
    amount: str = ""
    note: str = ""
    is_moving: bool = False
    action: str = ""
    is_new: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it; the list itself adds which row of how many."""
        return ", ".join(words for words in (self.title, self.detail, self.state, self.amount, self.note) if words)


Look = SectionLook | RowLook


class ReportModel(QAbstractListModel):
    """Holds a tuple of looks; `set_looks` tells views as little as changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks: tuple[Look, ...] = ()
        self._row_of: dict[str, int] = {}

    def set_looks(self, looks: tuple[Look, ...]) -> None:
        """Show these; rows that only look different keep their place and selection, also when more follow."""
        old = self._looks
        kept = len(old)
        if not old or [_name(look) for look in looks[:kept]] != [_name(look) for look in old]:
            self.beginResetModel()
            self._keep(looks)
            self.endResetModel()
            return
        if len(looks) > kept:
            self.beginInsertRows(QModelIndex(), kept, len(looks) - 1)
            self._keep((*old, *looks[kept:]))
            self.endInsertRows()
        self._keep(looks)
        for row, (before, now) in enumerate(zip(old, looks, strict=False)):
            if before != now:
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def _keep(self, looks: tuple[Look, ...]) -> None:
        self._looks = looks
        self._row_of = {look.key: row for row, look in enumerate(looks) if isinstance(look, RowLook)}

    def look_at(self, index: _Index) -> Look | None:
        """What stands at `index`."""
        return self._looks[index.row()] if index.isValid() and 0 <= index.row() < len(self._looks) else None

    def index_of(self, key: str) -> QModelIndex:
        """Where the report `key` stands; an invalid index when it does not."""
        row = self._row_of.get(key)
        return QModelIndex() if row is None else self.index(row)

    def first_row(self) -> QModelIndex:
        """The first report below the first title."""
        return next((self.index(row) for row, look in enumerate(self._looks) if isinstance(look, RowLook)), QModelIndex())

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """Titles and rows."""
        return 0 if parent.isValid() else len(self._looks)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for readers and search, the look for the delegate."""
        look = self.look_at(index)
        if look is None:
            return None
        if role == LOOK:
            return look
        if role == Qt.ItemDataRole.DisplayRole:
            return look.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return look.spoken if isinstance(look, RowLook) else look.title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only reports can be chosen."""
        look = self.look_at(index)
        if look is None:
            return Qt.ItemFlag.NoItemFlags
        if isinstance(look, RowLook):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren


def _name(look: Look) -> str:
    return f"row {look.key}" if isinstance(look, RowLook) else f"section {look.title}"
