# SPDX-License-Identifier: Apache-2.0
"""Cases 30-42: files, disks, clocks, accounts, versions, sticks, places."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes import memory
from fakes.fault_proxy import FaultProxy
from faults.cases.pc import Pc
from faults.hub_process import HubProcess
from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.reports.errors import NotCleaned
from firstlight.reports.report import Local
from firstlight.store import migrate
from firstlight.store.db import Database
from firstlight.store.disk import Disk
from firstlight.store.errors import DiskFull, NewerSchema, ReadOnly
from firstlight.store.sweep import sweep
from firstlight.sync.backoff import MOST_MS
from firstlight.sync.news import Sending
from firstlight.sync.rules import Rules

pytestmark = pytest.mark.long


def test_case_30_the_same_file_twice_is_one_blob_and_an_empty_one_arrives(pc: Pc, hub: HubProcess) -> None:
    draft = pc.write("case thirty")
    data = uuid.uuid4().bytes * 50
    for name, content in (("a.bin", data), ("b.bin", data), ("empty.txt", b"")):
        role, media = ("log", "text/plain") if name == "empty.txt" else ("file", "application/octet-stream")
        attached = pc.reports.attach(draft.id, b"\0" + content if content else b"", name=name, role=role, media=media, work=Work())
        pc.reports.set_reviewed(draft.id, attached.pos)
    pc.reports.queue(draft.id, Work())
    pc.send()
    files = hub.reports()[draft.id]["files"]
    assert [name for _sha, name, _size in files] == ["a.bin", "b.bin", "empty.txt"]
    assert files[0][0] == files[1][0]
    assert files[2][2] == 0


def test_case_30_a_log_of_two_gigabytes_goes_in_bounded_memory(pc: Pc, hub: HubProcess, tmp_path: Path) -> None:
    """A sparse file stands for it: every byte is read, hashed, sent and hashed again."""
    big = tmp_path / "bugreport.bin"
    with big.open("wb") as file:
        file.write(b"\0big")
        file.truncate(2 << 30)
    if shutil.disk_usage(tmp_path).free < 16 << 30:
        pytest.skip("needs 16 GB of free disk")
    draft = pc.reports.new(1, title="two gigabytes")
    with memory.growth() as grown:
        attached = pc.reports.attach(draft.id, big, name=big.name, role="file", media="application/octet-stream", work=Work())
        pc.reports.set_reviewed(draft.id, attached.pos)
        pc.reports.queue(draft.id, Work())
        pc.timeout_s = (5, 120)
        pc._clients.clear()
        pc.send()
        pc.send_all()
    assert grown.mb < 100
    assert hub.file(attached.sha256).stat().st_size == 2 << 30
    hub.file(attached.sha256).unlink()


def test_case_31_two_programs_on_one_profile_have_one_owner(pc: Pc, tmp_path: Path) -> None:
    from firstlight.store.lock import FileLock

    lock = FileLock.take(tmp_path / "lock")
    assert lock is not None
    second = (
        "import sys; from pathlib import Path; from firstlight.store.lock import FileLock\n"
        f"sys.exit(0 if FileLock.take(Path({str(tmp_path / 'lock')!r})) is None else 1)"
    )
    assert subprocess.run([sys.executable, "-c", second], check=False, timeout=30).returncode == 0
    lock.release()
    # And should two write all the same (window and command), SQLite lets one at a time in, and none is lost.
    writer = f"""
import sys, time
from pathlib import Path
from firstlight.store.db import Database
db = Database.open(Path({str(pc.db.path)!r}))
for n in range(100):
    with db.write() as tx:
        tx.execute("INSERT INTO note (key, value) VALUES (?, '')", (f"{{sys.argv[1]}}-{{n}}",))
