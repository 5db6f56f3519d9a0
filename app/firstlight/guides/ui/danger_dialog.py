# SPDX-License-Identifier: Apache-2.0
"""The question before what cannot be undone: its name must be typed, it waits two seconds, Enter never triggers it.

The focus starts on Cancel. Pasting is refused: typing is what makes one look at the name.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from firstlight.kit.buttons import Button
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

DELAY_MS = 2000


class TypedLine(QLineEdit):
    """A field that takes typing only: no paste, no drop."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Everything but paste; Enter does nothing here."""
        if event.matches(QKeySequence.StandardKey.Paste) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """The middle button pastes on X11: not here."""
        if event.button() == Qt.MouseButton.MiddleButton:
            event.accept()
            return
        super().mouseReleaseEvent(event)


class DangerDialog(QDialog):
    """Asks for `word` to be typed before `action` can be pressed. `exec()` answers Accepted only then."""

    def __init__(self, kit: Kit, *, title: str, text: str, word: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(kit.theme.px(460))
        self._word = word
        self._is_ripe = False
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 20)
        box.setSpacing(12)
        box.addWidget(label(title, "title"))
        box.addWidget(label(text, "body", tone="2"))
        box.addWidget(label(self.tr("Type {word} to go on.").format(word=word), "strong"))
        self.field = TypedLine(self)
        self.field.setAcceptDrops(False)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.setAccessibleName(self.tr("Type {word} to go on.").format(word=word))
        self.field.textChanged.connect(self._on_changed)
        box.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.cancel_button = Button(kit, self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.act_button = Button(kit, action, kind="dangerfill")
        self.act_button.setEnabled(False)
        self.act_button.setAutoDefault(False)
        self.act_button.setDefault(False)
        self.act_button.installEventFilter(self)
        self.act_button.clicked.connect(self.accept)
        row.addWidget(self.cancel_button)
        row.addWidget(self.act_button)
        box.addSpacing(4)
        box.addLayout(row)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self._on_ripe)
        self._delay.start()
        self.cancel_button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Enter never triggers the dangerous button, not even when it has the focus; Space does."""
        if watched is self.act_button and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Escape cancels, and so does Enter on the button that says so; elsewhere Enter does nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if self.cancel_button.hasFocus():
                self.reject()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_ripe(self) -> None:
        self._is_ripe = True
        self._on_changed(self.field.text())

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self.act_button.setEnabled(self._is_ripe and text.strip().casefold() == self._word.casefold())
