# SPDX-License-Identifier: Apache-2.0
"""What a device said while the tester was testing, as much of it as fits, and the moments of 'it happened just now'.

Invariant: never more than `most_bytes` are held; the oldest lines go first. Filled from one thread, read from any.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

MOST_BYTES = 16 << 20
LONGEST_LINE = 64 << 10
BEFORE_S, AFTER_S = 120.0, 10.0
"""What of a log is kept round a moment: what led to it, and what came of it."""


@dataclass(frozen=True)
class Heard:
    """How much is held, and since when (this PC's clock, seconds; 0 when nothing was heard)."""

    lines: int = 0
    size: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    marks: tuple[float, ...] = ()


class LogBuffer:
    """Whole lines with the time at which they arrived at this PC: clocks of devices are wrong or missing."""

    def __init__(self, now: Callable[[], float], *, most_bytes: int = MOST_BYTES) -> None:
        self._now = now
        self._most = most_bytes
        self._lines: deque[tuple[float, bytes]] = deque()
        self._size = 0
        self._rest = b""
        self._marks: list[float] = []
        self._lock = threading.Lock()

    def add(self, data: bytes) -> None:
        """What came now, in any pieces."""
        at = self._now()
        with self._lock:
            *whole, self._rest = (self._rest + data).split(b"\n")
            for line in whole:
                self._append(at, line + b"\n")
            while len(self._rest) > LONGEST_LINE:
                self._append(at, self._rest[:LONGEST_LINE] + b"\n")
                self._rest = self._rest[LONGEST_LINE:]

    def _append(self, at: float, line: bytes) -> None:
        self._lines.append((at, line))
        self._size += len(line)
        while self._size > self._most:
            self._size -= len(self._lines.popleft()[1])

    def mark(self) -> float:
        """It happened just now; answers the moment."""
        with self._lock:
            self._marks.append(self._now())
            return self._marks[-1]

    @property
    def heard(self) -> Heard:
        """How much is held."""
        with self._lock:
            first = self._lines[0][0] if self._lines else 0.0
            last = self._lines[-1][0] if self._lines else 0.0
            return Heard(len(self._lines), self._size, first, last, tuple(self._marks))

    def all(self) -> bytes:
        """Everything that is held, a line without its end too."""
        with self._lock:
            return b"".join(line for _, line in self._lines) + self._rest

    def around(self, moment: float, *, before_s: float = BEFORE_S, after_s: float = AFTER_S) -> bytes:
        """What arrived round a moment."""
        with self._lock:
            return b"".join(line for at, line in self._lines if moment - before_s <= at <= moment + after_s)

    def tail(self, lines: int) -> tuple[bytes, ...]:
        """The newest lines."""
        with self._lock:
            return tuple(line for _, line in list(self._lines)[-lines:])
