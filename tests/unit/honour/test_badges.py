# SPDX-License-Identifier: Apache-2.0
"""Badges and standing, read offline from what the hub told."""

from __future__ import annotations

from datetime import UTC, datetime

from fakes.desk import Desk
from fakes.hub import FakeHub
from firstlight.honour.badges import Honour
from firstlight_contract.honour import BadgeView, HonourView


def badge(slug: str, order: int, earned: datetime | None = None) -> BadgeView:
    return BadgeView(slug=slug, name={"en": slug}, what_for={"en": "x"}, picture=slug, progress=1, goal=5, earned_at=earned, order=order)


def test_earned_ones_come_first_by_when_then_the_programmes_order(desk: Desk, hub: FakeHub) -> None:
    honour = Honour(desk.db, desk.inbox)
    for b in (
        badge("c", 3),
        badge("b", 2, datetime(2026, 2, 1, tzinfo=UTC)),
        badge("a", 1),
        badge("d", 4, datetime(2026, 1, 1, tzinfo=UTC)),
    ):
        hub.announce("anna", "badge", b.slug, b)
    desk.pull()
    assert [b.slug for b in honour.badges(1)] == ["d", "b", "a", "c"]
    assert honour.newly_earned(1) == ()


def test_a_badge_that_was_earned_meanwhile_is_new_until_it_was_looked_at(desk: Desk, hub: FakeHub) -> None:
    honour = Honour(desk.db, desk.inbox)
    hub.announce("anna", "badge", "a", badge("a", 1))
    desk.pull()
    hub.announce("anna", "badge", "a", badge("a", 1, datetime(2026, 11, 21, tzinfo=UTC)))
    desk.pull()
    desk.restart()
    honour = Honour(desk.db, desk.inbox)
    assert [b.slug for b in honour.newly_earned(1)] == ["a"]
    honour.looked_at(1)
    assert honour.newly_earned(1) == ()


def test_sums_and_standing(desk: Desk, hub: FakeHub) -> None:
    honour = Honour(desk.db, desk.inbox)
    assert honour.sums(1) is None
    view = HonourView(
        builds=38,
        reports=47,
        fixes=23,
        routers=1,
        guides=2,
        weeks_in_row=9,
        longest_row=11,
        rest_weeks_used=1,
        days=(),
        number=42,
        since=datetime(2026, 1, 9, tzinfo=UTC),
        display_name="anna",
    )
    hub.announce("anna", "honour", "anna", view)
    desk.pull()
    assert honour.sums(1) == view
    standing = honour.standing(1)
    assert standing is not None
    assert (standing.name, standing.number, standing.programme) == ("anna", 42, "Aurora Testers")
    assert honour.standing(99) is None
