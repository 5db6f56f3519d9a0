# SPDX-License-Identifier: Apache-2.0
"""Back from the team: fixes to check, questions to answer, and what moved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from firstlight.community.week import News, NewsKind
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Card, IconLabel, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight_contract.reports import State


class NewsCard(Card):
    """Signals: report_requested(id): look at it; answer_requested(id); reports_requested()."""

    report_requested = Signal(str)
    answer_requested = Signal(str)
    reports_requested = Signal()

    def __init__(self, kit: Kit, news: tuple[News, ...]) -> None:
        super().__init__(16, 0)
        self._kit = kit
        self.box.setContentsMargins(16, 14, 16, 6)
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Back from the team"), "h2"), 1)
        every = Button(kit, self.tr("All reports"), kind="link", size="small")
        every.clicked.connect(self.reports_requested)
        heading.addWidget(every)
        self.box.addLayout(heading)
        self.box.addSpacing(6)
        for one in news:
            self._add(one)
        if not news:
            self.box.addWidget(Separator())
            self.box.addSpacing(10)
            self.box.addWidget(label(self.tr("Nothing new. What the team makes of your reports comes here."), "small", tone="2"))
            self.box.addSpacing(10)
        self.box.addStretch()

    def _add(self, one: News) -> None:
        icon, tone, title, detail, verb = self._words(one)
        id = str(one.report.id)
        self.box.addWidget(Separator())
        row = QHBoxLayout()
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(10)
        row.addWidget(IconLabel(self._kit, icon, tone, 20))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "smallstrong"))
        words.addWidget(ElidedLabel(detail, "cap", tone="2"))
        row.addLayout(words, 1)
        button = Button(self._kit, verb, size="small")
        button.setAccessibleName(f"{verb}: {title}")
        if one.kind is NewsKind.QUESTION:
            button.clicked.connect(lambda _=False: self.answer_requested.emit(id))
        else:
            button.clicked.connect(lambda _=False: self.report_requested.emit(id))
        row.addWidget(button)
        self.box.addLayout(row)

    def _words(self, one: News) -> tuple[str, str, str, str, str]:
        report = one.report
        if one.kind is NewsKind.QUESTION:
            title = self.tr("{number} has a question").format(number=report.number)
            return "question", "warn", title, self.tr("“{words}”").format(words=one.question), self.tr("Answer")
        if one.kind is NewsKind.FIXED:
            fixed = self.tr("{number} fixed in {build}").format(number=report.number, build=report.fixed_in)
            title = fixed if report.fixed_in else self.tr("{number} is fixed").format(number=report.number)
            return "check-circle", "ok", title, report.title, self.tr("Check it")
        if report.state is State.PLANNED:
            planned = self.tr("{number} planned for {build}").format(number=report.number, build=report.planned_for)
            title = planned if report.planned_for else self.tr("{number} is planned").format(number=report.number)
            return "wrench", "info", title, report.title, self.tr("Look")
        if report.state is State.DUPLICATE:
            title = self.tr("{number} joined with others").format(number=report.number)
            return "copy", "info", title, report.title, self.tr("Look")
        title = self.tr("{number} seen by the team too").format(number=report.number)
        return "user-focus", "info", title, report.title, self.tr("Look")
