# SPDX-License-Identifier: Apache-2.0
"""The store is found damaged while another program has it open: it is not pulled away from under it."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from firstlight.store import rescue
from firstlight.store.db import Database
from firstlight.store.errors import Damaged

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be renamed there")


def note(database: Database, key: str) -> None:
    with database.write() as tx:
        tx.execute("INSERT INTO note VALUES (?, '')", (key,))


def test_what_the_window_writes_after_a_command_met_the_damage_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "firstlight.db"
    window = Database.open(path)
    note(window, "before")
    rescue.ask_for_rebuild(path)
    with pytest.raises(Damaged):
        Database.open(path)
    note(window, "after")
    window.close()
    again = Database.open(path)
    assert again.recovery is not None, "nobody else had it open: now it is rebuilt"
    with again.read() as tx:
        assert {row["key"] for row in tx.execute("SELECT key FROM note")} >= {"before", "after"}
    again.close()


def test_a_sound_store_is_shared_as_before(tmp_path: Path) -> None:
    window, command = Database.open(tmp_path / "firstlight.db"), Database.open(tmp_path / "firstlight.db")
    note(window, "a")
    note(command, "b")
    command.close()
    window.close()
    with sqlite3.connect(tmp_path / "firstlight.db") as made:
        assert made.execute("SELECT count(*) FROM note").fetchone()[0] == 2
    made.close()
