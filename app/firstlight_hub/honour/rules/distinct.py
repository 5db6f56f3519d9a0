# SPDX-License-Identifier: Apache-2.0
"""`{"kind": "build.installed", "distinct": 20}`: so many different ones; the same build twice counts once."""

from __future__ import annotations

from typing import Any

from firstlight_hub.honour.history import History, Progress


def progress(rule: dict[str, Any], history: History) -> Progress:
    """How many different details, of how many."""
    return Progress(len({day.detail for day in history.of(rule["kind"]) if day.detail}), int(rule["distinct"]))
