# SPDX-License-Identifier: Apache-2.0
"""How far the files of reports that are being sent are, and about how long they will still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

KNOWN_AFTER_S = 3.0
"""A speed over less than this is a guess."""
FORGETS_S = 10.0


@dataclass(frozen=True)
class Moving:
    """Bytes of a report's files; `left_s` is None until the speed is known."""

    done: int
    total: int
    left_s: float | None = None


class Movements:
    """By report; the speed is that of about the last ten seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, list[tuple[float, int]]] = {}
        self.of: dict[str, Moving] = {}

    def saw(self, id: str, done: int, total: int) -> None:
        """So much of this report's files is over."""
        now = self._clock()
        seen = self._seen.setdefault(id, [])
        if seen and done < seen[-1][1]:
            seen.clear()  # it began again
        seen.append((now, done))
        while len(seen) > 2 and now - seen[1][0] >= FORGETS_S:
            seen.pop(0)
        self.of[id] = Moving(done, total, _left(seen, total))

    def forget(self, id: str | None = None) -> None:
        """It stands still, or everything does."""
        for name in list(self.of) if id is None else [id]:
            self.of.pop(name, None)
            self._seen.pop(name, None)

    def keep_only(self, ids: set[str]) -> None:
        """Reports that are no longer in the list move no more."""
        for name in self.of.keys() - ids:
            self.forget(name)


def _left(seen: list[tuple[float, int]], total: int) -> float | None:
    (begin, first), (now, done) = seen[0], seen[-1]
    if now - begin < KNOWN_AFTER_S or done <= first:
        return None
    return (total - done) * (now - begin) / (done - first)
