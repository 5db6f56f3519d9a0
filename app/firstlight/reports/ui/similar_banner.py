# SPDX-License-Identifier: Apache-2.0
"""A report that reads like the sentence being written, found among those that this PC knows."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.base.work import Work
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Draft, ReportRow, Section
from firstlight.reports.ui.similar import similar

MOST_COMPARED = 300
"""Newest of each section; older ones are not the same fault again."""
_SECTIONS = (Section.OUTBOX, Section.NEEDS_YOU, Section.TEAM, Section.FIXED)


class SimilarBanner(QWidget):
    """Empty while nothing reads alike.

    Signals: opened(id): compare with that one.
    """

    opened = Signal(str)

    def __init__(self, kit: Kit, reports: Reports, account_id: int | None) -> None:
        super().__init__()
        self._kit, self._reports, self._account_id = kit, reports, account_id
        self._title = ""
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def compare(self, draft: Draft) -> None:
        """Look for another; the same title is looked up once."""
        if draft.title == self._title:
            return
        self._title = draft.title
        job = self._kit.jobs.start(self._find, draft, lane="look", owner=self)
        job.finished.connect(self._on_found)

    def forget(self) -> None:
        """Another draft: show nothing."""
        self._title = ""
        self._on_found(None)

    def _find(self, draft: Draft, *, work: Work) -> ReportRow | None:
        work.check()
        rows = (row for part in _SECTIONS for row in self._reports.listing(self._account_id, section=part, limit=MOST_COMPARED))
        return similar(draft.title, rows, but=draft.id)

    @Slot(object)
    def _on_found(self, row: ReportRow | None) -> None:
        clear(self._place)
        self.setHidden(row is None)
        if row is None:
            return
        id = row.id
        look = Button(self._kit, self.tr("Compare"), size="small")
        look.setAccessibleName(self.tr("Compare with {title}").format(title=row.title))
        look.clicked.connect(lambda: self.opened.emit(id))
        bold = self.tr("Looks like {number}").format(number=row.number) if row.number else self.tr("Looks like one of yours")
        words = self.tr("“{words}”").format(words=row.title)
        self._place.addWidget(Banner(self._kit, "info", words, bold=bold, icon="copy", actions=(look,)))
