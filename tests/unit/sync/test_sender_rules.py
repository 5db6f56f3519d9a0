# SPDX-License-Identifier: Apache-2.0
"""The tester's rules for the line: metered networks, the pause, the pace; each holds at once, also in the middle of a file."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.base.work import Work
from firstlight.reports.report import Draft, Local
from firstlight.sync.news import Sending
from firstlight.sync.rules import Rules, Throttle


def state(desk: Desk, id: str) -> Local:
    return desk.reports.get(id).state


def big(desk: Desk, title: str = "big", **words: Any) -> Draft:
    """A queued report with a file of six million bytes."""
    draft = desk.write(title)
    attached = desk.reports.attach(
        draft.id, b"\0" + desk.rng.randbytes(6_000_000), name="a.mp4", role="file", media="video/mp4", work=Work()
    )
    desk.reports.set_reviewed(draft.id, attached.pos)
    for name, value in words.items():
        getattr(desk.reports, name)(draft.id, attached.pos, value)
    return desk.reports.queue(draft.id, Work())


def test_on_a_metered_network_big_files_wait_and_nothing_polls(desk: Desk, hub: FakeHub) -> None:
    desk.rules = Rules(is_metered=True)
    big(desk)
    small = desk.queue("small", picture=b"raw")
    assert desk.drain_after().sent == 1
    assert list(hub.reports) == [small.id]
    assert desk.outbox.waiting(1).kept_back == 1
    assert desk.sender.pause_s() is None, "nobody need look again before the network changes"
    desk.rules = Rules()
    assert desk.drain().sent == 1, "on a free network it goes"


def test_a_file_may_go_anyway_and_another_wait_however_small(desk: Desk, hub: FakeHub) -> None:
    desk.rules = Rules(is_metered=True)
    anyway = big(desk, set_travel="anyway")
    later = big(desk, "later")
    draft = desk.write("shy", picture=b"raw")
    desk.reports.set_travel(draft.id, draft.attachments[0].pos, "free")
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    assert list(hub.reports) == [anyway.id]
    desk.reports.send_anyway(later.id)
    desk.drain()
    assert list(hub.reports) == [anyway.id, later.id]
    desk.rules = Rules()
    desk.drain()
    assert draft.id in hub.reports


@pytest.mark.parametrize("rules", [Rules(is_metered=True), Rules(is_paused=True)], ids=["metered", "paused"])
def test_a_rule_that_comes_in_the_middle_of_a_file_stops_it_there_and_it_goes_on_there(desk: Desk, hub: FakeHub, rules: Rules) -> None:
    draft = big(desk)

    def now(news: Sending) -> None:
        if news.done > 1_000_000:
            desk.rules = rules

    stop = desk.events.subscribe(Sending, now)
    assert desk.drain_after().sent == 0
    stop()
    sent = hub.bytes_up
    assert 1_000_000 < sent < 2_000_000
    row = desk.reports.row(1, draft.id)
    assert row is not None
    assert row.step.done >= 1_000_000
    assert row.step.attempts == 0
    desk.rules = Rules()
    assert desk.drain().sent == 1
    assert hub.bytes_up < 6_500_000, "nothing was sent twice"


def test_while_paused_nothing_goes_and_nothing_is_asked(desk: Desk, hub: FakeHub) -> None:
    desk.queue()
    desk.rules = Rules(is_paused=True)
    assert desk.drain_after(3600).sent == 0
    assert (hub.requests, desk.sender.pause_s(), desk.outbox.waiting(1).is_paused) == (0, None, True)
    desk.rules = Rules()
    assert desk.drain().sent == 1


def test_sending_keeps_the_pace_that_the_tester_set() -> None:
    now = [0.0]

    class Watching(Work):
        def wait(self, seconds: float) -> None:
            now[0] += seconds

    throttle = Throttle(lambda: now[0])
    for _piece in range(100):
        throttle.let(65_536, 1_000_000, Watching())
    assert 5.5 <= now[0] <= 7.0
    throttle.let(1 << 30, 0, Watching())
    assert now[0] <= 7.0
