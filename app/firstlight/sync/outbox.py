# SPDX-License-Identifier: Apache-2.0
"""The line of what the hub must learn: a schedule and nothing more, durable, one line per account.

Order is (attempts, seq): whoever failed goes behind those who did not, so one bad op delays itself alone. An op goes only when
no blob that it needs is still in the line, and a word about a report after the report. A blob that was set aside while another op
waited for it keeps that one back no more: the hub says what it lacks, and the blob goes again or both are set aside. Nothing is
merged or ordered by the PC's clock; the clock only says when to try again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from firstlight.base.events import Events
from firstlight.store.db import Database, Tx
from firstlight.sync.backoff import MOST_MS, UNDO_MS
from firstlight.sync.entry import Op, OpKind, OpState, Why
from firstlight.sync.inbox import STALE
from firstlight.sync.news import OutboxChanged
from firstlight.sync.rest import Rests
from firstlight.sync.rules import Rules

# CROSS JOIN and the + before a column tell SQLite which way to go: it cannot know that an op needs few blobs and blobs are many.
_FREE_TO_GO = """
  NOT EXISTS (SELECT 1 FROM op_blob n CROSS JOIN op b ON b.account_id = op.account_id AND b.kind = 'blob' AND b.subject = n.sha256
              WHERE n.seq = op.seq AND +b.state = 'ready')
  AND NOT (op.kind = 'comment' AND EXISTS (SELECT 1 FROM op r WHERE r.account_id = op.account_id AND r.kind = 'report'
              AND r.subject = op.about AND (+r.state = 'ready' OR (+r.state = 'held' AND instr(op.last_error, '"not_found"')))))
"""
_ON_FREE_NETWORKS = """
  (op.kind = 'blob' AND (op.travel = 'free' OR (op.travel <> 'anyway' AND
    (SELECT size FROM blob WHERE blob.sha256 = op.subject) > {big})))
"""
_NEEDED_ELSEWHERE = """
  EXISTS (SELECT 1 FROM op_blob n CROSS JOIN op o ON o.seq = n.seq
          WHERE n.sha256 = op.subject AND o.account_id = op.account_id AND o.seq <> :seq AND +o.state IN ('ready', 'parked'))
"""
_TOLD = """
  EXISTS (SELECT 1 FROM inbox i WHERE i.account_id = op.account_id AND i.kind = op.kind AND i.key = op.subject AND i.seq <> :stale)
