# SPDX-License-Identifier: Apache-2.0
"""News between rooms without Qt: publish a frozen record, whoever subscribed to its type is called in the publisher's thread.

`kit/bridge.py` re-emits them as Qt signals on the window's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")


class Events:
    """A bus that compose builds once. Subscribers must not raise; what they raise is a bug and reaches the publisher."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: dict[type[Any], tuple[Callable[[Any], None], ...]] = {}

    def subscribe(self, kind: type[E], call: Callable[[E], None]) -> Callable[[], None]:
        """Call `call` for each event of exactly `kind`; the answer unsubscribes."""
        with self._lock:
            self._subscribers[kind] = (*self._subscribers.get(kind, ()), call)

        def stop() -> None:
            with self._lock:
                self._subscribers[kind] = tuple(c for c in self._subscribers.get(kind, ()) if c is not call)

        return stop

    def publish(self, event: object) -> None:
        """Tell everybody who subscribed to this type, in order of subscription."""
        for call in self._subscribers.get(type(event), ()):
            call(event)
