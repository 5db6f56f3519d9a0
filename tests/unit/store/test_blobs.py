# SPDX-License-Identifier: Apache-2.0
"""Content by hash: kept once, kept whole, swept only when nobody needs it."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.store.disk import Disk
from firstlight.store.errors import BlobMissing, DiskFull, ReadOnly, SourceUnreadable
from firstlight.store.sweep import DAY_MS, sweep


class SmallDisk(Disk):
    """A disk with so much room; writing beyond `breaks_at` bytes meets ENOSPC."""

    def __init__(self, room: int = 1 << 40, *, breaks: bool = False) -> None:
        self.room = room
        self.breaks = breaks

    def free(self, folder: Path) -> int:
        return self.room

    def sync(self, file: BinaryIO) -> None:
        if self.breaks:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().sync(file)


def keep(desk: Desk, source: Path | bytes, **more: bool) -> str:
    return desk.blobs.put(source, media="text/plain", work=Work(), **more).sha256


def test_the_same_content_twice_is_one_file(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "naïve 文件 🙂.txt"
    file.write_bytes(b"hello")
    assert keep(desk, file) == keep(desk, b"hello") == hashlib.sha256(b"hello").hexdigest()
    assert len(list(desk.blobs.files())) == 1
    assert desk.blobs.used_bytes() == 5


def test_a_file_of_no_bytes_is_content_too(desk: Desk) -> None:
    sha256 = keep(desk, b"")
    assert desk.blobs.path(sha256).read_bytes() == b""


def test_a_blob_changed_or_removed_by_hand_is_noticed(desk: Desk) -> None:
    sha256 = keep(desk, b"hello")
    desk.blobs.path(sha256).write_bytes(b"hullo")
    with pytest.raises(BlobMissing):
        desk.blobs.verify(sha256, Work())
    assert keep(desk, b"hello") == sha256
    assert desk.blobs.verify(sha256, Work()).read_bytes() == b"hello", "attached again, it is whole again"
    desk.blobs.path(sha256).unlink()
    with pytest.raises(BlobMissing):
        desk.blobs.path(sha256)
    assert keep(desk, b"hello") == sha256
    assert desk.blobs.verify(sha256, Work()).read_bytes() == b"hello"


def test_without_room_nothing_is_begun_and_the_need_is_named(tmp_path: Path, hub: FakeHub) -> None:
    desk = Desk(tmp_path, hub, disk=SmallDisk(300 << 20))
    keep(desk, b"small")
    with pytest.raises(DiskFull) as found:
        desk.blobs.check_room(60 << 20)
    assert found.value.facts["need_mb"] == 320
    assert found.value.facts["free_mb"] == 300
    desk.db.close()


def test_a_disk_that_fills_up_while_writing_leaves_nothing(tmp_path: Path, hub: FakeHub) -> None:
    disk = SmallDisk()
    desk = Desk(tmp_path, hub, disk=disk)
    disk.breaks = True
    with pytest.raises(DiskFull):
        keep(desk, b"hello")
    assert list(desk.blobs.files()) == []
    assert list((tmp_path / "blobs/tmp").iterdir()) == []
    disk.breaks = False
    keep(desk, b"hello")
    desk.db.close()


def test_a_cancelled_copy_leaves_nothing(desk: Desk) -> None:
    work = Work()
    work.cancel()
    with pytest.raises(Cancelled):
        desk.blobs.put(b"hello", media="text/plain", work=work)
    assert list((desk.folder / "blobs/tmp").iterdir()) == []


@pytest.mark.parametrize("name", ["not-there", ""])
def test_a_source_that_cannot_be_read_is_named(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceUnreadable):
        keep(desk, tmp_path / name)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that this user may not write")
def test_a_read_only_profile_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    from firstlight.store.db import Database

    with pytest.raises(ReadOnly):
        Database.open(tmp_path / "profile/firstlight.db")
    tmp_path.chmod(0o700)


def test_a_profile_inside_a_file_is_named_as_not_writable(tmp_path: Path) -> None:
    from firstlight.store.db import Database

    (tmp_path / "file").write_text("x")
    with pytest.raises(ReadOnly):
        Database.open(tmp_path / "file/profile/firstlight.db")


def test_the_sweep_takes_only_what_nobody_needs_for_a_day(desk: Desk) -> None:
    kept = keep(desk, b"photo of a build step")
    loose = keep(desk, b"loose", collectable=True)
    draft = desk.write(log=b"needed", picture=b"raw")
    desk.queue("queued", log=b"waiting")
    needed = {a.sha256 for a in draft.attachments}
    assert sweep(desk.db, desk.blobs, Work()).blobs == 0
    desk.clock.pass_(DAY_MS / 1000 + 1)
    assert sweep(desk.db, desk.blobs, Work()).blobs == 1
    left = {path.name for path in desk.blobs.files()}
    assert loose not in left
    assert needed | {kept} <= left
    assert desk.drain().sent == 1


def test_content_stays_while_one_keeper_or_one_report_needs_it(desk: Desk) -> None:
    sha256 = keep(desk, b"both")
    keep(desk, b"both", collectable=True)
    desk.clock.pass_(2 * DAY_MS / 1000)
    assert sweep(desk.db, desk.blobs, Work()).blobs == 0
    desk.blobs.release(sha256)
    assert sweep(desk.db, desk.blobs, Work()).blobs == 1


def test_the_sweep_removes_what_dead_writers_left_and_nothing_else(desk: Desk) -> None:
    keep(desk, b"x")
    tmp = desk.folder / "blobs/tmp"
    (tmp / "999999999-0").write_bytes(b"half")
    (tmp / "1-0").write_bytes(b"somebody who lives")
    with desk.blobs.scratch() as mine:
        mine.write_bytes(b"in use")
        assert sweep(desk.db, desk.blobs, Work()).tmp_files == 1
        assert mine.exists()
    assert [p.name for p in tmp.iterdir()] == ["1-0"]


def test_delivered_reports_and_discarded_drafts_go_in_time_and_the_hubs_news_stay(desk: Desk) -> None:
    sent = desk.queue("sent", log=b"one")
    desk.drain_after()
    thrown = desk.write("thrown away", log=b"two")
    desk.reports.discard(thrown.id)
    draft = desk.write("draft of old", log=b"three")
    desk.clock.pass_(29 * DAY_MS / 1000)
    assert sweep(desk.db, desk.blobs, Work()).reports == 1
    desk.clock.pass_(2 * DAY_MS / 1000)
    assert sweep(desk.db, desk.blobs, Work()).reports == 1
    assert [row.id for row in desk.reports.listing(1)] == [draft.id, sent.id]
    desk.clock.pass_(2 * DAY_MS / 1000)
    sweep(desk.db, desk.blobs, Work())
    assert desk.reports.outgoing(draft.id, Work())
