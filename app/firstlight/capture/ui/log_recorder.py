# SPDX-License-Identifier: Apache-2.0
"""A recording that goes on while the tester tests: the shell holds it, the dialog only shows it and may be closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.capture.log_buffer import LogBuffer
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit

Follow = Callable[[LogBuffer, Work], None]
"""Fills the buffer until it is cancelled."""


class LogRecorder(QObject):
    """One recording at a time; the next one begins with an empty buffer.

    Signals: changed() it began or ended; heard() more came; failed(FirstlightError) it ended by itself, what was heard stays.
    """

    changed = Signal()
    heard = Signal()
    failed = Signal(object)

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._job: Job | None = None
        self.buffer: LogBuffer | None = None
        self.source = ""
        self.name = ""

    @property
    def is_on(self) -> bool:
        """Whether it is recording now."""
        return self._job is not None

    def start(self, source: str, name: str, follow: Follow) -> None:
        """Begin; `source` and `name` say what is recorded."""
        self.stop()
        buffer = LogBuffer(lambda: self._kit.now().timestamp())
        self.buffer, self.source, self.name = buffer, source, name
        job = self._kit.jobs.start(lambda *, work: follow(buffer, work), lane="log recording", owner=self)
        job.progressed.connect(lambda _progress: self.heard.emit())
        job.failed.connect(self._on_failed)
        job.ended.connect(lambda: self._on_ended(job))
        self._job = job
        self.changed.emit()

    def stop(self) -> None:
        """End it; what was heard stays until the next one begins."""
        if self._job is not None:
            self._job.mute()
            self._job = None
            self.changed.emit()

    def mark(self) -> float:
        """It happened just now; answers the moment: of a recording that has ended its last, 0 when nothing is recorded."""
        if self.buffer is None:
            return 0.0
        return self.buffer.mark() if self.is_on else self.buffer.heard.last_at

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.changed.emit()
