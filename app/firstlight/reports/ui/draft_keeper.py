# SPDX-License-Identifier: Apache-2.0
"""Keeps the draft that a composer shows: autosave, attachments, what will leave. All acts on one draft keep their order.

Words go to the disk one second after the last letter, and at once when the page is left. The lane is the draft's own, so a large
file that is being kept never holds the words back; whatever runs later saves the newest words, never older ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress, Work
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Attachment, Draft, Local, Outgoing
from firstlight.reports.ui.attachment_source import Source

PAUSE_MS = 1_000


class DraftKeeper(QObject):
    """One draft at a time; `draft` is None before one is open.

    Signals: opened(Draft); kept(Draft): on the disk; attachments_changed(Draft); attaching(name, Progress or None);
    making(Progress or None); made(tuple of Outgoing); make_failed(error); queued(Draft); failed(error).
    """

    opened = Signal(object)
    kept = Signal(object)
    attachments_changed = Signal(object)
    attaching = Signal(str, object)
    making = Signal(object)
    made = Signal(object)
    make_failed = Signal(object)
    queued = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, reports: Reports, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._reports = reports
        self.draft: Draft | None = None
        self.is_attaching = False
        self._is_unsaved = False
        self._attaching_job: Job | None = None
        self._making_job: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.save)

    # -- opening and words -----------------------------------------------------------------------------------------------------

    def open(self, read: Callable[[], Draft]) -> None:
        """Show what `read` answers; it runs in the background."""
        self.flush()
        self.draft = None
        job = self._start(lambda *, work: self._as_draft(read()), lane="disk")
        job.finished.connect(self._on_opened)

    def _as_draft(self, draft: Draft) -> Draft:
        """A report that waits or has arrived is opened as its next revision."""
        return draft if draft.state is Local.DRAFT else self._reports.edit(draft.id)

    @Slot(object)
    def _on_opened(self, draft: Draft) -> None:
        self.draft = draft
        self.opened.emit(draft)
        self.make()

    def change(self, draft: Draft) -> None:
        """The tester typed: keep it after the pause."""
        self.draft = draft
        self._is_unsaved = True
        self._timer.start()

    @Slot()
    def save(self) -> None:
        """Keep the words now, in the background."""
        self._timer.stop()
        if self.draft is None or not self._is_unsaved:
            return
        self._is_unsaved = False
        job = self._start(self._save_newest, self.draft.id)
        job.finished.connect(self._on_saved)
        job.failed.connect(self._on_save_failed)

    def _save_newest(self, id: str, *, work: Work) -> Draft | None:
        """In the lane: whatever is newest by now, or nothing when another draft was opened meanwhile."""
        draft = self.draft
        return self._reports.save(draft) if draft is not None and draft.id == id else None

    @Slot(object)
    def _on_saved(self, saved: Draft | None) -> None:
        if saved is None or self.draft is None:
            return
        self.draft = replace(self.draft, changed_at=saved.changed_at)
        self.kept.emit(self.draft)
        if not self._is_unsaved:
            self.make()

    @Slot(object)
    def _on_save_failed(self, _error: FirstlightError) -> None:
        self._is_unsaved = True

    def flush(self) -> None:
        """Keep the words before this returns: the page is left, or the window closes. About a millisecond."""
        self._timer.stop()
        if self.draft is None or not self._is_unsaved:
            return
        self._is_unsaved = False
        try:
            self._reports.save(self.draft)
        except FirstlightError as error:
            self._is_unsaved = True
            self.failed.emit(error)

    # -- attachments -----------------------------------------------------------------------------------------------------------

    def attach(self, source: Source) -> None:
        """Keep a file and attach it; large ones say how far they are."""
        if self.draft is None:
            return
        id = self.draft.id
        job = self._kit.jobs.start(self._attach, id, source, lane="disk", owner=self)
        self._attaching_job = job
        self.is_attaching = True
        self.attaching.emit(source.name, None)
        job.progressed.connect(lambda progress: self.attaching.emit(source.name, progress))
        job.failed.connect(self.failed)
        job.ended.connect(lambda: self._on_attach_ended(job))

    def _attach(self, id: str, source: Source, *, work: Work) -> Attachment:
        return self._reports.attach(id, source.data, name=source.name, role=source.role, media=source.media, work=work)

    def _on_attach_ended(self, job: Job) -> None:
        if self._attaching_job is job:
            self._attaching_job = None
            self.is_attaching = False
            self.attaching.emit("", None)
        self.reread()

    def stop_attaching(self) -> None:
        """Do not keep the file after all."""
        if self._attaching_job is not None:
            self._attaching_job.cancel()

    def remove(self, pos: int, undone: Callable[[Attachment], None]) -> None:
        """Take an attachment off; `undone` gets it, for an offer to put it back."""
        if self.draft is not None:
            job = self._act(self._reports.remove, self.draft.id, pos)
            job.finished.connect(undone)

    def put_back(self, id: str, attachment: Attachment) -> None:
        """Undo `remove`."""
        if self.draft is not None and self.draft.id == id:
            self._act(self._reports.put_back, id, attachment)

    def set_redaction(self, pos: int, choices: dict[str, object]) -> None:
        """Other things are hidden in this text."""
        if self.draft is not None:
            self._act(self._reports.set_redaction, self.draft.id, pos, choices)

    def set_reviewed(self, pos: int) -> None:
        """The tester looked at this text as it will leave."""
        if self.draft is not None:
            self._act(self._reports.set_reviewed, self.draft.id, pos)

    def set_travel(self, pos: int, travel: str) -> None:
        """How this file goes over a network that costs money."""
        if self.draft is not None:
            self._act(self._reports.set_travel, self.draft.id, pos, travel)

    def _act(self, call: Callable[..., object], *args: object) -> Job:
        job = self._start(lambda *, work: call(*args))
        job.ended.connect(self.reread)
        return job

    @Slot()
    def reread(self) -> None:
        """Attachments changed in the store: read them, keep the words that stand in the fields."""
        if self.draft is not None:
            self._start(lambda id, *, work: self._reports.get(id), self.draft.id).finished.connect(self._on_reread)

    @Slot(object)
    def _on_reread(self, found: Draft) -> None:
        if self.draft is None or found.id != self.draft.id:
            return
        self.draft = replace(self.draft, attachments=found.attachments, state=found.state, rev=found.rev)
        self.attachments_changed.emit(self.draft)
        self.make()

    # -- leaving ---------------------------------------------------------------------------------------------------------------

    @Slot()
    def make(self) -> None:
        """Make what would leave now; what is made already is only read."""
        if self.draft is None or self.draft.state is not Local.DRAFT:
            return
        if self._making_job is not None:
            self._making_job.mute()
        job = self._kit.jobs.start(self._reports.outgoing, self.draft.id, lane="clean", owner=self)
        self._making_job = job
        self.making.emit(None)
        job.progressed.connect(self._on_making)
        job.finished.connect(self._on_made)
        job.failed.connect(self.make_failed)

    @Slot(object)
    def _on_making(self, progress: Progress) -> None:
        self.making.emit(progress)

    @Slot(object)
    def _on_made(self, outgoing: tuple[Outgoing, ...]) -> None:
        self._making_job = None
        self.made.emit(outgoing)

    def queue(self) -> None:
        """Keep the words, then put the report in the outbox."""
        if self.draft is None:
            return
        self._timer.stop()
        self._is_unsaved = False
        job = self._start(self._queue, self.draft)
        job.finished.connect(self._on_queued)
        job.failed.connect(self._on_save_failed)

    def _queue(self, draft: Draft, *, work: Work) -> Draft:
        self._reports.save(draft)
        return self._reports.queue(draft.id, work)

    @Slot(object)
    def _on_queued(self, draft: Draft) -> None:
        self.draft = None
        self.queued.emit(draft)

    def close(self) -> None:
        """The composer shows no draft any more."""
        self.flush()
        if self._making_job is not None:
            self._making_job.mute()
            self._making_job = None
        self.draft = None

    def _start(self, fn: Callable[..., object], *args: object, lane: str = "") -> Job:
        lane = lane or f"draft:{self.draft.id if self.draft else ''}"
        job = self._kit.jobs.start(fn, *args, lane=lane, owner=self)
        job.failed.connect(self.failed)
        return job
