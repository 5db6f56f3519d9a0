# SPDX-License-Identifier: Apache-2.0
"""All that a run can reach: phones by the inventory, other devices by their address. A run finds its own device here, and no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.devices.address import Address, Way, parse
from firstlight.devices.device import Device, Kind
from firstlight.devices.errors import DeviceNotFound
from firstlight.devices.host.preflight import Places
from firstlight.devices.inventory import Inventory
from firstlight.guides.errors import WhichDevice
from firstlight.guides.files import Bring
from firstlight.guides.state import RunDevice
from firstlight.guides.uses import Find
from firstlight_contract.guides import Guide

NOTHING: Mapping[str, str] = MappingProxyType({})


class Finds(Protocol):
    """What a back-end of addressed devices offers to every guide; its verbs know the rest of it."""

    def device(self, address: Address, work: Work) -> Device:
        """The device at this address as it is now; DeviceNotFound, DeviceLost."""


def _nowhere() -> tuple[Address, ...]:
    return ()


def _may_sleep(_reason: str) -> AbstractContextManager[object]:
    return nullcontext()


def _no_guide(_slug: str) -> tuple[Guide, Path] | None:
    return None


@dataclass(frozen=True)
class BackEnds:
    """`given` are the addresses that the tester named or chose for this run."""

    inventory: Inventory
    routers: Any = None
    recoveries: Any = None
    cards: Any = None
    given: Callable[[], tuple[Address, ...]] = _nowhere
    places: Places | None = None
    """Where this PC's own state is read, before a step fetches or writes; None: nobody asks, as in a rehearsal."""
    awake: Callable[[str], AbstractContextManager[object]] = _may_sleep
    """Holds sleep off while a guide that writes is at work; takes the reason."""
    given_files: Path | None = None
    """Folder where the tester keeps the guide's files."""
    kept_files: Path | None = None
    """Folder of what guides that lead back need, fetched before anything is written; a folder a guide."""
    bring: Bring | None = None
    """Fetches a file that the guide names."""
    asks_web: bool = False
    """`bring` asks addresses of the web: the tester sees them first and says yes."""
    find_guide: Find = _no_guide
    """Guides that steps may use."""

    def find(self, bound: RunDevice | None, work: Work) -> Device:
        """The run's device as it is now; DeviceNotFound also when another one answers in its place."""
        if bound is None:
            raise DeviceNotFound(serial="", tail="")
        if not bound.address:
            return self.inventory.find(bound.serial, work)
        device = self.at(_parsed(bound.address), work)
        if device.serial != bound.serial:
            raise DeviceNotFound(serial=bound.serial, tail=bound.tail, why=f"{device.serial} answers there", reason="other")
        return device

    def at(self, address: Address, work: Work) -> Device:
        """Whoever stands at an address; phones there are known to the inventory."""
        if address.kind is Kind.PHONE:
            found = [d for d in self.inventory.devices(work) if address.where in (d.address, d.serial)]
            if not found:
                raise DeviceNotFound(serial=str(address), tail=str(address)[-4:])
            return found[0]
        backend: Finds | None = {Kind.ROUTER: self.routers, Kind.RECOVERY: self.recoveries, Kind.CARD: self.cards}[address.kind]
        if backend is None:
            raise DeviceNotFound(serial=str(address), tail=str(address)[-4:], why="nothing here speaks to it")
        return backend.device(address, work)

    def address(self, kind: Kind, bound: RunDevice | None, chosen: Mapping[str, str] = NOTHING) -> Address:
        """Where the run's device of a kind is: the one it is bound to, else the one that the tester chose for this run, else the only
        one given. WhichDevice, DeviceNotFound.
        """
        if bound is not None and bound.kind == kind and bound.address:
            return _parsed(bound.address)
        if kind in chosen:
            return _parsed(chosen[kind])
        given = [address for address in self.given() if address.kind is kind]
        if len(given) == 1:
            return given[0]
        if given:
            raise WhichDevice(serials=", ".join(str(address) for address in given))
        raise DeviceNotFound(serial="", tail="", why=f"no {kind} was named", reason="unnamed")


def _parsed(text: str) -> Address:
    try:
        return parse(text)
    except BadInput as error:
        raise DeviceNotFound(serial=text[:80], tail=text[-4:]) from error


def phones(given: tuple[Address, ...]) -> tuple[str, ...]:
    """Phones that stand at an address of the network, as the inventory looks for them."""
    fastboot = tuple(a.where for a in given if a.way is Way.FASTBOOT and a.where.startswith("tcp:"))
    return fastboot + tuple(str(a) for a in given if a.way is Way.ADB and a.port)
