# SPDX-License-Identifier: Apache-2.0
"""This week, built offline from what the hub told."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.community.week import NewsKind, TaskKind, Week, week_of
from firstlight_contract.firmware import Release
from firstlight_contract.reports import State

FRIDAY = datetime(2026, 11, 20, 18, tzinfo=UTC)


def release(version: str, at: datetime) -> Release:
    return Release(
        id=uuid.uuid5(uuid.NAMESPACE_URL, version),
        programme="aurora",
        device="a1",
        device_name="Aurora A1",
        version=version,
        from_version="",
        week="2026-W47",
        published_at=at,
        keeps_data=True,
        minutes=9,
        guide="a1-weekly",
        files=(),
        changes=(),
    )


@pytest.mark.parametrize("day", [20, 21, 24, 26])
def test_a_week_goes_from_friday_to_thursday(day: int) -> None:
    assert week_of(date(2026, 11, day)) == date(2026, 11, 20)
    assert week_of(date(2026, 11, 27)) == date(2026, 11, 27)


def test_the_newest_build_and_what_is_done_of_the_week(desk: Desk, hub: FakeHub) -> None:
    desk.clock.seconds = (FRIDAY + timedelta(days=1)).timestamp()
    installed: set[str] = set()
    week = Week(desk.db, desk.inbox, now=desk.clock, installed=lambda: frozenset(installed))
    empty = week.this_week(1)
    assert (empty.release, empty.tasks, empty.news) == (None, (), ())
    for one in (release("26.47", FRIDAY), release("26.46", FRIDAY - timedelta(days=7))):
        hub.announce("anna", "release", str(one.id), one)
    desk.pull()
    now = week.this_week(1)
    assert now.release is not None
    assert now.release.version == "26.47"
    assert [r.version for r in now.releases] == ["26.47", "26.46"]
    assert (now.number, now.first, now.last) == (47, date(2026, 11, 20), date(2026, 11, 26))
    assert [t.is_done for t in now.tasks] == [False, False, False]
    week.read_changes(1, now.release)
    installed.add("26.47")
    desk.queue()
    desk.drain_after()
    desk.restart()
    again = Week(desk.db, desk.inbox, now=desk.clock, installed=lambda: frozenset(installed)).this_week(1)
    assert {t.kind for t in again.tasks if t.is_done} == {TaskKind.READ, TaskKind.FLASH, TaskKind.REPORT}
    assert (again.done, again.sent_today) == (3, 1)


def test_fixes_and_questions_come_back_from_the_team(desk: Desk, hub: FakeHub) -> None:
    week = Week(desk.db, desk.inbox, now=desk.clock, installed=frozenset)
    fixed, asked, planned, quiet = (desk.queue(name) for name in ("fixed", "asked", "planned", "quiet"))
    desk.drain_after()
    hub.triage(planned.id, State.PLANNED)
    hub.triage(fixed.id, State.FIXED)
    hub.ask(asked.id, "Which car kit is it?")
    desk.pull()
    news = week.this_week(1).news
    assert [(n.kind, n.report.title) for n in news] == [
        (NewsKind.QUESTION, "asked"),
        (NewsKind.FIXED, "fixed"),
        (NewsKind.MOVED, "planned"),
    ]
    assert (news[0].question, news[0].by) == ("Which car kit is it?", "ines")
    assert str(quiet.id) not in {str(n.report.id) for n in news}
    desk.reports.answer(1, asked.id, "A Volvo")
    assert week.this_week(1).news[0].kind == NewsKind.FIXED
    desk.drain_after()
    assert week.this_week(1).news[0].kind == NewsKind.FIXED
