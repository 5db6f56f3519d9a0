# SPDX-License-Identifier: Apache-2.0
"""The hashing thread: everything that is unpacked comes by here, once, on its way to the card."""

from __future__ import annotations

import hashlib
import os
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from firstlight.imaging.pieces import Part, is_zeros
from firstlight.imaging.readback import Run
from firstlight.imaging.runs import FIRST

if TYPE_CHECKING:
    from firstlight.imaging.bmap import BlockMap, Range

_DEPTH = 64
"""Parts that wait; those with bytes in them are fewer, as their pieces are."""
_LATER = 6


def give_way() -> None:
    """From here on the calling thread comes after the one that unpacks, for which everything waits: three threads share two processors.

    Linux counts priorities by thread; elsewhere it would be the whole process, and nothing is done.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + _LATER)


class Hashes:
    """SHA-256 of the whole unpacked file, of each run for the read-back, and of the ranges of a map. Parts go `onward` in order.

    A part that belongs on no card goes without a run; None comes last. `onward` must not wait.
    """

    def __init__(self, table: BlockMap | None, onward: Callable[[Part | None, Run | None], None], *, gives_way: bool = False) -> None:
        self.whole = hashlib.sha256()
        self.runs: list[Run] = []
        self.sent = 0
        self.in_first = 0
        """How many of the runs begin in the first MiB."""
        self._onward = onward
        self._gives_way = gives_way
        self._ranges = iter(table.ranges if table else ())
        self._range: Range | None = next(self._ranges, None)
        self._of_range = hashlib.sha256()
        self._wrong: Range | None = None
        self._parts: queue.Queue[Part | None] = queue.Queue(_DEPTH)
        self._thread = threading.Thread(target=self._run, name="image hash", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Everything that was added is hashed, and went onward, when this returns."""
        self._parts.put(None)
        self._thread.join()

    def add(self, part: Part) -> None:
        """The next part of the image."""
        self._parts.put(part)

    def first_wrong_range(self) -> Range | None:
        """The first range of the map whose hash was not that of what was sent; also one that was never reached."""
        return self._wrong or (self._range if self._range is not None and self._range.sha256 else None)

    def _run(self) -> None:
        if self._gives_way:
            give_way()
        while (part := self._parts.get()) is not None:
            if part.is_of_file:
                self.whole.update(part.data)
            self._onward(part, self._hashed(part) if part.at >= 0 else None)
        self._onward(None, None)

    def _hashed(self, part: Part) -> Run:
        run = Run(part.at, len(part.data), b"" if is_zeros(part.data) else hashlib.sha256(part.data).digest())
        self.sent += run.length
        self.in_first += run.at < FIRST
        self.runs.append(run)
        self._of_map(part)
        return run

    def _of_map(self, part: Part) -> None:
        r = self._range
        if r is None:
            return
        if r.sha256:
            self._of_range.update(part.data)
        if part.at + len(part.data) >= r.end:
            if r.sha256 and self._of_range.hexdigest() != r.sha256 and self._wrong is None:
                self._wrong = r
            self._range = next(self._ranges, None)
            self._of_range = hashlib.sha256()
