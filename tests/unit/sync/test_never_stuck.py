# SPDX-License-Identifier: Apache-2.0
"""Nothing of the line stays in a state that nobody leaves, and no answer of a hub stops the line or the news for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base.work import Work
from firstlight.hublink.errors import ContractMismatch, Refused
from firstlight.reports import timeline
from firstlight.reports.report import Local
from firstlight.sync.inbox import learn
from firstlight.sync.page import AnyPage
from firstlight_contract.problem import Code, Problem


def refuse_files(*_args: Any, **_named: Any) -> None:
    raise Refused(Problem(code=Code.TOO_LARGE, status=413))


def with_log(desk: Desk, title: str) -> str:
    return desk.write(title, log=b"the same lines").id


def blob_states(desk: Desk) -> list[str]:
    with desk.db.read() as tx:
        return [row["state"] for row in tx.execute("SELECT state FROM op WHERE kind = 'blob'")]


def test_a_report_that_was_put_aside_while_its_file_was_refused_is_not_forgotten(desk: Desk, hub: FakeHub) -> None:
    """Two reports share a file. One is thrown away, the hub refuses the file, and the one comes back: it has to go, or to say why not."""
    first, second = with_log(desk, "first"), with_log(desk, "second")
    desk.reports.queue(first, Work())
    desk.reports.queue(second, Work())
    desk.reports.discard(first)
    means = desk.sender._means
    desk.sender._means = type(means)(**(vars(means) | {"upload": refuse_files}))
    desk.drain_after()
    assert blob_states(desk) == ["parked"]
    assert desk.reports.get(second).state == Local.NEEDS_YOU
    assert desk.reports.restore(first).state == Local.QUEUED
    desk.sender.wake(1)
    desk.clock.pass_(60)
    desk.drain_all(rounds=20)
    assert desk.reports.get(first).state == Local.NEEDS_YOU, "it would wait for ever, and nobody would be told"
    desk.sender._means = means
    desk.reports.send_again(first)
    desk.drain_all(rounds=20)
    assert desk.reports.get(first).state == Local.DELIVERED
    assert first in hub.reports


def test_a_file_that_cannot_be_opened_keeps_nothing_else_back(desk: Desk, hub: FakeHub) -> None:
    """As after a start with another user's rights: the file is there, and the system lets nobody read it."""
    broken, sound = desk.queue("broken", log=b"lines"), desk.queue("sound")
    means = desk.sender._means

    def upload(*_args: Any, path: Path, **_named: Any) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    desk.sender._means = type(means)(**(vars(means) | {"upload": upload}))
    desk.drain_after()
    assert desk.reports.get(broken.id).state == Local.NEEDS_YOU
    assert desk.reports.get(broken.id).why.code == "store.blob_missing"
    assert sound.id in hub.reports


def test_an_answer_about_something_else_confirms_nothing(desk: Desk, hub: FakeHub) -> None:
    """A proxy that mixes two answers up: the hub has not heard of the second report."""
    first = desk.queue("first")
    desk.drain_after()
    second = desk.queue("second")
    client = desk.client(1)
    put, answers = client.call, [hub.view(first.id)]
    client.call = lambda *args, **named: answers.pop() if answers else put(*args, **named)
    means = desk.sender._means
    desk.sender._means = type(means)(**(vars(means) | {"client_for": lambda _account: client}))
    desk.drain_after()
    assert not answers
    assert desk.reports.get(second.id).state == Local.QUEUED
    desk.drain_all(rounds=5)
    assert second.id in hub.reports
    assert desk.reports.get(second.id).state == Local.DELIVERED


class SamePage:
    """Something between that answers every question with the same page."""

    skew_ms = None

    def __init__(self) -> None:
        self.asked = 0

    def call(self, *_args: Any, **_named: Any) -> AnyPage:
        self.asked += 1
        assert self.asked < 20, "asked for ever"
        item = {"seq": 1, "kind": "badge", "key": "aurora/x", "at": "2026-11-22T12:00:00Z", "body": {"slug": "x"}}
        return AnyPage.model_validate({"items": [item], "cursor": "one", "more": True})


def test_a_page_that_leads_to_itself_is_not_asked_for_ever(desk: Desk) -> None:
    client = SamePage()
    desk.puller._client_for = lambda account: client if account == 1 else None
    stopped = desk.puller.pull(Work()).stopped
    assert isinstance(stopped[1], ContractMismatch)


@pytest.fixture(params=["yesterday", 5, None, ["2026"], "0001-01-01T00:00:00+23:59", "2026-11-22T12:00:00"])
def odd_time(request: pytest.FixtureRequest) -> Iterator[Any]:
    return request.param


def test_a_report_with_a_time_that_is_none_neither_stops_the_news_nor_its_page(desk: Desk, odd_time: Any) -> None:
    body = {"title": "x", "state": "seen", "number": "FL-1", "changed_at": odd_time, "received_at": odd_time}
    with desk.db.write() as tx:
        learn(tx, 1, "report", "r1", body, seq=3)
        learn(tx, 1, "comment", "c1", {"report": "r1", "text": "hm", "at": odd_time}, seq=4)
        learn(tx, 1, "report", "r1", body | {"changed_at": "2026-11-22T12:00:00Z", "state": "fixed"})
    assert [row.number for row in desk.reports.listing(1)] == ["FL-1"]
    with desk.db.read() as tx:
        assert {event.moment.value for event in timeline.of(tx, 1, "r1")} >= {"arrived", "said"}
