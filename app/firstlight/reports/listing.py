# SPDX-License-Identifier: Apache-2.0
"""The list of reports: local rows and what the hub told, merged by name. A window of a list of 10,000 costs what a short one costs.

The hub wins on what is the team's (state, plan, fix), this PC on what it has not sent yet.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from firstlight.reports.report import Counts, Local, ReportRow, Section, Step
from firstlight.store.db import Tx
from firstlight.sync.entry import Why
from firstlight.sync.inbox import when

_LOCAL = """
SELECT r.*, r.rowid AS place, op.attempts, op.not_before_ms, op.last_error, op.seq AS op_seq, op.state AS op_state,
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
  AND (op.attempts, op.seq) > (:after, :than)
ORDER BY op.attempts, op.seq
"""
_UNSENT = "EXISTS (SELECT 1 FROM report r WHERE r.id = i.key AND r.state IN ('draft', 'queued', 'needs_you'))"
_WORD_WAITS = "EXISTS (SELECT 1 FROM op c WHERE c.about = i.key AND c.about <> '' AND c.kind = 'comment' AND c.state = 'ready')"
_ANSWERED = f"""
({_WORD_WAITS} OR
 coalesce((SELECT json_extract(c.body, '$.asks') FROM inbox c WHERE c.account_id = i.account_id AND c.kind = 'comment' AND c.facet = i.key
   AND (json_extract(c.body, '$.asks') OR NOT json_extract(c.body, '$.staff')) ORDER BY c.seq DESC LIMIT 1), 1) = 0)
