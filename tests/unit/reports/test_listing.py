# SPDX-License-Identifier: Apache-2.0
"""The list: sections, windows, and what the team asked."""

from __future__ import annotations

from fakes.desk import Desk
from fakes.hub import FakeHub, Net
from firstlight.base.work import Work
from firstlight.reports.report import Counts, Section
from firstlight_contract.reports import State


def shown(desk: Desk) -> list[tuple[str, str]]:
    return [(row.section.value, row.title) for row in desk.reports.listing(1)]


def full(desk: Desk, hub: FakeHub) -> None:
    """Something in every section."""
    fixed, asked, seen = desk.queue("fixed one"), desk.queue("asked one"), desk.queue("seen one")
    desk.drain_after()
    hub.triage(seen.id, State.SEEN)
    hub.triage(fixed.id, State.FIXED)
    hub.ask(asked.id, "Which car kit?")
    desk.pull()
    refused = desk.queue("refused one", log=b"a")
    hub.largest = 0
    desk.drain_after()
    hub.largest = 1 << 30
    assert desk.reports.get(refused.id).state == "needs_you"
    desk.write("draft one")
    desk.queue("first in line")
    desk.queue("second in line", picture=b"raw")


def test_everything_stands_in_its_section_in_order(desk: Desk, hub: FakeHub) -> None:
    full(desk, hub)
    assert shown(desk) == [
        ("draft", "draft one"),
        ("outbox", "first in line"),
        ("outbox", "second in line"),
        ("needs_you", "refused one"),
        ("needs_you", "asked one"),
        ("team", "seen one"),
        ("fixed", "fixed one"),
    ]
    assert desk.reports.counts(1) == Counts(drafts=1, outbox=2, needs_you=2, team=1, fixed=1, refused=1)
    assert desk.reports.counts(1).all == 7
    rows = desk.reports.listing(1)
    assert [r.step.place for r in rows[1:3]] == [1, 2]
    assert rows[3].why.code == "hub.refused"
    assert (rows[4].question, rows[4].asked_by) == ("Which car kit?", "ines")
    assert desk.reports.listing(2) == ()


def test_every_window_of_the_list_is_a_piece_of_the_whole(desk: Desk, hub: FakeHub) -> None:
    full(desk, hub)
    whole = desk.reports.listing(1)
    for offset in range(len(whole) + 1):
        for limit in range(1, len(whole) + 2):
            assert desk.reports.listing(1, limit=limit, offset=offset) == whole[offset : offset + limit]
    assert desk.reports.listing(1, section=Section.NEEDS_YOU, limit=1, offset=1) == whole[4:5]
    for row in whole:
        assert desk.reports.row(1, row.id) == row


def test_an_answered_question_is_with_the_team_at_once_and_stays_there(desk: Desk, hub: FakeHub) -> None:
    draft = desk.queue()
    desk.drain_after()
    hub.ask(draft.id, "Which car kit?")
    desk.pull()
    assert desk.reports.listing(1)[0].section == Section.NEEDS_YOU
    desk.reports.answer(1, draft.id, "A Volvo")
    row = desk.reports.listing(1)[0]
    assert (row.section, row.answer_waits) == (Section.TEAM, True)
    desk.drain_after()
    assert desk.reports.listing(1)[0].section == Section.TEAM, "sent, but the feed has not said so yet"
    hub.ask(draft.id, "And which year?")
    desk.pull()
    row = desk.reports.listing(1)[0]
    assert (row.section, row.question) == (Section.NEEDS_YOU, "And which year?")


def test_a_delivered_report_that_is_edited_is_shown_once(desk: Desk) -> None:
    draft = desk.queue()
    desk.drain_after()
    desk.reports.edit(draft.id)
    assert shown(desk) == [("draft", "Fan stops")]
    desk.reports.queue(draft.id, Work())
    assert shown(desk) == [("outbox", "Fan stops")]
    desk.drain_after()
    assert shown(desk) == [("team", "Fan stops")]


def test_a_failing_report_says_why_and_when_it_tries_again(desk: Desk) -> None:
    draft = desk.queue()
    desk.net.append(Net.BROKEN)
    desk.drain_after()
    row = desk.reports.row(1, draft.id)
    assert row is not None
    assert row.why.code == "hub.busy"
    assert row.step.attempts == 1
    assert row.step.not_before > desk.clock.seconds
    assert not row.step.can_take_back
