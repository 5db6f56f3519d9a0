# SPDX-License-Identifier: Apache-2.0
"""Who leads the tour: waits for the window, takes its pictures, keeps tour.json."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from firstlight.base.errors import FirstlightError
from firstlight.shell.application import Application
from firstlight.shell.desk import Desk

LIMIT_S = 60.0
LOOK_MS = 15


class TourStopped(FirstlightError):
    """A step did not come about. Facts: `step`, `why`, `out`."""

    code = "shell.tour"


@dataclass
class Step:
    """One line of tour.json."""

    name: str
    ok: bool
    detail: str


@dataclass
class Guide:
    """What a step of the tour works with: the window, and how to wait for it and take its picture."""

    application: Application
    out: Path
    steps: list[Step] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """The desk; it is there before the first step."""
        desk = self.application.desk
        assert desk is not None, "the house stands before the tour begins"
        return desk

    def until(self, holds: Callable[[], object], what: str, limit_s: float = LIMIT_S) -> None:
        """Let the window work until `holds`; TourStopped after `limit_s`."""
        end = time.monotonic() + limit_s
        while not holds():
            if time.monotonic() > end:
                raise TourStopped(step=what, why="it did not happen in time", out=str(self.out))
            loop = QEventLoop()
            QTimer.singleShot(LOOK_MS, loop.quit)
            loop.exec()

    def says(self, text: str) -> None:
        """A line on stderr for whoever watches; only when FIRSTLIGHT_TOUR_SAYS is set."""
        if os.environ.get("FIRSTLIGHT_TOUR_SAYS"):
            sys.stderr.write(f"tour: {text}\n")
            sys.stderr.flush()

    def rest(self, ms: int = 200) -> None:
        """Let the window finish painting what a signal just changed."""
        end = time.monotonic() + ms / 1000
        self.until(lambda: time.monotonic() >= end, "rest")

    def picture(self, name: str) -> None:
        """Save the window as it is."""
        self.until(lambda: not self.application.look.jobs.is_busy("look"), f"the page of {name}", 20)
        self.rest()
        path = self.out / f"{name}.png"
        if not self.application.window.grab().save(str(path)):
            raise TourStopped(step=name, why="the picture cannot be written", out=str(self.out))
        if path.name not in self.pictures:
            self.pictures.append(path.name)
        self.write()

    def write(self) -> None:
        """tour.json as far as it is."""
        body = {"steps": [dataclasses.asdict(s) for s in self.steps], "pictures": self.pictures}
        (self.out / "tour.json").write_text(json.dumps(body, indent=1, ensure_ascii=False), "utf-8")
