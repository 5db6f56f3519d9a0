# SPDX-License-Identifier: Apache-2.0
"""Says that the tester's own rules keep things here: sending is paused, or large files wait for a network that costs nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from firstlight.kit.buttons import Button
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit
from firstlight.sync.outbox import Waiting


class LineBanner(Banner):
    """Hidden while nothing is kept back by a rule. One button, for what ends the wait.

    Signals: go_on_asked(), anyway_asked().
    """

    go_on_asked = Signal()
    anyway_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        self._button = Button(kit, "", size="small")
        super().__init__(kit, "info", "", icon="pause", actions=(self._button,))
        self._is_paused = False
        self._button.setText(self.tr("Go on sending"))
        self._button.clicked.connect(self._on_clicked)
        self.hide()

    def show_waiting(self, waiting: Waiting | None) -> None:
        """What the line says of itself; None when nobody is signed in."""
        self._is_paused = waiting is not None and waiting.is_paused
        kept_back = waiting.kept_back if waiting else 0
        self.setHidden(not (self._is_paused or kept_back))
        if self._is_paused:
            self._button.setText(self.tr("Go on sending"))
            self.set_text(self.tr("Everything below is kept on this PC and keeps its order."), self.tr("You paused sending."))
        elif kept_back:
            self._button.setText(self.tr("Send them anyway"))
            self.set_text(
                self.tr("Words and small files go out; the rest follows by itself on a free network."),
                self.tr("%n large files wait: this network is metered.", "", kept_back),
            )

    @Slot()
    def _on_clicked(self) -> None:
        (self.go_on_asked if self._is_paused else self.anyway_asked).emit()
