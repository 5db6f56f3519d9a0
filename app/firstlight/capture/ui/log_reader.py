# SPDX-License-Identifier: Apache-2.0
"""A log on the screen: searched, filtered by level, tag and time, and cut to the lines that matter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.capture.log_lines import Query, Reading, read
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

_TYPED_MS = 250
_LONGEST_SHOWN = 1_000
_ROLE = {"warn": "warn", "error": "danger", "fatal": "danger"}


class LogReader(QWidget):
    """Reading only. The span is the whole log until the tester cuts it.

    Signals: span_changed(): other lines would be kept; read_through(): a query has its answer on the screen.
    """

    span_changed = Signal()
    read_through = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._source: Path | None = None
        self._reading = Reading()
        self._job: Job | None = None
        self.span: tuple[int, int] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._build_filters(box)
        self._build_log(box)
        self._build_foot(box)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED_MS)
        self._typed.timeout.connect(self._look)

    # -- building ----------------------------------------------------------------------------------------------------------

    def _build_filters(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find in this log"))
        self.search.setAccessibleName(self.tr("Find in this log"))
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear"))
        self.search.textChanged.connect(lambda _text: self._typed.start())
        row.addWidget(self.search, 1)
        self.level = self._choice(self.tr("Level"), self._levels())
        self.tag = self._choice(self.tr("Written by"), ((self.tr("All writers"), ""),))
        self.tag.setMaximumWidth(self._kit.theme.px(190))
        self.time = self._choice(self.tr("Time"), self._times())
        for choice in (self.level, self.tag, self.time):
            row.addWidget(choice)
        box.addLayout(row)

    def _levels(self) -> tuple[tuple[str, object], ...]:
        return (
            (self.tr("All levels"), ""),
            (self.tr("Information and worse"), "info"),
            (self.tr("Warnings and errors"), "warn"),
            (self.tr("Errors only"), "error"),
        )

    def _times(self) -> tuple[tuple[str, object], ...]:
        return (
            (self.tr("All of it"), 0.0),
            (self.tr("Last 2 min"), 120.0),
            (self.tr("Last 10 min"), 600.0),
            (self.tr("Last hour"), 3600.0),
        )

    def _choice(self, name: str, choices: tuple[tuple[str, object], ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        for words, data in choices:
            box.addItem(words, data)
        box.currentIndexChanged.connect(lambda _at: self._look())
        return box

    def _build_log(self, box: QVBoxLayout) -> None:
        theme = self._kit.theme
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setTabChangesFocus(True)
        self.log.setFont(theme.font(12, mono=True))
        self.log.setProperty("mono", True)
        self.log.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.hex('surface-2')}; border: 1px solid {theme.hex('line')}; "
            f"color: {theme.hex('text-2')}; font-size: {theme.px(12)}px; }}"
        )
        self.log.setAccessibleName(self.tr("The log"))
        self.log.setPlaceholderText(self.tr("What you take or record is shown here, to be searched and cut."))
        self.log.setMinimumHeight(theme.px(120))
        self.log.selectionChanged.connect(self._on_selected)
        box.addWidget(self.log, 1)

    def _build_foot(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._count = label("", "cap", tone="2")
        row.addWidget(self._count, 1)
        self.cut = Button(self._kit, self.tr("Keep only the selected lines"), icon="selection-all", size="small")
        self.cut.clicked.connect(self._on_cut)
        self.cut.setEnabled(False)
        self.whole = Button(self._kit, self.tr("The whole log again"), size="small", kind="ghost")
        self.whole.clicked.connect(self._on_whole)
        self.whole.hide()
        row.addWidget(self.whole)
        row.addWidget(self.cut)
        box.addLayout(row)

    # -- looking -----------------------------------------------------------------------------------------------------------

    def show_log(self, source: Path | None) -> None:
        """Another log, whole; None shows nothing."""
        self._source, self.span = source, None
        self.whole.hide()
        self._reading = Reading()
        if source is None:
            self.log.clear()
            self._count.setText("")
        else:
            self._look()
        self.span_changed.emit()

    @property
    def query(self) -> Query:
        """What the tester looks for."""
        level, tag, last = self.level.currentData(), self.tag.currentData(), self.time.currentData()
        return Query(self.search.text().strip(), str(level or ""), str(tag or ""), float(last or 0))

    def _look(self) -> None:
        if self._source is None:
            return
        if self._job is not None and self._job.is_running:
            self._job.mute()
        self._job = self._kit.jobs.start(read, self._source, self.query, lane="look", owner=self)
        self._job.finished.connect(self._on_read)
        self._job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_read(self, reading: Reading) -> None:
        self._reading = reading
        self._show_tags(reading)
        self.log.blockSignals(True)
        self.log.clear()
        cursor = QTextCursor(self.log.document())
        cursor.beginEditBlock()
        for at, line in enumerate(reading.lines):
            if at:
                cursor.insertBlock()
            cursor.insertText(_shown(line.text), self._format(line.level))
        cursor.endEditBlock()
        self.log.moveCursor(QTextCursor.MoveOperation.End)
        self.log.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
        self.log.blockSignals(False)
        self._say_count()
        self._on_selected()
        self.read_through.emit()

    def _format(self, level: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._kit.theme.color(_ROLE.get(level, "text-2")))
        return made

    def _show_tags(self, reading: Reading) -> None:
        chosen = self.tag.currentData()
        with QSignalBlocker(self.tag):
            while self.tag.count() > 1:
                self.tag.removeItem(1)
            for tag in reading.tags:
                self.tag.addItem(tag, tag)
            self.tag.setCurrentIndex(max(0, self.tag.findData(chosen)))

    def _say_count(self) -> None:
        locale, reading = QLocale(), self._reading
        total, matched = locale.toString(reading.total), locale.toString(reading.matched)
        if self.span is not None:
            first, last = (locale.toString(n) for n in self.span)
            words = self.tr("Lines {first} to {last} of {total} are kept.").format(first=first, last=last, total=total)
        elif reading.matched < reading.total:
            words = self.tr("{matched} of {total} lines").format(matched=matched, total=total)
        else:
            words = self.tr("{total} lines").format(total=total)
        if reading.matched > len(reading.lines):
            shown = locale.toString(len(reading.lines))
            words += "  " + self.tr("(the last {shown} are shown)").format(shown=shown)
        self._count.setText(words)

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self._count.setText(explain(error).text)

    # -- cutting -----------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_selected(self) -> None:
        self.cut.setEnabled(self.log.textCursor().hasSelection())

    @Slot()
    def _on_cut(self) -> None:
        """From the first selected line to the last, with those between that a filter hides."""
        cursor, lines = self.log.textCursor(), self._reading.lines
        document = self.log.document()
        first, last = (
            document.findBlock(at).blockNumber()
            for at in (cursor.selectionStart(), max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        )
        if lines:
            self.span = (lines[first].number, lines[min(last, len(lines) - 1)].number)
            self.whole.show()
            self._say_count()
            self.span_changed.emit()

    @Slot()
    def _on_whole(self) -> None:
        self.span = None
        self.whole.hide()
        self._say_count()
        self.span_changed.emit()


def _shown(text: str) -> str:
    """Text that Qt can lay out."""
    short = text[:_LONGEST_SHOWN]
    return short if short.isprintable() else "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in short)
