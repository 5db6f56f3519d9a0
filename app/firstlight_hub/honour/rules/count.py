# SPDX-License-Identifier: Apache-2.0
"""`{"kind": "report.confirmed", "count": 10, "detail"?: "log"}`: so many times."""

from __future__ import annotations

from typing import Any

from firstlight_hub.honour.history import History, Progress


def progress(rule: dict[str, Any], history: History) -> Progress:
    """How many times, of how many."""
    return Progress(sum(day.n for day in history.of(rule["kind"], rule.get("detail", ""))), int(rule["count"]))
