# SPDX-License-Identifier: Apache-2.0
"""A report that reads like the sentence being written: the tester's own, or another's that the programme shares. Works offline."""

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
MOST_SHARED = 2000
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
        own = [row for part in _SECTIONS for row in self._reports.listing(self._account_id, section=part, limit=MOST_COMPARED)]
        # The tester's own come first: of two that are alike they can be opened, and the shared index names them once more.
        return similar(draft.title, (*own, *self._reports.shared(self._account_id, limit=MOST_SHARED)), but=draft.id)

    @Slot(object)
    def _on_found(self, row: ReportRow | None) -> None:
        clear(self._place)
        self.setHidden(row is None)
        if row is None:
            return
        id = row.id
        if not id:
            self._show_shared(row)
            return
        look = Button(self._kit, self.tr("Compare"), size="small")
        look.setAccessibleName(self.tr("Compare with {title}").format(title=row.title))
        look.clicked.connect(lambda: self.opened.emit(id))
        bold = self.tr("Looks like {number}").format(number=row.number) if row.number else self.tr("Looks like one of yours")
        words = self.tr("“{words}”").format(words=row.title)
        self._place.addWidget(Banner(self._kit, "info", words, bold=bold, icon="copy", actions=(look,)))

    def _show_shared(self, row: ReportRow) -> None:
        """Somebody else's: there is nothing to open, but it says that the team knows."""
        bold = self.tr("Looks like {number}").format(number=row.number)
        words = self.tr("Another tester reported “{words}”.").format(words=row.title)
        if row.fixed_in:
            words = self.tr("Another tester reported “{words}”. It is fixed in {build}.").format(words=row.title, build=row.fixed_in)
        self._place.addWidget(Banner(self._kit, "info", words, bold=bold, icon="copy"))
