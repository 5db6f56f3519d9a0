# SPDX-License-Identifier: Apache-2.0
"""Sends what is due, each account by itself and only as itself.

Every request puts a thing to its name, so whatever is cut, lost or repeated, asking again is right. A failure delays its op
alone; only when nobody answers, or the hub asks for rest, does the account rest. There is no limit on tries.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Protocol

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Progress, Work
from firstlight.hublink.errors import (
    Busy,
    ContractMismatch,
    FileChanged,
    NotAHub,
    Reason,
    Refused,
    SessionExpired,
    Unreachable,
)
from firstlight.hublink.reachability import ReachabilityChanged
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database
from firstlight.store.errors import BlobMissing, StoreError
from firstlight.store.points import reached
from firstlight.sync import acts, answers
from firstlight.sync.backoff import wait_ms
from firstlight.sync.entry import Op, OpKind, OpState, Why
from firstlight.sync.errors import HubForgetful, KeptBack, Unreadable
from firstlight.sync.news import InboxChanged, Sending
from firstlight.sync.outbox import Outbox
from firstlight.sync.rules import Throttle

if TYPE_CHECKING:
    from firstlight_contract.endpoint import Endpoint
    from firstlight_contract.wire import Wire

log = logging.getLogger(__name__)

_UNASKED = {Reason.OFF, Reason.DNS, Reason.REFUSED, Reason.NETWORK, Reason.TLS, Reason.PORTAL}
"""No hub was ever asked: that is nobody's failed attempt."""
_REST_STATUS = {429, 503}
_UNEXPLAINED = 3
"""So often a 400 that names no field is put down to the way there (a header that changed on it), before the tester is asked."""
_DAMAGED = 460
"""What arrived is not what was sent: the network did that, and the next try may fare better."""
_UPLOAD_AGAIN = {404, 409, 410, 460}
"""The upload expired, stands elsewhere or was damaged on its way, several times in a row: the network's fault, not the file's."""


class Client(Protocol):
    """What the sender needs of hublink's HubClient."""

    skew_ms: int | None

    def call(
        self, endpoint: Endpoint[Any], body: Wire | None = None, *, query: Mapping[str, str | int] | None = None, **names: object
    ) -> Any:
        """See HubClient."""


class Upload(Protocol):
    """What the sender needs of `hublink.uploads`."""

    def __call__(self, client: Any, *, path: Path, sha256: str, size: int, name: str, media: str, work: Work) -> None:
        """See `uploads.upload`."""


@dataclass(frozen=True)
class Drained:
    """What one draining did: `stopped` says for each account that had to stop, why."""

    sent: int = 0
    waiting: int = 0
    parked: int = 0
    stopped: dict[int, FirstlightError] = field(default_factory=dict)


@dataclass(frozen=True)
class _Means:
    """What sending needs, in one hand."""

    db: Database
    blobs: Blobs
    outbox: Outbox
    client_for: Callable[[int], Client | None]
    events: Events
    rng: Random
    upload: Upload
    throttle: Throttle
    introduce: Callable[[int], None] | None


class Sender:
    """Drains the outbox, once per call. `client_for` answers None for an account that must not send now."""

    def __init__(
        self,
        db: Database,
        blobs: Blobs,
        outbox: Outbox,
        client_for: Callable[[int], Client | None],
        events: Events,
        *,
        rng: Random | None = None,
        upload: Upload | None = None,
        introduce: Callable[[int], None] | None = None,
    ) -> None:
        self._means = _Means(db, blobs, outbox, client_for, events, rng or Random(), upload or _upload, Throttle(), introduce)
        self._draining = threading.Lock()
        events.subscribe(ReachabilityChanged, self._on_reachability)

    def drain(self, work: Work) -> Drained:
        """Send what is due now, for every account that may. Raises Cancelled and StoreError; what the network does is in the answer.

        While another thread drains, this returns at once with nothing done.
        """
        if not self._draining.acquire(blocking=False):
            return Drained()
        try:
            return self._drain(work)
        finally:
            self._draining.release()

    def wake(self, account_id: int | None = None) -> None:
        """The network is back, or 'Send now': forget rests, and for an account the waits of its ops."""
        self._means.outbox.rests.clear(account_id)
        if account_id is not None:
            self._means.outbox.hurry(account_id)

    def pause_s(self) -> float | None:
        """After how many seconds there will be something to do; None when nothing waits, or all of it for the tester or a free network."""
        outbox = self._means.outbox
        outbox.clamp()
        now = outbox.now_ms()
        nexts = (outbox.waiting(account_id).next_ms for account_id in outbox.accounts())
        return min((max(0, at - now) / 1000 for at in nexts if at), default=None)

    def _on_reachability(self, news: ReachabilityChanged) -> None:
        if news.is_online:
            self.wake()

    def _drain(self, work: Work) -> Drained:
        self._means.outbox.clamp()
        sent = parked = 0
        stopped: dict[int, FirstlightError] = {}
        for account_id in self._means.outbox.accounts():
            if self._means.outbox.rests.is_resting(account_id):
                continue
            round_ = _Round(self._means, account_id)
            try:
                round_.run(work)
            except FirstlightError as error:
                if isinstance(error, (Cancelled, StoreError)):
                    raise
                log.info("account %s stops sending: %s", account_id, error)
                stopped[account_id] = error
                if not self._means.outbox.rests.is_resting(account_id):
                    self._means.outbox.rests.rest(account_id)
            sent, parked = sent + round_.sent, parked + round_.parked
        waiting = sum(self._means.outbox.waiting(account_id).acts for account_id in self._means.outbox.accounts())
        return Drained(sent, waiting, parked, stopped)


