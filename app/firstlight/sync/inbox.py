# SPDX-License-Identifier: Apache-2.0
"""What the hub told, kept so that it reads offline: the newest state of every object, by kind and key.

Bodies are kept as they came, also of kinds that this version does not know: the next version will.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from firstlight.store.db import Database, Tx

if TYPE_CHECKING:
    from firstlight_contract.wire import Wire

    W = TypeVar("W", bound=Wire)
else:
    W = TypeVar("W")

log = logging.getLogger(__name__)

_FACETS = {"report": "state", "comment": "report", "guide": "programme", "release": "device"}
"""The field that objects of a kind are looked up by."""
_SEARCHED = ("number", "title", "text", "author", "version", "fixed_in", "planned_for", "device_model", "build", "name", "what_for")
STALE = -1
"""`seq` of what was told before the feed began anew, until it is told again."""


class Inbox:
    """Reads what was told. `kind` is a FeedKind or its value."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def bodies(self, account_id: int, kind: str, *, facet: str | None = None) -> tuple[dict[str, Any], ...]:
        """The objects as plain JSON, oldest news first; `facet` narrows reports to a state, comments to a report."""
        return tuple(self._each(account_id, kind, facet))

    def _each(self, account_id: int, kind: str, facet: str | None) -> Iterator[dict[str, Any]]:
        """One after the other: of thousands of reports, nobody holds more than he keeps."""
        narrowed, value = ("", ()) if facet is None else (" AND facet = ?", (facet,))
        with self._db.read() as tx:
            for row in tx.execute(
                f"SELECT body FROM inbox WHERE account_id = ? AND kind = ?{narrowed} ORDER BY seq", (account_id, str(kind), *value)
            ):
                yield json.loads(row["body"])

    def body(self, account_id: int, kind: str, key: str) -> dict[str, Any] | None:
        """One object as plain JSON."""
        with self._db.read() as tx:
            row = tx.execute(
                "SELECT body FROM inbox WHERE account_id = ? AND kind = ? AND key = ?", (account_id, str(kind), key)
            ).fetchone()
        return json.loads(row["body"]) if row else None

    def read(self, account_id: int, kind: str) -> tuple[Any, ...]:
        """The objects as models of the contract."""
        return self.of(account_id, kind, _model(str(kind)))

    def of(self, account_id: int, kind: str, model: type[W]) -> tuple[W, ...]:
        """The objects as `model`; what does not fit this version is left out."""
        return tuple(self.each_of(account_id, kind, model))

    def each_of(self, account_id: int, kind: str, model: type[W], *, facet: str | None = None) -> Iterator[W]:
        """As `of`, one after the other, with `bodies`' facet: whoever wants a few of thousands keeps but those."""
        from pydantic import ValidationError  # noqa: PLC0415  # heavy: not before the first paint

        for body in self._each(account_id, kind, facet):
            try:
                yield model.model_validate(body)
            except ValidationError:
                log.warning("a %s of the feed does not fit this version", kind)

    def search(self, account_id: int, words: str, kinds: Iterable[str], *, limit: int = 50) -> tuple[dict[str, Any], ...]:
        """Objects whose body has every word of `words` somewhere, newest news first; each with its `kind` and `key`. Works offline.

        Case does not count for letters of ASCII; Chinese is found by any piece. Keys of JSON are no words: titles and texts are searched.
        """
        wanted = [word for word in words.lower().split() if word]
        chosen = [str(kind) for kind in kinds]
        if not wanted or not chosen:
            return ()
        marks = ", ".join("?" * len(chosen))
        has = " AND ".join("instr(lower(i.text), ?)" for _word in wanted)
        text = " || ' ' || ".join(f"coalesce(json_extract(body, '$.{name}'), '')" for name in _SEARCHED)
        told = f"SELECT kind, key, body, seq, {text} AS text FROM inbox WHERE account_id = ? AND kind IN ({marks})"
        query = f"SELECT kind, key, body FROM ({told}) i WHERE {has} ORDER BY i.seq DESC LIMIT ?"
        with self._db.read() as tx:
            found = tx.execute(query, (account_id, *chosen, *wanted, limit)).fetchall()
        return tuple(json.loads(row["body"]) | {"kind": row["kind"], "key": row["key"]} for row in found)

    def unseen(self, account_id: int) -> dict[str, int]:
        """How many objects of each kind changed since the tester last looked."""
        with self._db.read() as tx:
            found = tx.execute(
                "SELECT kind, count(*) AS n FROM inbox WHERE account_id = ? AND seen = 0 GROUP BY kind", (account_id,)
            ).fetchall()
        return {row["kind"]: row["n"] for row in found}

    def unseen_keys(self, account_id: int, kind: str) -> tuple[str, ...]:
        """Which objects of a kind those are, oldest news first."""
        with self._db.read() as tx:
            found = tx.execute("SELECT key FROM inbox WHERE account_id = ? AND kind = ? AND seen = 0 ORDER BY seq", (account_id, str(kind)))
            return tuple(row["key"] for row in found)

    def mark_seen(self, account_id: int, kind: str, keys: Iterable[str] | None = None) -> None:
        """The tester has looked at all objects of a kind, or at these."""
        with self._db.write() as tx:
            if keys is None:
                tx.execute("UPDATE inbox SET seen = 1 WHERE account_id = ? AND kind = ? AND seen = 0", (account_id, str(kind)))
            else:
                tx.executemany(
                    "UPDATE inbox SET seen = 1 WHERE account_id = ? AND kind = ? AND key = ?",
                    [(account_id, str(kind), key) for key in keys],
                )


