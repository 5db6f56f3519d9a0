# SPDX-License-Identifier: Apache-2.0
"""The practice devices of the window: one of each kind at most, switched on and off by the tester, with the faults they chose."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from firstlight.devices.address import Address, parse
from firstlight.devices.device import Kind
from firstlight.devices.ui.practice_card import Running
from firstlight.practice import faults
from firstlight.practice.card import PracticeCard
from firstlight.practice.faults import Faults
from firstlight.practice.phone import PracticePhone
from firstlight.practice.recovery import PracticeRecovery
from firstlight.practice.router import PracticeRouter

CABLE_BYTES_PER_S = 1_800_000
"""As fast as a practice device takes an image in the window: slow enough to see it, and to pull the cable."""
CARD_BYTES = 64 * 1024 * 1024

Practised = PracticePhone | PracticeRouter | PracticeRecovery | PracticeCard


class PracticeRack:
    """Blocking; asked from several threads. `build`: what a new device leaves the factory with."""

    def __init__(self, folder: Path, build: Callable[[], str]) -> None:
        self._folder = folder
        self._build = build
        self._lock = threading.Lock()
        self._on: dict[Kind, tuple[Practised, tuple[str, ...]]] = {}

    @property
    def phone(self) -> PracticePhone | None:
        """The practice phone, when it is on."""
        found = self._on.get(Kind.PHONE)
        return found[0] if found is not None and isinstance(found[0], PracticePhone) else None

    def start(self, kind: Kind, words: tuple[str, ...] = ()) -> None:
        """Switch one on, with these faults; one that is on is started anew. BadInput for a fault that this kind cannot have."""
        chosen = faults.parse(words, kind.value)
        with self._lock:
            self._switch_off(kind)
            device = self._make(kind, chosen)
            device.start()
            self._on[kind] = (device, words)

    def stop(self, kind: Kind) -> None:
        """Switch one off; what it remembers stays."""
        with self._lock:
            self._switch_off(kind)

    def close(self) -> None:
        """Switch all off."""
        for kind in tuple(self._on):
            self.stop(kind)

    def running(self) -> tuple[Running, ...]:
        """What is on."""
        return tuple(Running(kind, _addresses(device), words) for kind, (device, words) in tuple(self._on.items()))

    def addresses(self) -> tuple[Address, ...]:
        """Where routers, recoveries and cards stand; the phone is found by its cable."""
        found = [text for kind, (device, _) in tuple(self._on.items()) if kind is not Kind.PHONE for text in _addresses(device)]
        return tuple(parse(text) for text in found)

    def _switch_off(self, kind: Kind) -> None:
        device, _ = self._on.pop(kind, (None, ()))
        if device is not None:
            device.stop()

    def _make(self, kind: Kind, chosen: Faults) -> Practised:
        folder = self._folder / kind.value
        if kind is Kind.PHONE:
            return PracticePhone(folder, factory_build=self._build(), faults=chosen, bytes_per_s=CABLE_BYTES_PER_S)
        if kind is Kind.ROUTER:
            return PracticeRouter(folder, factory_build=self._build(), faults=chosen, bytes_per_s=CABLE_BYTES_PER_S)
        if kind is Kind.RECOVERY:
            return PracticeRecovery(folder, faults=chosen)
        return PracticeCard(folder, size=CARD_BYTES, faults=chosen, bytes_per_s=8 * CABLE_BYTES_PER_S)


def _addresses(device: Practised) -> tuple[str, ...]:
    """As `--device` takes them."""
    if isinstance(device, PracticePhone):
        facts = device.facts()
        return (f"fastboot:{facts.address}", f"adb:{facts.adb_address}")
    if isinstance(device, PracticeRecovery):
        return (device.address, device.ssh)
    return (device.address,)
