# SPDX-License-Identifier: Apache-2.0
"""The console drawer: what was said to the device and what it answered, line by line."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from firstlight.guides.ui import durations
from firstlight.kit.kit import Kit

MAX_LINES = 5000
FEWEST, MOST = 6, 14
"""Lines that it is high for: it grows with what is said, as a few lines need no black wall."""
_TONES = {"ok": "#8FD6A6", "warn": "#FFB27A", "accent": "#FFB27A", "error": "#FF9A91"}
_TIME = "#9C958A"
_HEAD = "#CFC9BE"


def _recoloured(pixmap: QPixmap, colour: QColor) -> QPixmap:
    # The console is dark in both themes, so no role of the theme fits its icons.
    made = QPixmap(pixmap)
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(made.rect(), colour)
    painter.end()
    return made


class _Lines(QPlainTextEdit):
    """Takes what height there is; asks for little."""

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Five lines."""
        return QSize(300, 5 * self.fontMetrics().lineSpacing() + 16)


class ConsoleView(QFrame):
    """Always dark, in both themes. Signals: hidden_changed(bool)."""

    hidden_changed = Signal(bool)

    def __init__(self, kit: Kit, *, tool: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        theme = kit.theme
        back, text = theme.hex("console"), theme.hex("console-text")
        self.setObjectName("console")
        self.setStyleSheet(
            f"#console {{ background: {back}; border: 1px solid {'#37342F' if theme.name == 'dark' else back}; border-radius: 10px; }}"
            f"#console QLabel {{ font-family: 'Inter', 'Noto Sans CJK SC', sans-serif; color: {_HEAD}; font-size: {theme.px(12)}px; background: transparent; }}"
            f"#console QPushButton {{ color: {_HEAD}; background: transparent; border: 0; font-size: {theme.px(12)}px; font-weight: 400;"
            f" min-height: {theme.px(28)}px; padding: 0 6px; border-radius: 6px; }}"
            f"#console QPushButton:hover {{ background: #3A3733; }}"
            f"#console QPlainTextEdit {{ background: transparent; color: {text}; border: 0; selection-background-color: #55504A; padding: 4px 8px; }}"
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 1, 1)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 3, 6, 3)
        head.setSpacing(8)
        sign = QLabel(self)
        sign.setPixmap(_recoloured(kit.icons.pixmap("terminal-window", "text-3", 16), QColor(_HEAD)))
        head.addWidget(sign)
        name = QLabel(self.tr("Console"), self)
        name.setStyleSheet(f"color: {text}; font-weight: 600;")
        head.addWidget(name)
        self._tool = QLabel(tool, self)
        self._tool.setTextFormat(Qt.TextFormat.PlainText)
        head.addWidget(self._tool)
        head.addStretch(1)
        self.copy_button = QPushButton(self.tr("Copy"), self)
        self.copy_button.setAccessibleName(self.tr("Copy the console"))
        self.copy_button.clicked.connect(self._on_copy)
        head.addWidget(self.copy_button)
        self.hide_button = QPushButton(self.tr("Hide"), self)
        self.hide_button.setAutoDefault(False)
        self.hide_button.clicked.connect(self._on_toggle)
        head.addWidget(self.hide_button)
        box.addLayout(head)
        self._line = QFrame(self)
        self._line.setFixedHeight(1)
        self._line.setStyleSheet("background: #3A3733; border: 0;")
        box.addWidget(self._line)
        self.text = _Lines(self)
        self.text.setObjectName("consoleText")
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(MAX_LINES)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(theme.font(12, mono=True))
        self.text.setAccessibleName(self.tr("Console"))
        self.text.setTabChangesFocus(True)
        box.addWidget(self.text, 1)
        self.set_open(True)

    @property
    def is_open(self) -> bool:
        """Whether the lines are seen."""
        return self.text.isVisibleTo(self)

    def set_open(self, is_open: bool) -> None:
        """Show the lines, or only the head."""
        self.text.setVisible(is_open)
        self._line.setVisible(is_open)
        self.hide_button.setText(self.tr("Hide") if is_open else self.tr("Show"))
        self.hide_button.setAccessibleName(self.tr("Hide the console") if is_open else self.tr("Show the console"))
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, within bounds; only the head while it is closed."""
        lines = min(max(self.text.blockCount() + 1, FEWEST), MOST) if self.is_open else 0
        self.setMaximumHeight(self._kit.theme.px(28) + 12 + lines * self.text.fontMetrics().lineSpacing())

    def set_tool(self, words: str) -> None:
        """The program that speaks: "fastboot 34.0.4"."""
        self._tool.setText(words)

    def add(self, at: datetime, text: str, tone: str = "") -> None:
        """One more line; stays at the end unless the tester scrolled up."""
        bar = self.text.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum() - 4
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self.text.document().isEmpty():
            cursor.insertBlock()
        grey, words = QTextCharFormat(), QTextCharFormat()
        grey.setForeground(QColor(_TIME))
        words.setForeground(QColor(_TONES.get(tone, self._kit.theme.hex("console-text"))))
        cursor.insertText(f"{durations.to_the_second(at)}  ", grey)
        cursor.insertText(text, words)
        self._fit()
        if is_at_end:
            bar.setValue(bar.maximum())

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._kit.toasts.show(self.tr("Console copied"))

    @Slot()
    def _on_toggle(self) -> None:
        self.set_open(not self.is_open)
        self.hidden_changed.emit(not self.is_open)
