# SPDX-License-Identifier: Apache-2.0
"""When to try again (pure): spread at random, growing to four hours, never sooner than a second, no limit on tries."""

from __future__ import annotations

from random import Random

BASE_MS = 5_000
LEAST_MS = 1_000
MOST_MS = 4 * 3_600_000
UNDO_MS = 10_000
"""A queued report stays so long before it may leave, so that it can be taken back."""


def wait_ms(attempts: int, rng: Random, *, retry_after_s: float | None = None, most_ms: int = MOST_MS) -> int:
    """How long after the `attempts`-th failure in a row; at least what the hub asked for, spread so that testers do not come at once."""
    top = min(most_ms, BASE_MS * 2 ** min(attempts, 20))
    wait = rng.randint(min(BASE_MS, top), top)
    if retry_after_s is not None:
        asked = round(retry_after_s * 1000)
        wait = asked + rng.randint(0, max(LEAST_MS, asked // 10))
    return max(LEAST_MS, wait)


def latest_ms(attempts: int, now_ms: int) -> int:
    """No wait ends later than this: a clock that was set back must not turn seconds into years."""
    return now_ms + (MOST_MS if attempts else UNDO_MS)
