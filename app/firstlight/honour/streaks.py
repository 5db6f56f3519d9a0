# SPDX-License-Identifier: Apache-2.0
"""Figures of the heatmap (pure): contributions by day, and which weeks rested.

The hub counts the row (`HonourView.weeks_in_row`); these figures only say which empty weeks it bridged, by the same rule:
a week without contributions inside the row that goes on now, at most eight in a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Protocol

REST_WEEKS = 8
_WEEK = timedelta(weeks=1)


class Day(Protocol):
    """An ActivityDay of the contract."""

    @property
    def day(self) -> str:
        """ISO 8601."""

    @property
    def n(self) -> int:
        """Contributions."""


def by_day(days: Iterable[Day]) -> dict[date, int]:
    """Contributions by day; days with none are left out."""
    return {date.fromisoformat(day.day): day.n for day in days if day.n}


def rest_weeks(counts: Mapping[date, int], today: date) -> frozenset[date]:
    """The Mondays of the weeks that rested within the row that goes on now. This week is never missed yet."""
    active = {monday(day) for day, n in counts.items() if n and day <= today}
    if not active:
        return frozenset()
    week, now = min(active), monday(today)
    resting: set[date] = set()
    used: dict[int, int] = {}
    has_row = False
    while week < now:
        if week in active:
            has_row = True
        elif has_row:
            year = week.isocalendar().year
            used[year] = used.get(year, 0) + 1
            resting.add(week)
            if used[year] > REST_WEEKS:
                resting, used, has_row = set(), {}, False
        week += _WEEK
    return frozenset(resting)


def monday(day: date) -> date:
    """The first day of the week of `day`."""
    return day - timedelta(days=day.weekday())
