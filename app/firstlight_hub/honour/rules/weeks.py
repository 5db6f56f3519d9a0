# SPDX-License-Identifier: Apache-2.0
"""`{"kind": "*", "weeks": 12}`: so many weeks in a row, rest weeks keeping the row. What was reached once stays reached."""

from __future__ import annotations

from typing import Any

from firstlight_hub.honour.history import History, Progress
from firstlight_hub.honour.streaks import row


def progress(rule: dict[str, Any], history: History) -> Progress:
    """The row that goes on now, or the goal once the longest row has reached it."""
    goal = int(rule["weeks"])
    rows = row((day.day for day in history.of(rule["kind"])), history.today)
    return Progress(goal if rows.longest >= goal else rows.weeks, goal)
