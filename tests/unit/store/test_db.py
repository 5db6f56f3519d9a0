# SPDX-License-Identifier: Apache-2.0
"""The database: transactions, threads, full disks, damage, upgrades."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base.work import Work
from firstlight.store import migrate
from firstlight.store.db import RESERVE_BYTES, Database
from firstlight.store.disk import Disk
from firstlight.store.errors import Damaged, DiskFull, NewerSchema
from firstlight.store.sweep import DAY_MS, sweep


def test_it_is_as_durable_as_sqlite_can_be(desk: Desk) -> None:
    with desk.db.read() as tx:
        assert tx.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert tx.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert tx.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_block_that_raises_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(KeyError), desk.db.write() as tx:
        tx.execute("INSERT INTO note VALUES ('a', 'b')")
        raise KeyError
    with desk.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM note").fetchone()[0] == 0


def test_a_write_inside_a_write_is_a_bug_and_says_so(desk: Desk) -> None:
    with desk.db.write(), pytest.raises(RuntimeError), desk.db.write():
        pass


def test_readers_see_what_was_committed_before_they_began(desk: Desk) -> None:
    with desk.db.write() as tx:
        tx.execute("INSERT INTO note VALUES ('a', '1')")
        with desk.db.read() as other:
            assert other.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    with desk.db.read() as other:
        assert other.execute("SELECT count(*) FROM note").fetchone()[0] == 1


def test_many_threads_write_without_losing_a_row(desk: Desk) -> None:
    def write(name: str) -> None:
        for n in range(20):
            with desk.db.write() as tx:
                tx.execute("INSERT INTO note VALUES (?, '')", (f"{name}-{n}",))

    threads = [threading.Thread(target=write, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desk.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM note").fetchone()[0] == 120


def test_two_programs_on_one_profile_lose_nothing(desk: Desk, hub: FakeHub) -> None:
    other = Desk(desk.folder, hub, desk.clock)
    mine, theirs = desk.queue("mine"), other.queue("theirs")
    assert desk.drain_after().sent + other.drain().sent == 2
    assert set(hub.reports) == {mine.id, theirs.id}
    other.db.close()


class FullDisk(Disk):
    """A disk with no room for more than the reserve."""

    full = False

    def free(self, folder: Path) -> int:
        return 4096 if self.full else 1 << 40


def test_on_a_full_disk_the_reserve_goes_and_the_words_are_saved(tmp_path: Path, hub: FakeHub) -> None:
    disk = FullDisk()
    desk = Desk(tmp_path, hub, disk=disk)
    reserve = tmp_path / "firstlight.reserve"
    assert reserve.stat().st_size == RESERVE_BYTES
    draft = desk.write()
    disk.full = True
    desk.change(draft, text="still saved")
    assert not reserve.exists()
    assert desk.reports.get(draft.id).text == "still saved"
    disk.full = False
    sweep(desk.db, desk.blobs, Work())
    assert reserve.exists()
    desk.db.close()


def test_when_sqlite_cannot_grow_it_is_a_full_disk_and_nothing_is_lost(desk: Desk) -> None:
    draft = desk.write()
    connection = desk.db._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull):
        desk.change(draft, text="x" * 100_000)
    assert desk.reports.get(draft.id).text == ""
    connection.execute("PRAGMA max_page_count=1000000")
    desk.change(draft, text="y")
    assert desk.reports.get(draft.id).text == "y"


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "firstlight.db"
    Database.open(path).close()
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA user_version=99")
    made.close()
    with pytest.raises(NewerSchema) as found:
        Database.open(path)
    assert found.value.facts["have"] == 99


def test_an_upgrade_backs_up_first_and_happens_whole(tmp_path: Path) -> None:
    path, folder = tmp_path / "firstlight.db", tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001.sql").write_text("CREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n")
    made = sqlite3.connect(path, isolation_level=None)
    backups: list[Path] = []
    migrate.migrate(made, path, backup=backups.append, folder=folder)
    assert backups == [], "there was nothing to back up"
    (folder / "0002.sql").write_text("CREATE TABLE b (y);\nINSERT INTO b VALUES (2);\nINSERT INTO nowhere VALUES (3);\n")
    with pytest.raises(sqlite3.OperationalError):
        migrate.migrate(made, path, backup=backups.append, folder=folder)
    assert backups == [migrate.backup_path(path, 1)]
    assert made.execute("PRAGMA user_version").fetchone()[0] == 1
    assert [row[0] for row in made.execute("SELECT name FROM sqlite_master")] == ["a"]
    (folder / "0002.sql").write_text("CREATE TABLE b (y);\n-- the end\n")
    with pytest.raises(ValueError, match="no end"):
        migrate.migrate(made, path, backup=backups.append, folder=folder)
    (folder / "0002.sql").write_text("CREATE TABLE b (y);\n")
    migrate.migrate(made, path, backup=backups.append, folder=folder)
    assert made.execute("PRAGMA user_version").fetchone()[0] == 2
    made.close()


def test_one_backup_a_day_is_made_and_two_are_kept(desk: Desk) -> None:
    for _day in range(4):
        sweep(desk.db, desk.blobs, Work())
        sweep(desk.db, desk.blobs, Work())
        desk.clock.pass_(DAY_MS / 1000)
    assert len(list(desk.folder.glob("*.day-*.backup"))) == 2


def damage(path: Path, *, at: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * size)


def test_a_damaged_store_is_kept_aside_and_rebuilt_from_itself_and_the_backup(desk: Desk) -> None:
    drafts = [desk.write(f"report {n}", text="words " * 200, log=b"log %d" % n) for n in range(60)]
    sweep(desk.db, desk.blobs, Work())
    later = [desk.write(f"later {n}", text="words " * 200) for n in range(60)]
    desk.db.close()
    path = desk.folder / "firstlight.db"
    before = path.read_bytes()
    damage(path, at=len(before) // 3, size=len(before) // 6)
    broken = path.read_bytes()
    (desk.folder / "firstlight.in-use").touch()
    desk.open()
    recovery = desk.db.recovery
    assert recovery is not None
    assert recovery.kept_aside.read_bytes() == broken
    found = {row.id for row in desk.reports.listing(1)}
    assert {d.id for d in drafts} <= found, "what was in the backup is all there"
    assert len(found & {d.id for d in later}) > 10, "and of the rest what could be read"
    sweep(desk.db, desk.blobs, Work())
    for draft in drafts:
        desk.reports.queue(draft.id, Work())
    assert desk.drain_after().sent == 60


def test_a_store_that_is_no_database_is_rebuilt_from_the_backup(desk: Desk) -> None:
    draft = desk.write("Fan stops", log=b"a log")
    sweep(desk.db, desk.blobs, Work())
    desk.db.close()
    (desk.folder / "firstlight.db").write_bytes(b"not a database, whatever it was before" * 1000)
    desk.open()
    assert desk.db.recovery is not None
    assert (desk.db.recovery.reports, desk.db.recovery.reports_from_backup) == (0, 1)
    assert desk.reports.get(draft.id).attachments[0].name == "logread.txt"


def test_without_a_backup_an_empty_store_begins_and_finds_the_content_again(desk: Desk) -> None:
    sha256 = desk.blobs.put(b"photo", media="image/png", work=Work()).sha256
    desk.db.close()
    (desk.folder / "firstlight.db").write_bytes(b"junk" * 5000)
    desk.open()
    assert sweep(desk.db, desk.blobs, Work()).rows_found == 1
    assert desk.blobs.get(sha256).size == 5


def test_damage_found_while_running_is_rebuilt_at_the_next_start(desk: Desk) -> None:
    drafts = [desk.write(f"report {n}", text="words " * 500) for n in range(50)]
    sweep(desk.db, desk.blobs, Work())
    desk.restart()
    with desk.db.write() as tx:
        tx.execute("UPDATE note SET value = value")
    desk.db._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = desk.folder / "firstlight.db"
    damage(path, at=path.stat().st_size // 2, size=path.stat().st_size // 8)
    with pytest.raises(Damaged):
        desk.db.check()
    desk.restart()
    assert desk.db.recovery is not None
    assert {row.id for row in desk.reports.listing(1)} == {d.id for d in drafts}


def test_a_rebuilding_that_was_cut_off_is_finished(desk: Desk) -> None:
    draft = desk.write()
    desk.db.close()
    path = desk.folder / "firstlight.db"
    path.replace(path.with_name("firstlight.db.rebuilt"))
    (desk.folder / "firstlight.db.damaged-123").write_bytes(b"junk")
    desk.open()
    assert desk.reports.get(draft.id).title == "Fan stops"
    assert desk.db.recovery is not None


def test_a_store_that_lost_all_its_bytes_is_rebuilt_from_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "firstlight.db"
    db = Database.open(path)
    with db.write() as tx:
        tx.execute("INSERT INTO note VALUES ('a', 'b')")
    db.backup(tmp_path / "firstlight.db.day-020000.backup")
    db.close()
    for left in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        left.unlink(missing_ok=True)
    path.write_bytes(b"")
    db = Database.open(path)
    with db.read() as tx:
        assert tx.execute("SELECT value FROM note WHERE key = 'a'").fetchone()[0] == "b"
    assert db.recovery is not None
    assert db.recovery.kept_aside.exists()
    db.close()
