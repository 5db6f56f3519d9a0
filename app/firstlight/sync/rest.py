# SPDX-License-Identifier: Apache-2.0
"""Which accounts rest because nobody answers or the hub asked for it. Not stored: after a start one try is always right."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from firstlight.sync.backoff import BASE_MS, MOST_MS, wait_ms

LONGEST_MS = 300_000
"""A hub that is away is asked again at least this often, besides at every sign that the network is back. One that names a time gets it,
up to the longest wait that there is."""
TROUBLES = 3
"""So many failures in a row are not the ops' fault."""


class Rests:
    """Rests by account. Used by the draining thread, cleared by others; a lost update only means one try more."""

    def __init__(self, rng: Random, now_ms: Callable[[], int]) -> None:
        self._rng = rng
        self._now_ms = now_ms
        self._until: dict[int, int] = {}
        self._times: dict[int, int] = {}
        self._troubles: dict[int, int] = {}

    def is_resting(self, account_id: int) -> bool:
        """Whether to leave this account alone; never longer than a rest can be, wherever the clock went."""
        left = self._until.get(account_id, 0) - self._now_ms()
        return 0 < left <= MOST_MS

    def until_ms(self, account_id: int) -> int:
        """When its rest ends; 0 when it does not rest."""
        return self._until.get(account_id, 0) if self.is_resting(account_id) else 0

    def rest(self, account_id: int, retry_after_s: float | None = None) -> None:
        """Nobody answered, or the hub asked for rest: longer each time in a row."""
        times = self._times.get(account_id, 0)
        wait = wait_ms(times, self._rng, retry_after_s=retry_after_s, most_ms=max(BASE_MS, LONGEST_MS))
        self._times[account_id] = times + 1
        self._until[account_id] = self._now_ms() + min(wait, MOST_MS)

    def failed(self, account_id: int) -> bool:
        """Count a failure that may be the hub's; True when it rests now."""
        self._troubles[account_id] = self._troubles.get(account_id, 0) + 1
        if self._troubles[account_id] < TROUBLES:
            return False
        self.rest(account_id)
        return True

    def worked(self, account_id: int) -> None:
        """The hub took something."""
        for counts in (self._until, self._times, self._troubles):
            counts.pop(account_id, None)

    def clear(self, account_id: int | None) -> None:
        """The network is back, or the tester wants it now."""
        if account_id is None:
            self._until.clear()
        else:
            self._until.pop(account_id, None)