"""


@dataclass(frozen=True)
class Waiting:
    """What an account has in its line: `acts` of the tester (no blobs, nor the PC's own name), `parked` more need the tester.

    `next_ms` is when something may go, 0 when nothing does: then it waits for the tester or for a free network. `kept_back`
    counts the files that wait for a free network (sync.rules), `is_paused` says that the tester stopped the line.
    """

    acts: int
    parked: int
    size_bytes: int
    next_ms: int
    kept_back: int = 0
    is_paused: bool = False


class Outbox:
    """Adds to the line, holds, releases, asks. Functions with `tx` join their caller's transaction; call `changed` after it."""

    def __init__(
        self,
        db: Database,
        events: Events,
        now: Callable[[], float],
        *,
        rng: Random | None = None,
        rules: Callable[[], Rules] = Rules,
    ) -> None:
        self._db = db
        self._events = events
        self._now = now
        self.rules = rules
        self._sums: dict[int, tuple[tuple[int, Rules], tuple[Waiting, int | None]]] = {}
        self.rests = Rests(rng or Random(), self.now_ms)

    def now_ms(self) -> int:
        """The clock that waits go by (`sync.steady`); it orders nothing."""
        return round(self._now() * 1000)

    def add(
        self,
        tx: Tx,
        account_id: int,
        kind: OpKind,
        subject: str,
        payload: str,
        *,
        about: str = "",
        needs: Mapping[str, str] | None = None,
        not_before_ms: int = 0,
    ) -> None:
        """Put an act in the line, or new content in the place of one that is there already.

        `needs` are the blobs (SHA-256 -> name to show) that go before it; those the hub already has are not sent again.
        """
        old = self.find(tx, account_id, kind, subject)
        gen, seq = 1, None
        if old:
            gen, seq = old.gen + 1, old.seq if old.state != OpState.DONE else None
            self._drop_unneeded(tx, old)
            tx.execute("DELETE FROM op WHERE seq = ?", (old.seq,))
        for sha256 in needs or {}:
            self._add_blob(tx, account_id, sha256, not_before_ms)
        row = tx.execute(
            "INSERT INTO op (seq, account_id, kind, subject, about, payload, gen, state, not_before_ms, made_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'ready', ?, ?)",
            (seq, account_id, kind, subject, about, payload, gen, not_before_ms, self.now_ms()),
        )
        tx.executemany(
            "INSERT INTO op_blob (seq, sha256, name) VALUES (?, ?, ?)",
            [(row.lastrowid, sha256, name) for sha256, name in (needs or {}).items()],
        )

    def _add_blob(self, tx: Tx, account_id: int, sha256: str, not_before_ms: int) -> None:
        """A blob joins the line once; one that the hub has stays done (should the hub have lost it, its 424 says so)."""
        tx.execute(
            "INSERT INTO op (account_id, kind, subject, payload, state, not_before_ms, made_ms) VALUES (?, 'blob', ?, '', 'ready', ?, ?)"
            " ON CONFLICT (account_id, kind, subject) DO UPDATE SET state = CASE state WHEN 'done' THEN 'done' ELSE 'ready' END,"
            " attempts = CASE state WHEN 'parked' THEN 0 ELSE attempts END, gen = gen + (state = 'parked')",
            (account_id, sha256, not_before_ms, self.now_ms()),
        )

    @staticmethod
    def waiting_for(tx: Tx, op: Op) -> tuple[tuple[str, int, int], ...]:
        """The reports that wait for a blob, each with how much of its other files the hub has and how large all its files are."""
        found = tx.execute(
            "SELECT r.subject, sum(CASE WHEN u.subject = :sha256 THEN 0 WHEN u.state = 'done' THEN b.size ELSE u.moved END) AS others,"
            " sum(b.size) AS whole FROM op_blob mine CROSS JOIN op r ON r.seq = mine.seq CROSS JOIN op_blob n ON n.seq = r.seq"
            " CROSS JOIN blob b ON b.sha256 = n.sha256"
            " CROSS JOIN op u ON u.account_id = r.account_id AND u.kind = 'blob' AND u.subject = n.sha256"
            " WHERE mine.sha256 = :sha256 AND r.account_id = :account AND r.kind = 'report' AND r.state = 'ready' GROUP BY r.subject",
            {"sha256": op.subject, "account": op.account_id},
        )
        return tuple((row["subject"], row["others"], row["whole"]) for row in found)

    def find(self, tx: Tx, account_id: int, kind: OpKind, subject: str) -> Op | None:
        """The op of that name."""
        row = tx.execute("SELECT * FROM op WHERE account_id = ? AND kind = ? AND subject = ?", (account_id, kind, subject)).fetchone()
        return Op.of(row) if row else None

    def hold(self, tx: Tx, op: Op) -> None:
        """Keep an op back, with the blobs that only it needs."""
        tx.execute("UPDATE op SET state = 'held' WHERE seq = ? AND state <> 'done'", (op.seq,))
        tx.execute(
            "UPDATE op SET state = 'held' WHERE kind = 'blob' AND state IN ('ready', 'parked')"
            f" AND subject IN (SELECT sha256 FROM op_blob WHERE seq = :seq) AND NOT {_NEEDED_ELSEWHERE}",
            {"seq": op.seq},
        )

    def release(self, tx: Tx, op: Op) -> None:
        """Let a held op go on as it was."""
        tx.execute("UPDATE op SET state = 'ready' WHERE seq = ? AND state = 'held'", (op.seq,))
        tx.execute(
            "UPDATE op SET state = 'ready' WHERE account_id = ? AND kind = 'blob' AND state = 'held'"
            " AND subject IN (SELECT sha256 FROM op_blob WHERE seq = ?)",
            (op.account_id, op.seq),
        )

    def retry(self, tx: Tx, op: Op) -> None:
        """Try a parked op once more as it is, with the blobs that were set aside with it."""
        for which in ("seq = :seq", "kind = 'blob' AND account_id = :account AND subject IN (SELECT sha256 FROM op_blob WHERE seq = :seq)"):
            tx.execute(
                f"UPDATE op SET state = 'ready', attempts = 0, not_before_ms = 0, gen = gen + 1 WHERE state = 'parked' AND {which}",
                {"seq": op.seq, "account": op.account_id},
            )

    def remove(self, tx: Tx, op: Op) -> None:
        """Take an op out of the line, with the blobs that nobody else needs."""
        self._drop_unneeded(tx, op)
        tx.execute("DELETE FROM op WHERE seq = ?", (op.seq,))

    @staticmethod
    def _drop_unneeded(tx: Tx, op: Op) -> None:
        tx.execute(
            "DELETE FROM op WHERE kind = 'blob' AND state <> 'done' AND account_id = :account"
            " AND subject IN (SELECT sha256 FROM op_blob WHERE seq = :seq)"
            " AND NOT EXISTS (SELECT 1 FROM op_blob n CROSS JOIN op o ON o.seq = n.seq"
            " WHERE n.sha256 = op.subject AND o.account_id = op.account_id AND o.seq <> :seq)",
            {"seq": op.seq, "account": op.account_id},
        )

    def due(self, account_id: int, *, limit: int = 100) -> tuple[Op, ...]:
        """What may go now, in order."""
        now, rules = self.now_ms(), self.rules()
        if rules.is_paused:
            return ()
        with self._db.read() as tx:
            rows = tx.execute(
                f"SELECT * FROM op WHERE account_id = ? AND state = 'ready' AND +not_before_ms <= ? AND {_may_go(rules)}"
                " ORDER BY attempts, seq LIMIT ?",
                (account_id, now, limit),
            ).fetchall()
        return tuple(Op.of(row) for row in rows)

    def accounts(self) -> tuple[int, ...]:
        """Who has anything ready."""
        with self._db.read() as tx:
            rows = tx.execute("SELECT DISTINCT account_id FROM op WHERE state = 'ready' ORDER BY account_id").fetchall()
        return tuple(row["account_id"] for row in rows)

    def waiting(self, account_id: int) -> Waiting:
        """The sums of a line; counted once until something is written, so cheap also for a long one."""
        rules, version = self.rules(), self._db.version()
        known = self._sums.get(account_id)
        if known is not None and known[0] == (version, rules):
            waiting, soonest = known[1]
        else:
            waiting, soonest = self._count(account_id, rules)
            self._sums[account_id] = (version, rules), (waiting, soonest)
        next_ms = 0 if soonest is None or rules.is_paused else max(soonest, self.rests.until_ms(account_id), 1)
        return replace(waiting, next_ms=next_ms)

    def _count(self, account_id: int, rules: Rules) -> tuple[Waiting, int | None]:
        with self._db.read() as tx:
            acts = tx.execute(
                "SELECT count(*) FROM op WHERE account_id = ? AND state = 'ready' AND kind NOT IN ('blob', 'pc')", (account_id,)
            ).fetchone()[0]
            going = f"SELECT not_before_ms FROM op WHERE account_id = ? AND state = 'ready' AND {_may_go(rules)}"
            soonest = tx.execute(f"{going} ORDER BY not_before_ms LIMIT 1", (account_id,)).fetchone()
            parked = tx.execute(
                "SELECT count(*) FROM op WHERE account_id = ? AND state = 'parked' AND kind NOT IN ('blob', 'pc')", (account_id,)
            ).fetchone()[0]
            size = tx.execute(
                "SELECT coalesce(sum(max(0, b.size - op.moved)), 0) FROM op JOIN blob b ON b.sha256 = op.subject"
                " WHERE op.account_id = ? AND op.state = 'ready' AND op.kind = 'blob'",
                (account_id,),
            ).fetchone()[0]
            kept_back = self._kept_back(tx, account_id, rules)
        return Waiting(acts, parked, size, 0, kept_back, rules.is_paused), None if soonest is None else int(soonest[0])

    @staticmethod
    def _kept_back(tx: Tx, account_id: int, rules: Rules) -> int:
        if not rules.is_metered:
            return 0
        kept = f"SELECT count(*) FROM op WHERE account_id = ? AND state = 'ready' AND {_ON_FREE_NETWORKS.format(big=int(rules.big_bytes))}"
        return int(tx.execute(kept, (account_id,)).fetchone()[0])

    def hurry(self, account_id: int) -> None:
        """'Send now': everything that waits after a failure may go at once. What can still be taken back keeps its ten seconds."""
        self.rests.clear(account_id)
        with self._db.write() as tx:
            tx.execute("UPDATE op SET not_before_ms = 0 WHERE account_id = ? AND state = 'ready' AND attempts > 0", (account_id,))
        self.changed(account_id)

    @staticmethod
    def set_travel(tx: Tx, account_id: int, travel: Mapping[str, str]) -> None:
        """What the tester said about files (SHA-256 -> Travel) and metered networks; 'anyway' for one report is it for all."""
        tx.executemany(
            "UPDATE op SET travel = ? WHERE account_id = ? AND kind = 'blob' AND subject = ? AND travel <> 'anyway'",
            [(wish, account_id, sha256) for sha256, wish in travel.items()],
        )

    def send_anyway(self, tx: Tx, account_id: int, kind: OpKind, subject: str) -> None:
        """The blobs of an act may use a metered network, and nothing of it waits for a retry any more."""
        op = self.find(tx, account_id, kind, subject)
        if op is None:
            return
        named = {"seq": op.seq, "account": account_id}
        mine = "kind = 'blob' AND account_id = :account AND subject IN (SELECT sha256 FROM op_blob WHERE seq = :seq)"
        tx.execute(f"UPDATE op SET travel = 'anyway' WHERE {mine}", named)
        for which in ("seq = :seq", mine):
            tx.execute(f"UPDATE op SET not_before_ms = 0 WHERE state = 'ready' AND attempts > 0 AND {which}", named)

    def rules_changed(self) -> None:
        """The network is free or metered now, or the tester changed a rule: tell everybody who plans by it."""
        for account_id in self.accounts():
            self.changed(account_id)

    def clamp(self) -> None:
        """Shorten waits that a clock set back made longer than any wait can be."""
        now = self.now_ms()
        with self._db.read() as tx:
            late = tx.execute("SELECT 1 FROM op WHERE state = 'ready' AND not_before_ms > ? LIMIT 1", (now + UNDO_MS,)).fetchone()
        if not late:
            return
        with self._db.write() as tx:
            for most, which in ((now + UNDO_MS, "attempts = 0"), (now + MOST_MS, "attempts > 0")):
                tx.execute(f"UPDATE op SET not_before_ms = ? WHERE state = 'ready' AND {which} AND not_before_ms > ?", (most, most))

    def repeat_delivered(
        self, tx: Tx, account_id: int, since_ms: int, *, only: tuple[str, str] | None = None, unless_told: bool = False
    ) -> int:
        """The hub may have forgotten (restored from a backup): say again what it confirmed since then. Names make that harmless.

        `only` is one kind and subject. `unless_told` leaves out what the news tell too; what they never tell of (activities, figures)
        is said again in any case.
        """
        which = " AND kind = :kind AND subject = :subject" if only else f" AND NOT {_TOLD}" if unless_told else ""
        kind, subject = only or ("", "")
        return tx.execute(
            "UPDATE op SET state = 'ready', attempts = 0, not_before_ms = 0, gen = gen + 1"
            f" WHERE account_id = :account AND state = 'done' AND kind <> 'blob' AND done_ms >= :since{which}",
            {"account": account_id, "since": since_ms, "kind": kind, "subject": subject, "stale": STALE},
        ).rowcount

    def changed(self, account_id: int) -> None:
        """Tell that the line changed; call it after the transaction."""
        self._events.publish(OutboxChanged(account_id))

    # -- what the sender does with an op ---------------------------------------------------------------------------------------

    @staticmethod
    def done(tx: Tx, op: Op, now_ms: int) -> bool:
        """The hub has it. False when the op was changed since: then the newer content still waits."""
        return bool(
            tx.execute(
                "UPDATE op SET state = 'done', done_ms = ?, attempts = 0, last_error = '', moved = 0 WHERE seq = ? AND gen = ?",
                (now_ms, op.seq, op.gen),
            ).rowcount
        )

    @staticmethod
    def later(tx: Tx, op: Op, why: Why, not_before_ms: int, *, moved: int = 0) -> None:
        """Try again then; one attempt more is counted."""
        tx.execute(
            "UPDATE op SET attempts = attempts + 1, not_before_ms = ?, last_error = ?, moved = max(moved, ?) WHERE seq = ? AND gen = ?",
            (not_before_ms, why.text(), moved, op.seq, op.gen),
        )

    @staticmethod
    def park(tx: Tx, op: Op, why: Why) -> bool:
        """Set it aside until the tester has looked; False when it was changed since."""
        return bool(
            tx.execute(
                "UPDATE op SET state = 'parked', last_error = ? WHERE seq = ? AND gen = ? AND state <> 'held'",
                (why.text(), op.seq, op.gen),
            ).rowcount
        )


def _may_go(rules: Rules) -> str:
    """SQL: what nothing of the line and no rule of the tester's keeps back."""
    if not rules.is_metered:
        return _FREE_TO_GO
    return f"{_FREE_TO_GO} AND NOT {_ON_FREE_NETWORKS.format(big=int(rules.big_bytes))}"
