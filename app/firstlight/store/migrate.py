# SPDX-License-Identifier: Apache-2.0
"""Brings a store to this version's schema: numbered SQL files, each in one transaction, after a backup. Never backward."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from firstlight.store.errors import NewerSchema
from firstlight.store.points import reached

FOLDER = Path(__file__).with_name("migrations")


def known(folder: Path = FOLDER) -> tuple[tuple[int, Path], ...]:
    """Number and file of each migration, in order."""
    return tuple(sorted((int(file.stem), file) for file in folder.glob("[0-9][0-9][0-9][0-9].sql")))


def migrate(connection: sqlite3.Connection, path: Path, *, backup: Callable[[Path], None], folder: Path = FOLDER) -> None:
    """Run what is missing. `backup` copies the store to the path given before the first change; a new store needs none."""
    files = known(folder)
    have = _version(connection)
    latest = files[-1][0]
    if have > latest:
        raise NewerSchema(path=str(path), have=have, known=latest)
    if have == latest:
        return
    if have:
        backup(backup_path(path, have))
        reached("migrate.backed_up")
    for number, file in files:
        _run(connection, number, file.read_text("utf-8"))


def backup_path(path: Path, version: int) -> Path:
    """Where the copy of a store of schema `version` lies."""
    return path.with_name(f"{path.name}.schema-{version}.backup")


def _run(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:  # asked again: another process may have been faster
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number}")
            reached("migrate.before_commit")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """One statement after the other; `executescript` would commit in between."""
    piece = ""
    for line in script.splitlines(keepends=True):
        piece += line
        if sqlite3.complete_statement(piece):
            yield piece
            piece = ""
    if piece.strip():
        raise ValueError("the script's last statement has no end")
