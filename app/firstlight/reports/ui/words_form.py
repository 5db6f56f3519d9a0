# SPDX-License-Identifier: Apache-2.0
"""The words of a report: which device, one sentence, what happened, how to see it, how often, how bad. An idea needs no more than two."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.buttons import Segmented
from firstlight.kit.drops import is_for_keeping
from firstlight.kit.form import Field
from firstlight.kit.kit import Kit
from firstlight.reports.report import Draft
from firstlight.reports.submit import MOST_TEXT, MOST_TITLE
from firstlight.reports.ui.about_row import AboutRow, can_choose
from firstlight.reports.ui.choice_box import ChoiceBox


class TitleField(QLineEdit):
    """One line of words. Files and pictures that are dropped on it are the page's, those that are pasted go to the attachments.

    Signals: offered(QMimeData): something that is no text.
    """

    offered = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Ctrl+V ends here, also where the clipboard has no words: the field has the keyboard when the page opens."""
        copied = QGuiApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and is_for_keeping(copied):
            self.offered.emit(copied)
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Only words come in."""
        event.ignore() if is_for_keeping(event.mimeData()) else super().dragEnterEvent(event)


class PasteField(QPlainTextEdit):
    """Several lines of words. Pictures and files that are pasted go to the attachments.

    Signals: offered(QMimeData): something that is no text.
    """

    offered = Signal(object)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Words come in here; the rest is dropped on the page."""
        event.ignore() if is_for_keeping(event.mimeData()) else super().dragEnterEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Text, pictures, files."""
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Text goes in, the rest is offered."""
        if is_for_keeping(source):
            self.offered.emit(source)
            return
        super().insertFromMimeData(source)


class WordsForm(QWidget):
    """The fields. `fill` shows a draft without a signal, `applied` gives the draft with what stands in them now.

    Signals: changed() by the tester's hand; offered(QMimeData) from a field that got no text.
    """

    changed = Signal()
    offered = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._language = kit.language
        self._is_filling = False
        self._kind = "bug"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        kinds = (("bug", self.tr("A problem")), ("idea", self.tr("An idea")))
        self.kind = Segmented(kit, kinds, self._kind, name=self.tr("What this is"))
        self.kind.chosen.connect(self._on_kind_chosen)
        self.about_row = AboutRow(kit)
        self.about_row.changed.connect(self._on_edited)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.kind)
        top.addWidget(self.about_row, 1)
        top.addStretch()
        column.addLayout(top)
        self.title = TitleField()
        self.title.offered.connect(self.offered)
        self.title_row = Field(self.tr("In one sentence"), self.title)
        column.addWidget(self.title_row)
        self.similar_place = QVBoxLayout()
        column.addLayout(self.similar_place)
        self.text = self._lines(kit)
        self.text_row = Field(self.tr("What happened"), self.text)
        column.addWidget(self.text_row)
        self.steps = self._lines(kit)
        self._steps_row = Field(self.tr("How can we see it too"), self.steps)
        column.addWidget(self._steps_row)
        self.often = ChoiceBox(
            kit,
            (
                ("unknown", self.tr("I do not know")),
                ("always", self.tr("Every time")),
                ("sometimes", self.tr("Sometimes")),
                ("once", self.tr("Once")),
            ),
        )
        self.severity = ChoiceBox(
            kit,
            (
                ("cosmetic", self.tr("It only looks wrong")),
                ("annoying", self.tr("It annoys")),
                ("hard", self.tr("Hard to work around")),
                ("blocks", self.tr("I cannot use it")),
            ),
        )
        self._choices = QWidget()
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Field(self.tr("How often"), self.often), 1)
        row.addWidget(Field(self.tr("How bad is it for you"), self.severity), 1)
        column.addWidget(self._choices)
        self.title.textEdited.connect(self._on_edited)
        self.text.textChanged.connect(self._on_edited)
        self.steps.textChanged.connect(self._on_edited)
        self.often.currentIndexChanged.connect(self._on_edited)
        self.severity.currentIndexChanged.connect(self._on_edited)

    def _lines(self, kit: Kit) -> PasteField:
        field = PasteField()
        field.setFixedHeight(kit.theme.px(84))
        field.setTabChangesFocus(True)
        field.offered.connect(self.offered)
        return field

    def fill(self, draft: Draft) -> None:
        """Show this draft."""
        self._is_filling = True
        self._set_kind(draft.kind)
        self.title.setText(draft.title)
        self.text.setPlainText(draft.text)
        self.steps.setPlainText(draft.steps)
        self.often.choose(draft.often)
        self.severity.choose(draft.severity)
        self.about_row.fill(draft)
        self._is_filling = False
        self._check()

    def applied(self, draft: Draft) -> Draft:
        """`draft` with the words of the fields."""
        return replace(
            self.about_row.applied(draft),
            kind=self._kind,
            title=self.title.text(),
            text=self.text.toPlainText(),
            steps=self.steps.toPlainText() if self._kind == "bug" else "",
            often=self.often.value if self._kind == "bug" else "unknown",
            severity=self.severity.value if self._kind == "bug" else "annoying",
        )

    def about(self, draft: Draft) -> str:
        """Device, build and step that the report is about, in a line."""
        parts = []
        if draft.device_model and not can_choose(draft):
            build = self.tr("{device}, build {build}").format(device=draft.device_model, build=draft.build)
            parts.append(build if draft.build else draft.device_model)
        if draft.guide_step:
            parts.append(self.tr("from {step}").format(step=draft.guide_step))
        return figures.listed(parts, self._language) or self.tr("Kept on this PC from the first letter")

    def reason(self) -> str:
        """What is missing before it can go; "" when nothing is."""
        if not self.title.text().strip():
            return self.tr("Say it in one sentence first")
        if self._is_too_long():
            return self.tr("Shorten what is too long first")
        return ""

    def _is_too_long(self) -> bool:
        return len(self.title.text().strip()) > MOST_TITLE or any(len(f.toPlainText()) > MOST_TEXT for f in (self.text, self.steps))

    def _check(self) -> None:
        """Say under a field how much too long it is; nothing is ever cut off."""
        rows = (
            (self.title_row, len(self.title.text().strip()) - MOST_TITLE),
            (self.text_row, len(self.text.toPlainText()) - MOST_TEXT),
            (self._steps_row, len(self.steps.toPlainText()) - MOST_TEXT),
        )
        for row, over in rows:
            row.set_hint(self.tr("%n letters too many", "", over) if over > 0 else "", "danger")

    @Slot()
    def _on_edited(self) -> None:
        if not self._is_filling:
            self._check()
            self.changed.emit()

    @Slot(str)
    def _on_kind_chosen(self, kind: str) -> None:
        self._set_kind(kind)
        self.changed.emit()

    def _set_kind(self, kind: str) -> None:
        self._kind = kind
        self.kind.set_current(kind)
        self._steps_row.setHidden(kind != "bug")
        self._choices.setHidden(kind != "bug")


def focus_first_gap(form: WordsForm) -> None:
    """Put the focus into the first field that is missing something."""
    field: QWidget = form.text
    if form.title.text().strip():
        form.text.moveCursor(QTextCursor.MoveOperation.End)
    else:
        field = form.title
    field.setFocus(Qt.FocusReason.OtherFocusReason)
