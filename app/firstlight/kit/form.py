# SPDX-License-Identifier: Apache-2.0
"""Rows of a form: the name above, the field below, a mistake under it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from firstlight.kit.labels import label, set_tone


class Field(QWidget):
    """A named field with room for a hint or a mistake."""

    def __init__(self, name: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        title: QLabel = label(name, "capstrong", wrap=False)
        title.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(name)
        box.addWidget(title)
        box.addWidget(field)
        self._hint = label(hint, "cap", tone="2")
        if not hint:
            self._hint.hide()
        box.addWidget(self._hint)

    def set_hint(self, text: str, tone: str = "2") -> None:
        """Say something under the field: tone "danger" for a mistake, "ok" for approval."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        set_tone(self._hint, tone)
