# SPDX-License-Identifier: Apache-2.0
"""The list of reports: local rows and what the hub told, merged by name. A window of a list of 10,000 costs what a short one costs.

The hub wins on what is the team's (state, plan, fix), this PC on what it has not sent yet.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from firstlight.reports.report import Counts, Local, ReportRow, Section, Step
from firstlight.reports.timeline import when
from firstlight.store.db import Tx
from firstlight.sync.entry import Why

_LOCAL = """
SELECT r.*, op.attempts, op.not_before_ms, op.last_error, op.seq AS op_seq, op.state AS op_state,
 (SELECT count(*) FROM attachment a WHERE a.report_id = r.id AND a.include = 1) AS files,
 (SELECT coalesce(sum(coalesce(o.size, b.size)), 0) FROM attachment a JOIN blob b ON b.sha256 = a.sha256
    LEFT JOIN outgoing o ON o.report_id = a.report_id AND o.pos = a.pos WHERE a.report_id = r.id AND a.include = 1) AS size
FROM report r LEFT JOIN op ON op.account_id = r.account_id AND op.kind = 'report' AND op.subject = r.id
"""
_LINE = """
SELECT r.*, op.attempts, op.not_before_ms, op.last_error, op.seq AS op_seq, op.state AS op_state,
 (SELECT count(*) FROM op_blob n WHERE n.seq = op.seq) AS files,
 (SELECT coalesce(sum(b.size), 0) FROM op_blob n JOIN blob b ON b.sha256 = n.sha256 WHERE n.seq = op.seq) AS size,
 (SELECT coalesce(sum(CASE u.state WHEN 'done' THEN b.size ELSE u.moved END), 0) FROM op_blob n CROSS JOIN blob b ON b.sha256 = n.sha256
    CROSS JOIN op u ON u.account_id = op.account_id AND u.kind = 'blob' AND u.subject = n.sha256 WHERE n.seq = op.seq) AS moved
FROM op JOIN report r ON r.id = op.subject
WHERE op.account_id = :account AND op.state = 'ready' AND op.kind = 'report' AND r.state = 'queued'
ORDER BY op.attempts, op.seq
"""
_UNSENT = "EXISTS (SELECT 1 FROM report r WHERE r.id = i.key AND r.state IN ('draft', 'queued', 'needs_you'))"
_ANSWERED = """
(EXISTS (SELECT 1 FROM op c WHERE c.about = i.key AND c.about <> '' AND c.kind = 'comment' AND c.state = 'ready') OR
 coalesce((SELECT json_extract(c.body, '$.asks') FROM inbox c WHERE c.account_id = i.account_id AND c.kind = 'comment' AND c.facet = i.key
   AND (json_extract(c.body, '$.asks') OR NOT json_extract(c.body, '$.staff')) ORDER BY c.seq DESC LIMIT 1), 1) = 0)
