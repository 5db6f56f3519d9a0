# SPDX-License-Identifier: Apache-2.0
"""Reading a medium back and saying what is wrong with it: worn, or sold as larger than it is."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.imaging.errors import ImagingError, NotVerified
from firstlight.imaging.medium import Medium
from firstlight.imaging.pace import Pace
from firstlight.imaging.pieces import RUN, is_zeros

if TYPE_CHECKING:
    from firstlight.imaging.bmap import Range

_THREADS = 2
_ENOUGH = 16
"""Runs that differ, after which the verdict is clear."""


@dataclass(frozen=True)
class Run:
    """A run that was written; `digest` b"" says that it is all zeros."""

    at: int
    length: int
    digest: bytes

    def is_in(self, data: memoryview) -> bool:
        """Whether these bytes are the run's."""
        if len(data) != self.length:
            return False
        return hashlib.sha256(data).digest() == self.digest if self.digest else is_zeros(data)


def check_runs(medium: Medium, runs: Sequence[Run], work: Work, pace: Pace) -> None:
    """Read every run from the medium and compare; NotVerified with the first place that differs, or what reading raised.

    Two threads read, so that the hash of one piece falls into the reading of the next; they end with this call.
    """
    check = _Check(medium, runs, work, pace)
    threads = [threading.Thread(target=check.run, name=f"read back {n}", daemon=True) for n in range(min(_THREADS, len(runs)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check.verdict()


class _Check:
    def __init__(self, medium: Medium, runs: Sequence[Run], work: Work, pace: Pace) -> None:
        self._medium, self._runs, self._work, self._pace = medium, runs, work, pace
        self._todo: queue.SimpleQueue[Run] = queue.SimpleQueue()
        for run in runs:
            self._todo.put(run)
        self._lock = threading.Lock()
        self._bad: list[tuple[Run, str, int]] = []
        self._fault: ImagingError | None = None

    def run(self) -> None:
        """One reading thread."""
        reader = self._medium.reader()
        try:
            while self._fault is None and len(self._bad) < _ENOUGH and not self._work.is_cancelled:
                run = self._todo.get_nowait()
                data = reader.read(run.at, run.length)
                is_right = run.is_in(data)
                looks = ("", 0) if is_right else self._looks(run, data)
                with self._lock:
                    if not is_right:
                        self._bad.append((run, *looks))
                    self._pace.at(self._pace.done + run.length)
        except queue.Empty:
            return
        except ImagingError as error:
            self._fault = error

    def _looks(self, run: Run, data: memoryview) -> tuple[str, int]:
        """What stands there instead: another run's bytes (and that run's place), nothing, or something else."""
        if is_zeros(data) or bytes(data) == b"\xff" * len(data):
            return "empty", 0
        digest = hashlib.sha256(data).digest()
        other = next((r for r in self._runs if r.digest == digest and r.at != run.at), None)
        return ("wraps", other.at) if other else ("differs", 0)

    def verdict(self) -> None:
        """Raise what was found."""
        if self._fault is not None:
            raise self._fault
        self._work.check()
        if not self._bad:
            return
        first, _, _ = min(self._bad, key=lambda b: b[0].at)
        kinds = {kind for _, kind, _ in self._bad}
        wrapped = next(((run, at) for run, kind, at in self._bad if kind == "wraps"), None)
        if wrapped:
            run, at = wrapped
            raise NotVerified(path=self._medium.path, at=first.at, count=len(self._bad), reason="wraps", holds=abs(at - run.at))
        # Everything behind one place reads as nothing: it was never there.
        last_good = self._runs[-1].at if self._runs else 0
        if kinds == {"empty"} and (len(self._bad) >= _ENOUGH or max(b[0].at for b in self._bad) == last_good):
            raise NotVerified(path=self._medium.path, at=first.at, count=len(self._bad), reason="empty", holds=first.at)
        raise NotVerified(path=self._medium.path, at=first.at, count=len(self._bad), reason="differs")


def check_map(medium: Medium, ranges: Iterable[Range], work: Work, pace: Pace) -> None:
    """Read the ranges of a block map from the medium and compare with the map's own hashes; NotVerified."""
    reader = medium.reader()
    for r in ranges:
        digest = hashlib.sha256()
        at = r.begin
        while at < r.end:
            work.check()
            data = reader.read(at, min(RUN, r.end - at))
            if not data:
                break
            digest.update(data)
            at += len(data)
            pace.at(pace.done + len(data))
        if digest.hexdigest() != r.sha256:
            raise NotVerified(path=medium.path, at=r.begin, count=1, reason="differs")
