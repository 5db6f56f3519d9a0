# SPDX-License-Identifier: Apache-2.0
"""How fast a write goes, from real bytes: speed over ten seconds, time left once three seconds are known. No Qt in here."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(seconds=10)
ENOUGH = timedelta(seconds=3)


@dataclass
class Pace:
    """Fed with bytes written so far; asked for what the page shows."""

    began: datetime | None = None
    _seen: deque[tuple[datetime, int]] = field(default_factory=deque)

    def feed(self, at: datetime, done: int) -> None:
        """So many bytes are written at `at`. A clock that went back starts the window anew."""
        if self.began is None:
            self.began = at
        if self._seen and (at < self._seen[-1][0] or done < self._seen[-1][1]):
            self._seen.clear()
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[0][0] > WINDOW:
            self._seen.popleft()

    def speed(self) -> float | None:
        """Bytes in a second, over the last ten; None until three seconds are known."""
        if len(self._seen) < 2:
            return None
        (first, before), (last, now) = self._seen[0], self._seen[-1]
        if last - first < ENOUGH:
            return None
        return (now - before) / (last - first).total_seconds()

    def left_s(self, total: int) -> float | None:
        """Seconds until `total` bytes are written; None while that is not known."""
        speed = self.speed()
        if not speed or not self._seen:
            return None
        return max(0.0, (total - self._seen[-1][1]) / speed)

    def running_s(self, now: datetime) -> float:
        """Seconds since the first byte."""
        return max(0.0, (now - self.began).total_seconds()) if self.began else 0.0
