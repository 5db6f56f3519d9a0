# SPDX-License-Identifier: Apache-2.0
"""How far a write is, how long it still takes, what holds it up, and what was done in the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_EVERY_S = 0.2
_SETTLE_S = 2.0


class Stage(StrEnum):
    """What the writer does. FIRST puts the first MiB in place and must not be stopped; SYNC waits for the card."""

    WRITE = "write"
    SYNC = "sync"
    VERIFY = "verify"
    FIRST = "first"


class Limit(StrEnum):
    """What holds it up: unpacking and reading the image, or the card."""

    UNKNOWN = ""
    IMAGE = "image"
    CARD = "card"


@dataclass(frozen=True)
class Moved:
    """Progress: bytes done and in all (0: not known yet), bytes a second, seconds left (None: not known yet)."""

    stage: Stage
    done: int
    total: int
    per_s: int = 0
    left_s: int | None = None
    limit: Limit = Limit.UNKNOWN


@dataclass(frozen=True)
class Written:
    """What was done. `size`: bytes of the image on the card; `sent`: of those, written; `sha256`: of the unpacked image file."""

    size: int
    sent: int
    sha256: str
    verified: bool
    """Read back from the medium, all of it that was written, and equal."""
    by_map: bool
    seconds: float
    limit: Limit


class Pace:
    """Counts one stage; tells at most five times a second, and once at its end."""

    def __init__(self, stage: Stage, total: int, tell: Callable[[Moved], None], passes_left: float = 0.0) -> None:
        """`passes_left`: how many more times about the same bytes are moved afterwards (the read-back)."""
        self._stage, self.total, self._tell, self._passes = stage, total, tell, passes_left
        self._began = time.monotonic()
        self._told = 0.0
        self.done = 0
        self.waited_for_image_s = 0.0
        self.waited_for_card_s = 0.0

    @property
    def limit(self) -> Limit:
        """Who was waited for more, once there is enough to tell."""
        if self.waited_for_image_s + self.waited_for_card_s < 0.2:
            return Limit.UNKNOWN
        return Limit.CARD if self.waited_for_card_s > self.waited_for_image_s else Limit.IMAGE

    def at(self, done: int, *, is_last: bool = False) -> None:
        """So many bytes are through."""
        self.done = done
        now = time.monotonic()
        if not is_last and now - self._told < _EVERY_S:
            return
        self._told = now
        spent = max(now - self._began, 1e-6)
        per_s = int(done / spent)
        left = None
        if self.total and per_s and spent > _SETTLE_S:
            left = int((self.total * (1 + self._passes) - done) / per_s)
        self._tell(Moved(self._stage, done, self.total, per_s, left, self.limit))
