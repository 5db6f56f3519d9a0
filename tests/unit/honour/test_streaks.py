# SPDX-License-Identifier: Apache-2.0
"""Which empty weeks rested."""

from __future__ import annotations

from datetime import date, timedelta

from firstlight.honour.streaks import by_day, monday, rest_weeks
from firstlight_contract.honour import ActivityDay

TODAY = date(2026, 11, 20)


def weeks_ago(*numbers: int) -> dict[date, int]:
    return {TODAY - timedelta(weeks=n): 1 for n in numbers}


def test_an_empty_week_inside_the_row_rested() -> None:
    assert rest_weeks(weeks_ago(0, 1, 3), TODAY) == {monday(TODAY - timedelta(weeks=2))}


def test_this_week_is_never_missed_yet() -> None:
    assert rest_weeks(weeks_ago(1, 2), TODAY) == frozenset()


def test_weeks_before_the_first_contribution_did_not_rest() -> None:
    assert rest_weeks({}, TODAY) == frozenset()
    assert rest_weeks(weeks_ago(0), TODAY) == frozenset()


def test_more_empty_weeks_than_a_year_has_begin_a_new_row() -> None:
    assert len(rest_weeks(weeks_ago(0, 9), TODAY)) == 8
    assert rest_weeks(weeks_ago(0, 10), TODAY) == frozenset()


def test_days_without_contributions_are_left_out() -> None:
    days = (ActivityDay(day="2026-11-20", n=3), ActivityDay(day="2026-11-19", n=0))
    assert by_day(days) == {date(2026, 11, 20): 3}
