# SPDX-License-Identifier: Apache-2.0
"""The three ways out of the composer: into the outbox, kept as a draft, thrown away; two of them can be undone for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.kit.kit import Kit
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Attachment, Draft
from firstlight.reports.ui import undoing
from firstlight.reports.ui.draft_keeper import DraftKeeper


class Leaving(QObject):
    """Signals: closed(); queued(report id); reopened(report id): its undo was chosen; failed(error)."""

    closed = Signal()
    queued = Signal(str)
    reopened = Signal(str)
    failed = Signal(object)

    def __init__(self, kit: Kit, reports: Reports, keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._reports, self._keeper = kit, reports, keeper
        keeper.queued.connect(self._on_queued)

    @Slot(object)
    def _on_queued(self, draft: Draft) -> None:
        reports, id = self._reports, draft.id
        self._offer(self.tr("Your report is in the outbox."), lambda: reports.take_back(id), id)
        self.queued.emit(id)

    @Slot()
    def keep(self) -> None:
        """Leave; a draft with nothing in it is not worth keeping."""
        self.drop_if_empty()
        self._keeper.close()
        self.closed.emit()

    def drop_if_empty(self) -> None:
        """Forget a draft in which nothing stands."""
        draft = self._keeper.draft
        if draft is not None and draft.is_empty and not draft.rev and not self._keeper.is_attaching:
            self._keeper.close()
            self._kit.jobs.start(lambda *, work: self._reports.discard(draft.id), lane="disk")

    @Slot()
    def discard(self) -> None:
        """Throw it away."""
        draft = self._keeper.draft
        if draft is None:
            return
        self._keeper.close()
        reports, id, said = self._reports, draft.id, self.tr("The report was thrown away.")
        job = self._kit.jobs.start(lambda *, work: reports.discard(id), lane="disk", owner=self)
        job.finished.connect(lambda _undo: self._offer(said, lambda: reports.restore(id), id))
        job.failed.connect(self.failed)
        self.closed.emit()

    def _offer(self, said: str, undo: undoing.Act, id: str) -> None:
        undoing.offer(self._kit, said, undo, page=self, then=lambda: self.reopened.emit(id))

    def offer_put_back(self, id: str, attachment: Attachment) -> None:
        """An attachment was taken off the report `id`."""
        reports, words = self._reports, self.tr("{name} was taken off.").format(name=attachment.name)
        undoing.offer(self._kit, words, lambda: reports.put_back(id, attachment), page=self._keeper, then=self._keeper.reread)