"""
_TOLD = "FROM inbox i WHERE i.account_id = :account AND i.kind = 'report' AND NOT " + _UNSENT
_ASKED = f"{_TOLD} AND i.facet = 'question' AND NOT {_ANSWERED}"
_FIXED = f"{_TOLD} AND i.facet = 'fixed'"
_TEAM = f"{_TOLD} AND i.facet <> 'fixed' AND NOT (i.facet = 'question' AND NOT {_ANSWERED})"
_SELECT_TOLD = f"SELECT i.*, {_ANSWERED} AS answered, EXISTS (SELECT 1 FROM report r WHERE r.id = i.key) AS here "

_SOURCES: dict[Section, tuple[str, ...]] = {
    Section.DRAFT: ("mine:draft",),
    Section.OUTBOX: ("line",),
    Section.NEEDS_YOU: ("mine:needs_you", _ASKED),
    Section.TEAM: (_TEAM,),
    Section.FIXED: (_FIXED,),
}


def rows(tx: Tx, account_id: int | None, *, section: Section | None, limit: int | None, offset: int, now_ms: int) -> tuple[ReportRow, ...]:
    """The window `offset`…`offset + limit` of all sections, or of one."""
    found: list[ReportRow] = []
    left = limit if limit is not None else 1 << 40
    for part, sources in _SOURCES.items():
        if section not in (None, part):
            continue
        for source in sources:
            if left <= 0:
                return tuple(found)
            size = _count(tx, source, account_id) if offset else 0
            if offset and offset >= size:
                offset -= size
                continue
            page = _page(tx, source, part, account_id, left, offset, now_ms)
            found += page
            left, offset = left - len(page), 0
    return tuple(found)


def one(tx: Tx, account_id: int | None, id: str, *, now_ms: int) -> ReportRow | None:
    """The row of one report."""
    local = tx.execute(f"{_LOCAL} WHERE r.id = ?", (id,)).fetchone()
    if local is not None and local["state"] == Local.QUEUED:
        line = tx.execute(_LINE.replace("ORDER BY", "AND r.id = :id ORDER BY"), {"account": account_id, "id": id}).fetchone()
        place = _place(tx, local)
        return _queued(line, place, now_ms) if line else _local(local, Section.OUTBOX)
    if local is not None and local["state"] in (Local.DRAFT, Local.NEEDS_YOU):
        return _local(local, Section(local["state"]))
    told = tx.execute(
        f"{_SELECT_TOLD} FROM inbox i WHERE i.account_id = ? AND i.kind = 'report' AND i.key = ?", (account_id, id)
    ).fetchone()
    if told is None:
        return None
    section = Section.FIXED if told["facet"] == "fixed" else Section.TEAM
    if told["facet"] == "question" and not told["answered"]:
        section = Section.NEEDS_YOU
    return _told(tx, told, section)


def counts(tx: Tx, account_id: int | None) -> Counts:
    """The size of each section."""
    sums = {part: sum(_count(tx, source, account_id) for source in sources) for part, sources in _SOURCES.items()}
    return Counts(sums[Section.DRAFT], sums[Section.OUTBOX], sums[Section.NEEDS_YOU], sums[Section.TEAM], sums[Section.FIXED])


def _count(tx: Tx, source: str, account_id: int | None) -> int:
    if source == "line":
        query = (
            "SELECT count(*) FROM op JOIN report r ON r.id = op.subject WHERE op.account_id = :account"
            " AND op.state = 'ready' AND op.kind = 'report' AND r.state = 'queued'"
        )
    elif source.startswith("mine:"):
        query = "SELECT count(*) FROM report r WHERE " + _mine(source)
    else:
        query = "SELECT count(*) " + source
    return int(tx.execute(query, {"account": account_id}).fetchone()[0])


def _page(tx: Tx, source: str, section: Section, account_id: int | None, limit: int, offset: int, now_ms: int) -> list[ReportRow]:
    bounds = {"account": account_id, "limit": limit, "offset": offset}
    if source == "line":
        found = tx.execute(_LINE + " LIMIT :limit OFFSET :offset", bounds).fetchall()
        return [_queued(row, offset + n, now_ms) for n, row in enumerate(found, 1)]
    if source.startswith("mine:"):
        order = f"{_LOCAL} WHERE {_mine(source)} ORDER BY r.changed_ms DESC LIMIT :limit OFFSET :offset"
        return [_local(row, section) for row in tx.execute(order, bounds)]
    found = tx.execute(f"{_SELECT_TOLD} {source} ORDER BY i.seq DESC LIMIT :limit OFFSET :offset", bounds).fetchall()
    return [_told(tx, row, section) for row in found]


def _mine(source: str) -> str:
    """Drafts written before anybody signed in belong to whoever looks."""
    state = source.partition(":")[2]
    mine = f"r.account_id IS :account AND r.state = '{state}'"
    return f"({mine} OR (r.account_id IS NULL AND r.state = '{state}'))" if state == Local.DRAFT else mine


def _place(tx: Tx, row: sqlite3.Row) -> int:
    return 1 + int(
        tx.execute(
            "SELECT count(*) FROM op WHERE account_id = ? AND state = 'ready' AND kind = 'report' AND (attempts, seq) < (?, ?)",
            (row["account_id"], row["attempts"] or 0, row["op_seq"] or 0),
        ).fetchone()[0]
    )


def _local(row: sqlite3.Row, section: Section) -> ReportRow:
    body = json.loads(row["body"])
    return ReportRow(
        id=row["id"],
        section=section,
        title=row["title"],
        kind=body["kind"],
        local=Local(row["state"]),
        device_model=body["device_model"],
        build=body["build"],
        attachments=row["files"],
        size=row["size"],
        changed_at=row["changed_ms"] / 1000,
        why=Why.read(row["last_error"] or "") if row["op_state"] == "parked" else Why(),
    )


def _queued(row: sqlite3.Row, place: int, now_ms: int) -> ReportRow:
    body = json.loads(row["body"])
    return ReportRow(
        id=row["id"],
        section=Section.OUTBOX,
        title=row["title"],
        kind=body["kind"],
        local=Local.QUEUED,
        device_model=body["device_model"],
        build=body["build"],
        attachments=row["files"],
        size=row["size"],
        changed_at=row["changed_ms"] / 1000,
        step=Step(
            place=place,
            done=row["moved"],
            total=row["size"],
            attempts=row["attempts"],
            not_before=row["not_before_ms"] / 1000 if row["not_before_ms"] > now_ms else 0.0,
            can_take_back=row["attempts"] == 0 and row["not_before_ms"] > now_ms,
        ),
        why=Why.read(row["last_error"]),
    )


def _told(tx: Tx, row: sqlite3.Row, section: Section) -> ReportRow:
    view: dict[str, Any] = json.loads(row["body"])
    asked = _question(tx, row["account_id"], row["key"]) if row["facet"] == "question" else {}
    return ReportRow(
        id=row["key"],
        section=section,
        title=view.get("title", ""),
        kind=view.get("kind", "bug"),
        local=Local.DELIVERED if row["here"] else None,
        elsewhere=not row["here"],
        device_model=view.get("device_model", ""),
        build=view.get("build", ""),
        attachments=view.get("attachments", 0),
        changed_at=when(view.get("changed_at", "")),
        number=view.get("number", ""),
        state=view.get("state", ""),
        planned_for=view.get("planned_for", ""),
        fixed_in=view.get("fixed_in", ""),
        same_as=view.get("same_as", ""),
        joined=view.get("joined", 0),
        verdict=view.get("verdict", ""),
        question=asked.get("text", ""),
        asked_by=asked.get("author", ""),
        answer_waits=bool(row["answered"]),
        is_unseen=not row["seen"],
    )


def _question(tx: Tx, account_id: int, id: str) -> dict[str, Any]:
    """The team's last question about a report."""
    found = tx.execute("SELECT body FROM inbox WHERE account_id = ? AND kind = 'comment' AND facet = ? ORDER BY seq DESC", (account_id, id))
    said = (json.loads(row["body"]) for row in found)
    return next((comment for comment in said if comment.get("asks")), {})
