# SPDX-License-Identifier: Apache-2.0
"""Known faults in English, from the same sentences as the window, without Qt."""

from __future__ import annotations

from firstlight.base.errors import FirstlightError
from firstlight.kit import sentences


def as_text(typed: str) -> str:
    """What was typed, as text: a terminal of another encoding brings bytes that are none, and those can be neither kept nor sent."""
    return typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def explain(error: FirstlightError) -> str:
    """What happened, what is safe, what to do next, on one line."""
    found = sentences.pick(sentences.table(), error.code, error.facts)
    return " ".join(sentences.fill(part, error.facts) for part in found if part)