class _Round:
    """One account's turn. Raises what makes the whole account stop."""

    def __init__(self, means: _Means, account_id: int) -> None:
        self._means = means
        self._account_id = account_id
        self.sent = self.parked = 0

    def run(self, work: Work) -> None:
        client = self._means.client_for(self._account_id)
        if client is None:
            self._means.outbox.rests.rest(self._account_id)
            return
        if self._means.introduce is not None:
            self._means.introduce(self._account_id)
        tried: set[tuple[int, int]] = set()
        while ops := [op for op in self._means.outbox.due(self._account_id, limit=20) if (op.seq, op.gen) not in tried]:
            for op in ops:
                work.check()
                tried.add((op.seq, op.gen))
                if self._is_current(op):
                    self._try(client, op, work)

    def _is_current(self, op: Op) -> bool:
        """Not taken back, held or changed since the line was read."""
        with self._means.db.read() as tx:
            now = self._means.outbox.find(tx, op.account_id, op.kind, op.subject)
        return now is not None and now.gen == op.gen and now.state == OpState.READY

    def _try(self, client: Client, op: Op, work: Work) -> None:
        moving = _Moving(work, self._means, op)
        try:
            reached("send.before")
            reply = None
            if op.kind == OpKind.BLOB:
                self._send_blob(client, op, moving)
            else:
                reply = self._put(client, op)
            reached("send.answered")
        except (Cancelled, KeptBack) as stopped:
            self._note_moved(op, moving.done)
            if isinstance(stopped, Cancelled):
                raise
            return  # `due` leaves it out now; what else may go, goes
        except FirstlightError as error:
            self._failed(op, error, moving.done)
            return
        self._landed(client, op, reply)

    def _send_blob(self, client: Client, op: Op, moving: Work) -> None:
        blob, path = self._means.blobs.get(op.subject), self._means.blobs.path(op.subject)
        with self._means.db.read() as tx:
            row = tx.execute("SELECT name FROM op_blob WHERE sha256 = ? AND name <> '' LIMIT 1", (op.subject,)).fetchone()
        name = row["name"] if row else op.subject
        try:
            self._means.upload(client, path=path, sha256=blob.sha256, size=blob.size, name=name, media=blob.media, work=moving)
        except OSError as error:  # the network's faults are HubError by now: it is this PC that does not give the file
            raise BlobMissing(sha256=op.subject, path=str(path)) from error

    def _put(self, client: Client, op: Op) -> Wire:
        body = acts.form(op.kind, op.subject, op.payload)
        self._means.events.publish(Sending(op.account_id, op.kind, op.subject, op.about, 0, 0))
        endpoint = acts.endpoint(op.kind)
        reply: Wire = client.call(endpoint, body, id=op.subject)
        if str(getattr(reply, acts.BY_KIND[op.kind].named)) != op.subject.lower():
            raise ContractMismatch(where=endpoint.path)  # somebody on the way mixed answers up
        return reply

    def _landed(self, client: Client, op: Op, reply: Wire | None) -> None:
        with self._means.db.write() as tx:
            kinds = answers.landed(tx, op, reply, self._means.outbox.now_ms())
            if client.skew_ms is not None:
                tx.execute(
                    "UPDATE account SET skew_ms = ? WHERE id = ? AND abs(skew_ms - ?) > 1000",
                    (client.skew_ms, op.account_id, client.skew_ms),
                )
            reached("send.before_commit")
        reached("send.confirmed")
        self._means.outbox.rests.worked(op.account_id)
        self.sent += op.kind not in (OpKind.BLOB, OpKind.PC)  # the tester did neither
        self._means.outbox.changed(op.account_id)
        if kinds:
            self._means.events.publish(InboxChanged(op.account_id, kinds))

    def _failed(self, op: Op, error: FirstlightError, moved: int) -> None:
        """What becomes of the op; raises `error` again when the account has to stop."""
        match error:
            case SessionExpired() | NotAHub():
                raise error
            case Unreachable(reason=reason) if reason in _UNASKED:
                self._note_moved(op, moved)
                raise error
            case Busy():
                self._later(op, error, moved, error.retry_after_s)
                if error.status in _REST_STATUS:
                    self._means.outbox.rests.rest(op.account_id, error.retry_after_s)
                    raise error
                self._count_trouble(op, error)
            case Refused(status=status) if status == _DAMAGED or (op.kind == OpKind.BLOB and status in _UPLOAD_AGAIN):
                self._later(op, error, moved)
                self._count_trouble(op, error)
            case Refused(status=400, fields=()) if op.attempts < _UNEXPLAINED:
                self._later(op, error, moved)
                self._count_trouble(op, error)
            case Unreachable() | ContractMismatch():
                self._later(op, error, moved)
                self._count_trouble(op, error)
            case Refused(status=404) if op.kind == OpKind.COMMENT:
                self._report_missing(op, error)
            case Refused(status=424):
                self._blobs_missing(op, error)
            case Refused() | FileChanged() | BlobMissing() | Unreadable() | HubForgetful():
                self._park(op, error)
            case _:
                raise error

    def _count_trouble(self, op: Op, error: FirstlightError) -> None:
        """One bad op delays itself; several failures in a row mean that it is not the op."""
        if self._means.outbox.rests.failed(op.account_id):
            raise error

    def _later(self, op: Op, error: FirstlightError, moved: int, retry_after_s: float | None = None) -> None:
        wait = wait_ms(op.attempts, self._means.rng, retry_after_s=retry_after_s)
        with self._means.db.write() as tx:
            self._means.outbox.later(tx, op, Why.of(error), self._means.outbox.now_ms() + wait, moved=moved)
        reached("send.delayed")
        log.info("%s %s again in %s ms: %s", op.kind, op.subject, wait, error)
        self._means.outbox.changed(op.account_id)

    def _report_missing(self, op: Op, error: Refused) -> None:
        with self._means.db.write() as tx:
            is_ours = answers.report_missing(tx, op)
            if is_ours:
                wait = wait_ms(op.attempts, self._means.rng) if op.attempts else 0
                self._means.outbox.later(tx, op, Why.of(error), self._means.outbox.now_ms() + wait)
        reached("send.rearmed")
        if not is_ours:
            self._park(op, error)
        self._means.outbox.changed(op.account_id)

    def _blobs_missing(self, op: Op, error: Refused) -> None:
        with self._means.db.write() as tx:
            is_ours = answers.blobs_missing(tx, op, error.missing)
            if is_ours:
                wait = wait_ms(op.attempts, self._means.rng) if op.attempts else 0
                self._means.outbox.later(tx, op, Why.of(error), self._means.outbox.now_ms() + wait)
        reached("send.rearmed")
        if not is_ours:
            self._park(op, HubForgetful(name=", ".join(error.missing)))
        self._means.outbox.changed(op.account_id)

    def _park(self, op: Op, error: FirstlightError) -> None:
        log.warning("%s %s needs the tester: %s", op.kind, op.subject, error)
        with self._means.db.write() as tx:
            parked = answers.refused(tx, op, Why.of(error))
        reached("send.parked")
        self.parked += parked
        self._means.outbox.changed(op.account_id)

    def _note_moved(self, op: Op, moved: int) -> None:
        if moved:
            with self._means.db.write() as tx:
                tx.execute("UPDATE op SET moved = ? WHERE seq = ? AND gen = ?", (moved, op.seq, op.gen))


