# SPDX-License-Identifier: Apache-2.0
"""The tester's reports on this PC: written, kept, put in the outbox, taken back, answered.

What `save` returned from is on the disk. A report has a name (UUID) from its first letter; each time it is queued its
revision grows, so whatever was sent before, the hub keeps the newest.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Unpack

from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.reports import listing, rows, shared, submit, timeline
from firstlight.reports.bundle import Bundle, Flatten, RedactFiles
from firstlight.reports.errors import NotEditable, TooMany
from firstlight.reports.pictures import media_of_picture
from firstlight.reports.report import (
    MOST_ATTACHMENTS,
    PICTURES,
    Attachment,
    Counts,
    Draft,
    Event,
    Local,
    Outgoing,
    ReportRow,
    Section,
    Words,
)
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database, Tx
from firstlight.store.errors import DiskFull
from firstlight.sync.backoff import UNDO_MS
from firstlight.sync.entry import OpKind
from firstlight.sync.outbox import Outbox


@dataclass(frozen=True)
class ReportsChanged:
    """News: a report of this PC was written, queued, discarded. What the hub tells comes as InboxChanged."""

    id: str


class Reports:
    """All reports of this PC. Thread-safe; blocking."""

    def __init__(
        self,
        db: Database,
        blobs: Blobs,
        outbox: Outbox,
        events: Events,
        *,
        now: Callable[[], float],
        flatten: Flatten,
        redact_files: RedactFiles,
        rules: str = "",
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._outbox = outbox
        self._events = events
        self._now = now
        self._places = listing.Places()
        self._bundle = Bundle(db, blobs, flatten, redact_files, rules=rules)

    # -- writing ---------------------------------------------------------------------------------------------------------------

    def new(self, account_id: int | None, **words: Unpack[Words]) -> Draft:
        """A new draft, kept from now on."""
        draft = Draft(id=str(uuid.uuid4()), account_id=account_id, captured_at=self._now(), changed_at=self._now(), **words)
        with self._db.write(essential=True) as tx:
            rows.insert(tx, draft, boot_ms=rows.ms(time.monotonic()))
        self._changed(draft.id)
        return draft

    def get(self, id: str) -> Draft:
        """The report as this PC has it; NotFound."""
        with self._db.read() as tx:
            return rows.read(tx, id)

    def save(self, draft: Draft) -> Draft:
        """Keep the words of `draft` (its attachments have functions of their own). NotEditable unless it is a draft."""
        changed_at = self._now()
        try:
            self._save(draft, changed_at)
        except DiskFull:
            self._save(draft, changed_at)  # the first try gave the reserve up
        return replace(draft, changed_at=changed_at)

    def _save(self, draft: Draft, changed_at: float) -> None:
        with self._db.write(essential=True) as tx:
            if not rows.update_words(tx, draft, changed_at):
                raise NotEditable(id=draft.id, state=rows.read(tx, draft.id).state)

    def attach(self, id: str, source: Path | bytes, *, name: str, role: str, media: str, work: Work) -> Attachment:
        """Keep a file and attach it. Raises DiskFull, SourceUnreadable, TooMany, NotEditable; nothing is attached then."""
        draft = self.get(id)
        _must_be_draft(draft)
        if len(draft.attachments) >= MOST_ATTACHMENTS:
            raise TooMany(id=id, most=MOST_ATTACHMENTS)
        # A photo under the name of a log carries its place all the same, which no rule for texts sees.
        seen = "" if role in PICTURES else media_of_picture(source)
        if seen or (role == "file" and media.startswith("image/")):
            role, media = "picture", seen or media
        while True:
            blob = self._blobs.put(source, media=media, work=work, collectable=True)
            attachment = Attachment(0, safe_name(name), role, media, blob.size, blob.sha256)
            with self._edited(id) as tx:
                if rows.has_blob(tx, blob.sha256):  # else the tester has just cleared a thrown away report with the same file
                    return replace(attachment, pos=rows.add_attachment(tx, id, attachment))

    def remove(self, id: str, pos: int) -> Attachment:
        """Take an attachment off; hand the answer to `put_back` to undo."""
        with self._edited(id) as tx:
            attachment = next(a for a in rows.read(tx, id).attachments if a.pos == pos)
            tx.execute("DELETE FROM attachment WHERE report_id = ? AND pos = ?", (id, pos))
        return attachment

    def put_back(self, id: str, attachment: Attachment) -> Attachment:
        """Attach again what `remove` took off, with all that was done to it; it gets a new place."""
        with self._edited(id) as tx:
            return replace(attachment, pos=rows.add_attachment(tx, id, attachment))

    def set_annotations(self, id: str, pos: int, annotations: dict[str, Any] | None) -> None:
        """Autosave of the picture editor."""
        with self._edited(id) as tx:
            rows.set_annotations(tx, id, pos, annotations)

    def set_redaction(self, id: str, pos: int, redaction: dict[str, Any] | None) -> None:
        """The tester's choices for a text; it has to be looked at again."""
        with self._edited(id) as tx:
            tx.execute("UPDATE attachment SET redaction = ?, reviewed = 0 WHERE report_id = ? AND pos = ?", (rows.text(redaction), id, pos))

    def set_reviewed(self, id: str, pos: int, reviewed: bool = True) -> None:
        """The tester has looked at this text as it will leave."""
        with self._edited(id) as tx:
            tx.execute("UPDATE attachment SET reviewed = ? WHERE report_id = ? AND pos = ?", (int(reviewed), id, pos))

    def set_included(self, id: str, pos: int, include: bool) -> None:
        """Whether an attachment leaves with the report, or only stays here."""
        with self._edited(id) as tx:
            tx.execute("UPDATE attachment SET include = ? WHERE report_id = ? AND pos = ?", (int(include), id, pos))

    def set_travel(self, id: str, pos: int, travel: str) -> None:
        """Whether this file may use a metered network (sync.rules.Travel); "" leaves it to the rule about sizes."""
        with self._edited(id) as tx:
            tx.execute("UPDATE attachment SET travel = ? WHERE report_id = ? AND pos = ?", (travel, id, pos))

    # -- leaving ---------------------------------------------------------------------------------------------------------------

    def outgoing(self, id: str, work: Work) -> tuple[Outgoing, ...]:
        """Everything that would leave now: the words first, then the files as they go. The one place where that is made."""
        draft = self.get(id)
        files = self._bundle.files(draft, work)
        return (submit.words_of(self._db, draft, files), *files)

    def queue(self, id: str, work: Work, *, undo_ms: int = UNDO_MS) -> Draft:
        """Put it in the outbox; it may leave after ten seconds, or `undo_ms`. Raises Incomplete, Unreviewed, NotCleaned, DiskFull."""
        while True:
            draft = self.get(id)
            submit.check(self._db, draft)
            files = self._bundle.files(draft, work)
            if submit.queue(self._db, self._outbox, draft, files, undo_ms=undo_ms):
                break
        self._changed(id, draft.account_id)
        return self.get(id)

    def take_back(self, id: str) -> Draft:
        """Undo `queue` within ten seconds; TooLate when it may have left (then `edit` it)."""
        draft = submit.take_back(self._db, self._outbox, id)
        self._changed(id, draft.account_id)
        return draft

    def edit(self, id: str) -> Draft:
        """Open a report that is queued, refused or delivered for a new revision; it stays here until it is queued again."""
        draft = submit.edit(self._db, self._outbox, id)
        self._changed(id, draft.account_id)
        return draft

    def send_again(self, id: str) -> Draft:
        """Try a refused report once more as it is."""
        draft = submit.send_again(self._db, self._outbox, id)
        self._changed(id, draft.account_id)
        return draft

    def send_anyway(self, id: str) -> None:
        """'Send it over this network all the same': the files of a queued report wait for no free network any more, and for no retry."""
        draft = self.get(id)
        if draft.account_id is None or draft.state != Local.QUEUED:
            raise NotEditable(id=id, state=draft.state)
        with self._db.write() as tx:
            self._outbox.send_anyway(tx, draft.account_id, OpKind.REPORT, id)
        self._changed(id, draft.account_id)

    def as_answer(self, id: str) -> str:
        """Send the words of a report that the hub has closed as an answer; answers the comment's name."""
        comment = submit.as_answer(self._db, self._outbox, id)
        self._changed(id, self.get(id).account_id)
        return comment

    def discard(self, id: str) -> Callable[[], Draft]:
        """Throw a report away that the hub does not have; the answer undoes it, for a day."""
        draft = submit.discard(self._db, self._outbox, id, self._now())
        self._changed(id, draft.account_id)
        return lambda: self.restore(id)

    def restore(self, id: str) -> Draft:
        """Undo `discard`."""
        draft = submit.restore(self._db, self._outbox, id)
        self._changed(id, draft.account_id)
        return draft

    def drop_empty(self, before: float) -> int:
        """Throw away drafts that were opened before and never written in, as when the program ended over them; answers how many."""
        with self._db.read() as tx:
            sql = "SELECT id FROM report WHERE state = ? AND title = '' AND changed_ms < ?"
            ids = [row["id"] for row in tx.execute(sql, (Local.DRAFT.value, rows.ms(before)))]
        empty = [id for id in ids if (draft := self.get(id)).is_empty and not draft.rev]
        for id in empty:
            self.discard(id)
        return len(empty)

    def adopt(self, account_id: int) -> int:
        """Give drafts that were written before anybody signed in to this account; answers how many."""
        with self._db.write() as tx:
            return tx.execute("UPDATE report SET account_id = ? WHERE account_id IS NULL", (account_id,)).rowcount

    # -- reading ---------------------------------------------------------------------------------------------------------------

    def listing(
        self, account_id: int | None, *, section: Section | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[ReportRow, ...]:
        """Rows in the order of Section, local ones and the hub's merged."""
        window, version = listing.Window(section, limit, offset), self._db.version()
        with self._db.read() as tx:
            self._places = places = self._places.at(version)
            found = listing.rows(tx, account_id, window, now_ms=self._outbox.now_ms(), places=places)
        return tuple(map(self._on_the_wall, found))

    def shared(self, account_id: int | None, *, limit: int) -> tuple[ReportRow, ...]:
        """What other testers reported, newest first; without an `id`."""
        with self._db.read() as tx:
            return shared.rows(tx, account_id, limit=limit)

    def row(self, account_id: int | None, id: str) -> ReportRow | None:
        """One row of the list."""
        with self._db.read() as tx:
            found = listing.one(tx, account_id, id, now_ms=self._outbox.now_ms())
        return self._on_the_wall(found) if found else None

    def _on_the_wall(self, row: ReportRow) -> ReportRow:
        """With the next try as the PC's clock will show it: the line itself goes by a clock that nobody can set."""
        if not row.step.not_before:
            return row
        shift = self._now() - self._outbox.now_ms() / 1000
        return replace(row, step=replace(row.step, not_before=row.step.not_before + shift)) if abs(shift) > 1 else row

    def counts(self, account_id: int | None) -> Counts:
        """How many rows each section has."""
        version = self._db.version()
        with self._db.read() as tx:
            self._places = places = self._places.at(version)
            return listing.counts(tx, account_id, places)

    def timeline(self, account_id: int | None, id: str) -> tuple[Event, ...]:
        """What happened to a report, oldest first."""
        with self._db.read() as tx:
            return timeline.of(tx, account_id, id)

    def answer(self, account_id: int, id: str, text: str, verdict: str = "") -> str:
        """Say something in a report's conversation, also offline; answers the comment's name, for `take_back_answer`."""
        comment = submit.answer(self._db, self._outbox, account_id, id, text.strip(), verdict)
        self._changed(id, account_id)
        return comment

    def take_back_answer(self, account_id: int, comment: str) -> None:
        """Undo `answer` within ten seconds; TooLate after that."""
        with self._db.write() as tx:
            submit.take_back_answer(tx, self._outbox, account_id, comment)
        self._outbox.changed(account_id)

    # -- within ----------------------------------------------------------------------------------------------------------------

    def _edited(self, id: str) -> AbstractContextManager[Tx]:
        """A transaction on a draft that also moves its time of change; NotEditable when it is none."""
        return edited(self._db, id, self._now())

    def _changed(self, id: str, account_id: int | None = None) -> None:
        self._events.publish(ReportsChanged(id))
        if account_id is not None:
            self._outbox.changed(account_id)


@contextmanager
def edited(db: Database, id: str, now: float) -> Iterator[Tx]:
    """See `Reports._edited`."""
    with db.write(essential=True) as tx:
        _must_be_draft(rows.read(tx, id))
        yield tx
        tx.execute("UPDATE report SET changed_ms = ? WHERE id = ?", (rows.ms(now), id))


def _must_be_draft(draft: Draft) -> None:
    if draft.state != Local.DRAFT:
        raise NotEditable(id=draft.id, state=draft.state)


def safe_name(name: str) -> str:
    """A name for the hub: the last part alone, no control characters, at most 120 characters, never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable()).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if len(clean) > 120:
        clean = f"{stem[: 119 - len(ending)]}{dot}{ending}" if len(ending) < 20 else clean[:120]
    return clean or "file"