def learn(tx: Tx, account_id: int, kind: str, key: str, body: dict[str, Any], *, seq: int | None = None, seen: bool = False) -> bool:
    """Keep the newest state of an object; True when it differs from what was known. `seq` None: the hub's answer, not its feed.

    An answer that is older than what the feed brought meanwhile (by the hub's own times) is dropped.
    """
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    old = tx.execute("SELECT seq, body, seen FROM inbox WHERE account_id = ? AND kind = ? AND key = ?", (account_id, kind, key)).fetchone()
    if seq is None:
        if old and _said_at(json.loads(old["body"])) > _said_at(body):
            return False
        seq = old["seq"] if old else _next_seq(tx, account_id)
    is_new = old is None or old["body"] != text
    facet = str(body.get(_FACETS.get(kind, ""), ""))
    tx.execute(
        "INSERT INTO inbox (account_id, kind, key, seq, facet, body, seen) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (account_id, kind, key) DO UPDATE SET seq = excluded.seq, facet = excluded.facet, body = excluded.body,"
        " seen = excluded.seen",
        (account_id, kind, key, seq, facet, text, int(seen or (not is_new and bool(old["seen"])))),
    )
    if kind == "report" and is_new:
        _remember_state(tx, account_id, key, facet, body, text)
    return is_new


def is_behind(tx: Tx, account_id: int, kind: str, key: str, body: dict[str, Any]) -> bool:
    """Whether the news tell less than the hub's own answer did: then it was put back to a time between the two."""
    known = "SELECT body FROM inbox WHERE account_id = ? AND kind = ? AND key = ? AND seq = ?"
    row = tx.execute(known, (account_id, kind, key, STALE)).fetchone()
    return row is not None and _said_at(json.loads(row["body"])) > _said_at(body)


def when(said: object) -> float:
    """Seconds since 1970 of a time that the hub told; 0 when there is none, or what it told is none."""
    try:
        return datetime.fromisoformat(said).timestamp() if isinstance(said, str) else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _said_at(body: dict[str, Any]) -> float:
    return when(body.get("changed_at") or body.get("cast_at"))


def forget(tx: Tx, account_id: int, kind: str, key: str) -> None:
    """The object is no more."""
    tx.execute("DELETE FROM inbox WHERE account_id = ? AND kind = ? AND key = ?", (account_id, kind, key))


def _remember_state(tx: Tx, account_id: int, key: str, facet: str, body: dict[str, Any], text: str) -> None:
    at_ms = round(when(body.get("changed_at")) * 1000)
    tx.execute(
        "INSERT INTO inbox_past (account_id, kind, key, facet, at_ms, body) VALUES (?, 'report', ?, ?, ?, ?)"
        " ON CONFLICT (account_id, kind, key, facet) DO UPDATE SET body = excluded.body",
        (account_id, key, facet, at_ms, text),
    )


def _next_seq(tx: Tx, account_id: int) -> int:
    return 1 + int(tx.execute("SELECT coalesce(max(seq), 0) FROM inbox WHERE account_id = ?", (account_id,)).fetchone()[0])


def _model(kind: str) -> type[Any]:
    # heavy: not before the first paint
    from firstlight_contract import account, community, feed, firmware, honour, reports  # noqa: PLC0415

    return {
        "programme": account.ProgrammeCard,
        "release": firmware.Release,
        "guide": feed.GuideView,
        "report": reports.ReportView,
        "comment": reports.CommentView,
        "similar": reports.SimilarView,
        "badge": honour.BadgeView,
        "honour": honour.HonourView,
        "proposal": community.ProposalView,
        "event": community.EventView,
        "vote": community.VoteView,
        "experience": community.ExperienceView,
        "rsvp": community.RsvpView,
        "album": community.AlbumView,
        "claim": community.ClaimView,
    }[kind]
