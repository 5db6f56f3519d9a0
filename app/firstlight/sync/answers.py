# SPDX-License-Identifier: Apache-2.0
"""What an answer of the hub changes in the store: one transaction per answer, so a crash before it only means that we ask again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from firstlight.store.db import Tx
from firstlight.sync.acts import BY_KIND
from firstlight.sync.entry import Op, OpKind, Why
from firstlight.sync.inbox import learn
from firstlight.sync.outbox import Outbox

if TYPE_CHECKING:
    from firstlight_contract.wire import Wire


def landed(tx: Tx, op: Op, reply: Wire | None, now_ms: int) -> frozenset[str]:
    """The hub has the op's content; answers the kinds of the inbox that changed with it."""
    Outbox.done(tx, op, now_ms)
    if op.kind == OpKind.REPORT:
        rev = int(json.loads(op.payload)["rev"])
        tx.execute(
            "UPDATE report SET sent_rev = max(sent_rev, ?), sent_ms = ?,"
            " state = CASE WHEN state = 'queued' AND rev = ? THEN 'delivered' ELSE state END WHERE id = ?",
            (rev, now_ms, rev, op.subject),
        )
    if op.kind == OpKind.BUNDLE:
        # Its file may go now: should the hub forget, the PC that wrote it says it again.
        tx.execute("DELETE FROM op_blob WHERE seq = ?", (op.seq,))
    if reply is None or not BY_KIND[op.kind].told_back:
        return frozenset()
    learn(tx, op.account_id, op.kind, op.subject, reply.model_dump(mode="json"), seen=True)
    return frozenset({str(op.kind)})


def refused(tx: Tx, op: Op, why: Why) -> int:
    """Set it aside for the tester, and with a blob every report that needs it; answers how many acts that are."""
    if not Outbox.park(tx, op, why):
        return 0
    if op.kind == OpKind.BLOB:
        needing = tx.execute(
            "SELECT o.*, n.name FROM op_blob n JOIN op o ON o.seq = n.seq WHERE n.sha256 = ? AND o.account_id = ? AND o.state = 'ready'",
            (op.subject, op.account_id),
        ).fetchall()
        return sum(refused(tx, Op.of(row), Why(why.code, {**why.facts, "name": row["name"]})) for row in needing)
    if op.kind == OpKind.REPORT:
        rev = int(json.loads(op.payload)["rev"])
        tx.execute("UPDATE report SET state = 'needs_you' WHERE id = ? AND state = 'queued' AND rev = ?", (op.subject, rev))
    return 1


def report_missing(tx: Tx, op: Op) -> bool:
    """404 for a word about a report that this PC has: the hub lost it (a backup was put back). Say the report again, then the word.

    False when the hub never had it from here, or refuses it: then the word is the tester's to look at.
    """
    row = tx.execute(
        "SELECT state FROM op WHERE account_id = ? AND kind = 'report' AND subject = ? AND subject <> ''", (op.account_id, op.about)
    ).fetchone()
    if row is None or row["state"] == "parked":
        return False
    tx.execute(
        "UPDATE op SET state = 'ready', attempts = 0, not_before_ms = 0, gen = gen + 1"
        " WHERE account_id = ? AND kind = 'report' AND subject = ? AND state = 'done'",
        (op.account_id, op.about),
    )
    return True


def blobs_missing(tx: Tx, op: Op, missing: tuple[str, ...]) -> bool:
    """424: the hub lacks blobs; put them in the line again. False when one is not among what the op ever needed."""
    needs = {row["sha256"] for row in tx.execute("SELECT sha256 FROM op_blob WHERE seq = ?", (op.seq,))}
    if not needs.issuperset(missing):
        return False
    for sha256 in missing or needs:
        tx.execute(
            "INSERT INTO op (account_id, kind, subject, payload, state, made_ms) VALUES (?, 'blob', ?, '', 'ready', ?)"
            " ON CONFLICT (account_id, kind, subject) DO UPDATE SET state = 'ready', not_before_ms = 0, gen = gen + 1, moved = 0",
            (op.account_id, sha256, 0),
        )
    return True
