# SPDX-License-Identifier: Apache-2.0
"""The hub's own clockwork: once a minute every app tidies and renews a piece. One thread of the process that was started by hand.

Several hubs on one database take turns; a fault of one app is logged and stops no other.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from firstlight_hub.base.signals import ticked

log = logging.getLogger(__name__)

EVERY_S = 60.0
_TURN = 0x46_4C_54_69_63_6B  # any number that nobody else locks


class Clockwork:
    """Ticks from `start` until `stop`; the first tick comes at once."""

    def __init__(self, every_s: float = EVERY_S) -> None:
        self._every_s = every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; a tick that runs is waited for, for a moment."""
        self._stopping.set()
        self._thread.join(5)

    def _run(self) -> None:
        while True:
            with suppress(DatabaseError):
                tick()
            close_old_connections()
            connection.close()
            if self._stopping.wait(self._every_s):
                return


def tick() -> bool:
    """One tick; False when another hub on this database has its turn."""
    if not _take_turn():
        return False
    try:
        for receiver, outcome in ticked.send_robust(sender=None, now=timezone.now()):
            if isinstance(outcome, Exception):
                log.error("%s.%s failed", receiver.__module__, receiver.__name__, exc_info=outcome)
    finally:
        _end_turn()
    return True


def _take_turn() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_TURN])
        return bool(cursor.fetchone()[0])


def _end_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])
