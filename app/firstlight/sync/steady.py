# SPDX-License-Identifier: Apache-2.0
"""A clock for waits: the wall clock at its start plus the time that has really passed since, asleep or awake.

Somebody who sets the PC's clock moves no wait of a running program. After a restart the two may disagree; then `Outbox.clamp`
shortens what became too long.
"""

from __future__ import annotations

import time
from collections.abc import Callable


def passed_s() -> float:
    """Seconds since some moment, also while the PC slept where the system tells."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class Steady:
    """Call it for seconds since the epoch as they were reckoned at its making."""

    def __init__(self, wall: Callable[[], float] = time.time, passed: Callable[[], float] = passed_s) -> None:
        self._wall = wall
        self._passed = passed
        self._start = wall() - passed()

    def __call__(self) -> float:
        return self._start + self._passed()

    def to_wall(self, at_s: float) -> float:
        """What the PC's clock will say, as it is set now, at `at_s` of this one: for showing a next try."""
        return at_s + self._wall() - self()