"""
    children = [subprocess.Popen([sys.executable, "-c", writer, str(n)]) for n in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    with pc.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM note WHERE key GLOB '[01]-*'").fetchone()[0] == 200


class FullDisk(Disk):
    """A disk with so much room."""

    room = 1 << 40

    def free(self, folder: Path) -> int:
        return self.room


def test_case_32_on_a_full_disk_no_file_is_begun_and_the_words_are_still_saved(other_pc: Callable[..., Pc]) -> None:
    disk = FullDisk()
    pc = other_pc("full", disk=disk)
    draft = pc.write("case thirty-two")
    assert pc.db._reserve.exists()
    disk.room = 1 << 20
    with pytest.raises(DiskFull) as caught:
        pc.reports.attach(draft.id, b"\0" * 1000, name="a.bin", role="file", media="x/y", work=Work())
    assert caught.value.facts["need_mb"] >= 200
    pc.change(pc.reports.get(draft.id), text="and these words are saved")
    assert not pc.db._reserve.exists(), "the reserve was given up for them"
    disk.room = 1 << 40
    sweep(pc.db, pc.blobs, Work())
    assert pc.db._reserve.exists(), "and is set aside again once there is room"
    assert pc.reports.get(draft.id).text == "and these words are saved"


def test_case_32_when_the_database_cannot_grow_nothing_is_lost_and_it_says_so(pc: Pc) -> None:
    draft = pc.write("kept")
    pages = pc.db._connection.execute("PRAGMA page_count").fetchone()[0]
    pc.db._connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull):
        for n in range(200):
            pc.change(pc.reports.get(draft.id), text="x" * 4000 * (n + 1))
    kept = pc.reports.get(draft.id).text
    assert set(kept) <= {"x"}, "the last words that were saved are whole"
    pc.db._connection.execute("PRAGMA max_page_count=1073741823")
    pc.change(pc.reports.get(draft.id), text="room again")


def test_case_33_a_damaged_store_is_kept_aside_and_everything_readable_is_back(other_pc: Callable[..., Pc], hub: HubProcess) -> None:
    pc = other_pc("damaged")
    sent = pc.queue("arrived")
    pc.send()
    waiting = pc.queue("waits", log=b"its log" * 500)
    sweep(pc.db, pc.blobs, Work())  # a backup of the day
    path = pc.db.path
    pc.close()
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(os.urandom(4096 * 3))
    Path(path.with_suffix(".in-use")).touch()
    pc.open()
    assert pc.db.recovery is not None
    assert pc.db.recovery.kept_aside.exists()
    assert pc.state(waiting.id) == Local.QUEUED
    pc.send_all()
    assert hub.reports()[waiting.id]["title"] == "waits"
    assert [r["number"] for i, r in hub.reports().items() if i == sent.id] != []
    assert [r["title"] for r in hub.reports().values()].count("waits") == 1


def test_case_34_a_file_removed_or_changed_by_hand_needs_the_tester_and_the_rest_goes(pc: Pc, hub: HubProcess) -> None:
    gone, changed, fine = pc.big(5_000, "gone"), pc.big(5_000, "changed"), pc.big(5_000, "fine")
    pc.blobs.path(gone.attachments[0].sha256).unlink()
    pc.blobs.path(changed.attachments[0].sha256).write_bytes(b"\0" * 5_000)
    for _twice in range(3):
        pc.send()
    assert {pc.state(gone.id), pc.state(changed.id)} == {Local.NEEDS_YOU}
    assert pc.reports.get(gone.id).why.code == "store.blob_missing"
    assert pc.state(fine.id) == Local.DELIVERED
    assert not {gone.id, changed.id} & set(hub.reports())


@pytest.mark.parametrize(
    "leap_s", [-25 * 365 * 86_400, 86_400, 3_600, -3_600, 3 * 86_400], ids=["2001", "+1 day", "DST", "DST back", "lid"]
)
def test_case_35_whatever_the_clock_does_the_order_stays_and_waits_are_never_longer(
    pc: Pc, hub: HubProcess, proxy: FaultProxy, leap_s: int
) -> None:
    drafts = [pc.queue(f"case thirty-five, {leap_s}, {n}") for n in range(4)]
    with proxy.refusing():
        pc.send()
    pc.clock.pass_(leap_s)
    pc.restart()
    pause = pc.sender.pause_s()
    assert pause is not None
    assert pause <= MOST_MS / 1000
    pc.send_all()
    numbers = [hub.reports()[d.id]["number"] for d in drafts]
    assert numbers == sorted(numbers), "in the order in which they were written"
    assert {pc.state(d.id) for d in drafts} == {Local.DELIVERED}


def test_case_36_another_account_sends_nothing_of_the_first(pc: Pc, hub: HubProcess) -> None:
    drafts = [pc.queue(f"case thirty-six, {n}") for n in range(3)]
    dora = pc.signed_in[2]
    pc.signed_in = {2: dora}
    own = pc.queue("Dora's own", account=2)
    pc.clock.pass_(11)
    pc.sender.wake()
    pc.drain()
    assert own.id in hub.reports()
    assert not {d.id for d in drafts} & set(hub.reports())
    assert pc.outbox.waiting(1).acts == 3, "they wait for Bob"
    pc.signed_in = {1: "bob", 2: dora}
    pc.send_all()
    owners = {
        row["user_id"] for d in drafts for row in hub.rows("SELECT user_id FROM hub_reports_report WHERE id = ?", d.id.replace("-", ""))
    }
    [bob] = hub.rows("SELECT id FROM hub_account_user WHERE email LIKE 'bob%'")
    assert owners == {bob["id"]}


def test_case_37_a_network_that_becomes_metered_stops_a_big_file_there_and_a_free_one_goes_on_there(pc: Pc, proxy: FaultProxy) -> None:
    draft = pc.big(12 << 20)

    def metered(news: Sending) -> None:
        if news.done > 6 << 20:
            pc.rules = Rules(is_metered=True)

    stop = pc.events.subscribe(Sending, metered)
    pc.send()
    stop()
    row = pc.reports.row(1, draft.id)
    assert row is not None
    assert (row.step.attempts, row.step.done >= 6 << 20) == (0, True)
    assert pc.sender.pause_s() is None
    small = pc.queue("words go all the same")
    pc.send()
    assert pc.state(small.id) == Local.DELIVERED
    assert proxy.bytes_up < 8 << 20
    pc.rules = Rules()
    pc.send()
    assert pc.state(draft.id) == Local.DELIVERED
    assert proxy.bytes_up < 13.5 * (1 << 20)


def test_case_38_an_update_with_another_schema_backs_up_goes_on_and_the_older_program_refuses_politely(tmp_path: Path) -> None:
    path = tmp_path / "firstlight.db"
    old = tmp_path / "migrations"
    old.mkdir()
    for number, file in migrate.known():
        if number == 1:
            shutil.copy(file, old)
    with sqlite3.connect(path, isolation_level=None) as tx:
        migrate.migrate(tx, path, backup=lambda _target: None, folder=old)
        tx.execute("INSERT INTO account (id, hub, subject) VALUES (1, 'h', 's')")
        columns = "id, account_id, state, body, captured_wall_ms, changed_ms, title"
        tx.execute(f"INSERT INTO report ({columns}) VALUES ('r', 1, 'queued', '{{}}', 1, 1, 'old')")
        tx.execute(
            "INSERT INTO op (seq, account_id, kind, subject, payload, state, made_ms) VALUES (7, 1, 'report', 'r', '{}', 'ready', 1)"
        )
        tx.execute("INSERT INTO op_blob (seq, sha256, name) VALUES (7, 'a', 'b')")
    tx.close()
    database = Database.open(path)
    with database.read() as tx:
        assert tx.execute("SELECT title FROM report").fetchone()[0] == "old"
        assert tuple(tx.execute("SELECT seq, kind, travel FROM op").fetchone()) == (7, "report", "")
        assert tuple(tx.execute("SELECT seq, sha256, name FROM op_blob").fetchone()) == (7, "a", "b")
        assert tx.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()
    assert migrate.backup_path(path, 1).exists()
    with sqlite3.connect(path) as tx, pytest.raises(NewerSchema):
        migrate.migrate(tx, path, backup=lambda _target: None, folder=old)
    tx.close()


@pytest.mark.parametrize("mixture", ["stick first", "network first", "both at once", "stick twice"])
def test_case_39_by_stick_and_by_network_in_whatever_mixture_it_arrives_once(
    pc: Pc, other_pc: Callable[..., Pc], hub: HubProcess, tmp_path: Path, mixture: str
) -> None:
    pc.bundles.introduce(1)
    pc.send()
    drafts = [pc.queue(f"case thirty-nine, {mixture}, {n}", log=uuid.uuid4().bytes * 100) for n in range(6)]
    courier = other_pc("courier", who="dora", second="bob")
    if mixture == "network first":
        pc.send()
    else:
        for draft in drafts[:3] if mixture == "both at once" else ():
            pc.reports.edit(draft.id)
            pc.reports.queue(draft.id, Work())
        saved = pc.bundles.save(1, tmp_path / "stick", Work())
    if mixture == "network first":
        for draft in drafts:
            pc.change(pc.reports.edit(draft.id), title=draft.title)
            pc.reports.queue(draft.id, Work())
        saved = pc.bundles.save(1, tmp_path / "stick", Work())
    if mixture == "both at once":
        with pc.db.write() as tx:
            tx.execute("UPDATE op SET not_before_ms = 1e15 WHERE kind = 'report' AND seq % 2")
        pc.clock.pass_(11)
        pc.drain()
    for _time in range(2 if mixture == "stick twice" else 1):
        for path in saved.paths:
            courier.bundles.take_in(1, path, Work())
        courier.send()
        courier.send_all()
    pc.send_all()
    known = hub.reports()
    assert all(known[d.id]["title"] == d.title for d in drafts)
    assert sum(r["title"].startswith(f"case thirty-nine, {mixture},") for r in known.values()) == 6
    assert {pc.state(d.id) for d in drafts} == {Local.DELIVERED}
    for draft in drafts:
        assert len(hub.rows("SELECT 1 FROM hub_honour_event WHERE kind = 'report.sent' AND facts LIKE ?", f"%{draft.id}%")) <= 1
        [(sha256, _name, _size)] = known[draft.id]["files"]
        assert hashlib.sha256(hub.file(sha256).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize(
    "name", ["Jürgen Müller", "测试员 的 电脑", "🔧🛠️", "x" * 60 + "/" + "y" * 60 + "/" + "z" * 60 + "/" + "w" * 60 + "/" + "v" * 60]
)
def test_case_40_strange_and_long_places_work(other_pc: Callable[..., Pc], name: str) -> None:
    pc = other_pc(name)
    draft = pc.queue(f"from {name[:20]}", log=b"a log")
    pc.send()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_40_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ReadOnly):
        Database.open(tmp_path / "file" / "firstlight.db")


class WorkerDied(FirstlightError):
    """As redaction's."""

    code = "redact.worker_died"


def test_case_41_a_log_that_cannot_be_cleaned_stays_here_and_is_tried_again(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = pc.write("case forty-one", log=b"a hostile log")
    working = pc.reports._bundle._make

    def dies(*_all: object) -> None:
        raise NotCleaned(id=draft.id, name="logread.txt", cause=WorkerDied.code)

    monkeypatch.setattr(pc.reports._bundle, "_make", dies)
    with pytest.raises(NotCleaned):
        pc.reports.queue(draft.id, Work())
    pc.send()
    assert (pc.state(draft.id), pc.at_hub(draft.id)) == (Local.DRAFT, None)
    monkeypatch.setattr(pc.reports._bundle, "_make", working)
    pc.reports.queue(draft.id, Work())
    pc.send()
    assert pc.state(draft.id) == Local.DELIVERED


def test_case_42_what_the_hub_tells_of_a_report_of_another_pc_is_shown_as_such(pc: Pc, other_pc: Callable[..., Pc]) -> None:
    laptop = other_pc("laptop")
    draft = laptop.queue("written on the laptop")
    laptop.send()
    pc.pull()
    row = pc.reports.row(1, draft.id)
    assert row is not None
    assert (row.elsewhere, row.title, row.local) == (True, "written on the laptop", None)
