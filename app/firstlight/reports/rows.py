# SPDX-License-Identifier: Apache-2.0
"""Drafts and attachments as rows of the store: read and written here alone."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from firstlight.reports.errors import NotFound
from firstlight.reports.report import Attachment, Draft, Local, Outgoing, body_of
from firstlight.store.db import Tx
from firstlight.sync.entry import Why

_ATTACHMENTS = """
SELECT a.*, b.size, b.media, n.doc FROM attachment a JOIN blob b ON b.sha256 = a.sha256
LEFT JOIN annotation n ON n.report_id = a.report_id AND n.pos = a.pos WHERE a.report_id = ? ORDER BY a.pos
"""


def read(tx: Tx, id: str) -> Draft:
    """The draft with its attachments; NotFound."""
    row = tx.execute("SELECT * FROM report WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(id=id)
    why = Why()
    if row["state"] == Local.NEEDS_YOU:
        op = tx.execute("SELECT last_error FROM op WHERE kind = 'report' AND subject = ? AND state = 'parked'", (id,)).fetchone()
        why = Why.read(op["last_error"]) if op else why
    return Draft(
        id=row["id"],
        account_id=row["account_id"],
        title=row["title"],
        rev=row["rev"],
        sent_rev=row["sent_rev"],
        state=Local(row["state"]),
        captured_at=row["captured_wall_ms"] / 1000,
        changed_at=row["changed_ms"] / 1000,
        why=why,
        attachments=tuple(_attachment(r) for r in tx.execute(_ATTACHMENTS, (id,))),
        **json.loads(row["body"]),
    )


def _attachment(row: sqlite3.Row) -> Attachment:
    return Attachment(
        pos=row["pos"],
        name=row["name"],
        role=row["role"],
        media=row["media"],
        size=row["size"],
        sha256=row["sha256"],
        annotations=json.loads(row["doc"]) if row["doc"] else None,
        redaction=json.loads(row["redaction"]) if row["redaction"] else None,
        reviewed=bool(row["reviewed"]),
        include=bool(row["include"]),
        travel=row["travel"],
    )


def insert(tx: Tx, draft: Draft, *, boot_ms: int) -> None:
    """A new row."""
    tx.execute(
        "INSERT INTO report (id, account_id, state, title, body, captured_wall_ms, captured_boot_ms, changed_ms)"
        " VALUES (?, ?, 'draft', ?, ?, ?, ?, ?)",
        (draft.id, draft.account_id, draft.title, body_of(draft), ms(draft.captured_at), boot_ms, ms(draft.changed_at)),
    )


def update_words(tx: Tx, draft: Draft, changed_at: float) -> bool:
    """The autosave; False when the report is no draft any more."""
    return bool(
        tx.execute(
            "UPDATE report SET title = ?, body = ?, changed_ms = ?, account_id = coalesce(account_id, ?) WHERE id = ? AND state = 'draft'",
            (draft.title, body_of(draft), ms(changed_at), draft.account_id, draft.id),
        ).rowcount
    )


def add_attachment(tx: Tx, id: str, attachment: Attachment) -> int:
    """Put it behind the others; answers its place, which was never used before in this report."""
    pos = int(tx.execute("UPDATE report SET next_pos = next_pos + 1 WHERE id = ? RETURNING next_pos", (id,)).fetchone()[0])
    tx.execute(
        "INSERT INTO attachment (report_id, pos, sha256, name, role, include, reviewed, redaction, travel)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            id,
            pos,
            attachment.sha256,
            attachment.name,
            attachment.role,
            int(attachment.include),
            int(attachment.reviewed),
            text(attachment.redaction),
            attachment.travel,
        ),
    )
    if attachment.annotations is not None:
        set_annotations(tx, id, pos, attachment.annotations)
    return pos


def has_blob(tx: Tx, sha256: str) -> bool:
    """Whether that content is kept now."""
    return tx.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone() is not None


def travel_of(tx: Tx, id: str) -> dict[str, str]:
    """What the tester said about metered networks, for each file that leaves (SHA-256 -> Travel) and has a word of its own."""
    found = tx.execute(
        "SELECT o.sha256, a.travel FROM outgoing o JOIN attachment a ON a.report_id = o.report_id AND a.pos = o.pos"
        " WHERE o.report_id = ? AND a.travel <> ''",
        (id,),
    )
    return {row["sha256"]: row["travel"] for row in found}


def set_annotations(tx: Tx, id: str, pos: int, annotations: dict[str, Any] | None) -> None:
    """The vector layer of a picture; None takes it away."""
    if annotations is None:
        tx.execute("DELETE FROM annotation WHERE report_id = ? AND pos = ?", (id, pos))
        return
    tx.execute(
        "INSERT INTO annotation (report_id, pos, doc) VALUES (?, ?, ?) ON CONFLICT (report_id, pos) DO UPDATE SET doc = excluded.doc",
        (id, pos, text(annotations)),
    )


def read_outgoing(tx: Tx, id: str) -> dict[int, tuple[str, Outgoing]]:
    """What was already made to leave, by place, with the name of what it was made from."""
    rows = tx.execute("SELECT * FROM outgoing WHERE report_id = ?", (id,)).fetchall()
    return {
        row["pos"]: (
            row["source"],
            Outgoing(row["pos"], row["name"], row["size"], row["media"], row["role"], row["sha256"], row["hidden"]),
        )
        for row in rows
    }


def write_outgoing(tx: Tx, id: str, source: str, made: Outgoing) -> None:
    """Remember what was made, so that the review and the queueing make it once."""
    tx.execute(
        "INSERT OR REPLACE INTO outgoing (report_id, pos, source, sha256, name, size, media, role, hidden)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM attachment WHERE report_id = ? AND pos = ?)",
        (id, made.pos, source, made.sha256, made.name, made.size, made.media, made.purpose, made.hidden, id, made.pos),
    )


def text(value: dict[str, Any] | None) -> str:
    """JSON of a column that may be empty."""
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def ms(seconds: float) -> int:
    """Milliseconds of a wall-clock time."""
    return round(seconds * 1000)
