# SPDX-License-Identifier: Apache-2.0
"""What the sender makes of what happens meanwhile: edits, clocks that are set, stops, other acts, and the news of it all."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from random import Random

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub, Net
from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.reports.report import Local
from firstlight.sync.acts import Acts
from firstlight.sync.backoff import MOST_MS
from firstlight.sync.entry import OpKind
from firstlight.sync.news import InboxChanged, OutboxChanged, Sending
from firstlight.sync.steady import Steady
from firstlight_contract.honour import ActivityPut
from firstlight_contract.reports import State


def state(desk: Desk, id: str) -> Local:
    return desk.reports.get(id).state


def test_edit_while_queued_sends_only_the_newer_words(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("old words")
    desk.clock.pass_(11)
    edited = desk.reports.edit(draft.id)
    assert desk.drain().sent == 0, "held while it is open"
    desk.change(edited, title="new words")
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    assert list(hub.reports[draft.id].contents) == [2]
    assert hub.reports[draft.id].form.title == "new words"


def test_edit_while_in_flight_becomes_the_next_revision(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("old words")

    def edit_meanwhile(news: Sending) -> None:
        if news.op_kind == OpKind.REPORT and draft.id not in hub.reports:
            desk.change(desk.reports.edit(draft.id), title="new words")

    desk.events.subscribe(Sending, edit_meanwhile)
    desk.drain_after()
    assert hub.reports[draft.id].form.title == "old words"
    now = desk.reports.get(draft.id)
    assert (now.state, now.title, now.sent_rev) == (Local.DRAFT, "new words", 1)
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    assert hub.reports[draft.id].form.title == "new words"
    assert list(hub.reports[draft.id].contents) == [1, 2]
    assert state(desk, draft.id) == Local.DELIVERED


def test_requeued_while_in_flight_the_older_answer_confirms_nothing(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("old words")

    def requeue_meanwhile(news: Sending) -> None:
        if news.op_kind == OpKind.REPORT and draft.id not in hub.reports:
            desk.change(desk.reports.edit(draft.id), title="new words")
            desk.reports.queue(draft.id, Work())

    desk.events.subscribe(Sending, requeue_meanwhile)
    desk.drain_after()
    assert state(desk, draft.id) == Local.QUEUED
    desk.drain_after()
    assert hub.reports[draft.id].form.title == "new words"
    assert state(desk, draft.id) == Local.DELIVERED


def test_edit_after_delivery_is_a_revision_and_after_closing_an_answer(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("words")
    desk.drain_after()
    desk.change(desk.reports.edit(draft.id), title="better words")
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    assert hub.reports[draft.id].form.title == "better words"
    hub.triage(draft.id, State.CLOSED)
    desk.change(desk.reports.edit(draft.id), title="one thing more")
    desk.reports.queue(draft.id, Work())
    assert desk.drain_after().parked == 1
    assert desk.reports.get(draft.id).why.facts["reason"] == "conflict"
    desk.reports.as_answer(draft.id)
    assert desk.drain_after().sent == 1
    assert [c.text for c in hub.comments.values()] == ["one thing more"]
    assert state(desk, draft.id) == Local.DELIVERED


@pytest.mark.parametrize("step", [-86_400 * 365 * 20, -86_400, -3_600, 86_400, 86_400 * 365])
def test_order_and_waits_survive_a_clock_that_is_set(desk: Desk, hub: FakeHub, step: float) -> None:
    first = desk.queue("first")
    desk.net.append(Net.BROKEN)
    desk.drain_after()
    second = desk.queue("second")
    desk.clock.pass_(step)
    pause = desk.sender.pause_s()
    assert pause is not None
    began = desk.clock.seconds
    desk.drain()
    desk.drain_all()
    assert desk.clock.seconds - began <= MOST_MS / 1000 + 60
    assert {state(desk, d.id) for d in (first, second)} == {Local.DELIVERED}


def test_cancelling_an_upload_loses_nothing(desk: Desk, hub: FakeHub) -> None:
    desk.queue(log=b"".join(bytes([b]) for b in desk.rng.randbytes(300_000) if b))
    work = Work()
    desk.events.subscribe(Sending, lambda news: work.cancel() if news.done > 100_000 else None)
    desk.clock.pass_(11)
    with pytest.raises(Cancelled):
        desk.sender.drain(work)
    assert desk.reports.listing(1)[0].step.done > 100_000
    assert desk.drain().sent == 1


def test_a_second_draining_at_the_same_time_does_nothing(desk: Desk) -> None:
    desk.queue()
    results = []
    desk.events.subscribe(Sending, lambda _news: results.append(desk.drain()))
    assert desk.drain_after().sent == 1
    assert [r.sent for r in results] == [0]


def test_a_clock_that_is_set_moves_no_wait_of_a_running_program() -> None:
    wall, passed = [1_000_000.0], [50.0]
    steady = Steady(lambda: wall[0], lambda: passed[0])
    wall[0] -= 400 * 86_400
    passed[0] += 30
    assert steady() == 1_000_030
    assert steady.to_wall(1_000_040) == wall[0] + 10


def test_any_room_puts_an_act_and_takes_it_back_within_seconds(desk: Desk, hub: FakeHub) -> None:
    acts = Acts(desk.db, desk.outbox)
    assert acts.offers("activity")
    assert not acts.offers("wish")
    body = ActivityPut(programme="aurora", kind="guide.finished", at=datetime(2026, 11, 21, tzinfo=UTC), facts={"photos": "3"})
    names = [str(uuid.uuid4()) for _n in range(2)]
    for name in names:
        acts.put(1, OpKind.ACTIVITY, name, body)
    assert acts.take_back(1, OpKind.ACTIVITY, names[0])
    desk.drain_after()
    assert not acts.take_back(1, OpKind.ACTIVITY, names[1])
    assert list(hub.activities) == [names[1]]


def test_news_follow_what_was_committed(desk: Desk) -> None:
    desk.queue()
    seen: list[object] = []
    for kind in (OutboxChanged, InboxChanged, Sending):
        desk.events.subscribe(kind, seen.append)
    desk.drain_after()
    assert OutboxChanged(1) in seen
    assert InboxChanged(1, frozenset({"report"})) in seen


def test_a_word_about_a_report_goes_after_the_report(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue()
    desk.drain_after()
    desk.reports.answer(1, draft.id, "one thing more")
    desk.change(desk.reports.edit(draft.id), title="better")
    desk.reports.queue(draft.id, Work())
    desk.net.append(Net.BROKEN)
    desk.drain_after()
    assert not hub.comments
    desk.drain_all()
    assert len(hub.comments) == 1
    assert list(hub.reports[draft.id].contents) == [1, 2]


@pytest.mark.parametrize("harm", list(Net))
def test_there_is_always_a_pause_until_something_can_be_done(desk: Desk, harm: Net) -> None:
    desk.queue(log=b"a log")
    desk.queue("bob's", account=2)
    desk.signed_in = {1: "anna"}
    desk.always = harm
    for _round in range(10):
        desk.drain_after()
        pause = desk.sender.pause_s()
        assert pause is not None
        assert pause > 0


def test_progress_of_a_file_is_told_to_each_report_that_waits_for_it_with_all_its_files(desk: Desk, hub: FakeHub) -> None:
    video = Random(1).randbytes(300_000)
    both = [desk.write(title) for title in ("one", "two")]
    for draft in both:
        desk.reports.attach(draft.id, video, name="fan.mp4", role="file", media="video/mp4", work=Work())
    desk.reports.attach(both[1].id, Random(2).randbytes(100_000), name="more.mp4", role="file", media="video/mp4", work=Work())
    for draft in both:
        for attachment in desk.reports.get(draft.id).attachments:
            desk.reports.set_reviewed(draft.id, attachment.pos)
        desk.reports.queue(draft.id, Work())
    told: list[Sending] = []
    desk.events.subscribe(Sending, told.append)
    desk.drain_after()
    one, two = ([(t.done, t.total) for t in told if t.about == draft.id and t.total] for draft in both)
    assert one[-1] == (300_000, 300_000)
    assert {total for _done, total in two} == {400_000}
    assert [done for done, _total in two] == sorted(done for done, _total in two)
    assert two[-1] == (400_000, 400_000)
