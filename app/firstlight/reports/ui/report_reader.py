# SPDX-License-Identifier: Apache-2.0
"""Reads the list and one report in the background; asked again while it reads, it reads once more after.

The lane is "look", so that a long attachment being kept never holds the list back.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.base.work import Work
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Counts, Event, ReportRow, Section
from firstlight.sync.outbox import Outbox, Waiting


@dataclass(frozen=True)
class Listed:
    """A window of the list, and how much there is of each section."""

    counts: Counts
    rows: tuple[ReportRow, ...]
    section: Section | None
    waiting: Waiting | None = None
    """The line of this account; None when nobody is signed in."""


class ReportReader(QObject):
    """Signals: listed(Listed); told(ReportRow or None, tuple of Event) of one report; failed(error)."""

    listed = Signal(object)
    told = Signal(object, object)
    failed = Signal(object)

    def __init__(self, kit: Kit, reports: Reports, outbox: Outbox, account_id: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._reports, self._outbox, self._account_id = kit, reports, outbox, account_id
        self._reading: Job | None = None
        self._next: tuple[Section | None, int] | None = None

    def read(self, section: Section | None, limit: int) -> None:
        """Read the first `limit` rows of a section, or of all."""
        if self._reading is not None:
            self._next = (section, limit)
            return
        self._next = None
        self._reading = self._kit.jobs.start(self._list, section, limit, lane="look", owner=self)
        self._reading.finished.connect(self.listed)
        self._reading.failed.connect(self.failed)
        self._reading.ended.connect(self._on_ended)

    def _list(self, section: Section | None, limit: int, *, work: Work) -> Listed:
        work.check()
        counts = self._reports.counts(self._account_id)
        waiting = self._outbox.waiting(self._account_id) if self._account_id is not None else None
        return Listed(counts, self._reports.listing(self._account_id, section=section, limit=limit), section, waiting)

    @Slot()
    def _on_ended(self) -> None:
        self._reading = None
        if self._next is not None:
            self.read(*self._next)

    def read_one(self, id: str) -> None:
        """Read a report's row and its time line."""
        job = self._kit.jobs.start(self._one, id, lane="look", owner=self)
        job.finished.connect(self._on_one)
        job.failed.connect(self.failed)

    def _one(self, id: str, *, work: Work) -> tuple[ReportRow | None, tuple[Event, ...]]:
        work.check()
        return self._reports.row(self._account_id, id), self._reports.timeline(self._account_id, id)

    @Slot(object)
    def _on_one(self, found: tuple[ReportRow | None, tuple[Event, ...]]) -> None:
        self.told.emit(*found)
