# SPDX-License-Identifier: Apache-2.0
"""The program's place among the system's small icons: how the line to the hub stands, and notices while the window is not looked at.

Where the desktop has no such place nothing is lost: the window says the same.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from firstlight.kit.kit import Kit
from firstlight.shell.navigation import Network

SHOWN_MS = 10_000


class Tray(QObject):
    """Icon, menu and notices of the system.

    Signals: open_asked(str key): bring the window to the front, at what a notice was about or "" ; send_asked(); paused(bool); quit_asked().
    """

    open_asked = Signal(str)
    send_asked = Signal()
    paused = Signal(bool)
    quit_asked = Signal()

    def __init__(self, kit: Kit, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._about = ""
        self.last_said = ""
        """The last notice, for those who missed it."""
        self._icon = QSystemTrayIcon(QIcon(str(kit.resources / "images" / "logo.svg")), self)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_notice_clicked)
        self._menu = QMenu()
        self.set_kit(kit)
        self._icon.setContextMenu(self._menu)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    def set_kit(self, kit: Kit) -> None:
        """Say everything in another language."""
        self._kit = kit
        self._menu.clear()
        self._open = self._add(self.tr("Open Firstlight"), lambda: self.open_asked.emit(""))
        self._send = self._add(self.tr("Send now"), self.send_asked.emit)
        self._pause = self._add(self.tr("Pause sending"), None)
        self._pause.setCheckable(True)
        self._pause.triggered.connect(self.paused)
        self._menu.addSeparator()
        self._quit = self._add(self.tr("Quit"), self.quit_asked.emit)

    def _add(self, text: str, act: Callable[[], object] | None) -> QAction:
        action = QAction(text, self._menu)
        if act is not None:
            action.triggered.connect(lambda _checked=False: act())
        self._menu.addAction(action)
        return action

    def show_state(self, network: Network, *, is_paused: bool) -> None:
        """How the line stands, in the words of the sidebar."""
        self._icon.setToolTip("\n".join(("Firstlight", network.title, network.detail)).strip())
        self._pause.setChecked(is_paused)
        self._send.setEnabled(network.is_online and not is_paused)

    def tell(self, title: str, text: str, about: str) -> bool:
        """A notice of the system, unless the tester looks at the window already; whether it was given."""
        if self._window.isActiveWindow() or not self._icon.isVisible() or not QSystemTrayIcon.supportsMessages():
            return False
        self._about = about
        self.last_said = f"{title}\n{text}"
        self._icon.showMessage(title, text, QIcon(str(self._kit.resources / "images" / "logo.svg")), SHOWN_MS)
        return True

    @property
    def tool_tip(self) -> str:
        """What the icon says."""
        return self._icon.toolTip()

    @property
    def actions(self) -> tuple[QAction, ...]:
        """The menu."""
        return (self._open, self._send, self._pause, self._quit)

    def end(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_asked.emit("")

    @Slot()
    def _on_notice_clicked(self) -> None:
        self.open_asked.emit(self._about)
