# SPDX-License-Identifier: Apache-2.0
"""The chosen report at the side of the list: its state, its time line, and what the tester can do with it now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import Explained
from firstlight.kit.frames import Banner, Card, EmptyState, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.reports.report import Event, Local, ReportRow, Section
from firstlight.reports.ui.answer_box import AnswerBox
from firstlight.reports.ui.row_words import RowWords, told
from firstlight.reports.ui.timeline_view import TimelineView, TimelineWords

EDITABLE = (Section.DRAFT, Section.OUTBOX)


class DetailView(Card):
    """One report. Rebuilt when it changes; the field for an answer stays.

    Signals: answered(report id, text), judged(report id, "fixed" or "still"), opened(report id), taken_back(report id),
    sent_again(report id): as it is, sent_as_answer(report id): its words, as no newer revision is taken.
    """

    answered = Signal(str, str)
    judged = Signal(str, str)
    opened = Signal(str)
    taken_back = Signal(str)
    sent_again = Signal(str)
    sent_as_answer = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(16, 12)
        self._kit = kit
        self._shown: tuple[ReportRow, tuple[Event, ...]] | None = None
        self._tag: Tag | None = None
        self._is_answered = False
        """An answer left the field: should Undo be quicker than the reading, the same row brings the field back."""
        self.is_offline = False
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self.box.addWidget(self._area, 1)
        self.answer = AnswerBox(kit)
        self.answer.sent.connect(self._on_sent)
        self.answer.hide()
        self.box.addWidget(self.answer)
        self.button_row = QWidget()
        self._action_row = QHBoxLayout(self.button_row)
        self._action_row.setContentsMargins(0, 0, 0, 0)
        self._action_row.setSpacing(8)
        self.box.addWidget(self.button_row)
        self.show_nothing()

    @property
    def report_id(self) -> str:
        """Which report is shown; "" when none is."""
        return self._shown[0].id if self._shown else ""

    def show_nothing(self) -> None:
        """No report is chosen."""
        self._shown = self._tag = None
        self.answer.hide()
        self._set_actions(())
        title, text = self.tr("No report chosen"), self.tr("Choose one to see what became of it.")
        self._set_body(EmptyState(self._kit, "chat-text", title, text))

    def show_report(self, row: ReportRow, events: Sequence[Event]) -> None:
        """Show this report; nothing happens when nothing changed."""
        if self._shown == (row, tuple(events)) and not self._is_answered:
            return
        self._is_answered = False
        is_other = self.report_id != row.id
        self._shown = (row, tuple(events))
        self._set_body(self._body(row, events))
        if row.section is Section.NEEDS_YOU and row.local is not Local.NEEDS_YOU:
            self.answer.show()
        elif is_other:
            self.answer.hide()
        self.answer.show_for(row.id)
        self._set_actions(self._buttons(row))

    def show_state(self, id: str, state: str) -> None:
        """How far the sending of this report is."""
        if id == self.report_id and self._tag is not None:
            self._tag.set_text(state)

    def start_answer(self) -> None:
        """Put the focus into the field for an answer."""
        self.answer.show()
        self.answer.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _body(self, row: ReportRow, events: Sequence[Event]) -> QWidget:
        kit = self._kit
        words = RowWords(kit.language, kit.now(), is_offline=self.is_offline)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        icon, tone, state = self._state(words, row)
        self._tag = Tag(state, tone, icon=icon, kit=kit)
        top.addWidget(self._tag)
        top.addStretch()
        top.addWidget(label(row.number, "cap", tone="2", wrap=False))
        column.addLayout(top)
        title = label(row.title.strip() or self.tr("No title yet"), "h2")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(title)
        column.addWidget(label(self._facts(words, row), "cap", tone="2"))
        if row.why.code:
            said: Explained = told(row.why)
            kind = "danger" if row.local is Local.NEEDS_YOU else "warn"
            column.addSpacing(4)
            column.addWidget(Banner(kit, kind, figures.sentences((said.safe, said.next), kit.language), bold=said.happened))
        column.addSpacing(8)
        column.addWidget(TimelineView(kit, TimelineWords(kit.language, kit.now()).lines(row, events)))
        column.addStretch(1)  # all the room: a banner above would take its share
        body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        return body

    def _state(self, words: RowWords, row: ReportRow) -> tuple[str, str, str]:
        if row.section is Section.DRAFT:
            return "pencil-simple", "", self.tr("Draft")
        if row.section is Section.OUTBOX:
            return "hourglass-medium", "", words.waiting(row)
        if row.section is Section.NEEDS_YOU:
            return "question", "warn", self.tr("Needs you")
        return words.state(row)

    def _facts(self, words: RowWords, row: ReportRow) -> str:
        day = figures.long_day(datetime.fromtimestamp(row.changed_at, UTC), self._kit.language) if row.changed_at else ""
        if row.section not in EDITABLE and day:
            day = self.tr("last change {day}").format(day=day)
        elsewhere = self.tr("written on another device") if row.elsewhere else ""
        return figures.listed((day, words.facts(row), elsewhere), self._kit.language)

    def _buttons(self, row: ReportRow) -> tuple[Button, ...]:
        kit = self._kit
        if row.section in EDITABLE or row.local is Local.NEEDS_YOU:
            made = [Button(kit, self.tr("Go on writing"), icon="pencil-simple")]
            made[0].clicked.connect(self._on_open)
            if row.step.can_take_back:
                back = Button(kit, self.tr("Take it back"), icon="arrow-counter-clockwise")
                back.clicked.connect(self._on_take_back)
                made.append(back)
            if row.local is Local.NEEDS_YOU:
                made.append(self._way_on(row))
            return tuple(made)
        if row.section is Section.FIXED and not row.verdict and not row.answer_waits:
            works = Button(kit, self.tr("Fixed for me"), icon="thumbs-up")
            still = Button(kit, self.tr("Still there"), icon="arrow-counter-clockwise")
            works.clicked.connect(self._on_works)
            still.clicked.connect(self._on_still)
            return (works, still)
        if self.answer.isVisibleTo(self):
            return ()
        more = Button(kit, self.tr("Write to the team"), icon="chat-text")
        more.clicked.connect(self._on_write)
        return (more,)

    def _way_on(self, row: ReportRow) -> Button:
        """For a report that the hub did not take."""
        if row.why.facts.get("reason") == "conflict":
            answer = Button(self._kit, self.tr("Send as an answer"), icon="chat-text")
            answer.clicked.connect(lambda: self.sent_as_answer.emit(self.report_id))
            return answer
        again = Button(self._kit, self.tr("Send again"), icon="arrow-clockwise")
        again.clicked.connect(lambda: self.sent_again.emit(self.report_id))
        return again

    def _set_body(self, body: QWidget) -> None:
        self._area.setWidget(body)
        # The card's own colour, not the window's.
        body.setAutoFillBackground(False)
        body.show()

    def _set_actions(self, buttons: Sequence[Button]) -> None:
        clear(self._action_row)
        for button in buttons:
            button.ensurePolished()
            self._action_row.addWidget(button, 1)
        needed = sum(button.sizeHint().width() for button in buttons) + self._action_row.spacing()
        is_tight = len(buttons) > 1 and needed > self.contentsRect().width() - 32
        self._action_row.setDirection(QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight)
        self.button_row.setVisible(bool(buttons))

    @Slot(str, str)
    def _on_sent(self, id: str, text: str) -> None:
        self.answer.hide()
        self._is_answered = True
        self.answered.emit(id, text)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self.report_id)

    @Slot()
    def _on_take_back(self) -> None:
        self.taken_back.emit(self.report_id)

    @Slot()
    def _on_works(self) -> None:
        self.judged.emit(self.report_id, "fixed")

    @Slot()
    def _on_still(self) -> None:
        self.judged.emit(self.report_id, "still")

    @Slot()
    def _on_write(self) -> None:
        self._set_actions(())
        self.start_answer()
