# SPDX-License-Identifier: Apache-2.0
"""The card with the rows of reports: it keeps the reader's place and the chosen report, and asks for more rows near its end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStackedLayout, QVBoxLayout, QWidget

from firstlight.kit.frames import Card
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.reports.ui.report_delegate import ReportDelegate
from firstlight.reports.ui.report_model import Look, ReportModel, RowLook


class ReportList(Card):
    """Signals: chosen(report id) by hand or when the rows change; acted(report id): Enter, a double click, the row's button; neared_end()."""

    chosen = Signal(str)
    acted = Signal(str)
    neared_end = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(0, 0)
        self._is_sought = True
        self.model = ReportModel(self)
        self.delegate = ReportDelegate(kit, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self.delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(self.tr("My reports"))
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.activated.connect(self._on_activated)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.delegate.action_asked.connect(self.acted)
        self.box.setContentsMargins(1, 5, 1, 5)
        places = QWidget()
        self._places = QStackedLayout(places)
        self._places.addWidget(self.view)
        nothing = QWidget()
        self._nothing = QVBoxLayout(nothing)
        self._places.addWidget(nothing)
        self.box.addWidget(places)

    def show_looks(self, looks: tuple[Look, ...]) -> None:
        """These rows, at the place where the reader was."""
        place = self.view.verticalScrollBar().value()
        self.model.set_looks(looks)
        # The list lays itself out when Qt is idle; only then it can be where it was.
        QTimer.singleShot(0, self.view, lambda: self._settle(place))
        self._places.setCurrentIndex(0)

    def _settle(self, place: int) -> None:
        """Where the reader was; or at the report that was asked for."""
        if self._is_sought and self.view.currentIndex().isValid():
            self._is_sought = False
            self.view.scrollTo(self.view.currentIndex())
        else:
            self.view.verticalScrollBar().setValue(place)

    def show_nothing(self, state: QWidget) -> None:
        """No rows: `state` says why."""
        self.model.set_looks(())
        clear(self._nothing)
        self._nothing.addWidget(state)
        self._places.setCurrentIndex(1)

    def keep_chosen(self, *ids: str) -> None:
        """Choose the first of these that is there, else the first row; nothing is scrolled."""
        found = (self.model.index_of(id) for id in ids)
        index = next((index for index in found if index.isValid()), self.model.first_row())
        if self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)

    def choose(self, id: str) -> bool:
        """Choose this report and bring it into sight; False when it is not among the rows, and is shown as soon as it is."""
        self._is_sought = True
        index = self.model.index_of(id)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        return index.isValid()

    @Slot(QModelIndex)
    def _on_current_changed(self, current: QModelIndex) -> None:
        look = self.model.look_at(current)
        if isinstance(look, RowLook):
            self.chosen.emit(look.key)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        look = self.model.look_at(index)
        if isinstance(look, RowLook):
            self.acted.emit(look.key)

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self.neared_end.emit()
