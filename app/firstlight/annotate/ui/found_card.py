# SPDX-License-Identifier: Apache-2.0
"""Words in the picture that look private, offered for hiding: found by a program of the tester's PC, nothing leaves for it.

The list can be ticked one by one; nothing is hidden until the tester says so, and one undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from firstlight.annotate.found import Found, areas, still_seen
from firstlight.annotate.ui.live import Live
from firstlight.base.errors import FirstlightError
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.frames import IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

_MOST_ROWS = 4


@dataclass(frozen=True)
class Reader:
    """Who reads pictures: `find(work=…)` gives what looks private in this one; `title(kind)` is a kind in the tester's words."""

    find: Callable[..., tuple[Found, ...]]
    title: Callable[[str], str]


class FoundCard(QWidget):
    """Hidden while there is nothing to offer.

    Signals: offered(int) when the picture was read, with how many places look private.
    """

    offered = Signal(int)

    def __init__(self, kit: Kit, live: Live, reader: Reader) -> None:
        super().__init__()
        self._kit = kit
        self._live = live
        self._reader = reader
        self._found: tuple[Found, ...] = ()
        self._shown: tuple[Found, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(kit, "scan", "warn", 18))
        self._title = label("", "smallstrong")
        head.addWidget(self._title, 1)
        box.addLayout(head)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("ringed", True)
        self.list.setAccessibleName(self.tr("Words that may be private"))
        self.list.setAccessibleDescription(self.tr("Space ticks what is to be hidden."))
        box.addWidget(self.list)
        # Beside each other as long as they fit.
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if kit.theme.percent < 150 else QBoxLayout.Direction.TopToBottom)
        self.hide_button = Button(kit, self.tr("Hide these"), icon="redact", size="small")
        self.hide_button.clicked.connect(self._on_hide)
        self.leave_button = Button(kit, self.tr("Leave them"), kind="ghost", size="small")
        self.leave_button.clicked.connect(self._on_leave)
        row.addWidget(self.hide_button)
        row.addWidget(self.leave_button)
        row.addStretch()
        box.addLayout(row)
        self.setVisible(False)
        live.document_changed.connect(self._follow)
        self._model.itemChanged.connect(self._on_ticked)

    def read(self) -> None:
        """Have the picture read, in the background."""
        job = self._kit.jobs.start(self._reader.find, lane="look", owner=self)
        job.finished.connect(self._on_found)
        job.failed.connect(self._on_failed)

    def _on_found(self, found: tuple[Found, ...]) -> None:
        self._found = found
        self._follow()
        self.offered.emit(len(found))

    def _on_failed(self, error: FirstlightError) -> None:
        self._kit.toasts.show(explain(error).text)

    def _follow(self) -> None:
        """Offer what still shows."""
        seen = still_seen(self._found, self._live.document) if self._found else ()
        if seen == self._shown:
            return
        self._shown = seen
        self._model.clear()
        for one in seen:
            item = QStandardItem(f"{one.text}  ·  {self._reader.title(one.kind)}")
            item.setCheckable(True)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(item.text())
            self._model.appendRow(item)
        self._title.setText(self.tr("%n place(s) may be private", "", len(seen)))
        rows = min(_MOST_ROWS, len(seen))
        self.list.setFixedHeight(rows * max(self._kit.theme.px(24), self.list.sizeHintForRow(0)) + 6)
        self.setVisible(bool(seen))
        self._on_ticked()

    def _ticked(self) -> tuple[Found, ...]:
        return tuple(one for at, one in enumerate(self._shown) if self._model.item(at).checkState() == Qt.CheckState.Checked)

    def _on_ticked(self, _item: object = None) -> None:
        self.hide_button.setEnabled(self._model.rowCount() == len(self._shown) and bool(self._ticked()))

    def _on_hide(self) -> None:
        document = self._live.document
        names = {one.kind: self._reader.title(one.kind) for one in self._found}
        self._live.apply(document.with_all(areas(self._ticked(), document, names)))
        self._live.settle()

    def _on_leave(self) -> None:
        self._found = ()
        self._follow()
