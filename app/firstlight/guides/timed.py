# SPDX-License-Identifier: Apache-2.0
"""A step's time limit: work that raises TimedOut wherever stopping is safe, and passes everything else on."""

from __future__ import annotations

import time

from firstlight.base.work import Work
from firstlight.guides.errors import TimedOut


class TimedWork(Work):
    """Goes with another piece of work until `seconds` are over. A write is never cut off: it asks only between its parts."""

    def __init__(self, inner: Work, seconds: float, step: str) -> None:
        super().__init__()
        self._inner = inner
        self._seconds = seconds
        self._step = step
        self._end = time.monotonic() + seconds

    def say(self, stage: str, done: int = 0, total: int = 0, note: str = "") -> None:
        """On to whoever shows it."""
        self._inner.say(stage, done, total, note)

    def check(self) -> None:
        """Cancelled, or TimedOut."""
        self._inner.check()
        if time.monotonic() >= self._end:
            raise TimedOut(step=self._step, seconds=int(self._seconds))

    def wait(self, seconds: float) -> None:
        """Wait so long, at most until the limit."""
        self.check()
        self._inner.wait(max(0.0, min(seconds, self._end - time.monotonic())))

    def cancel(self) -> None:
        """Of both."""
        self._inner.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._inner.is_cancelled
