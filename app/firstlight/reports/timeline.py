# SPDX-License-Identifier: Apache-2.0
"""What happened to a report, oldest first, from what this PC keeps: so it reads offline."""

from __future__ import annotations

import json
from collections.abc import Iterator

from firstlight.reports.report import Event, Moment
from firstlight.store.db import Tx
from firstlight.sync.entry import Why
from firstlight.sync.inbox import when


def of(tx: Tx, account_id: int | None, id: str) -> tuple[Event, ...]:
    """Written, queued and arrived; the team's states; what was said; and what of it waits here."""
    events = [*_here(tx, id), *_told(tx, account_id, id), *_said(tx, account_id, id)]
    return (*sorted(events, key=lambda event: event.at), *_unsent(tx, account_id, id))


def _here(tx: Tx, id: str) -> Iterator[Event]:
    row = tx.execute("SELECT * FROM report WHERE id = ?", (id,)).fetchone()
    if row is None:
        return
    yield Event(Moment.WRITTEN, row["captured_wall_ms"] / 1000)
    if row["queued_ms"] and row["state"] in ("queued", "delivered", "needs_you"):
        yield Event(Moment.QUEUED, row["queued_ms"] / 1000)
    if row["state"] == "needs_you":
        op = tx.execute("SELECT last_error FROM op WHERE kind = 'report' AND subject = ? AND state = 'parked'", (id,)).fetchone()
        yield Event(Moment.REFUSED, row["changed_ms"] / 1000, why=Why.read(op["last_error"]) if op else Why())


def _told(tx: Tx, account_id: int | None, id: str) -> Iterator[Event]:
    current = tx.execute("SELECT body FROM inbox WHERE account_id = ? AND kind = 'report' AND key = ?", (account_id, id)).fetchone()
    if current is None:
        return
    view = json.loads(current["body"])
    yield Event(Moment.ARRIVED, when(view.get("received_at", "")), what=view.get("number", ""))
    past = tx.execute(
        "SELECT facet, at_ms, body FROM inbox_past WHERE account_id = ? AND kind = 'report' AND key = ? AND facet <> 'new' ORDER BY at_ms",
        (account_id, id),
    ).fetchall()
    joined = 0
    for row in past:
        then = json.loads(row["body"])
        what = then.get("fixed_in") or then.get("planned_for") or then.get("same_as") or ""
        yield Event(Moment.STATE, row["at_ms"] / 1000, what=row["facet"], detail=what)
        joined = max(joined, then.get("joined", 0))
    joined = max(joined, view.get("joined", 0))
    if joined:
        yield Event(Moment.JOINED, when(view.get("received_at", "")) + 0.001, number=joined)


def _said(tx: Tx, account_id: int | None, id: str) -> Iterator[Event]:
    found = tx.execute("SELECT body FROM inbox WHERE account_id = ? AND kind = 'comment' AND facet = ?", (account_id, id))
    for row in found:
        said = json.loads(row["body"])
        yield Event(
            Moment.SAID,
            when(said.get("at", "")),
            what=said.get("text", ""),
            author=said.get("author", ""),
            is_staff=bool(said.get("staff")),
            asks=bool(said.get("asks")),
            verdict=said.get("verdict", ""),
        )


def _unsent(tx: Tx, account_id: int | None, id: str) -> Iterator[Event]:
    found = tx.execute(
        "SELECT payload, made_ms, last_error FROM op"
        " WHERE account_id = ? AND about = ? AND about <> '' AND kind = 'comment' AND state IN ('ready', 'parked') ORDER BY seq",
        (account_id, id),
    )
    for row in found:
        comment = json.loads(row["payload"])
        yield Event(
            Moment.WAITING, row["made_ms"] / 1000, what=comment["text"], verdict=comment["verdict"], why=Why.read(row["last_error"])
        )
