# SPDX-License-Identifier: Apache-2.0
"""A log as it will leave: hidden details as tokens, readable ones underlined; the caret finds each, Enter switches it."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from firstlight.kit.kit import Kit
from firstlight.redact.survey import Part, Survey

LONGEST_SHOWN = 2_000
"""Letters of a line that are laid out; Qt is slow with longer ones. What leaves is whole."""


class LogView(QPlainTextEdit):
    """Reading only. N and Shift+N go to the next and the last detail.

    Signals: chosen(Part or None) the detail under the caret; switched(Part) by Enter or double click.
    """

    chosen = Signal(object)
    switched = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        theme = kit.theme
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setFont(theme.font(12, mono=True))
        self.setProperty("mono", True)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.hex('surface-2')}; border: 1px solid {theme.hex('line')}; "
            f"color: {theme.hex('text-2')}; font-size: {theme.px(12)}px; }}"
        )
        self.setAccessibleName(self.tr("The log as it will leave"))
        self.setAccessibleDescription(self.tr("N goes to the next detail, Enter hides it or leaves it readable."))
        self._plain = QTextCharFormat()
        self._hidden = _format(theme.color("warn"), theme.color("warn-soft"))
        self._readable = _format(theme.color("danger"), theme.color("danger-soft"))
        self._readable.setFontUnderline(True)
        self._starts: list[int] = []
        self._parts: list[tuple[int, int, Part]] = []
        self._last: Part | None = None
        self.cursorPositionChanged.connect(self._on_moved)
        self.viewport().installEventFilter(self)

    def show_survey(self, survey: Survey) -> None:
        """Show these lines and stay where the tester was."""
        bar, along = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        at = self.textCursor().position()
        self.blockSignals(True)
        self.clear()
        self._parts = []
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, line in enumerate(survey.lines):
            if number:
                cursor.insertBlock()
            self._insert(cursor, line)
        cursor.endEditBlock()
        self._starts = [start for start, _, _ in self._parts]
        cursor.setPosition(min(at, max(0, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(bar)
        self.horizontalScrollBar().setValue(along)
        self.blockSignals(False)
        self._last = None
        self._on_moved()

    def _insert(self, cursor: QTextCursor, line: tuple[Part, ...]) -> None:
        left = LONGEST_SHOWN
        plain = ""
        for part in line:
            shown = readable(part.shown[:left])
            left -= len(shown)
            if not part.kind:
                plain += shown
                continue
            cursor.insertText(plain, self._plain)
            plain = ""
            start = cursor.position()
            cursor.insertText(shown, self._hidden if part.is_hidden else self._readable)
            self._parts.append((start, cursor.position(), part))
            if left <= 0:
                break
        cursor.insertText(plain + ("…" if left <= 0 else ""), self._plain)

    @property
    def detail(self) -> Part | None:
        """The detail under the caret."""
        return self._detail_at(self.textCursor().position())

    def selected_text(self) -> str:
        """What is selected, one line."""
        return self.textCursor().selectedText().split("\u2029")[0].strip()

    def go(self, by: int) -> None:
        """To the next or the last detail."""
        if not self._parts:
            return
        at = self.textCursor().position()
        if by > 0:
            index = bisect_right(self._starts, at)
            index = index if index < len(self._starts) else 0
        else:
            index = bisect_right(self._starts, at - 1) - 1
            current = self.detail
            if current is not None and index >= 0 and self._parts[index][2] is current:
                index -= 1
        cursor = self.textCursor()
        cursor.setPosition(self._starts[index])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _detail_at(self, position: int) -> Part | None:
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        start, end, part = self._parts[index]
        return part if start <= position <= end else None

    def _on_moved(self) -> None:
        detail = self.detail
        if detail is not self._last:
            self._last = detail
            self.chosen.emit(detail)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """N, Shift+N, Enter; all else is the text's own."""
        if event.key() == Qt.Key.Key_N and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if (detail := self.detail) is not None:
                self.switched.emit(detail)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """A double click switches a detail instead of selecting a word of it."""
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            detail = self._detail_at(self.cursorForPosition(event.position().toPoint()).position())
            if detail is not None:
                self.switched.emit(detail)
                return True
        return super().eventFilter(watched, event)


def readable(text: str) -> str:
    """Text that Qt can show: what is no letter becomes a mark."""
    sound = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c >= " " or c == "\t" else "\ufffd" for c in sound) if not sound.isprintable() else sound


def _format(colour: QColor, ground: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    made.setBackground(ground)
    made.setFontWeight(QFont.Weight.DemiBold)
    return made
