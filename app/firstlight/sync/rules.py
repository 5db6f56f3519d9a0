# SPDX-License-Identifier: Apache-2.0
"""How the tester wants the line to be used: paused, how fast, and which files wait for a network that costs nothing.

Asked again at every piece of an upload, so that a change in the middle of a file holds at once: what arrived of it stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from firstlight.base.work import Work

BIG_BYTES = 5_000_000
LOOK_AGAIN_MS = 60_000
"""A file that waits for a free network is looked at again so often, besides at every sign that the network changed."""
_STEP_S = 1.0


class Travel(StrEnum):
    """What the tester said about one file."""

    BY_RULE = ""
    ANYWAY = "anyway"  # also over a metered network
    FREE = "free"  # only over a free one, however small


@dataclass(frozen=True)
class Rules:
    """What holds now. `big_bytes`: larger files wait while `is_metered`. `most_bytes_s` 0: as fast as it goes."""

    is_paused: bool = False
    is_metered: bool = False
    big_bytes: int = BIG_BYTES
    most_bytes_s: int = 0

    def keeps_back(self, size: int, travel: str) -> bool:
        """Whether a file of this size waits for a free network."""
        if not self.is_metered or travel == Travel.ANYWAY:
            return False
        return travel == Travel.FREE or size > self.big_bytes


class Throttle:
    """Lets bytes through at a pace: after a piece it waits as long as the piece should have taken."""

    def __init__(self, passed: Callable[[], float] = time.monotonic) -> None:
        self._passed = passed
        self._free_at = 0.0

    def let(self, count: int, most_bytes_s: int, work: Work) -> None:
        """Wait until `count` bytes more fit the pace; Cancelled when somebody wants to stop."""
        now = self._passed()
        if most_bytes_s <= 0:
            self._free_at = now
            return
        self._free_at = max(self._free_at, now - _STEP_S) + count / most_bytes_s
        while (left := self._free_at - self._passed()) > 0:
            work.wait(min(left, _STEP_S))
            if self._passed() <= now:  # a clock in a test's hand does not move by waiting
                return
