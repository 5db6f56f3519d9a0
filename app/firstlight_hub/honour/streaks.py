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

    A rest week belongs to the ISO year of the missed week. Weeks before the first contribution are no rest weeks.
    """
    active = {_monday(day) for day in days if day <= today}
    if not active:
        return Row(0, 0, 0)
    now, week = _monday(today), min(active)
    weeks = longest = 0
    used: Counter[int] = Counter()
    while week <= now:
        if week in active:
            weeks += 1
            longest = max(longest, weeks)
        elif week < now and weeks:
            year = week.isocalendar().year
            used[year] += 1
            if used[year] > REST_WEEKS:
                weeks, used = 0, Counter()
        week += _WEEK
    return Row(weeks, longest, used[today.isocalendar().year] if weeks else 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
