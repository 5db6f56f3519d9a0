# SPDX-License-Identifier: Apache-2.0
"""Badge rules and rows of weeks, on histories made by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstlight_hub.honour.history import Day, History, Progress
from firstlight_hub.honour.rules.table import RULES, mistakes, progress
from firstlight_hub.honour.standard import BADGES
from firstlight_hub.honour.streaks import Row, row

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 16)


def history(*days: tuple[int, str, str, int], rolls: tuple[str, ...] = ()) -> History:
    """Days as (days ago, kind, detail, times)."""
    return History(TODAY, tuple(Day(TODAY - timedelta(days=ago), kind, detail, n) for ago, kind, detail, n in days), rolls)


def weeks_ago(*ago: int) -> list[date]:
    return [MONDAY - timedelta(weeks=n) for n in ago]


@pytest.mark.parametrize(
    ("rule", "done", "goal"),
    [
        ({"kind": "report.confirmed", "count": 3}, 2, 3),
        ({"kind": "report.confirmed", "detail": "log", "count": 3}, 1, 3),
        ({"kind": "build.installed", "count": 2}, 2, 2),
        ({"kind": "build.installed", "distinct": 5}, 2, 5),
        ({"kind": "build.installed", "weeks": 12}, 2, 12),
        ({"kind": "*", "weeks": 12}, 2, 12),
        ({"roll": "first-hundred"}, 1, 1),
        ({"roll": "other"}, 0, 1),
        ({"manual": True}, 0, 1),
    ],
)
def test_each_kind_of_rule_says_how_far(rule: dict[str, Any], done: int, goal: int) -> None:
    lived = history(
        (1, "report.confirmed", "log,picture", 1),
        (2, "report.confirmed", "picture", 1),
        (3, "build.installed", "26.47", 2),
        (9, "build.installed", "26.46", 1),
        rolls=("first-hundred",),
    )
    assert not mistakes(rule)
    assert progress(rule, lived) == Progress(done, goal)


def test_what_the_team_does_fills_no_week() -> None:
    assert progress({"kind": "*", "weeks": 3}, history((1, "report.fixed", "26.47", 4))) == Progress(0, 3)


def test_a_row_that_was_reached_once_stays_reached() -> None:
    long_ago = history(*((7 * week, "build.installed", "x", 1) for week in range(60, 72)))
    assert progress({"kind": "build.installed", "weeks": 12}, long_ago) == Progress(12, 12)


@pytest.mark.parametrize(
    ("active", "expected"),
    [
        ([], Row(0, 0, 0)),
        ([0], Row(1, 1, 0)),
        ([1], Row(1, 1, 0)),
        ([0, 1, 2], Row(3, 3, 0)),
        ([0, 2], Row(2, 2, 1)),
        ([0, 9], Row(2, 2, 8)),
        ([0, 10], Row(1, 1, 0)),
        ([10, 11, 12], Row(0, 3, 0)),
        ([9, 10], Row(2, 2, 8)),
        ([0, 1, 20, 21, 22], Row(2, 3, 0)),
    ],
)
def test_rest_weeks_keep_a_row_and_the_ninth_missed_week_ends_it(active: list[int], expected: Row) -> None:
    assert row(weeks_ago(*active), TODAY) == expected


def test_each_year_has_rest_weeks_of_its_own() -> None:
    # Eight missed in 2025, eight in 2026: the row goes on; eight of this year are used.
    start = date(2025, 10, 27)
    assert row([start, start + timedelta(weeks=17)], start + timedelta(weeks=17)) == Row(2, 2, 8)
    assert row([start, start + timedelta(weeks=18)], start + timedelta(weeks=18)).weeks == 1


@given(st.sets(st.integers(0, 200)), st.integers(0, 200))
def test_one_more_week_never_shortens_a_row(ago: set[int], more: int) -> None:
    before, after = row(weeks_ago(*ago), TODAY), row(weeks_ago(*ago, more), TODAY)
    assert after.longest >= before.longest
    assert 0 <= after.used <= 8
    assert after.weeks <= after.longest


@pytest.mark.parametrize(
    "rule",
    [
        None,
        [],
        {},
        {"kind": "report.sent"},
        {"kind": "report.sent", "count": 0},
        {"kind": "report.sent", "count": True},
        {"kind": "report.sent", "count": "3"},
        {"kind": "report.sent", "count": 10**9},
        {"kind": "rumour", "count": 1},
        {"kind": "*", "count": 1},
        {"kind": "report.sent", "count": 1, "weeks": 2},
        {"kind": "report.sent", "count": 1, "sql": "select 1"},
        {"kind": "report.sent", "count": 1, "detail": 3},
        {"roll": ""},
        {"roll": "x", "kind": "report.sent"},
        {"manual": False},
    ],
)
def test_a_rule_that_is_none_is_refused_with_a_reason(rule: object) -> None:
    assert mistakes(rule)


def test_every_standard_badge_has_a_rule_words_in_both_languages_and_a_picture(request: pytest.FixtureRequest) -> None:
    art = request.config.rootpath / "resources" / "images" / "badges"
    used = set()
    for badge in BADGES:
        assert not mistakes(badge.rule), badge.slug
        assert set(badge.name) == set(badge.what_for) == {"en", "zh_CN"}
        assert (art / f"badge-{badge.slug}.svg").is_file(), badge.slug
        used |= set(RULES) & set(badge.rule)
    assert len({badge.slug for badge in BADGES}) == len(BADGES)
    assert used >= {"count", "weeks", "roll", "manual"}
