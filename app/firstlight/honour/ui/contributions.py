# SPDX-License-Identifier: Apache-2.0
"""Sums and days of a tester as the pages show them: what the hub counted, and which weeks of it rested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from firstlight.honour import streaks
from firstlight.honour.badges import Honour
from firstlight.kit.heatmap import Days
from firstlight_contract.honour import HonourView


def contributions(honour: Honour, account_id: int, now: Callable[[], datetime]) -> tuple[HonourView, Days] | None:
    """The sums, and the days for a heatmap; None until the hub has told them. Blocks for a read of the store."""
    sums = honour.sums(account_id)
    if sums is None:
        return None
    today = now().astimezone().date()
    counts = streaks.by_day(sums.days)
    return sums, Days(today, counts, streaks.rest_weeks(counts, today))