"""
_TOLD = "FROM inbox i WHERE i.account_id = :account AND i.kind = 'report' AND NOT " + _UNSENT
_ASKED = f"{_TOLD} AND i.facet = 'question' AND NOT {_ANSWERED}"
_FIXED = f"{_TOLD} AND i.facet = 'fixed'"
_TEAM = f"{_TOLD} AND i.facet <> 'fixed' AND NOT (i.facet = 'question' AND NOT {_ANSWERED})"
_SELECT_TOLD = (
    f"SELECT i.*, i.rowid AS place, {_ANSWERED} AS answered, {_WORD_WAITS} AS word_waits,"
    " EXISTS (SELECT 1 FROM report r WHERE r.id = i.key) AS here "
)

_SOURCES: dict[Section, tuple[str, ...]] = {
    Section.DRAFT: ("mine:draft",),
    Section.OUTBOX: ("line",),
    Section.NEEDS_YOU: ("mine:needs_you", _ASKED),
    Section.TEAM: (_TEAM,),
    Section.FIXED: (_FIXED,),
}


_Key = tuple[float, float]
_FIRST_IN_LINE: _Key = (-1, -1)
_NEWEST: _Key = (float("inf"), float("inf"))


@dataclass
class Places:
    """What is remembered between two windows of an unchanged list: how long each source is, and by which row a window begins.

    So that a window deep in a long list costs what the first one costs. `version` is that of the store.
    """

    version: int = -1
    sizes: dict[tuple[int | None, str], int] = field(default_factory=dict)
    starts: dict[tuple[int | None, str], dict[int, _Key]] = field(default_factory=dict)

    def at(self, version: int) -> Places:
        """These, or new ones when anything was written since."""
        return self if self.version == version else Places(version)

    def size(self, tx: Tx, account_id: int | None, source: str) -> int:
        """How many rows a source has."""
        name = account_id, source
        if name not in self.sizes:
            self.sizes[name] = _count(tx, source, account_id)
        return self.sizes[name]

    def start(self, account_id: int | None, source: str, offset: int) -> tuple[int, _Key | None]:
        """The nearest known row at or before `offset`, and its place; None: begin at the first."""
        known = self.starts.get((account_id, source), {})
        if offset in known:
            return offset, known[offset]
        nearest = max((at for at in known if at < offset), default=0)
        return nearest, known.get(nearest)

    def learn(self, account_id: int | None, source: str, offset: int, key: _Key) -> None:
        """The row before place `offset` has this key."""
        self.starts.setdefault((account_id, source), {})[offset] = key


@dataclass(frozen=True)
class Window:
    """Which rows: of one section or of all, from `offset`."""

    section: Section | None = None
    limit: int | None = None
    offset: int = 0


def rows(tx: Tx, account_id: int | None, window: Window, *, now_ms: int, places: Places) -> tuple[ReportRow, ...]:
    """The rows of a window, in the order of Section."""
    found: list[ReportRow] = []
    left, offset = window.limit if window.limit is not None else 1 << 40, window.offset
    for part, sources in _SOURCES.items():
        if window.section not in (None, part):
            continue
        for source in sources:
            if left <= 0:
                return tuple(found)
            size = places.size(tx, account_id, source) if offset else 0
            if offset and offset >= size:
                offset -= size
                continue
            page = _page(tx, _Wanted(source, part, account_id, left, offset, now_ms), places)
            found += page
            left, offset = left - len(page), 0
    return tuple(found)


def one(tx: Tx, account_id: int | None, id: str, *, now_ms: int) -> ReportRow | None:
    """The row of one report."""
    local = tx.execute(f"{_LOCAL} WHERE r.id = ?", (id,)).fetchone()
    if local is not None and local["state"] == Local.QUEUED:
        named = {"account": account_id, "id": id, "after": -1, "than": -1}
        line = tx.execute(_LINE.replace("ORDER BY", "AND r.id = :id ORDER BY"), named).fetchone()
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


def counts(tx: Tx, account_id: int | None, places: Places) -> Counts:
    """The size of each section."""
    sums = {part: sum(places.size(tx, account_id, source) for source in sources) for part, sources in _SOURCES.items()}
    refused = places.size(tx, account_id, "mine:needs_you") and _count(tx, "mine:needs_you", account_id, " AND r.sent_rev = 0")
    return Counts(sums[Section.DRAFT], sums[Section.OUTBOX], sums[Section.NEEDS_YOU], sums[Section.TEAM], sums[Section.FIXED], refused)


def _count(tx: Tx, source: str, account_id: int | None, also: str = "") -> int:
    if source == "line":
        query = (
            "SELECT count(*) FROM op JOIN report r ON r.id = op.subject WHERE op.account_id = :account"
            " AND op.state = 'ready' AND op.kind = 'report' AND r.state = 'queued'"
        )
    elif source.startswith("mine:"):
        query = f"SELECT count(*) FROM report r WHERE {_mine(source)}{also}"
    else:
        query = "SELECT count(*) " + source
    return int(tx.execute(query, {"account": account_id}).fetchone()[0])


@dataclass(frozen=True)
class _Wanted:
    source: str
    section: Section
    account_id: int | None
    limit: int
    offset: int
    now_ms: int


def _page(tx: Tx, it: _Wanted, places: Places) -> list[ReportRow]:
    known, key = places.start(it.account_id, it.source, it.offset)
    first = _FIRST_IN_LINE if it.source == "line" else _NEWEST
    after, than = key or first
    bounds = {"account": it.account_id, "limit": it.limit, "offset": it.offset - known, "after": after, "than": than}
    if it.source == "line":
        found = tx.execute(_LINE + " LIMIT :limit OFFSET :offset", bounds).fetchall()
        last = (found[-1]["attempts"], found[-1]["op_seq"]) if found else first
        made = [_queued(row, it.offset + n, it.now_ms) for n, row in enumerate(found, 1)]
    elif it.source.startswith("mine:"):
        newer = "(r.changed_ms, r.rowid) < (:after, :than) ORDER BY r.changed_ms DESC, r.rowid DESC"
        found = tx.execute(f"{_LOCAL} WHERE {_mine(it.source)} AND {newer} LIMIT :limit OFFSET :offset", bounds).fetchall()
        last = (found[-1]["changed_ms"], found[-1]["place"]) if found else first
        made = [_local(row, it.section) for row in found]
    else:
        newer = "(i.seq, i.rowid) < (:after, :than) ORDER BY i.seq DESC, i.rowid DESC"
        found = tx.execute(f"{_SELECT_TOLD} {it.source} AND {newer} LIMIT :limit OFFSET :offset", bounds).fetchall()
        last = (found[-1]["seq"], found[-1]["place"]) if found else first
        made = [_told(tx, row, it.section) for row in found]
    if found:
        places.learn(it.account_id, it.source, it.offset + len(found), last)
    return made


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
        answer_waits=bool(row["word_waits"]),
        is_unseen=not row["seen"],
    )


def _question(tx: Tx, account_id: int, id: str) -> dict[str, Any]:
    """The team's last question about a report."""
    found = tx.execute("SELECT body FROM inbox WHERE account_id = ? AND kind = 'comment' AND facet = ? ORDER BY seq DESC", (account_id, id))
    said = (json.loads(row["body"]) for row in found)
    return next((comment for comment in said if comment.get("asks")), {})
