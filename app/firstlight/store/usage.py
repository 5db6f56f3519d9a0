# SPDX-License-Identifier: Apache-2.0
"""What takes space on this PC, in bytes, and what of it may go. Never what has not arrived: that is no choice here.

What has arrived goes by itself 30 days later (`sweep.py`). Who clears it sooner gives up one thing: should the hub be put back to
an earlier day, this PC cannot tell it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from firstlight.base.work import Work
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database, Tx
from firstlight.store.points import reached


class Part(StrEnum):
    """A part of what is kept."""

    UNSENT = "unsent"  # files of drafts, of the outbox, of what needs the tester
    DELIVERED = "delivered"  # files of reports that the hub has
    DISCARDED = "discarded"  # files of drafts that were thrown away today
    KEPT = "kept"  # photos of albums, evidence of guides
    DATABASE = "database"
    BACKUPS = "backups"
    CACHE = "cache"  # builds that can be fetched again


CLEARABLE = frozenset({Part.DELIVERED, Part.DISCARDED, Part.BACKUPS, Part.CACHE})

_HAS_ARRIVED = """
 r.state = 'delivered' AND r.rev = r.sent_rev AND r.sent_rev > 0
 AND NOT EXISTS (SELECT 1 FROM op WHERE op.about = r.id AND op.about <> '' AND op.state <> 'done')
"""
_FILES = "SELECT sha256, report_id FROM attachment UNION SELECT sha256, report_id FROM outgoing"
_GOES = {
    Part.DELIVERED: f"SELECT r.id FROM report r WHERE {_HAS_ARRIVED}",
    Part.DISCARDED: "SELECT id FROM report WHERE state = 'discarded'",
}


@dataclass(frozen=True)
class Use:
    """One part: `count` files or copies of `size` bytes together."""

    part: Part
    size: int
    count: int

    @property
    def can_clear(self) -> bool:
        """Whether the tester may clear it."""
        return self.part in CLEARABLE


def usage(db: Database, blobs: Blobs, *, caches: Mapping[str, Path] | None = None) -> tuple[Use, ...]:
    """Every part, in the order of Part; content that two parts share counts for the one that must stay."""
    found = [
        *_of_blobs(db),
        _of_files(Part.DATABASE, [db.path, db.path.with_name(db.path.name + "-wal"), db.path.with_suffix(".reserve")]),
        _of_files(Part.BACKUPS, _backups(db)),
        _of_files(Part.CACHE, _within(caches or {})),
    ]
    order = list(Part)
    return tuple(sorted(found, key=lambda use: order.index(use.part)))


def clear(db: Database, blobs: Blobs, parts: frozenset[Part], work: Work, *, caches: Mapping[str, Path] | None = None) -> int:
    """Remove these parts; answers the bytes that are free again. ValueError for a part that is not for clearing."""
    if not parts <= CLEARABLE:
        raise ValueError(f"not for clearing: {sorted(parts - CLEARABLE)}")
    freed = 0
    for part in sorted(parts & _GOES.keys()):
        freed += _clear_reports(db, blobs, _GOES[part], work)
    gone = _backups(db)[:-1] if Part.BACKUPS in parts else []  # the newest stays: it is what a damaged store is rebuilt from
    gone += _within(caches or {}) if Part.CACHE in parts else []
    for path in gone:
        work.check()
        size = path.stat().st_size
        path.unlink(missing_ok=True)
        freed += size
    return freed


def _clear_reports(db: Database, blobs: Blobs, which: str, work: Work) -> int:
    began_ms = db.now_ms()
    with db.write() as tx:
        ids = [row["id"] for row in tx.execute(which)]
        marks = ", ".join("?" * len(ids))
        named = [row["sha256"] for row in tx.execute(f"SELECT DISTINCT sha256 FROM ({_FILES}) WHERE report_id IN ({marks})", ids)]
        tx.executemany("DELETE FROM report WHERE id = ?", [(id,) for id in ids])
        tx.executemany("DELETE FROM op WHERE kind = 'report' AND subject = ? AND state IN ('done', 'held')", [(id,) for id in ids])
        reached("usage.cleared")
    freed = 0
    for sha256 in named:
        work.check()
        with db.read() as tx:
            row = tx.execute("SELECT size FROM blob WHERE sha256 = ? AND collectable = 1", (sha256,)).fetchone()
            is_needed = row is None or _is_needed(tx, sha256)
        if not is_needed and blobs.drop(sha256, made_before_ms=began_ms + 1):
            freed += row["size"]
    return freed


def _is_needed(tx: Tx, sha256: str) -> bool:
    needed = (
        "SELECT 1 FROM attachment WHERE sha256 = :it UNION ALL SELECT 1 FROM outgoing WHERE sha256 = :it"
        " UNION ALL SELECT 1 FROM op_blob n JOIN op ON op.seq = n.seq WHERE n.sha256 = :it AND op.state <> 'done' LIMIT 1"
    )
    return tx.execute(needed, {"it": sha256}).fetchone() is not None


def _of_blobs(db: Database) -> list[Use]:
    sums = dict.fromkeys((Part.UNSENT, Part.DELIVERED, Part.DISCARDED, Part.KEPT), (0, 0))
    query = f"""
        SELECT blob.size,
          EXISTS (SELECT 1 FROM ({_FILES}) f JOIN report r ON r.id = f.report_id
                  WHERE f.sha256 = blob.sha256 AND r.state <> 'discarded' AND NOT ({_HAS_ARRIVED})) AS unsent,
          EXISTS (SELECT 1 FROM op_blob n JOIN op ON op.seq = n.seq WHERE n.sha256 = blob.sha256 AND op.state <> 'done') AS waits,
          EXISTS (SELECT 1 FROM ({_FILES}) f JOIN report r ON r.id = f.report_id
                  WHERE f.sha256 = blob.sha256 AND {_HAS_ARRIVED}) AS delivered,
          collectable
        FROM blob"""
    with db.read() as tx:
        for row in tx.execute(query):
            part = Part.DISCARDED
            if row["unsent"] or row["waits"]:
                part = Part.UNSENT
            elif not row["collectable"]:
                part = Part.KEPT
            elif row["delivered"]:
                part = Part.DELIVERED
            size, count = sums[part]
            sums[part] = (size + row["size"], count + 1)
    return [Use(part, size, count) for part, (size, count) in sums.items()]


def _of_files(part: Part, paths: list[Path]) -> Use:
    sizes = [path.stat().st_size for path in paths if path.is_file()]
    return Use(part, sum(sizes), len(sizes))


def _backups(db: Database) -> list[Path]:
    """Copies of the store and what was kept aside of damaged ones, oldest first."""
    found = [*db.path.parent.glob(f"{db.path.name}.*backup"), *db.path.parent.glob(f"{db.path.name}.damaged-*")]
    return sorted(found, key=lambda path: path.stat().st_mtime)


def _within(caches: Mapping[str, Path]) -> list[Path]:
    return [path for folder in caches.values() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
