# SPDX-License-Identifier: Apache-2.0
"""How to take a picture of this PC: a part, a window, a screen or all of them, at once or in a few seconds."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.capture.ui.grab import DELAYS_S, FULL, REGION, WINDOW, has_own_dialog, screen_names
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


@dataclass(frozen=True)
class Wish:
    """What `grab` is to take."""

    mode: str
    delay_s: int
    screen: str = ""


class CaptureDialog(QDialog):
    """One click takes; R, W and F are keys for part, window and full screen.

    Signals: wished(Wish); the dialog closes first.
    """

    wished = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setWindowTitle(self.tr("Picture of this PC"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(kit.theme.px(480))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        self.buttons: dict[str, Button] = {}
        grid = QGridLayout()
        grid.setSpacing(10)
        for at, (mode, icon, words, key) in enumerate(self._modes()):
            button = Button(kit, words, icon=icon, size="large", kind="primary" if at == 0 else "")
            button.setShortcut(key)
            button.setToolTip(self.tr("{what} ({key})").format(what=words, key=key))
            button.clicked.connect(lambda _=False, mode=mode: self._take(mode))
            self.buttons[mode] = button
            grid.addWidget(button, 0, at)
        box.addLayout(grid)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(self.tr("Wait"), "small", wrap=False))
        choices = tuple((str(s), self.tr("no") if s == 0 else self.tr("{seconds} s").format(seconds=s)) for s in DELAYS_S)
        self._delay_s = 0
        self.delay = Segmented(kit, choices, "0", name=self.tr("Wait before the picture"))
        self.delay.chosen.connect(self._on_delay)
        line.addWidget(self.delay)
        line.addStretch()
        box.addLayout(line)
        self._screens = QComboBox()
        self._screens.setAccessibleName(self.tr("Screen"))
        names = screen_names()
        self._screens.addItem(self.tr("All screens"), "")
        for at, name in enumerate(names, 1):
            self._screens.addItem(self.tr("Screen {number}: {name}").format(number=at, name=name), name)
        if len(names) > 1 and not has_own_dialog():
            line.addWidget(self._screens)
        else:
            self._screens.hide()
            self._screens.setParent(self)
        box.addWidget(label(self.tr("This window steps aside. What you take opens in the editor; nothing leaves yet."), "small", tone="2"))

    def _modes(self) -> tuple[tuple[str, str, str, str], ...]:
        if has_own_dialog():
            return ((FULL, "monitor", self.tr("Choose with the desktop's dialog"), "F"),)
        return (
            (REGION, "selection-plus", self.tr("A part"), "R"),
            (WINDOW, "frame-corners", self.tr("A window"), "W"),
            (FULL, "monitor", self.tr("Full screen"), "F"),
        )

    def _on_delay(self, key: str) -> None:
        self._delay_s = int(key)

    def _take(self, mode: str) -> None:
        wish = Wish(mode, self._delay_s, str(self._screens.currentData() or ""))
        self.accept()
        self.wished.emit(wish)
