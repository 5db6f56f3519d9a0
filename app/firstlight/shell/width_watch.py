# SPDX-License-Identifier: Apache-2.0
"""Hears that the window became wider or narrower. Not a resizeEvent of the window itself: for the first event that comes to
Python PySide makes every class of events, and the first paint would wait for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class WidthWatch(QObject):
    """A filter on one window.

    Signals: resized().
    """

    resized = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Tell of a new size; keep nothing from anybody."""
        if event.type() == QEvent.Type.Resize:
            self.resized.emit()
        return False
