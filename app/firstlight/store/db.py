# SPDX-License-Identifier: Apache-2.0
"""The database: SQLite in WAL mode with synchronous=FULL, so that what was committed survives a power cut.

One writer at a time in this process (a lock), and between processes SQLite's own; readers never wait. Nothing here decides
what is kept: rooms write their own SQL inside `write()` and `read()`.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from firstlight.store import migrate, rescue
from firstlight.store.disk import Disk, fault_of
from firstlight.store.errors import Busy, Damaged, DiskFull, ReadOnly, StoreError
from firstlight.store.lock import Users
from firstlight.store.points import reached

log = logging.getLogger(__name__)

Tx = sqlite3.Connection
"""What `write` and `read` give: run SQL on it, never commit it."""

RESERVE_BYTES = 4 << 20
"""A file of this size lies beside the database; it is given up when the disk is full, so that words can still be saved."""

CACHE_KIB = 256
"""What one connection keeps of the file."""


class Database:
    """The store, open. Usable from several threads. `recovery` says what opening had to mend, or is None."""

    def __init__(self, path: Path, *, disk: Disk, now_ms: Callable[[], int], recovery: rescue.Recovery | None, users: Users) -> None:
        self.path = path
        self._users = users
        self.recovery = recovery
        self.now_ms = now_ms
        self._disk = disk
        self._writer = threading.Lock()
        self._writing_thread = 0
        self._connection = _connect(path)
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._watch = _connect(path)
        self._watch_lock = threading.Lock()
        self._is_open = True

    @classmethod
    def open(cls, path: Path, *, disk: Disk | None = None, now_ms: Callable[[], int] | None = None) -> Database:
        """Open, mend or make the store at `path`. Raises ReadOnly, NewerSchema, DiskFull, Busy.

        A store that its last user did not close is checked; a damaged one is kept aside and rebuilt from what can be read
        of it and from the last backup (`recovery` tells). Damaged where another program has it open: what that one writes would go
        into the file that is kept aside.
        """
        disk, now_ms = disk or Disk(), now_ms or _wall_ms
        try:
            disk.make_folder(path.parent)
            users = Users(path.with_suffix(".users"))
        except OSError as error:
            raise fault_of(error, path) from error
        try:
            return cls._open(path, disk, now_ms, users)
        except BaseException:
            users.leave()
            raise

    @classmethod
    def _open(cls, path: Path, disk: Disk, now_ms: Callable[[], int], users: Users) -> Database:
        try:
            recovery = rescue.finish(path, disk)
            was_left_open = _flag(path).exists()
            _flag(path).touch(mode=0o600)
        except OSError as error:
            raise fault_of(error, path) from error
        try:
            _prepare(path, check=was_left_open)
        except Damaged as error:
            if not users.try_alone():
                rescue.ask_for_rebuild(path)
                raise
            log.warning("the store is damaged (%s); rebuilding it", error.facts.get("why"))
            recovery = rescue.rebuild(path, disk, stamp=now_ms())
            _prepare(path, check=False)
            users.share()
        database = cls(path, disk=disk, now_ms=now_ms, recovery=recovery, users=users)
        database.make_reserve()
        return database

    @contextmanager
    def write(self, *, essential: bool = False) -> Iterator[Tx]:
        """A transaction that is durable when the block ends, and leaves nothing when it raises. Do not nest.

        `essential` writes (a draft's words) give up the reserve file when the disk is nearly full.
        """
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a write inside a write would wait for itself")
        with self._writer:
            self._writing_thread = threading.get_ident()
            try:
                if essential and self._disk.free(self.path.parent) < RESERVE_BYTES:
                    self._give_up_reserve()
                with self._translated():
                    yield from self._transaction()
            finally:
                self._writing_thread = 0

    def _transaction(self) -> Iterator[Tx]:
        tx = self._connection
        tx.execute("BEGIN IMMEDIATE")
        try:
            yield tx
            reached("tx.before_commit")
            tx.execute("COMMIT")
        except BaseException:
            if tx.in_transaction:
                tx.execute("ROLLBACK")
            raise
        reached("tx.committed")

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A consistent view that changes nothing; it sees what was committed before it began."""
        with self._idle_lock:
            tx = self._idle.pop() if self._idle else None
        if tx is None:
            tx = _connect(self.path)
        with self._translated():
            tx.execute("BEGIN")
            try:
                yield tx
            finally:
                tx.execute("ROLLBACK")
                with self._idle_lock:
                    if self._is_open:
                        self._idle.append(tx)
                    else:
                        tx.close()

    def version(self) -> int:
        """A number that changes whenever anybody has committed anything: what was counted before it may be remembered until then."""
        with self._watch_lock, self._translated():
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def check(self) -> None:
        """Read the whole file through; raises Damaged, and has the next start rebuild it."""
        try:
            with self.read() as tx:
                _quick_check(tx, self.path)
        except Damaged:
            rescue.ask_for_rebuild(self.path)
            raise

    def backup(self, target: Path) -> None:
        """A copy of the store as of now at `target`, whole or not at all."""
        with self._translated():
            copy(self.path, target, self._disk)

    def make_reserve(self) -> None:
        """Set the reserve aside again when there is room for it."""
        path = self._reserve
        if path.exists() or self._disk.free(path.parent) < 16 * RESERVE_BYTES:
            return
        try:
            with self._disk.open_new(path) as file:
                file.write(bytes(RESERVE_BYTES))
                self._disk.sync(file)
        except OSError as error:
            log.info("no reserve could be set aside: %s", error.strerror)
            self._disk.remove(path)

    def close(self) -> None:
        """Let go of the file. What is committed is safe with or without this; it only spares the next start a check."""
        with self._writer, self._watch_lock, self._idle_lock:
            self._is_open = False
            for connection in (*self._idle, self._watch, self._connection):
                connection.close()
            self._idle.clear()
        self._users.leave()
        self._disk.remove(_flag(self.path))

    @property
    def _reserve(self) -> Path:
        return self.path.with_suffix(".reserve")

    def _give_up_reserve(self) -> None:
        if self._reserve.exists():
            log.warning("the disk is full: giving up the reserve")
            self._disk.remove(self._reserve)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            fault = _fault(error, self.path, self._disk)
            if fault is None:
                raise
            if isinstance(fault, DiskFull):
                self._give_up_reserve()
            if isinstance(fault, Damaged):
                rescue.ask_for_rebuild(self.path)
            raise fault from error


def copy(source: Path, target: Path, disk: Disk) -> None:
    """SQLite's own backup of `source` to `target`: consistent even while somebody writes."""
    part = target.with_name(target.name + ".part")
    disk.remove(part)
    origin, made = _connect(source), sqlite3.connect(part)
    try:
        origin.backup(made)
    finally:
        made.close()
        origin.close()
    with part.open("rb+") as file:
        disk.sync(file)
    disk.replace(part, target, time.sleep)
    disk.sync_folder(target.parent)


def _prepare(path: Path, *, check: bool) -> None:
    """Bring the file at `path` to this version's schema; Damaged when it is no sound database."""
    try:
        if rescue.is_rebuild_asked(path):
            raise Damaged(path=str(path), why="found damaged while running")
        if rescue.is_emptied(path):
            raise Damaged(path=str(path), why="empty")
        connection = _connect(path)
        try:
            if check:
                _quick_check(connection, path)
            migrate.migrate(connection, path, backup=lambda target: copy(path, target, Disk()))
        finally:
            connection.close()
    except sqlite3.Error as error:
        fault = _fault(error, path, Disk())
        if fault is None:
            raise
        raise fault from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    # The system caches the file for all connections together; what each keeps of it besides is small: 2 MB each would be 8 MB at rest.
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", f"cache_size=-{CACHE_KIB}"]
    if sys.platform == "darwin":
        pragmas += ["fullfsync=ON", "checkpoint_fullfsync=ON"]
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _quick_check(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise Damaged(path=str(path), why=str(found))


def _fault(error: sqlite3.Error, path: Path, disk: Disk) -> StoreError | None:
    """The known fault behind SQLite's error, or None when it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(need=RESERVE_BYTES, free=disk.free(path.parent))
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(path=str(path), why=str(error))
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
        return ReadOnly(path=str(path), why=str(error))
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(path=str(path))
    return None


def _flag(path: Path) -> Path:
    """There while the store is in use: found at a start, it means that the last user was killed."""
    return path.with_suffix(".in-use")


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000
