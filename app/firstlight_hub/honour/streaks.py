# SPDX-License-Identifier: Apache-2.0
"""Weeks in a row, and the rest weeks that keep a row: eight a year, taken by themselves. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

REST_WEEKS = 8
_WEEK = timedelta(days=7)


class Row(NamedTuple):
    """`weeks` of the row that goes on now, `longest` ever, and the rest weeks `used` this year by the row that goes on."""

    weeks: int
    longest: int
    used: int


def row(days: Iterable[date], today: date) -> Row:
    """The tester's rows. A rest week counts no week and ends no row; the week that goes on now is never missed yet.

    A row is any stretch of weeks with at most eight missed in each ISO year: the longest such stretch that reaches today is the
    row that goes on. So one week more can never shorten a row, which counting from the first week on would do.
    """
    active = {_monday(day) for day in days if day <= today}
    if not active:
        return Row(0, 0, 0)
    now, start, week = _monday(today), min(active), min(active)
    weeks = longest = 0
    missed: Counter[int] = Counter()
    while week <= now:
        if week in active:
            weeks += 1
        elif week < now:
            missed[_year(week)] += 1
        # The stretch begins with a week that counts, and has no year with too many that do not.
        while start <= week and (start not in active or missed[_year(week)] > REST_WEEKS):
            if start in active:
                weeks -= 1
            elif start < now:
                missed[_year(start)] -= 1
            start += _WEEK
        longest = max(longest, weeks)
        week += _WEEK
    return Row(weeks, longest, missed[_year(today)])


def _year(day: date) -> int:
    return day.isocalendar().year


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
