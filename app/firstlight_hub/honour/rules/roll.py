# SPDX-License-Identifier: Apache-2.0
"""`{"roll": "first-hundred"}`: a place on a roll. Places are taken when a tester joins (see services), as long as there are some."""

from __future__ import annotations

from typing import Any

from firstlight_hub.honour.history import History, Progress


def progress(rule: dict[str, Any], history: History) -> Progress:
    """1 of 1 for those on the roll."""
    return Progress(int(rule["roll"] in history.rolls), 1)
