# SPDX-License-Identifier: Apache-2.0
"""Two threads or two programs at one store, and a power cut between two steps of either."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base import settings
from firstlight.base.work import Work
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database
from firstlight.store.disk import Disk
from firstlight.store.sweep import DAY_MS, sweep
from firstlight.store.usage import Part, clear


class Remembered(Disk):
    """Writes down which folders are on the medium."""

    def __init__(self) -> None:
        self.synced: list[Path] = []

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self.synced.append(folder)


def test_a_name_that_another_program_made_is_on_the_medium_before_our_row(desk: Desk) -> None:
    """The other one was killed between its renaming and the sync of the folder: our row must not outlive that name."""
    sha256 = desk.blobs.put(b"the same", media="text/plain", work=Work()).sha256
    with desk.db.write() as tx:
        tx.execute("DELETE FROM blob")
    disk = Remembered()
    Blobs(desk.blobs.root, desk.db, disk=disk).put(b"the same", media="text/plain", work=Work())
    assert desk.blobs.path(sha256).parent in disk.synced


class Meanwhile(Work):
    """Somebody acts in the moment in which the tidying first looks whether to stop: it has listed what goes, and removed nothing."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = act

    def check(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()


def thrown_away(desk: Desk, *logs: bytes) -> None:
    """Drafts with a file each, discarded two days ago."""
    for log in logs:
        desk.reports.discard(desk.write(log=log).id)
    desk.clock.pass_(2 * DAY_MS / 1000)


def attach_again(desk: Desk, id: str, logs: tuple[bytes, ...]) -> None:
    for log in logs:
        desk.reports.attach(id, log, name="logread.txt", role="log", media="text/plain", work=Work())


def files_of(desk: Desk, id: str) -> set[bytes]:
    return {desk.blobs.path(a.sha256).read_bytes() for a in desk.reports.get(id).attachments}


def test_a_file_that_is_attached_again_during_the_tidying_stays(desk: Desk) -> None:
    logs = (b"one", b"two", b"three")
    thrown_away(desk, *logs)
    draft = desk.write("new")
    swept = sweep(desk.db, desk.blobs, Meanwhile(lambda: attach_again(desk, draft.id, logs)))
    assert files_of(desk, draft.id) == set(logs)
    assert swept.blobs == 0


def test_a_file_that_was_just_kept_is_not_cleared_with_what_was_thrown_away(desk: Desk) -> None:
    """Between the keeping of a file and its row in the report somebody clears the discarded drafts, which have the same file."""
    desk.reports.discard(desk.write(log=b"same").id)
    draft = desk.write("new")
    put, cleared = desk.blobs.put, []

    def then_clear(*args: object, **named: object) -> object:
        kept = put(*args, **named)
        desk.clock.pass_(1)
        cleared.append(clear(desk.db, desk.blobs, frozenset({Part.DISCARDED}), Work()))
        return kept

    desk.blobs.put = then_clear
    attach_again(desk, draft.id, (b"same",))
    assert files_of(desk, draft.id) == {b"same"}
    assert cleared == [len(b"same"), 0], "it was cleared, and kept once more"


def test_files_are_found_again_also_when_another_program_rebuilt_the_store(tmp_path: Path, hub: FakeHub) -> None:
    """A command meets the damage and rebuilds, without tidying; the window that starts next finds the rows that were lost."""
    desk = Desk(tmp_path, hub)
    draft = desk.write(log=b"precious")
    desk.db.close()
    path = tmp_path / "firstlight.db"
    with sqlite3.connect(path) as made:
        made.execute("DELETE FROM blob")  # the part of the file that cannot be read any more
    made.close()
    path.with_suffix(".rebuild").touch()
    Database.open(path).close()
    desk.open()
    assert desk.db.recovery is None, "this one found a sound store"
    sweep(desk.db, desk.blobs, Work())
    assert files_of(desk, draft.id) == {b"precious"}
    desk.db.close()


def test_a_rebuilding_cut_off_between_two_names_leaves_no_journal_of_the_damaged_store(tmp_path: Path) -> None:
    """SQLite would play the old journal into the new store."""
    path = tmp_path / "firstlight.db"
    old = Database.open(path)
    with old.write() as tx:
        tx.executemany("INSERT INTO note VALUES (?, ?)", [(f"old-{n}", "x" * 500) for n in range(200)])
    part = tmp_path / "firstlight.db.rebuilt"
    shutil.copy(path.with_name("firstlight.db-wal"), tmp_path / "wal")
    old.close()
    path.unlink()
    fresh = Database.open(path)
    with fresh.write() as tx:
        tx.execute("INSERT INTO note VALUES ('new', '')")
    fresh.close()
    # As after the first renaming of `rescue.rebuild`: the store lies aside, its journal not yet.
    path.rename(part)
    (tmp_path / "firstlight.db.damaged-5").touch()
    (tmp_path / "wal").rename(tmp_path / "firstlight.db-wal")
    again = Database.open(path)
    with again.read() as tx:
        assert [row["key"] for row in tx.execute("SELECT key FROM note WHERE key <> 'rebuilt'")] == ["new"]
    again.check()
    again.close()
    assert (tmp_path / "firstlight.db.damaged-5-wal").exists()


_SAVER = """
import sys
from dataclasses import replace
from pathlib import Path
from firstlight.base import settings
path, name = Path(sys.argv[1]), sys.argv[2]
chosen = settings.Settings()
print("ready", flush=True)
sys.stdin.readline()
for n in range(150):
    settings.save(path, replace(chosen, hub=f"https://{name * 40}.example/{n}"))
"""


def test_two_programs_that_keep_their_settings_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings.save(path, settings.Settings())
    children = [
        subprocess.Popen([sys.executable, "-c", _SAVER, str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("a", "bb", "ccc")
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    torn = 0
    while any(child.poll() is None for child in children):
        try:
            json.loads(path.read_text("utf-8"))
        except ValueError:
            torn += 1
    assert [child.wait() for child in children] == [0, 0, 0]
    assert torn == 0
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
    for child in children:
        for pipe in (child.stdin, child.stdout):
            assert pipe is not None
            pipe.close()


_FULL = """
import resource, sys
from pathlib import Path
from firstlight.store.lock import FileLock
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
lock = FileLock.take(Path(sys.argv[1]))
assert lock is not None
assert FileLock.take(Path(sys.argv[1])) is None
print("held")
"""


def test_a_full_disk_keeps_nobody_from_the_lock(tmp_path: Path) -> None:
    """The window has to open then too: words can still be saved."""
    done = subprocess.run([sys.executable, "-c", _FULL, str(tmp_path / "window.lock")], capture_output=True, text=True, check=False)
    assert done.stdout == "held\n", done.stderr
