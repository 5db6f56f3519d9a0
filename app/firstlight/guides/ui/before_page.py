# SPDX-License-Identifier: Apache-2.0
"""Before a guide starts: what it asks, which guides come first, what it needs and what becomes of the tester's data. Constructor:

BeforePage(kit, *, host: RunHost, run_id: str)
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.guides.ui import library_words
from firstlight.guides.ui.announce import announce
from firstlight.guides.ui.option_fields import OptionField
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage
from firstlight.guides.ui.step_words import safe_icon
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.frames import Banner, Card, IconLabel, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guide_words import Thing
from firstlight_contract.wire import words_in

MAX_WIDTH = 760


class BeforePage(RunPage):
    """Signals: those of RunPage."""

    stage = Stage.BEFORE

    def __init__(self, kit: Kit, *, host: RunHost, run_id: str) -> None:
        super().__init__(kit, host, run_id)
        state = self.state
        self.set_title(words_in(state.guide.title, kit.language), library_words.meta(state.guide))
        self.fields = tuple(OptionField(kit, option, state.answers.get(option.id)) for option in state.guide.ask)
        self._met: set[str] = set()
        column = QWidget()
        column.setMaximumWidth(kit.theme.px(MAX_WIDTH))
        box = QVBoxLayout(column)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(14)
        box.addWidget(self._about())
        for slug in state.unmet:
            box.addWidget(self._prerequisite(slug))
        if self.fields:
            box.addWidget(self._questions())
        things = (*state.guide.tools, *state.guide.parts)
        if things:
            box.addWidget(self._things(things))
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setWidget(column)
        column.setAutoFillBackground(False)  # the scroll area switched it on
        self.columns.addWidget(area, 1)
        self._reason = label("", "cap", tone="2")
        self.start_button = Button(kit, self.tr("Start"), icon="arrow-right", kind="primary", size="large", trailing=True)
        self.start_button.clicked.connect(self._on_start)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.action_bar.addWidget(self._reason, 1)
        self.action_bar.addWidget(self.start_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_start)
        for field in self.fields:
            field.changed.connect(self._show_start)
        self._show_start()

    def _about(self) -> Card:
        kit, guide = self.kit, self.state.guide
        card = Card(20, 10)
        card.box.addWidget(label(words_in(guide.title, kit.language), "page"))
        if guide.summary:
            card.box.addWidget(label(words_in(guide.summary, kit.language), "body", tone="2"))
        row = QHBoxLayout()
        row.setSpacing(8)
        erases = library_words.erases(guide.effect)
        row.addWidget(Tag(library_words.effect(guide), "danger" if erases else "ok", icon="warning" if erases else "", kit=kit))
        row.addWidget(Tag(library_words.level(guide.difficulty)[1]))
        row.addStretch(1)
        card.box.addLayout(row)
        return card

    def _questions(self) -> Card:
        card = Card(20, 16)
        card.box.addWidget(label(self.tr("Before you start"), "h2"))
        for field in self.fields:
            card.box.addWidget(field)
        return card

    def _prerequisite(self, slug: str) -> Banner:
        done = Button(self.kit, self.tr("It is done"), size="small")
        done.setToolTip(self.tr("You did it elsewhere, or on another PC"))
        other = self.host.other_guide(slug)
        name = words_in(other[0].title, self.kit.language) if other is not None else slug
        words = self.tr("This guide builds on “{guide}”, and this PC does not know of a run of it.").format(guide=name)
        banner = Banner(self.kit, "info", words, bold=self.tr("Another guide comes first."), actions=(done,))
        done.clicked.connect(lambda: self._on_met(slug, banner))
        return banner

    def _things(self, things: tuple[Thing, ...]) -> Card:
        card = Card(20, 8)
        card.box.addWidget(label(self.tr("What you need"), "h2"))
        for thing in things:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(IconLabel(self.kit, safe_icon(self.kit, thing.icon), "text-2", 18))
            name = words_in(thing.name, self.kit.language)
            row.addWidget(label(f"{thing.qty} × {name}" if thing.qty > 1 else name, "body"), 1)
            if thing.note:
                row.addWidget(label(words_in(thing.note, self.kit.language), "cap", tone="2"))
            card.box.addLayout(row)
        return card

    @Slot()
    def _show_start(self) -> None:
        is_open = any(field.answer is None for field in self.fields)
        is_unmet = bool(set(self.state.unmet) - self._met)
        reason = self.tr("Off until every question is answered") if is_open else ""
        reason = reason or (self.tr("Off until the guide that comes first is done") if is_unmet else "")
        self._reason.setText(reason)
        self.start_button.setEnabled(not reason)

    def _on_met(self, slug: str, banner: Banner) -> None:
        self._met.add(slug)
        banner.setVisible(False)
        self._show_start()

    @Slot()
    def _on_start(self) -> None:
        if not self.start_button.isEnabled():
            return
        answers = {field.option.id: field.answer for field in self.fields if field.answer is not None}
        try:
            for slug in sorted(self._met):
                self.player.meet(slug)
            if self.fields:
                self.player.answer(answers)
        except FirstlightError as error:
            said = explain(error)
            announce(self, said.text, is_urgent=True)
            self.kit.toasts.show(said.text)
