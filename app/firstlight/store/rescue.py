# SPDX-License-Identifier: Apache-2.0
"""What to do with a damaged store: keep it aside untouched, and rebuild from what can still be read of it and from the last backup.

Content is named by its hash, so blobs need no database: `sweep.py` finds their rows again from the files.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from firstlight.store import migrate
from firstlight.store.disk import Disk

log = logging.getLogger(__name__)

REBUILT = "rebuilt"
"""The note in a store that was made out of a damaged one, until its files have their rows again."""
_TABLES = ("account", "report", "blob", "attachment", "annotation", "outgoing", "op", "op_blob", "inbox", "inbox_past", "note")


@dataclass(frozen=True)
class Recovery:
    """What happened: where the damaged file lies now, how many reports were read from it and from a backup."""

    kept_aside: Path
    reports: int
    reports_from_backup: int


def ask_for_rebuild(path: Path) -> None:
    """Remember that the store was found damaged, for the next start."""
    with contextlib.suppress(OSError):
        _request(path).touch(mode=0o600)


def is_rebuild_asked(path: Path) -> bool:
    """Whether the store was found damaged while running."""
    return _request(path).exists()


def is_emptied(path: Path) -> bool:
    """Whether the store has lost all its bytes, as some file systems leave files after a power cut. To SQLite that is a new database;
    a start that was killed before its first write leaves the same, but no backup of anything."""
    return path.is_file() and not path.stat().st_size and last_backup(path) is not None


def last_backup(path: Path) -> Path | None:
    """The newest backup beside the store."""
    found = sorted(path.parent.glob(f"{path.name}.*backup"), key=lambda p: p.stat().st_mtime)
    return found[-1] if found else None


def rebuild(path: Path, disk: Disk, *, stamp: int) -> Recovery:
    """Make a new store at `path` out of the damaged one, which is kept beside it."""
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    part = path.with_name(path.name + ".rebuilt")
    for old in _with_wal(part):
        disk.remove(old)
    backup = last_backup(path)
    counts = _fill(part, (path, backup) if backup else (path,))
    with part.open("rb+") as file:
        disk.sync(file)
    _set_aside(path, aside)
    part.replace(path)
    disk.sync_folder(path.parent)
    disk.remove(_request(path))
    return Recovery(aside, counts[0], counts[1] if backup else 0)


def finish(path: Path, disk: Disk) -> Recovery | None:
    """End a rebuilding that was cut off between its renames: what is left of the damaged store goes aside, then the new one comes."""
    part = path.with_name(path.name + ".rebuilt")
    aside = sorted(path.parent.glob(f"{path.name}.damaged-*[0-9]"))
    if path.exists() or not part.exists() or not aside:
        return None
    _set_aside(path, aside[-1])  # a journal left here would be played into the new store
    part.replace(path)
    disk.sync_folder(path.parent)
    disk.remove(_request(path))
    return Recovery(aside[-1], 0, 0)


def _set_aside(path: Path, aside: Path) -> None:
    for source, target in zip(_with_wal(path), _with_wal(aside), strict=True):
        if source.exists():
            source.replace(target)


def _fill(target: Path, sources: tuple[Path, ...]) -> list[int]:
    """Copy every readable row of `sources` into a new store; earlier sources win. Answers the reports taken from each."""
    made = sqlite3.connect(target, isolation_level=None)
    counts = []
    try:
        migrate.migrate(made, target, backup=lambda _path: None)
        made.execute("PRAGMA foreign_keys=OFF")
        for source in sources:
            before = _reports(made)
            made.execute("BEGIN")
            for table in _TABLES:
                _copy_rows(source, made, table)
            made.execute("COMMIT")
            counts.append(_reports(made) - before)
        _drop_orphans(made)
        made.execute("INSERT OR REPLACE INTO note (key, value) VALUES (?, '')", (REBUILT,))
    finally:
        made.close()
    return counts


def _copy_rows(source: Path, made: sqlite3.Connection, table: str) -> None:
    known = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
    taken = 0
    for row in _readable_rows(source, table):
        columns = [name for name in row.keys() if name in known]  # noqa: SIM118  a Row iterates over its values
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        try:
            made.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", [row[name] for name in columns])
        except sqlite3.IntegrityError as error:
            log.warning("a row of %s is beyond repair: %s", table, error)
        taken += 1
    log.info("%s rows of %s read from %s", taken, table, source.name)


def _readable_rows(source: Path, table: str) -> Iterator[sqlite3.Row]:
    """Rows from the front until the damage, then from the back until the damage; some may come twice."""
    for order in ("ASC", "DESC"):
        try:
            connection = sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)
        except sqlite3.Error as error:
            log.warning("%s cannot be opened: %s", source.name, error)
            return
        connection.row_factory = sqlite3.Row
        try:
            yield from connection.execute(f"SELECT * FROM {table} ORDER BY rowid {order}")
        except sqlite3.Error as error:
            log.warning("%s of %s is readable only in part: %s", table, source.name, error)
        else:
            return
        finally:
            connection.close()


def _drop_orphans(made: sqlite3.Connection) -> None:
    """Rows whose owner was lost; what they name (a blob) is found again from its file."""
    for row in made.execute("PRAGMA foreign_key_check").fetchall():
        table, rowid, parent = row[0], row[1], row[2]
        if parent == "blob":
            continue  # the file is the truth; the sweep makes the row again
        made.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))


def _reports(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])


def _with_wal(path: Path) -> tuple[Path, Path, Path]:
    return path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _request(path: Path) -> Path:
    return path.with_suffix(".rebuild")
