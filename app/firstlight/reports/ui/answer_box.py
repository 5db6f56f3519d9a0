# SPDX-License-Identifier: Apache-2.0
"""Where a tester answers the team: a field and a button. What was typed stays until it is in the outbox."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.kit.buttons import Button
from firstlight.kit.form import Field
from firstlight.kit.kit import Kit

MOST_LETTERS = 20_000
"""What the hub takes of a comment."""


class AnswerBox(QWidget):
    """One unsent answer per report.

    Signals: sent(report id, text).
    """

    sent = Signal(str, str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._report_id = ""
        self._unsent: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.field = QPlainTextEdit()
        self.field.setFixedHeight(kit.theme.px(76))
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(self.tr("Your answer"))
        self.field.textChanged.connect(self._on_text_changed)
        self._row = Field(self.tr("Your answer"), self.field)
        column.addWidget(self._row)
        foot = QHBoxLayout()
        foot.addStretch()
        self.button = Button(kit, self.tr("Put in the outbox"), icon="tray", kind="primary")
        self.button.clicked.connect(self._on_send)
        foot.addWidget(self.button)
        column.addLayout(foot)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_send)

    def show_for(self, report_id: str) -> None:
        """Answer this report; what was typed for it before is there again."""
        if report_id != self._report_id:
            self._report_id = report_id
            self.field.setPlainText(self._unsent.get(report_id, ""))
        self._on_text_changed()

    def unsent(self) -> dict[str, str]:
        """What was typed and not sent, by report."""
        return {report_id: text for report_id, text in self._unsent.items() if text}

    def take_unsent(self, texts: dict[str, str]) -> None:
        """What a page before this one had."""
        self._unsent.update(texts)

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.field.toPlainText()
        if self._report_id:
            self._unsent[self._report_id] = text
        too_long = len(text) > MOST_LETTERS
        self.button.setEnabled(bool(text.strip()) and not too_long)
        self._row.set_hint(self.tr("%n letters too many", "", len(text) - MOST_LETTERS) if too_long else "", "danger")

    @Slot()
    def _on_send(self) -> None:
        text = self.field.toPlainText().strip()
        if not text or not self.button.isEnabled():
            return
        report_id = self._report_id
        self._unsent.pop(report_id, None)
        self.field.clear()
        self.sent.emit(report_id, text)
