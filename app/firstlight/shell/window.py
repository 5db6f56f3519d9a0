# SPDX-License-Identifier: Apache-2.0
"""The main window: navigation beside a stack of pages; knows no page by name, only how to show and rebuild them.

Its constructor and `show_first` are what the first paint waits for. They touch nothing of the namespace `Qt` and override no event
that comes before: either makes hundreds of enumerations and classes (tests/unit/test_first_paint.py).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from firstlight.kit.bare_page import WIDE, BasePage
from firstlight.kit.kit import Kit

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from firstlight.shell.focus_ring import FocusRing
    from firstlight.shell.navigation import Navigation
    from firstlight.shell.toast_view import ToastView
    from firstlight.shell.width_watch import WidthWatch

AnyPage = BasePage
MIN_SIZE = (900, 600)
SIZE = (1180, 760)


class MainWindow(QWidget):
    """One window; `visit(key)` shows a page, which `make` builds on its first visit.

    Signals: page_shown(str), closing() once a close is sure.
    """

    page_shown = Signal(str)
    closing = Signal()

    def __init__(self, kit: Kit, geometry: QSettings) -> None:
        super().__init__()
        self.setObjectName("window")
        self._kit = kit
        self._geometry = geometry
        self._make: Callable[[str], AnyPage] | None = None
        self._may_close: Callable[[], bool] = lambda: True
        self._pages: dict[str, AnyPage] = {}
        self._sections: dict[str, str] = {}
        self._history: list[str] = []
        self.current = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.navigation: Navigation | None = None
        self._stack = QStackedWidget()
        self._row.addWidget(self._stack, 1)
        self._ring: FocusRing | None = None
        self._toast: ToastView | None = None
        self._width_watch: WidthWatch | None = None
        self.setMinimumSize(*MIN_SIZE)
        self.resize(*SIZE)
        saved = geometry.value("window/geometry")
        if saved is not None:
            self.restoreGeometry(saved)
            self._keep_on_screen()

    def complete(self) -> None:
        """After the first paint: what nobody sees on it, the ring of the keyboard, the short notices and the key that goes back."""
        self._ring = importlib.import_module("firstlight.shell.focus_ring").FocusRing(self._kit, self)
        gui = importlib.import_module("PySide6.QtGui")
        back = gui.QShortcut(gui.QKeySequence(gui.QKeySequence.StandardKey.Back), self)
        back.activated.connect(self.go_back)
        importlib.import_module("firstlight.shell.regions").hang_keys(self, self.jump)
        self._hang_toasts()
        self._follow_width()

    def _follow_width(self) -> None:
        if self._width_watch is None:
            self._width_watch = importlib.import_module("firstlight.shell.width_watch").WidthWatch(self)
            self._width_watch.resized.connect(self._fit)
        self._fit()

    def _hang_toasts(self) -> None:
        if self._toast is not None:
            self._toast.deleteLater()
        self._toast = importlib.import_module("firstlight.shell.toast_view").ToastView(self._kit, self)

    def use(self, make: Callable[[str], AnyPage], may_close: Callable[[], bool]) -> None:
        """Take the builder of pages, and the question whether closing is safe now."""
        self._make = make
        self._may_close = may_close
        self._follow_width()

    def set_navigation(self, navigation: Navigation | None) -> None:
        """Show these sections, or none (before sign-in)."""
        if self.navigation is not None:
            self._row.removeWidget(self.navigation)
            self.navigation.hide()
            self.navigation.deleteLater()
        self.navigation = navigation
        if navigation is not None:
            self._row.insertWidget(0, navigation)
        self._fit()

    def show_first(self, page: AnyPage, key: str = "") -> None:
        """A page that stands before anything else is there. Only one with a `key` is built again in another look."""
        self._put(key, page)
        self.current = key
        self._stack.setCurrentWidget(page)
        self._fit()

    def visit(self, key: str, *, section: str = "", remember: bool = True) -> AnyPage:
        """Show the page `key`; `section` is what the navigation marks, by default the key itself."""
        page = self._pages.get(key)
        if page is None:
            assert self._make is not None, "no builder of pages yet"
            page = self._make(key)
            self._put(key, page)
        if remember and self.current and self.current != key:
            self._history = [k for k in self._history[-20:] if k != key] + [self.current]
        self.current = key
        self._sections[key] = section or self._sections.get(key, key)
        self._stack.setCurrentWidget(page)
        self._fit()
        if self.navigation is not None:
            self.navigation.set_current(self._sections[key])
        if self._toast is not None:
            self._toast.seen(key)
        page.shown()
        self.page_shown.emit(key)
        return page

    @Slot()
    def go_back(self) -> bool:
        """The page before; False where there is none."""
        while self._history:
            key = self._history.pop()
            if key in self._pages or self._make is not None:
                self.visit(key, remember=False)
                return True
        return False

    def jump(self, step: int) -> None:
        """The keyboard goes on to the next region (1), or back to the one before (-1)."""
        regions = importlib.import_module("firstlight.shell.regions")
        page = self._stack.currentWidget()
        parts = (*((self.navigation,) if self.navigation is not None else ()), *(page.regions() if isinstance(page, BasePage) else ()))
        target = regions.next_part(parts, self.focusWidget(), step)
        if target is not None:
            if self._ring is not None:
                self._ring.by_keyboard()
            target.setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def page(self, key: str) -> AnyPage | None:
        """The page, when it was built."""
        return self._pages.get(key)

    def built(self) -> tuple[str, ...]:
        """Names of the pages that were built."""
        return tuple(self._pages)

    def forget(self, key: str) -> None:
        """Destroy a page (a player that is done): the next visit builds it anew."""
        page = self._pages.pop(key, None)
        self._history = [k for k in self._history if k != key]
        if page is not None:
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()

    def rebuild(self, kit: Kit, navigation: Navigation | None) -> None:
        """Language, theme or text size changed: every page is built again; each one's memo is kept for its next visit."""
        self._kit = kit
        memos: dict[str, dict[str, Any]] = {key: page.memo() for key, page in self._pages.items()}
        current = self.current
        for key in tuple(self._pages):
            self._history_safe_forget(key)
        if self._ring is not None:
            self._ring.set_kit(kit)
        self._hang_toasts()
        self.set_navigation(navigation)
        self._memos = memos
        if current:
            page = self.visit(current, remember=False)
            if memos.get(current):
                page.restore(memos[current])

    def _history_safe_forget(self, key: str) -> None:
        history = list(self._history)
        self.forget(key)
        self._history = history

    def _put(self, key: str, page: AnyPage) -> None:
        self._pages[key] = page
        self._stack.addWidget(page)

    @property
    def is_wide(self) -> bool:
        """Whether there is place for the sidebar and whole side columns."""
        return self.width() >= WIDE and self._kit.theme.percent < 150

    @Slot()
    def _fit(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, BasePage):
            page.set_wide(self.is_wide)
            if self.navigation is not None:
                self.navigation.set_narrow(page.hides_sidebar or not self.is_wide)

    def _keep_on_screen(self) -> None:
        screens = QGuiApplication.screens()
        if screens and not any(s.availableGeometry().intersects(self.geometry()) for s in screens):
            self.move(screens[0].availableGeometry().topLeft())

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802  Qt's names
        """Tab: the ring shows from now on. Qt calls this as well when what has the focus is hidden or switched off."""
        focused = self.focusWidget()
        if self._ring is not None and (focused is None or (focused.isVisible() and focused.isEnabled())):
            self._ring.by_keyboard()
        return super().focusNextPrevChild(next)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Refused while something is being written to a device."""
        if not self._may_close():
            event.ignore()
            return
        self._geometry.setValue("window/geometry", self.saveGeometry())
        self.closing.emit()
        event.accept()

    def raise_up(self) -> None:
        """Come to the front: a second start asked for it."""
        self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
