# SPDX-License-Identifier: Apache-2.0
"""What stands in place of the ways in while the browser, or the practice hub, is waited for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from firstlight.kit.buttons import Button
from firstlight.kit.form import Field
from firstlight.kit.frames import Card, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class WaitingCard(Card):
    """Says what is waited for, for how long, and what to do where no page opened.

    Signals: cancel_requested().
    """

    cancel_requested = Signal()

    def __init__(self, kit: Kit, *, for_hub: bool = False) -> None:
        super().__init__(20)
        self._kit = kit
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(IconLabel(kit, "hourglass-medium", "accent-text", 24), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        title, text = self._words(for_hub)
        words.addWidget(label(title, "h2"))
        words.addWidget(label(text, "small", tone="2"))
        top.addLayout(words, 1)
        self.box.addLayout(top)
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._line.setProperty("mono", True)
        field = Field(self.tr("No page opened? Copy this address into any browser of this computer"), self._line)
        field.setVisible(not for_hub)
        self.box.addWidget(field)
        row = QHBoxLayout()
        copy = Button(kit, self.tr("Copy the address"), icon="copy")
        copy.setVisible(not for_hub)
        copy.clicked.connect(self._on_copy)
        row.addWidget(copy)
        row.addStretch()
        cancel = Button(kit, self.tr("Cancel"))
        cancel.clicked.connect(self.cancel_requested)
        row.addWidget(cancel)
        self.box.addLayout(row)

    def _words(self, for_hub: bool) -> tuple[str, str]:
        if for_hub:
            return self.tr("The practice hub starts"), self.tr("It is set up on this computer the first time. That takes about 10 s.")
        return (
            self.tr("Sign in in your web browser"),
            self.tr("A page of the maker’s hub has opened there. Come back when it says that you can. Firstlight waits three minutes."),
        )

    def set_address(self, address: str) -> None:
        """The address that was opened."""
        self._line.setText(address)
        self._line.setCursorPosition(0)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._line.text())
        self._kit.toasts.show(self.tr("The address is copied"), None, 3)
