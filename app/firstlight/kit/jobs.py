# SPDX-License-Identifier: Apache-2.0
"""Background work as one expression: what runs, who hears of it, in which lane.

`job = jobs.start(fn, ..., lane="disk", owner=self)`: `fn` runs in a thread with the keyword `work`; the job's signals arrive on
the window's thread. A lane with one place keeps its order (one device, the disk). An owner that is destroyed cancels its jobs
and hears no more of them.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6 import QtCore
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Progress, Work

log = logging.getLogger(__name__)

PLACES = {"net": 4, "disk": 1, "look": 2}
"""How many jobs of a lane run at once; any other lane has one place."""


class _SignallingWork(Work):
    """Work whose progress crosses to the window's thread, at most one signal under way: chunks may come by the thousand."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._latest: Progress | None = None

    def _said(self, progress: Progress) -> None:
        is_under_way = self._latest is not None
        self._latest = progress
        if not is_under_way:
            self._job.crossed.emit("progress", None)

    def take(self) -> Progress | None:
        """The newest progress, once; called on the window's thread."""
        latest, self._latest = self._latest, None
        return latest


class Job(QObject):
    """One piece of background work.

    Signals: progressed(Progress), finished(result), failed(FirstlightError), cancelled(), ended() after any of the last three.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    crossed = Signal(str, object)

    def __init__(self, parent: QObject, lane: str) -> None:
        super().__init__(parent)
        self.lane = lane
        self._work = _SignallingWork(self)
        self.work: Work = self._work
        self.is_running = True
        self._is_muted = False
        self.crossed.connect(self._on_crossed, QtCore.Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next safe place."""
        self.work.cancel()

    def mute(self) -> None:
        """Nobody listens any more: ask to stop and say nothing."""
        self._is_muted = True
        self.work.cancel()

    @Slot(str, object)
    def _on_crossed(self, what: str, value: object) -> None:
        if what == "progress":
            progress = self._work.take()
            if progress is not None and not self._is_muted:
                self.progressed.emit(progress)
            return
        self.is_running = False
        if not self._is_muted:
            if what == "finished":
                self.finished.emit(value)
            elif what == "failed":
                self.failed.emit(value)
            elif what == "cancelled":
                self.cancelled.emit()
        self.ended.emit()
        if what == "bug":
            raise RuntimeError("a background job met a bug") from value  # type: ignore[misc]


class _Run(QRunnable):
    def __init__(self, job: Job, call: Callable[[], object]) -> None:
        super().__init__()
        self._job = job
        self._call = call

    def run(self) -> None:
        """In the pool's thread: run, and send over whatever came of it."""
        try:
            self._job.work.check()
            answer = ("finished", self._call())
        except Cancelled:
            answer = ("cancelled", None)
        except FirstlightError as error:
            log.info("job failed: %s", error.code)
            answer = ("failed", error)
        except Exception as error:
            log.exception("bug in a background job")
            answer = ("bug", error)
        self._job.crossed.emit(*answer)


class Jobs(QObject):
    """Starts and ends background work. Built once; `close` before the window goes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(12)
        self._waiting: dict[str, deque[tuple[Job, Callable[[], object]]]] = {}
        self._running: dict[str, int] = {}
        self._jobs: set[Job] = set()
        self._is_closed = False

    def start(self, fn: Callable[..., Any], *args: object, lane: str = "disk", owner: QObject | None = None, **kwargs: object) -> Job:
        """Run `fn(*args, work=…, **kwargs)` in `lane`; `owner` gone means cancelled and silent."""
        job = Job(self, lane)
        self._jobs.add(job)
        if owner is not None:
            owner.destroyed.connect(job.mute)
        job.ended.connect(lambda: self._on_ended(job))
        self._waiting.setdefault(lane, deque()).append((job, lambda: fn(*args, work=job.work, **kwargs)))
        self._next(lane)
        return job

    def is_busy(self, prefix: str = "") -> bool:
        """Whether any job of a lane that begins with `prefix` runs or waits."""
        return any(job.lane.startswith(prefix) for job in self._jobs)

    def close(self, timeout_ms: int = 5000) -> bool:
        """Cancel all, wait; False when something did not stop in time."""
        self._is_closed = True
        for job in tuple(self._jobs):
            job.mute()
        self._waiting.clear()
        return bool(self._pool.waitForDone(timeout_ms))

    def _next(self, lane: str) -> None:
        waiting = self._waiting.get(lane)
        while waiting and not self._is_closed and self._running.get(lane, 0) < PLACES.get(lane, 1):
            job, call = waiting.popleft()
            self._running[lane] = self._running.get(lane, 0) + 1
            self._pool.start(_Run(job, call))

    def _on_ended(self, job: Job) -> None:
        self._running[job.lane] = self._running.get(job.lane, 1) - 1
        self._jobs.discard(job)
        job.deleteLater()
        self._next(job.lane)
