# SPDX-License-Identifier: Apache-2.0
"""Unpacking, hashing and writing at the same time: three threads in a row for one write, ended with it.

The unpackers, SHA-256 and the system's calls let other threads run, so a packed image is written as fast as it can be unpacked. While the
card has nothing to do, what lies well behind the newest write is read back already; a slow card is never made slower by that.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.imaging.errors import ImageTooLarge, ImageUnreadable, ImagingError, NotVerified, WriterFailed
from firstlight.imaging.hashes import Hashes, give_way
from firstlight.imaging.medium import Medium
from firstlight.imaging.pace import Moved, Pace, Stage
from firstlight.imaging.packed import Packing, unpacked
from firstlight.imaging.pieces import RUN, Part, Pool
from firstlight.imaging.readback import Run, check_runs
from firstlight.imaging.runs import FIRST, Image, mapped, plain_parts, sparse_parts

if TYPE_CHECKING:
    from firstlight.imaging.bmap import BlockMap

_BEHIND = 32 << 20
"""Bytes between the newest write and what is read back alongside, so that no small cache of a card answers for it. What lies within them
is read when everything else is done, and the tester waits for it."""


class Sending:
    """One image on its way. `first` keeps the beginning, `checked` counts runs behind it that were read back alongside."""

    def __init__(self, seen: Image, medium: Medium, work: Work, table: BlockMap | None, tell: Callable[[Moved], None]) -> None:
        self._seen, self._medium, self._work, self._table = seen, medium, work, table
        self.first: list[tuple[int, bytes]] = []
        self.checked = 0
        self.pace = Pace(Stage.WRITE, table.mapped if table else seen.size, tell, passes_left=1.0)
        self._queue: queue.SimpleQueue[tuple[Part | None, Run | None]] = queue.SimpleQueue()
        self._is_packed = seen.packing is not Packing.RAW
        self.hashes = Hashes(table, lambda part, run: self._queue.put((part, run)), gives_way=self._is_packed)
        self._pool = Pool(self._waiting)
        self._writer = threading.Thread(target=self._write_all, name="card writer", daemon=True)
        self._fault: ImagingError | None = None
        self._mismatch: Run | None = None
        self._is_over = False
        self._written = 0
        """How many runs behind the first MiB are written."""
        self._done = 0

    def run(self) -> int:
        """Send everything but the first MiB; the answer is the image's size. ImagingError, Cancelled."""
        self._writer.start()
        self.hashes.start()
        try:
            size = self._feed()
        except BaseException:
            self._is_over = True
            raise
        finally:
            self.hashes.stop()
            self._writer.join()
        self._raise()
        self.pace.at(self._done, is_last=True)
        return size

    def _feed(self) -> int:
        seen, capacity = self._seen, self._medium.capacity
        # A sparse file may hold more bytes than it stands for (headers), but not without end.
        limit = capacity + seen.path.stat().st_size + RUN if seen.is_sparse else capacity
        try:
            with unpacked(seen.path, seen.packing, self._work, limit) as raw:
                parts = sparse_parts(raw, self._pool, seen.path.name, capacity) if seen.is_sparse else plain_parts(raw, self._pool)
                total = self._spread(mapped(parts, self._table) if self._table else parts)
        except ImageUnreadable as error:
            reason = error.facts.get("reason")
            if reason == "greedy":
                raise ImageTooLarge(name=seen.path.name, need=capacity + 1, has=capacity) from error
            if reason in ("missing", "denied"):  # it was there a moment ago, and the card has begun to change
                raise ImageUnreadable(name=seen.path.name, reason="gone") from error
            raise
        return seen.size if seen.is_sparse else total

    def _spread(self, parts: Iterator[Part]) -> int:
        """Hand on part by part; bytes of the file."""
        total = 0
        began = time.monotonic()
        for part in parts:
            total += len(part.data) if part.is_of_file else 0
            self.hashes.add(part)
            self._raise()
            self.pace.at(self._done)
            self.pace.waited_for_card_s = self._pool.waited_s
            self.pace.waited_for_image_s = time.monotonic() - began - self._pool.waited_s
        return total

    def _waiting(self) -> None:
        """While no piece is free: a stop is honoured also while the card takes its time."""
        self._work.check()
        self._raise()
        if not self._writer.is_alive():
            raise WriterFailed(reason="died")
        self.pace.at(self._done)

    def _raise(self) -> None:
        if (wrong := self._mismatch) is not None:
            # The verdict needs to see more than one place.
            behind = self.hashes.in_first
            written = self.hashes.runs[behind : behind + self._written]
            if self._medium.is_blank:
                written = [run for run in written if run.digest]  # holes were left out, and may lie behind the end that there is now
            check_runs(self._medium, written, self._work, Pace(Stage.VERIFY, 0, lambda _: None))
            # Right at the second look: a card that says now this, now that.
            raise NotVerified(path=self._medium.path, at=wrong.at, count=1, reason="differs")
        if self._fault is not None:
            raise self._fault

    def _write_all(self) -> None:
        """The writing thread: keeps the first fault, and goes on freeing pieces so that nobody waits for ever."""
        if self._is_packed:
            give_way()
        read = self._medium.reader().read if self._medium.reads_medium else None
        while True:
            try:
                part, run = self._queue.get_nowait()
            except queue.Empty:
                behind = self._next_to_check() if read else None
                if behind is not None and read is not None:
                    self._check(behind, read)
                    continue
                part, run = self._queue.get()
            if part is None:
                return
            if run is not None and not self._is_over and self._fault is None and self._mismatch is None:
                self._write(part.data, run)
            self._pool.give(part.piece)

    def _write(self, data: memoryview, run: Run) -> None:
        if run.at < FIRST:
            self.first.append((run.at, bytes(data)))
        else:
            try:
                if not (self._medium.is_blank and not run.digest):
                    self._medium.write(run.at, data)
            except ImagingError as error:
                self._fault = error
            self._written += 1
        self._done += run.length

    def _next_to_check(self) -> Run | None:
        if self._is_over or self._fault is not None or self._mismatch is not None or self.checked >= self._written:
            return None
        behind = self.hashes.in_first
        run, newest = self.hashes.runs[behind + self.checked], self.hashes.runs[behind + self._written - 1]
        return run if run.at + _BEHIND < newest.at else None

    def _check(self, run: Run, read: Callable[[int, int], memoryview]) -> None:
        try:
            if run.is_in(read(run.at, run.length)):
                self.checked += 1
            else:
                self._mismatch = run
        except ImagingError as error:
            self._fault = error
