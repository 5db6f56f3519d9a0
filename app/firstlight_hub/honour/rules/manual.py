# SPDX-License-Identifier: Apache-2.0
"""`{"manual": true}`: granted by the team's hand alone."""

from __future__ import annotations

from typing import Any

from firstlight_hub.honour.history import History, Progress


def progress(_rule: dict[str, Any], _history: History) -> Progress:
    """Never by itself."""
    return Progress(0, 1)
