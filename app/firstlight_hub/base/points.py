# SPDX-License-Identifier: Apache-2.0
"""Labelled points of no return, so that tests can kill the hub at each of them: a test seam, and nothing else.

`FIRSTLIGHT_HUB_CRASH_AT=label:count` in the environment kills this process (SIGKILL, no clean-up) when `label` is reached for the
`count`-th time; `FIRSTLIGHT_HUB_POINTS=FILE` appends every label reached to FILE. With neither, `reached` does nothing.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from pathlib import Path


class _Seam:
    """Counts labels over all threads, writes them down, and dies where it was told to."""

    def __init__(self, crash_at: str, trace: str) -> None:
        self._label, _, count = crash_at.rpartition(":")
        self._at = int(count) if self._label else 0
        self._trace = Path(trace) if trace else None
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, label: str) -> None:
        with self._lock:
            self._seen[label] += 1
            if self._trace:
                with self._trace.open("a", encoding="utf-8") as file:
                    file.write(label + "\n")
            if label == self._label and self._seen[label] == self._at:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def reached(label: str) -> None:
    """Say that the hub stands at `label`."""
    if _seam is not None:
        _seam(label)


_crash_at, _trace = os.environ.get("FIRSTLIGHT_HUB_CRASH_AT", ""), os.environ.get("FIRSTLIGHT_HUB_POINTS", "")
_seam = _Seam(_crash_at, _trace) if _crash_at or _trace else None
