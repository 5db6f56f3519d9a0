# SPDX-License-Identifier: Apache-2.0
"""A card of the settings: a title, then rows of a name, what it means, and the control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.kit.frames import Card, Separator
from firstlight.kit.labels import label


class SettingLine(QWidget):
    """A name, one line about it, and what changes it."""

    def __init__(self, name: str, text: str, control: QWidget | None = None) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(name, "smallstrong"))
        if text:
            words.addWidget(label(text, "cap", tone="2"))
        row.addLayout(words, 1)
        if control is not None:
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)


class SettingsCard(Card):
    """`row` adds one setting."""

    def __init__(self, title: str) -> None:
        super().__init__(16, 10)
        self.box.addWidget(label(title, "h2"))

    def row(self, name: str, text: str, control: QWidget | None) -> None:
        """One setting below a line."""
        self.box.addWidget(Separator())
        self.box.addWidget(SettingLine(name, text, control))