class _Moving(Work):
    """Stands between an upload and the caller's work: turns progress into news, keeps the pace, and stops where a rule says so."""

    def __init__(self, outer: Work, means: _Means, op: Op) -> None:
        super().__init__()
        self._outer = outer
        self._means = means
        self._op = op
        self.done = 0
        self._total = 0
        self._about: tuple[tuple[str, int, int], ...] | None = None

    def check(self) -> None:
        """Raises KeptBack when the tester paused the line, or the network became one that this file waits out."""
        self._outer.check()
        rules = self._means.outbox.rules()
        if rules.is_paused:
            raise KeptBack(reason="paused")
        if rules.keeps_back(self._total, self._op.travel):
            raise KeptBack(reason="metered")

    def wait(self, seconds: float) -> None:
        self._outer.wait(seconds)
        self.check()

    def _said(self, progress: Progress) -> None:
        moved = max(0, progress.done - self.done)
        self.done, self._total = progress.done, progress.total
        reached("send.moved")
        op = self._op
        for about, others, whole in self._whose():
            self._means.events.publish(Sending(op.account_id, op.kind, op.subject, about, others + progress.done, whole or progress.total))
        self._means.throttle.let(moved, self._means.outbox.rules().most_bytes_s, self)

    def _whose(self) -> tuple[tuple[str, int, int], ...]:
        """Asked once: a report that comes to wait for this file meanwhile is told of by its next file."""
        if self._about is None:
            with self._means.db.read() as tx:
                self._about = self._means.outbox.waiting_for(tx, self._op) or ((self._op.about, 0, 0),)
        return self._about


def _upload(client: Any, *, path: Path, sha256: str, size: int, name: str, media: str, work: Work) -> None:
    from firstlight.hublink import uploads  # noqa: PLC0415  # heavy: requests, not before the first paint

    uploads.upload(client, path=path, sha256=sha256, size=size, name=name, media=media, work=work)
