# SPDX-License-Identifier: Apache-2.0
"""The hub in memory that the core's tests stand on answers as the real one does."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fakes import hub as fake
from faults.sync.conftest import RealHub
from firstlight.base.work import Work
from firstlight.hublink import uploads
from firstlight.hublink.errors import Refused
from firstlight.sync.page import ANY_KIND
from firstlight_contract.reports import PUT_COMMENT, PUT_REPORT, AttachmentPut, CommentPut, ReportPut, Role

NAMES = {"anna": "bob", "bob": "dora", "carol": "carol"}
"""Names at the fake hub, and who they are at the real one."""


class Side:
    """One of the two hubs."""

    def __init__(self, client: Callable[[str], Any], upload: Callable[..., None]) -> None:
        self.client = client
        self.upload = upload


@pytest.fixture(params=["fake", "real"])
def side(request: pytest.FixtureRequest) -> Side:
    if request.param == "fake":
        return Side(fake.FakeHub().client, fake.upload)
    real: RealHub = request.getfixturevalue("real_hub")
    return Side(lambda name: real.client(NAMES[name]), uploads.upload)


def form(rev: int = 1, title: str = "Fan stops", **more: Any) -> ReportPut:
    return ReportPut(programme="aurora", rev=rev, title=title, captured_at=datetime(2026, 11, 21, tzinfo=UTC), **more)


def refused(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as found:
        call()
    return found.value


def test_a_report_is_kept_once_with_its_highest_revision(side: Side) -> None:
    anna, name = side.client("anna"), uuid.uuid4()
    first = anna.call(PUT_REPORT, form(), id=name)
    assert anna.call(PUT_REPORT, form(), id=name) == first
    third = anna.call(PUT_REPORT, form(3, "better"), id=name)
    assert (third.rev, third.title, third.number, third.state) == (3, "better", first.number, "new")
    assert anna.call(PUT_REPORT, form(2, "late"), id=name).title == "better"


def test_strangers_and_other_testers_are_refused(side: Side) -> None:
    name = uuid.uuid4()
    side.client("anna").call(PUT_REPORT, form(), id=name)
    assert refused(lambda: side.client("bob").call(PUT_REPORT, form(2), id=name)).status == 404
    assert refused(lambda: side.client("carol").call(PUT_REPORT, form(), id=uuid.uuid4())).status in (403, 404)


def test_missing_files_are_named_and_may_come_later_and_once(side: Side, tmp_path: Path) -> None:
    anna, name = side.client("anna"), uuid.uuid4()
    data = uuid.uuid4().bytes * 10_000
    path, sha256 = tmp_path / "log", hashlib.sha256(data).hexdigest()
    path.write_bytes(data)
    with_file = form(attachments=(AttachmentPut(sha256=sha256, name="log", size=len(data), media="text/plain", role=Role.LOG),))
    missing = refused(lambda: anna.call(PUT_REPORT, with_file, id=name))
    assert (missing.status, missing.missing) == (424, (sha256,))
    for _twice in range(2):
        side.upload(anna, path=path, sha256=sha256, size=len(data), name="log", media="text/plain", work=Work())
    assert anna.call(PUT_REPORT, with_file, id=name).attachments == 1


def test_a_word_is_kept_once_and_only_about_an_own_report(side: Side) -> None:
    anna, name, word = side.client("anna"), uuid.uuid4(), uuid.uuid4()
    said = CommentPut(report=name, text="it is loud", verdict="still")
    assert refused(lambda: anna.call(PUT_COMMENT, said, id=word)).status == 404
    anna.call(PUT_REPORT, form(), id=name)
    first = anna.call(PUT_COMMENT, said, id=word)
    assert anna.call(PUT_COMMENT, said, id=word) == first
    assert (first.staff, first.asks, first.text, first.verdict) == (False, False, "it is loud", "still")
    assert refused(lambda: side.client("bob").call(PUT_COMMENT, said, id=uuid.uuid4())).status == 404
    assert refused(lambda: anna.call(PUT_COMMENT, CommentPut(report=name), id=uuid.uuid4())).status == 422


def test_the_feed_brings_the_newest_state_of_each_thing_in_pages(side: Side) -> None:
    anna, names = side.client("anna"), [uuid.uuid4() for _n in range(5)]
    start = anna.call(ANY_KIND, query={"cursor": "", "limit": 200}).cursor
    for name in names:
        anna.call(PUT_REPORT, form(), id=name)
    anna.call(PUT_REPORT, form(2, "better"), id=names[0])
    cursor, brought, more = start, [], True
    while more:
        page = anna.call(ANY_KIND, query={"cursor": cursor, "limit": 2})
        cursor, more = page.cursor, page.more
        assert len(page.items) <= 2
        brought += [item for item in page.items if item.kind == "report"]
    assert [item.key for item in brought] == [str(name) for name in (*names[1:], names[0])]
    assert brought[-1].body["title"] == "better"
    assert [item.seq for item in brought] == sorted(item.seq for item in brought)
    again = anna.call(ANY_KIND, query={"cursor": cursor, "limit": 2})
    assert (again.items, again.more) == ((), False)
    assert not [i for i in side.client("bob").call(ANY_KIND, query={"cursor": "", "limit": 200}).items if i.key == str(names[0])]
