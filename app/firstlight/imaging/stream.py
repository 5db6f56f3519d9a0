# SPDX-License-Identifier: Apache-2.0
"""Unpacking, hashing and writing at the same time: three threads for one write, ended with it.

The unpackers and SHA-256 of CPython let other threads run, so an image that is packed is written as fast as it can be unpacked. While the
card has nothing to do, what lies well behind the newest write is read back already; a slow card is never made slower by that.
"""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from firstlight.base.work import Work
from firstlight.imaging.bmap import BlockMap, Range
from firstlight.imaging.errors import ImageTooLarge, ImageUnreadable, ImagingError
from firstlight.imaging.medium import Medium
from firstlight.imaging.pace import Moved, Pace, Stage
from firstlight.imaging.packed import Reader, unpacked
from firstlight.imaging.readback import Run, check_runs
from firstlight.imaging.runs import FIRST, RUN, Image, mapped, plain_runs, sparse_runs

_DEPTH = 2
_BEHIND = 64 << 20
"""Bytes between the newest write and what is read back alongside, so that no small cache of a card answers for it."""
ZEROS = bytes(RUN)


class Sending:
    """One image on its way. `first` keeps the beginning, `checked` counts runs behind it that were read back alongside."""

    def __init__(self, seen: Image, medium: Medium, work: Work, table: BlockMap | None, tell: Callable[[Moved], None]) -> None:
        self._seen, self._medium, self._work, self._table = seen, medium, work, table
        self.first: list[tuple[int, bytes]] = []
        self.checked = 0
        self.pace = Pace(Stage.WRITE, table.mapped if table else seen.size, tell, passes_left=1.0)
        self.hashes = Hashes(table)
        self._writes: queue.Queue[tuple[int, bytes] | None] = queue.Queue(_DEPTH)
        self._fault: ImagingError | None = None
        self._mismatch = False
        self._written: list[int] = []
        self._done = 0

    def run(self) -> int:
        """Send everything but the first MiB; the answer is the image's size. ImagingError, Cancelled."""
        writer = threading.Thread(target=self._write_all, name="card writer", daemon=True)
        writer.start()
        self.hashes.start()
        try:
            size = self._feed()
            self._put(None)
        except BaseException:
            self._stop_writer()
            raise
        finally:
            self.hashes.stop()
            writer.join()
        self._raise()
        self.pace.at(self._done + sum(len(d) for _, d in self.first), is_last=True)
        return size

    def _feed(self) -> int:
        seen, capacity = self._seen, self._medium.capacity
        # A sparse file may hold more bytes than it stands for (headers), but not without end.
        limit = capacity + seen.path.stat().st_size + RUN if seen.is_sparse else capacity
        with unpacked(seen.path, seen.packing, self._work, limit) as raw:
            tapped = Tapped(raw, self.hashes)
            runs = sparse_runs(tapped, seen.path.name, capacity) if seen.is_sparse else plain_runs(tapped)
            try:
                self._spread(mapped(runs, self._table) if self._table else runs)
            except ImageUnreadable as error:
                if error.facts.get("reason") == "greedy":
                    raise ImageTooLarge(name=seen.path.name, need=capacity + 1, has=capacity) from error
                raise
            return seen.size if seen.is_sparse else tapped.total

    def _spread(self, runs: Iterator[tuple[int, bytes]]) -> None:
        clock = time.monotonic
        before = clock()
        for at, data in runs:
            self.pace.waited_for_image_s += clock() - before
            self.hashes.add_run(at, data)
            if at < FIRST:
                self.first.append((at, data))
            else:
                before = clock()
                self._put((at, data))
                self.pace.waited_for_card_s += clock() - before
            self._raise()
            self.pace.at(self._done)
            before = clock()

    def _put(self, item: tuple[int, bytes] | None) -> None:
        """Hand over; a stop is honoured also while the card takes its time."""
        while True:
            with suppress(queue.Full):
                self._writes.put(item, timeout=0.2)
                return
            self._work.check()
            self.pace.at(self._done)

    def _stop_writer(self) -> None:
        """Throw away what waits, so that the writer ends after the run in its hands."""
        while True:
            with suppress(queue.Empty):
                while True:
                    self._writes.get_nowait()
            with suppress(queue.Full):
                self._writes.put_nowait(None)
                return

    def _raise(self) -> None:
        if self._mismatch:
            # The verdict needs to see more than one place.
            check_runs(self._medium, self.hashes.upto(self._written), self._work, Pace(Stage.VERIFY, 0, lambda _: None))
        if self._fault is not None:
            raise self._fault

    def _write_all(self) -> None:
        """The writing thread: keeps the first fault, and goes on emptying the queue so that nobody waits for ever."""
        reader = self._medium.reader() if self._medium.reads_medium else None
        while True:
            try:
                item = self._writes.get_nowait()
            except queue.Empty:
                run = self._next_to_check() if reader else None
                if run is None or reader is None:
                    item = self._writes.get()
                else:
                    self._check(run, reader.read)
                    continue
            if item is None:
                return
            if self._fault is None and not self._mismatch:
                self._write(*item)

    def _write(self, at: int, data: bytes) -> None:
        try:
            if not (self._medium.is_blank and data == ZEROS[: len(data)]):
                self._medium.write(at, data)
        except ImagingError as error:
            self._fault = error
        self._written.append(at)
        self._done += len(data)

    def _next_to_check(self) -> Run | None:
        if self._fault is not None or self._mismatch or not self._written:
            return None
        run = self.hashes.behind_first(self.checked)
        return run if run and run.at + _BEHIND < self._written[-1] else None

    def _check(self, run: Run, read: Callable[[int, int], memoryview]) -> None:
        try:
            if run.is_in(read(run.at, run.length)):
                self.checked += 1
            else:
                self._mismatch = True
        except ImagingError as error:
            self._fault = error


