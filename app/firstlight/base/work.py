# SPDX-License-Identifier: Apache-2.0
"""How long work talks to whoever started it: say how far it is, ask whether to stop, wait without sleeping through a stop."""

from __future__ import annotations

import threading
from typing import NamedTuple

from firstlight.base.errors import Cancelled


class Progress(NamedTuple):
    """How far: `stage` is a stable name ("fetch", "flash:boot"); `total` 0 means not known; units are the stage's own, mostly bytes."""

    stage: str
    done: int = 0
    total: int = 0
    note: str = ""


class Work:
    """The companion of one piece of blocking work. Used as it is, it is silent; `kit/jobs.py` and the CLI subclass `_said`.

    Thread-safe: `cancel` comes from another thread than the rest.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def say(self, stage: str, done: int = 0, total: int = 0, note: str = "") -> None:
        """Report progress; cheap enough to be called per chunk."""
        self._said(Progress(stage, done, total, note))

    def check(self) -> None:
        """Raise Cancelled when somebody asked to stop; call it wherever stopping is safe."""
        if self._cancelled.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Wait so long, or raise Cancelled as soon as somebody asks to stop."""
        if self._cancelled.wait(seconds):
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next safe place."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._cancelled.is_set()

    def _said(self, progress: Progress) -> None:
        """What to do with progress; nothing here."""
