# SPDX-License-Identifier: Apache-2.0
"""Pieces of memory that go round: filled by unpacking, hashed, written from, filled again. Nothing is copied on the way.

How many there are is how far unpacking may run ahead of the card, and all the memory that an image of any size takes. They begin at a
page's border, as a medium that passes the system's cache by asks for.
"""

from __future__ import annotations

import mmap
import queue
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

MIB = 1 << 20
RUN = 2 * MIB
"""Bytes of a piece, and of a run at most: cards like large writes."""
_COUNT = 6
_LOOK_S = 0.2


def is_zeros(data: memoryview) -> bool:
    """Whether there is nothing in it."""
    if data and data[0]:
        return False
    # A bytearray compares all at once; a memoryview would look at item by item, and let no other thread run.
    return (_run_of_zeros() if len(data) == RUN else bytearray(len(data))) == data


@cache
def _run_of_zeros() -> bytearray:
    """Made when it is first wanted: the window imports this module too, and never writes an image by itself."""
    return bytearray(RUN)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes on their way. `at`: their place on the card, -1 when they are only in the file, as a sparse image's headers are.

    `is_of_file`: they count for the file's SHA-256. `piece`: free again when this part is through.
    """

    at: int
    data: memoryview
    is_of_file: bool = True
    piece: memoryview | None = None


class Pool:
    """All pieces; `waiting` is called several times a second while none is free, and may raise."""

    def __init__(self, waiting: Callable[[], None]) -> None:
        self._waiting = waiting
        self.waited_s = 0.0
        """Seconds that somebody stood here for a free piece."""
        self._free: queue.SimpleQueue[memoryview] = queue.SimpleQueue()
        for _ in range(_COUNT):
            self._free.put(memoryview(mmap.mmap(-1, RUN)))

    def take(self) -> memoryview:
        """A free one."""
        began = time.monotonic()
        try:
            while True:
                with suppress(queue.Empty):
                    return self._free.get(timeout=_LOOK_S)
                self._waiting()
        finally:
            self.waited_s += time.monotonic() - began

    def give(self, piece: memoryview | None) -> None:
        """This one is free."""
        if piece is not None:
            self._free.put(piece)
