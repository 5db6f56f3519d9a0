# SPDX-License-Identifier: Apache-2.0
"""One way in: a card with a radio button that opens when it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from firstlight.kit.frames import Card
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label, polish


class WayCard(Card):
    """A choice with words and, once chosen, what it needs.

    Signals: chosen() by the tester's act.
    """

    chosen = Signal()

    def __init__(
        self, kit: Kit, title: str, text: str, inside: QWidget | None, *, is_chosen: bool = False, tag: QWidget | None = None
    ) -> None:
        super().__init__(16, 8)
        if is_chosen:
            self.setProperty("card", "chosen")
        row = QHBoxLayout()
        row.setSpacing(12)
        self._radio = QRadioButton()
        self._radio.setAutoExclusive(False)
        self._radio.setChecked(is_chosen)
        self._radio.setAccessibleName(title)
        self._radio.setAccessibleDescription(text)
        self._radio.clicked.connect(self._on_clicked)
        row.addWidget(self._radio, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "strong"))
        words.addWidget(label(text, "small", tone="2"))
        self._inside = inside
        if inside is not None:
            words.addSpacing(2)
            words.addWidget(inside)
            if not is_chosen:
                inside.hide()
        row.addLayout(words, 1)
        if tag is not None:
            row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(row)

    def _on_clicked(self) -> None:
        self._radio.setChecked(True)
        self.chosen.emit()

    def set_chosen(self, on: bool) -> None:
        """Open or close without a signal."""
        self._radio.setChecked(on)
        if self._inside is not None:
            self._inside.setVisible(on)
        self.setProperty("card", "chosen" if on else True)
        polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Anywhere on the card chooses it."""
        super().mousePressEvent(event)
        self._on_clicked()
