# SPDX-License-Identifier: Apache-2.0
"""The tidying after a start, in the background: temporary files, lost rows, forgotten content, a backup a day.

Takes nothing that has not arrived: a blob goes only when no report, no op and no keeper refers to it for a day.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database
from firstlight.store.points import reached
from firstlight.store.rescue import REBUILT

log = logging.getLogger(__name__)

DAY_MS = 86_400_000
KEEP_DELIVERED_MS = 30 * DAY_MS
KEEP_BACKUPS = 2

_FORGOTTEN = """
SELECT sha256 FROM blob WHERE collectable = 1 AND made_ms < ?
  AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = blob.sha256)
  AND NOT EXISTS (SELECT 1 FROM outgoing o WHERE o.sha256 = blob.sha256)
  AND NOT EXISTS (SELECT 1 FROM op_blob n WHERE n.sha256 = blob.sha256)
"""


@dataclass(frozen=True)
class Swept:
    """What was tidied away."""

    tmp_files: int
    rows_found: int
    blobs: int
    reports: int


def sweep(db: Database, blobs: Blobs, work: Work) -> Swept:
    """Tidy once. Raises Damaged when the database is; the next start rebuilds it then."""
    db.check()
    tmp_files = blobs.empty_tmp()
    found = _find_rows(db, blobs, work) if _was_rebuilt(db) else 0
    blobs.finish_drops()
    reports = _forget_old(db)
    before = db.now_ms() + _behind_ms(db) - DAY_MS
    with db.read() as tx:
        forgotten = [row["sha256"] for row in tx.execute(_FORGOTTEN, (before,))]
    dropped = 0
    for sha256 in forgotten:
        work.check()
        dropped += blobs.drop(sha256, made_before_ms=before)
    _back_up(db)
    db.make_reserve()
    return Swept(tmp_files, found, dropped, reports)


def _was_rebuilt(db: Database) -> bool:
    """Whether the store was rebuilt and no tidying has ended since: by this start, or by a command that tidied nothing."""
    with db.read() as tx:
        return tx.execute("SELECT 1 FROM note WHERE key = ?", (REBUILT,)).fetchone() is not None


def _find_rows(db: Database, blobs: Blobs, work: Work) -> int:
    """After a rebuilding: a row for each file that lost it."""
    with db.read() as tx:
        known = {row["sha256"] for row in tx.execute("SELECT sha256 FROM blob")}
    lost = [path for path in blobs.files() if path.name not in known]
    for path in lost:
        work.check()
        blobs.adopt(path)
    with db.write() as tx:
        tx.execute("DELETE FROM note WHERE key = ?", (REBUILT,))
    return len(lost)


def _forget_old(db: Database) -> int:
    """Discarded drafts after a day, delivered reports and done ops after 30: what the team made of them stays in the inbox."""
    now = db.now_ms() + _behind_ms(db)
    with db.write() as tx:
        gone = tx.execute("DELETE FROM report WHERE state = 'discarded' AND changed_ms < ?", (now - DAY_MS,)).rowcount
        gone += tx.execute(
            "DELETE FROM report WHERE state = 'delivered' AND sent_ms BETWEEN 1 AND ? AND changed_ms < ?",
            (now - KEEP_DELIVERED_MS, now - KEEP_DELIVERED_MS),
        ).rowcount
        tx.execute("DELETE FROM op WHERE state = 'done' AND done_ms < ?", (now - KEEP_DELIVERED_MS,))
        tx.execute(
            "DELETE FROM op WHERE kind = 'report' AND state = 'held' AND NOT EXISTS (SELECT 1 FROM report r WHERE r.id = op.subject)"
        )
        tx.execute(
            "DELETE FROM op WHERE kind = 'blob' AND state <> 'done' AND NOT EXISTS (SELECT 1 FROM op_blob n WHERE n.sha256 = op.subject)"
        )
        reached("sweep.forgot")
    return gone


def _behind_ms(db: Database) -> int:
    """By how much the hub's clock was behind this PC's when they last spoke: a clock a year ahead must not make a year pass here."""
    with db.read() as tx:
        return min(0, int(tx.execute("SELECT coalesce(min(skew_ms), 0) FROM account").fetchone()[0]))


def _back_up(db: Database) -> None:
    """One backup a day, the last two kept."""
    stamp = db.now_ms() // DAY_MS
    target = _backup_path(db.path, stamp)
    if target.exists():
        return
    db.backup(target)
    reached("sweep.backed_up")
    for old in sorted(db.path.parent.glob(f"{db.path.name}.day-*.backup"))[:-KEEP_BACKUPS]:
        old.unlink(missing_ok=True)


def _backup_path(path: Path, stamp: int) -> Path:
    return path.with_name(f"{path.name}.day-{stamp:06}.backup")
