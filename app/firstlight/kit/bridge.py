# SPDX-License-Identifier: Apache-2.0
"""News of the core (base/events.py), re-emitted on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from firstlight.base.events import Events


class Bridge(QObject):
    """Owned by a page or by the shell; when it is destroyed, the subscriptions end."""

    _crossed = Signal(object)

    def __init__(self, events: Events, parent: QObject) -> None:
        super().__init__(parent)
        self._events = events
        self._slots: dict[type[Any], list[Callable[[Any], None]]] = {}
        self._crossed.connect(self._on_crossed, Qt.ConnectionType.QueuedConnection)
        stops: list[Callable[[], None]] = []
        self._stops = stops

        def stop_all() -> None:
            while stops:
                stops.pop()()

        self.destroyed.connect(stop_all)

    def on(self, kind: type[Any], slot: Callable[[Any], None]) -> None:
        """Call `slot(event)` on the window's thread for each event of `kind`."""
        if kind not in self._slots:
            self._slots[kind] = []
            self._stops.append(self._events.subscribe(kind, self._cross))
        self._slots[kind].append(slot)

    def _cross(self, event: object) -> None:
        # The C++ half may be gone for the moment between `destroyed` and the end of the subscription.
        try:
            self._crossed.emit(event)
        except RuntimeError:
            return

    @Slot(object)
    def _on_crossed(self, event: object) -> None:
        for slot in tuple(self._slots.get(type(event), ())):
            slot(event)
