# SPDX-License-Identifier: Apache-2.0
"""What stands above the files while one of them is being kept: its name, how far it is, and a stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from firstlight.base.work import Progress
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit


def banner(kit: Kit, name: str, progress: Progress | None, on_stop: Callable[[], None]) -> Banner:
    """For the file `name`; without progress it has just begun."""
    done = progress.done * 100 // progress.total if progress is not None and progress.total else 0
    stop = Button(kit, QCoreApplication.translate("ReportPage", "Stop"), size="small")
    stop.clicked.connect(on_stop)
    words = QCoreApplication.translate("ReportPage", "Keeping {name}, {percent} %").format(name=name, percent=done)
    return Banner(kit, "info", words, actions=(stop,))
