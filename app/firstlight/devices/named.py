# SPDX-License-Identifier: Apache-2.0
"""Devices that the tester named, as no cable tells of them: routers by their address, routers that want a rescue by adapter and MAC.

The addresses are kept in one small JSON file of the profile; passwords never are (`Routers.remember`). Who was asked a moment ago is
not asked again at once: a log-in takes a small router a second or two, and one that refused us is not knocked at until somebody says so.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.errors import BadInput, FirstlightError
from firstlight.base.work import Work
from firstlight.devices.address import Address, Way, parse
from firstlight.devices.device import Device
from firstlight.devices.errors import RouterNotFound

log = logging.getLogger(__name__)
MAX_NAMED = 16
_MAX_FILE = 64 * 1024
ANSWER_S, SILENCE_S = 60.0, 10.0
"""So long an answer holds, and so long it holds that nobody is there."""
KNOCK_S = 2.0


@dataclass(frozen=True)
class Met:
    """One named address and who answered there, or why nobody did."""

    address: str
    device: Device | None = None
    error: FirstlightError | None = None


class NamedDevices:
    """The list, and who of it answers. Blocking; asked from several threads. `ask` is who stands at an address (`BackEnds.at`)."""

    def __init__(self, file: Path, ask: Callable[[Address, Work], Device], clock: Callable[[], float] = time.monotonic) -> None:
        self._file, self._ask, self._clock = file, ask, clock
        self._lock = threading.Lock()
        self._met: dict[str, tuple[float, Met]] = {}

    def addresses(self) -> tuple[Address, ...]:
        """As they were named; a damaged file names nobody, and is replaced with the next one that is named."""
        try:
            if self._file.stat().st_size > _MAX_FILE:
                raise BadInput(path=str(self._file), line=0, why="too big")
            listed = json.loads(self._file.read_text("utf-8"))["addresses"]
            return tuple(parse(text) for text in listed[:MAX_NAMED])
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, BadInput) as error:
            log.warning("the list of named devices cannot be read: %s", error)
            return ()

    def add(self, address: Address, work: Work) -> Device:
        """Ask who is there, and keep the address once somebody answers. Raises DeviceError, BadInput when the list is full."""
        device = self._ask(address, work)
        with self._lock:
            others = [str(a) for a in self.addresses() if a != address]
            if len(others) >= MAX_NAMED:
                raise BadInput(path=str(address), line=0, why=f"{MAX_NAMED} devices are named already; forget one first")
            self._save([*others, str(address)])
            self._met[str(address)] = (self._clock() + ANSWER_S, Met(str(address), device))
        return device

    def forget(self, address: Address) -> None:
        """No longer offered to guides."""
        with self._lock:
            self._save([str(a) for a in self.addresses() if a != address])
            self._met.pop(str(address), None)

    def ask_anew(self) -> None:
        """The next look asks everybody."""
        with self._lock:
            self._met.clear()

    def listing(self, work: Work, *, may_ask: bool = True) -> tuple[Met, ...]:
        """Who answers; with `may_ask` False only what is known, while a guide has a router's ear."""
        return tuple(self._look(address, work, may_ask=may_ask) for address in self.addresses())

    def _look(self, address: Address, work: Work, *, may_ask: bool) -> Met:
        with self._lock:
            until, met = self._met.get(str(address), (0.0, Met(str(address))))
        if not may_ask or self._clock() < until:
            return met
        work.check()
        try:
            _knock(address)
            met, holds = Met(str(address), self._ask(address, work)), ANSWER_S
        except RouterNotFound as error:
            met, holds = Met(str(address), error=error), SILENCE_S
        except FirstlightError as error:
            work.check()
            # Refused, another key: knocking again changes nothing and may lock the tester out.
            met, holds = Met(str(address), error=error), SILENCE_S if error.retryable else float("inf")
        with self._lock:
            self._met[str(address)] = (self._clock() + holds, met)
        return met

    def _save(self, addresses: list[str]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump({"addresses": addresses}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)


def _knock(address: Address) -> None:
    """Whether a router's door is there at all, so that one that is switched off does not hold up the look at the others."""
    if address.way is not Way.SSH:
        return
    try:
        socket.create_connection((address.host, address.port), KNOCK_S).close()
    except OSError as error:
        raise RouterNotFound(address=address.where, why="silent", said=str(error)) from error
