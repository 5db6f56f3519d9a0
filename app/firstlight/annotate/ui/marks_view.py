# SPDX-License-Identifier: Apache-2.0
"""Shows the list of marks: choose, show or not, remove, reorder, edit words, move; all by keyboard too."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from firstlight.annotate.shapes import Text
from firstlight.annotate.ui.hand import ARROWS, Hand
from firstlight.annotate.ui.live import Live
from firstlight.annotate.ui.marks_model import MarksModel, Role
from firstlight.annotate.ui.places import Places
from firstlight.annotate.ui.tools.table import TOOLS
from firstlight.kit.kit import Kit

_ROW = 32
_ICON = 16
Index = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Icon, words, eye or lock, and a bin on the chosen row."""

    def __init__(self, kit: Kit, live: Live, parent: QListView) -> None:
        super().__init__(parent)
        self._kit = kit
        self._live = live

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  Qt's name
        """A row's height grows with the text."""
        return QSize(120, self._kit.theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        theme = self._kit.theme
        area = QRect(option.rect)
        is_chosen = index.data(Role.ID) == self._live.selected
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if is_chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(0, 0, 0, -1), 7, 7)
        is_shown = index.data(Role.SHOWN) or index.data(Role.COVER)
        role = "text" if is_chosen else "text-2" if is_shown else "text-3"
        top = area.top() + (area.height() - _ICON) // 2
        painter.drawPixmap(area.left() + 8, top, self._kit.icons.pixmap(TOOLS[index.data(Role.KIND)].icon, role, _ICON))
        eye = "lock-simple" if index.data(Role.COVER) else "eye" if index.data(Role.SHOWN) else "eye-slash"
        painter.drawPixmap(self._eye(area).topLeft(), self._kit.icons.pixmap(eye, role, _ICON))
        if is_chosen:
            painter.drawPixmap(self._bin(area).topLeft(), self._kit.icons.pixmap("trash", role, _ICON))
        painter.setFont(theme.font(13, 600 if is_chosen else 400))
        painter.setPen(theme.color(role))
        words = area.adjusted(36, 0, -66, 0)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    @staticmethod
    def _eye(area: QRect) -> QRect:
        return QRect(area.right() - 58, area.top() + (area.height() - _ICON) // 2, _ICON, _ICON)

    @staticmethod
    def _bin(area: QRect) -> QRect:
        return QRect(area.right() - 28, area.top() + (area.height() - _ICON) // 2, _ICON, _ICON)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: N802  Qt's name
        """Clicks on the eye and the bin."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        area, place, id = QRect(option.rect), event.position().toPoint(), index.data(Role.ID)
        if self._bin(area).adjusted(-6, -6, 6, 6).contains(place) and id == self._live.selected:
            self._live.remove()
            return True
        if self._eye(area).adjusted(-6, -6, 6, 6).contains(place) and not index.data(Role.COVER):
            toggle_shown(self._live, id)
            return True
        return False


def toggle_shown(live: Live, id: int) -> None:
    """Show a mark or not; covers always hold."""
    shape = live.document.shape(id)
    if shape is not None and not shape.is_cover:
        live.apply(live.document.changed(replace(shape, is_shown=not shape.is_shown)))


class MarksView(QListView):
    """Up and down choose; Space shows or not; Delete removes; Enter edits words, F2 the name; Alt+Up/Down reorder; Ctrl+arrows move.

    Signals: copy_asked(); paste_asked().
    """

    copy_asked = Signal()
    paste_asked = Signal()

    def __init__(self, kit: Kit, live: Live, model: MarksModel) -> None:
        super().__init__()
        self._live = live
        self._model = model
        self._places = Places(self)
        self.setModel(model)
        self.setItemDelegate(_Delegate(kit, live, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setProperty("ringed", True)
        self.setAccessibleName(self.tr("Marks"))
        self.setAccessibleDescription(
            self.tr(
                "Up and down choose, Space shows or hides, Delete removes, F2 names, Enter edits words, Alt with arrows reorders, Ctrl with arrows moves."
            )
        )
        live.selection_changed.connect(self._follow)
        model.modelReset.connect(self._follow)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def _follow(self) -> None:
        row = self._model.row_of(self._live.selected)
        if row < 0:
            self.selectionModel().clear()
        elif self.currentIndex().row() != row:
            self.selectionModel().setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.viewport().update()

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self._live.select(current.data(Role.ID))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """A click chooses, whoever had the keyboard."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._live.select(index.data(Role.ID))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Words of a text, the name of any other."""
        super().mouseDoubleClickEvent(event)
        self._edit()

    def _edit(self) -> None:
        (self._live.text_asked if isinstance(self._live.shape, Text) else self._live.name_asked).emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """See the class."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        selected = self._live.selected
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._live.remove()
        elif key == Qt.Key.Key_Space:
            toggle_shown(self._live, selected)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers & Qt.KeyboardModifier.AltModifier:
            self._live.apply(self._live.document.shifted(selected, 1 if key == Qt.Key.Key_Up else -1))
        elif key in ARROWS and modifiers & Qt.KeyboardModifier.ControlModifier and self.hand is not None:
            self.hand.arrow(key, modifiers & ~Qt.KeyboardModifier.ControlModifier)
            self._places.announce(self, self._live)
        else:
            super().keyPressEvent(event)

    hand: Hand | None = None
    """Set by the editor: moves marks as on the canvas."""
