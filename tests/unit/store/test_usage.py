# SPDX-License-Identifier: Apache-2.0
"""What takes space is told, and clearing never takes what has not arrived."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base.work import Work
from firstlight.reports.errors import NotFound
from firstlight.reports.report import Local
from firstlight.store.usage import CLEARABLE, Part, clear, usage


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, FakeHub())
    yield desk
    desk.db.close()


def sizes(desk: Desk) -> dict[Part, int]:
    return {use.part: use.size for use in usage(desk.db, desk.blobs)}


def test_clearing_everything_that_may_go_takes_nothing_that_has_not_arrived(desk: Desk) -> None:
    desk.pull()
    shared = b"the same log in two reports " * 100
    gone = desk.queue("arrived", log=b"only here " * 100)
    both = desk.queue("arrived too", log=shared)
    desk.drain_after()
    third = desk.queue("arrived as well", log=shared)
    draft = desk.write("a draft", log=b"half a thought " * 50)
    edited = desk.queue("arrived, and is written anew", log=b"again " * 100)
    desk.drain_after()
    desk.change(desk.reports.edit(edited.id), title="better")
    answered = desk.queue("arrived, and its answer waits", log=b"question " * 100)
    desk.drain_after()
    desk.hub.ask(answered.id, "Which one?")
    desk.pull()
    desk.reports.answer(1, answered.id, "That one")
    thrown = desk.write("thrown", log=b"away " * 200)
    desk.reports.discard(thrown.id)
    album = desk.blobs.put(b"photo of the album", media="image/png", work=Work())
    before = sizes(desk)
    assert before[Part.KEPT] == len(b"photo of the album")
    assert before[Part.DISCARDED] == 1000
    freed = clear(desk.db, desk.blobs, CLEARABLE, Work())
    after = sizes(desk)
    parts = (Part.DELIVERED, Part.DISCARDED)
    assert freed == sum(before[part] for part in parts) > 2000
    assert after[Part.UNSENT] == before[Part.UNSENT]
    assert after[Part.DELIVERED] == after[Part.DISCARDED] == 0
    for id in (draft.id, edited.id, answered.id):
        for attachment in desk.reports.get(id).attachments:
            desk.blobs.verify(attachment.sha256, Work())
    desk.blobs.verify(album.sha256, Work())
    for id in (gone.id, both.id, third.id, thrown.id):
        with pytest.raises(NotFound):
            desk.reports.get(id)
    assert {row.id for row in desk.reports.listing(1)} >= {gone.id, both.id, third.id}, "what the team says of them stays readable"


def test_what_waits_stays_whatever_is_cleared(desk: Desk) -> None:
    waiting = desk.queue("waits", log=b"x" * 999)
    clear(desk.db, desk.blobs, CLEARABLE, Work())
    assert sizes(desk)[Part.UNSENT] >= 999
    desk.drain_after()
    assert desk.reports.get(waiting.id).state == Local.DELIVERED


def test_only_what_is_for_clearing_is_cleared(desk: Desk) -> None:
    with pytest.raises(ValueError, match="not for clearing"):
        clear(desk.db, desk.blobs, frozenset({Part.UNSENT}), Work())


def test_builds_can_be_fetched_again_and_the_newest_backup_stays(desk: Desk, tmp_path: Path) -> None:
    builds = tmp_path / "builds"
    builds.mkdir()
    (builds / "boot.img").write_bytes(b"b" * 5000)
    for day in range(3):
        desk.db.backup(desk.db.path.with_name(f"{desk.db.path.name}.day-{day:06}.backup"))
    caches = {"builds": builds}
    before = {use.part: use.count for use in usage(desk.db, desk.blobs, caches=caches)}
    assert (before[Part.CACHE], before[Part.BACKUPS]) == (1, 3)
    assert clear(desk.db, desk.blobs, frozenset({Part.CACHE, Part.BACKUPS}), Work(), caches=caches) > 5000
    after = {use.part: use.count for use in usage(desk.db, desk.blobs, caches=caches)}
    assert (after[Part.CACHE], after[Part.BACKUPS]) == (0, 1)
