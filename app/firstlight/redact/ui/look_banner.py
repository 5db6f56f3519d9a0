# SPDX-License-Identifier: Apache-2.0
"""How far the reading of a long log is, about how long it still takes, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.base.work import Progress
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit

_TELLING_MS = 3_000


class LookBanner(QWidget):
    """Built when a look begins; says minutes, never seconds, and "working out" until there are three seconds of it.

    Signals: stopped().
    """

    stopped = Signal()

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._name = name
        stop = Button(kit, self.tr("Stop"), size="small")
        stop.setAccessibleName(self.tr("Stop looking through {name}").format(name=name))
        stop.clicked.connect(self.stopped)
        self._banner = Banner(kit, "info", self.tr("Looking through {name}.").format(name=name), actions=(stop,))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._banner)
        self._since = QElapsedTimer()
        self._since.start()

    def show_progress(self, progress: Progress) -> None:
        """As far as it is."""
        if progress.total:
            left = time_left(progress, self._since.elapsed())
            self._banner.set_text(self.words(progress, left))

    def words(self, progress: Progress, left_min: int | None) -> str:
        """One sentence and the time left."""
        percent = figures.percent(min(99, progress.done * 100 // progress.total), self._kit.language)
        done = self.tr("Looking through {name}, {percent}.").format(name=self._name, percent=percent)
        if left_min is None:
            rest = self.tr("Working out how long it takes.")
        elif left_min < 1:
            rest = self.tr("Less than a minute left.")
        else:
            rest = self.tr("About %n minutes left.", "", left_min)
        return figures.sentences((done, rest), self._kit.language)


def time_left(progress: Progress, elapsed_ms: int) -> int | None:
    """Whole minutes, rounded; None while nothing can be said yet."""
    if elapsed_ms < _TELLING_MS or not progress.done:
        return None
    return round(elapsed_ms * (progress.total - progress.done) / progress.done / 60_000)