class Tapped:
    """A stream whose bytes are hashed as they pass."""

    def __init__(self, raw: Reader, hashes: Hashes) -> None:
        self._raw, self._hashes = raw, hashes
        self.total = 0

    @property
    def consumed(self) -> int:
        """See Reader."""
        return self._raw.consumed

    def read(self, length: int) -> bytes:
        """See Reader."""
        data = self._raw.read(length)
        self.total += len(data)
        self._hashes.add_whole(data)
        return data


class Hashes:
    """The hashing thread: SHA-256 of the whole unpacked file, of each run for the read-back, and of the ranges of a map."""

    def __init__(self, table: BlockMap | None) -> None:
        self.whole = hashlib.sha256()
        self.runs: list[Run] = []
        self.sent = 0
        self._first_runs = 0
        self._ranges = iter(table.ranges if table else ())
        self._range: Range | None = next(self._ranges, None)
        self._of_range = hashlib.sha256()
        self._wrong: Range | None = None
        self._tasks: queue.Queue[tuple[int, bytes] | None] = queue.Queue(_DEPTH)
        self._thread = threading.Thread(target=self._run, name="image hash", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Everything that was added is hashed when this returns."""
        self._tasks.put(None)
        self._thread.join()

    def add_whole(self, data: bytes) -> None:
        """The next bytes of the file."""
        self._tasks.put((-1, data))

    def add_run(self, at: int, data: bytes) -> None:
        """A run that goes to the card."""
        self._tasks.put((at, data))

    def behind_first(self, index: int) -> Run | None:
        """The run of this index, counted behind the first MiB; None while it is not hashed."""
        at = self._first_runs + index
        return self.runs[at] if at < len(self.runs) else None

    def upto(self, written: list[int]) -> list[Run]:
        """Runs of those places that are hashed."""
        places = set(written)
        return [r for r in self.runs[:] if r.at in places]

    def first_wrong_range(self) -> Range | None:
        """The first range of the map whose hash was not that of what was sent; also one that was never reached."""
        return self._wrong or (self._range if self._range is not None and self._range.sha256 else None)

    def _run(self) -> None:
        while (item := self._tasks.get()) is not None:
            at, data = item
            if at < 0:
                self.whole.update(data)
                continue
            is_zero = data == ZEROS[: len(data)]
            self.sent += len(data)
            self._first_runs += at < FIRST
            self.runs.append(Run(at, len(data), b"" if is_zero else hashlib.sha256(data).digest()))
            self._of_map(at, data)

    def _of_map(self, at: int, data: bytes) -> None:
        r = self._range
        if r is None:
            return
        if r.sha256:
            self._of_range.update(data)
        if at + len(data) >= r.end:
            if r.sha256 and self._of_range.hexdigest() != r.sha256 and self._wrong is None:
                self._wrong = r
            self._range = next(self._ranges, None)
            self._of_range = hashlib.sha256()
