# SPDX-License-Identifier: Apache-2.0
"""The ring round what has the keyboard's attention: one overlay, because a style sheet's outline has neither radius nor offset.

It shows once the keyboard was used, and stays for text fields; a mouse click on a button does not need it.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from firstlight.kit.kit import Kit

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class FocusRing(QWidget):
    """Follows the focus within one window, and sees to it that each dialog of that window has a ring of its own, which always shows:
    who answers a question should see what Space would press.
    """

    def __init__(self, kit: Kit, window: QWidget, *, always: bool = False) -> None:
        super().__init__(window)
        self._kit = kit
        self._always = always
        self._target: QWidget | None = None
        self._by_keyboard = False
        self._is_moving = False
        self._bars: list[QScrollBar] = []
        self._around: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        window.installEventFilter(self)
        self.hide()

    def set_kit(self, kit: Kit) -> None:
        """Paint in another theme's colour."""
        self._kit = kit
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Follow what we frame."""
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show):
            self._place()
        return False

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.frame(new)

    def frame(self, new: QWidget | None) -> None:
        """Show the ring round what has the focus now, as far as it is of this window."""
        # The focus also leaves a widget while that is being destroyed; it knows us no more then.
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
            self._target.destroyed.disconnect(self._on_gone)
        self._by_keyboard, self._is_moving = self._is_moving, False
        self._target = new if new is not None and new.window() is self.window() else None
        if new is not None and self._target is None:
            self._frame_dialog(new)
        self._follow(self._target)
        if self._target is not None:
            self._target.installEventFilter(self)
            self._target.destroyed.connect(self._on_gone)
            if self._by_keyboard or self._always:
                self._bring_into_view(self._target)
        self._place()

    def _frame_dialog(self, new: QWidget) -> None:
        dialog = new.window()
        behind = dialog.parentWidget()
        is_ours = isinstance(dialog, QDialog) and behind is not None and behind.window() is self.window()
        if is_ours and not self._always and dialog.findChild(FocusRing) is None:
            FocusRing(self._kit, dialog, always=True).frame(new)

    def _follow(self, target: QWidget | None) -> None:
        """The ring moves along when what it frames is scrolled, or moved with what it stands in: the framed widget itself is told of neither."""
        for bar in self._bars:
            if isValid(bar):
                bar.valueChanged.disconnect(self._on_scrolled)
        for widget in self._around:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._bars, self._around = [], []
        while target is not None:
            target = target.parentWidget()
            if target is not None and target is not self.window():
                self._around.append(target)
                target.installEventFilter(self)
            if isinstance(target, QAbstractScrollArea):
                self._bars.append(target.verticalScrollBar())
        for bar in self._bars:
            bar.valueChanged.connect(self._on_scrolled)

    def _bring_into_view(self, target: QWidget) -> None:
        """Qt does so within one area; where the keyboard comes from another, nobody would see where it is."""
        inside = target.parentWidget()
        while inside is not None:
            if isinstance(inside, QScrollArea):
                inside.ensureWidgetVisible(target)
            inside = inside.parentWidget()

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._place()

    @Slot()
    def _on_gone(self) -> None:
        self._target = None
        self.hide()

    def by_keyboard(self) -> None:
        """A key is about to move the focus: the ring will show."""
        self._is_moving = True

    def _place(self) -> None:
        target = self._target if self._target is not None and shiboken6.isValid(self._target) else None
        is_ringed = target is not None and bool(target.property("ringed"))  # an area that wants the ring, within its edges
        is_area = isinstance(target, QAbstractScrollArea) and not isinstance(target, (*_FIELDS, QScrollArea)) and not is_ringed
        is_here = target is not None and target.window() is self.window()  # a part that was taken out is told to hide once more
        if target is None or not is_here or not target.isVisible() or is_area:  # lists and canvases show their own place
            self.hide()
            return
        if not self._by_keyboard and not self._always and not isinstance(target, _FIELDS):
            self.hide()
            return
        corner = target.mapTo(self.window(), target.rect().topLeft())
        out = -2 if is_ringed or isinstance(target, QScrollArea) else 4  # a page that scrolls reaches to the edges of the window
        area = target.rect().translated(corner).adjusted(-out, -out, out, out)
        is_cut = False
        inside = target.parentWidget()
        while inside is not None and not isinstance(inside, QAbstractScrollArea):
            inside = inside.parentWidget()
        if isinstance(inside, QAbstractScrollArea):
            view = inside.viewport()
            seen = view.rect().translated(view.mapTo(self.window(), view.rect().topLeft()))
            if not seen.intersects(area):
                self.hide()
                return
            framed = target.rect().translated(corner)
            is_cut = framed.top() < seen.top() or framed.bottom() > seen.bottom()
        self.setGeometry(area)
        if is_cut:  # what is scrolled away has no edge there, and what stands below the area is no part of it
            self.setMask(QRect(0, seen.top() - area.top(), area.width(), seen.height()))
        else:
            self.clearMask()
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """2 px, 2 px outside."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._kit.theme.color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
