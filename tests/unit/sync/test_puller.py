# SPDX-License-Identifier: Apache-2.0
"""What the feed brings, in every order and with every cut."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub, Net
from firstlight.base.work import Progress, Work
from firstlight.reports.report import Section
from firstlight.sync.news import InboxChanged, OutboxChanged
from firstlight_contract.honour import BadgeView
from firstlight_contract.reports import State


def badge(n: int, progress: int = 0) -> BadgeView:
    return BadgeView(slug=f"badge-{n}", name={"en": f"Badge {n}"}, what_for={"en": "x"}, picture="badge-x", progress=progress, goal=5)


def test_status_comes_back_and_reads_offline(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("Fan stops")
    desk.drain_after()
    desk.pull()
    hub.triage(draft.id, State.SEEN)
    hub.triage(draft.id, State.FIXED)
    assert desk.pull() == 1
    desk.always = Net.DNS
    desk.restart()
    row = desk.reports.listing(1)[0]
    assert (row.section, row.state, row.is_unseen) == (Section.FIXED, "fixed", True)
    desk.inbox.mark_seen(1, "report", [draft.id])
    assert desk.inbox.unseen(1) == {}


def test_many_pages_are_read_a_page_at_a_time_with_progress(desk: Desk, hub: FakeHub) -> None:
    for n in range(950):
        hub.announce("anna", "badge", f"badge-{n}", badge(n))
    said: list[Progress] = []

    class Said(Work):
        def _said(self, progress: Progress) -> None:
            said.append(progress)

    assert desk.puller.pull(Said()).new_items == 950
    assert [p.done for p in said] == [200, 400, 600, 800, 950, 0]
    assert len(desk.inbox.read(1, "badge")) == 950
    assert desk.inbox.unseen(1) == {}, "the first time everything is old news"
    assert desk.pull() == 0


def test_a_cut_between_pages_goes_on_there(desk: Desk, hub: FakeHub) -> None:
    for n in range(500):
        hub.announce("anna", "badge", f"badge-{n}", badge(n))
    desk.net.extend([Net.OK, Net.LOST])
    stopped = desk.puller.pull(Work()).stopped
    assert stopped[1].code == "hub.unreachable"
    assert len(desk.inbox.bodies(1, "badge")) == 200
    assert desk.pull() == 300


@pytest.mark.parametrize("moves", [False, True])
def test_a_feed_that_never_ends_is_left(desk: Desk, hub: FakeHub, monkeypatch: pytest.MonkeyPatch, moves: bool) -> None:
    asked: list[str] = []

    def endless(_subject: str, cursor: str, _limit: int) -> dict[str, object]:
        asked.append(cursor)
        assert len(asked) < 500, "asked for ever"
        return {"items": [], "cursor": f"c{len(asked)}" if moves else "c", "more": True, "left": 1}

    monkeypatch.setattr(hub, "sync", endless)
    assert desk.puller.pull(Work()).stopped[1].code == "hub.mismatch"
    monkeypatch.undo()
    assert desk.puller.pull(Work()).stopped == {}


def test_the_newest_state_wins_and_what_did_not_change_stays_seen(desk: Desk, hub: FakeHub) -> None:
    hub.announce("anna", "badge", "badge-1", badge(1))
    desk.pull()
    hub.announce("anna", "badge", "badge-1", badge(1, progress=2))
    hub.announce("anna", "badge", "badge-2", badge(2))
    assert desk.pull() == 2
    assert {b.slug: b.progress for b in desk.inbox.read(1, "badge")} == {"badge-1": 2, "badge-2": 0}
    assert desk.inbox.unseen(1) == {"badge": 2}
    assert desk.inbox.unseen_keys(1, "badge") == ("badge-1", "badge-2")


def test_what_the_hub_deleted_is_gone(desk: Desk, hub: FakeHub) -> None:
    hub.announce("anna", "badge", "badge-1", badge(1))
    desk.pull()
    hub.announce("anna", "badge", "badge-1", {}, deleted=True)
    desk.pull()
    assert desk.inbox.read(1, "badge") == ()


def test_kinds_and_bodies_of_a_newer_hub_are_kept_and_harm_nothing(desk: Desk, hub: FakeHub) -> None:
    hub.announce("anna", "hologram", "h1", {"colour": "blue"})
    hub.announce("anna", "badge", "odd", {"slug": "odd"})
    hub.announce("anna", "badge", "badge-1", badge(1))
    assert desk.pull() == 3
    assert [b.slug for b in desk.inbox.read(1, "badge")] == ["badge-1"]
    assert desk.inbox.body(1, "hologram", "h1") == {"colour": "blue"}


def test_410_begins_anew_and_meanwhile_everything_stays_readable(desk: Desk, hub: FakeHub) -> None:
    for n in range(300):
        hub.announce("anna", "badge", f"badge-{n}", badge(n))
    desk.pull()
    draft = desk.write("a draft")
    hub.feed = [(s, i) for s, i in hub.feed if i["key"] != "badge-7"]
    hub.gone_before = 10_000
    desk.net.extend([Net.OK, Net.OK, Net.LOST])
    desk.puller.pull(Work())
    assert len(desk.inbox.bodies(1, "badge")) == 300, "half told again, nothing missing"
    hub.gone_before = 0
    desk.pull()
    assert len(desk.inbox.bodies(1, "badge")) == 299
    assert desk.inbox.body(1, "badge", "badge-7") is None
    assert desk.reports.get(draft.id) == draft
    assert desk.inbox.unseen(1) == {}, "old news told again is no news"


def test_a_hub_restored_from_yesterdays_backup_gets_everything_again_once(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("Fan stops", log=b"yes")
    desk.drain_after()
    desk.reports.answer(1, draft.id, "and it is loud")
    desk.drain_after()
    desk.pull()
    hub.reports.clear()
    hub.comments.clear()
    hub.blobs.clear()
    hub.feed.clear()
    desk.pull()
    desk.drain_all()
    assert list(hub.reports) == [draft.id]
    assert [c.text for c in hub.comments.values()] == ["and it is loud"]
    assert list(hub.blobs.values()) == [b"yes"]
    desk.pull()
    assert desk.reports.listing(1)[0].id == draft.id


def test_a_report_of_another_device_is_shown(desk: Desk, hub: FakeHub) -> None:
    other = Desk(desk.folder.parent / "laptop", hub)
    written = other.queue("Weather tile shows yesterday", device_model="A1")
    other.drain_after()
    other.db.close()
    desk.pull()
    row = desk.reports.listing(1)[0]
    assert (row.id, row.elsewhere, row.title, row.local) == (written.id, True, "Weather tile shows yesterday", None)


def test_an_answer_older_than_the_feed_does_not_take_news_back(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue()
    desk.net.append(Net.LOST)
    desk.drain_after()
    stale = hub.view(draft.id)
    hub.triage(draft.id, State.PLANNED)
    desk.pull()
    hub.put_report = lambda *_: stale  # type: ignore[method-assign]
    desk.drain_all()
    assert desk.reports.listing(1)[0].state == "planned"


def test_each_account_has_its_own_feed(desk: Desk, hub: FakeHub) -> None:
    hub.announce("anna", "badge", "badge-1", badge(1))
    hub.announce("bob", "badge", "badge-2", badge(2))
    told: list[Any] = []
    desk.events.subscribe(InboxChanged, told.append)
    desk.pull()
    assert [b["slug"] for b in desk.inbox.bodies(1, "badge")] == ["badge-1"]
    assert [b["slug"] for b in desk.inbox.bodies(2, "badge")] == ["badge-2"]
    assert told == [InboxChanged(1, frozenset({"badge"})), InboxChanged(2, frozenset({"badge"}))]


@pytest.mark.parametrize("harm", [Net.PORTAL, Net.SIGNED_OUT, Net.BROKEN, Net.REFUSED])
def test_whatever_answers_instead_changes_nothing(desk: Desk, hub: FakeHub, harm: Net) -> None:
    hub.announce("anna", "badge", "badge-1", badge(1))
    desk.net.append(harm)
    assert 1 in desk.puller.pull(Work()).stopped
    assert desk.inbox.bodies(1, "badge") == ()
    assert desk.pull() == 1


def test_who_never_asked_for_news_says_again_what_a_hub_put_back_has_lost(desk: Desk, hub: FakeHub) -> None:
    backup = hub.snapshot()
    draft = desk.queue("sent, and never asked")
    desk.drain_after()
    hub.put_back(backup)
    desk.pull()
    desk.drain_all()
    assert list(hub.reports) == [draft.id]


def test_who_asks_for_the_first_time_says_nothing_again_that_the_news_tell_too(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("sent, and never asked")
    desk.drain_after()
    desk.reports.answer(1, draft.id, "and it is loud")
    desk.clock.pass_(11)
    desk.drain_all()
    puts, numbered = hub.requests, desk.reports.listing(1)[0].number
    told: list[Any] = []
    desk.events.subscribe(OutboxChanged, told.append)
    desk.pull()
    assert not told
    assert desk.outbox.waiting(1).acts == 0
    assert desk.reports.listing(1)[0].number == numbered
    desk.drain_all()
    assert hub.requests == puts + 2  # the news of two accounts


def test_who_never_asked_says_again_the_revision_that_a_hub_put_back_has_lost(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue("first words")
    desk.drain_after()
    backup = hub.snapshot()
    desk.reports.edit(draft.id)
    desk.change(desk.reports.get(draft.id), title="better words")
    desk.reports.queue(draft.id, Work())
    desk.drain_after()
    hub.put_back(backup)
    desk.pull()
    desk.drain_all()
    assert hub.reports[draft.id].form.title == "better words"


def test_a_word_about_a_report_that_the_hub_lost_brings_the_report_again_first(desk: Desk, hub: FakeHub) -> None:
    backup = hub.snapshot()
    draft = desk.queue("lost by the hub")
    desk.drain_after()
    hub.put_back(backup)
    desk.reports.answer(1, draft.id, "and it is loud")
    desk.clock.pass_(11)
    desk.drain_all()
    assert list(hub.reports) == [draft.id]
    assert [c.text for c in hub.comments.values()] == ["and it is loud"]


def test_a_word_waits_while_the_report_that_the_hub_lost_is_open_here(desk: Desk, hub: FakeHub) -> None:
    backup = hub.snapshot()
    draft = desk.queue("lost by the hub")
    desk.drain_after()
    desk.reports.edit(draft.id)
    desk.reports.queue(draft.id, Work())
    desk.reports.edit(draft.id)  # a second revision waits, and is open again
    desk.reports.answer(1, draft.id, "and it is loud")
    hub.put_back(backup)
    desk.clock.pass_(11)
    desk.drain_all()
    assert not hub.comments
    desk.change(desk.reports.get(draft.id), title="better words")
    desk.reports.queue(draft.id, Work())
    desk.clock.pass_(11)
    desk.drain_all()
    assert [c.text for c in hub.comments.values()] == ["and it is loud"]
