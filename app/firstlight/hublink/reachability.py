# SPDX-License-Identifier: Apache-2.0
"""Whether the hub answers, as the last request saw it; and the tester's wish to ask nothing at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from firstlight.base.events import Events
from firstlight.hublink.errors import Reason


@dataclass(frozen=True)
class ReachabilityChanged:
    """News: the hub is reachable again, or no more. `reason` says why not; "" when online."""

    is_online: bool
    since: float
    reason: str


class Reachability:
    """What is known of the hub: `is_online` is None until somebody asked. Thread-safe.

    `since` (seconds since the epoch) is when that state began.
    """

    def __init__(self, events: Events, now: Callable[[], float]) -> None:
        self._events = events
        self._now = now
        self._lock = threading.Lock()
        self._online: bool | None = None
        self._since = now()
        self._reason = ""
        self._forced = False

    @property
    def is_online(self) -> bool | None:
        """True or False as of the last request; None before the first. Working offline counts as False."""
        return False if self._forced else self._online

    @property
    def since(self) -> float:
        """When the present state began."""
        return self._since

    @property
    def reason(self) -> str:
        """Why the hub is not reachable; "" when it is or nobody knows."""
        return str(Reason.OFF) if self._forced else self._reason

    @property
    def forced_offline(self) -> bool:
        """Whether the tester chose to work offline: then no request leaves."""
        return self._forced

    @forced_offline.setter
    def forced_offline(self, on: bool) -> None:
        with self._lock:
            if on == self._forced:
                return
            self._forced = on
            # Switched on again, nobody knows until the next request.
            self._online = None
            self._reason = ""
            self._since = self._now()
            news = ReachabilityChanged(False, self._since, str(Reason.OFF)) if on else None
        if news:
            self._events.publish(news)

    def answered(self) -> None:
        """A hub answered, whatever it said."""
        self._set(True, "")

    def failed(self, reason: str) -> None:
        """No hub answered."""
        self._set(False, str(reason))

    def _set(self, online: bool, reason: str) -> None:
        with self._lock:
            if self._forced or (online == self._online and reason == self._reason):
                return
            if online != self._online:
                self._since = self._now()
            self._online, self._reason = online, reason
            news = ReachabilityChanged(online, self._since, reason)
        self._events.publish(news)
