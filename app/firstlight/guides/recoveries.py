# SPDX-License-Identifier: Apache-2.0
"""Routers that wait for a rescue, as devices of guides: who is expected on which adapter, as the tester said it in the address.

    recovery:eth0,mac=02:0f:1a:00:9a:2e                        it gets an address from us, the first of the adapter's network
    recovery:eth0,mac=02:0f:1a:00:9a:2e,lease=192.168.1.1      it gets this one
    recovery:192.168.0.66,mac=…,router=192.168.0.86            it has an address of its own, and no DHCP is answered
    …,dhcp=6767,client=6868,tftp=6969                          other ports, for practice

A router in its bootloader cannot be asked what it is: it is known by its MAC alone, and by what it runs afterwards.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.device import PRACTICE_PREFIX, Device, Kind, Mode
from firstlight.devices.errors import DeviceNotFound
from firstlight.recovery import news
from firstlight.recovery.adapters import Adapter, adapters
from firstlight.recovery.errors import AdapterGone
from firstlight.recovery.plan import Plan, Ports, mac
from firstlight.recovery.probe import PROBE_S, refuse_other_server
from firstlight.recovery.push import Push
from firstlight.recovery.rescue import Rescue, Served

WAY = "recovery"
_LOOPBACK_S = 0.5
"""On the loopback sit practice routers and nobody with a cable: a server there answers at once."""
_KNOWN = ("mac", "lease", "router", "dhcp", "client", "tftp")


@dataclass(frozen=True)
class Wanted:
    """A parsed address: adapter or its IP, the router's MAC, and what else was said."""

    where: str
    mac: str
    lease: str = ""
    router: str = ""
    ports: Ports = field(default_factory=Ports)


def wanted(address: Address) -> Wanted:
    """What an address says; BadInput."""
    where, *rest = address.where.split(",")
    told = dict(word.partition("=")[::2] for word in rest)
    unknown = set(told) - set(_KNOWN)
    if unknown or "mac" not in told:
        raise BadInput(path=str(address), line=0, why="the router's MAC is wanted: recovery:ADAPTER,mac=02:0f:1a:00:9a:2e")
    numbers = {name: _port(told[name], address) for name in ("dhcp", "client", "tftp") if name in told}
    return Wanted(where, mac(told["mac"]), told.get("lease", ""), told.get("router", ""), replace(Ports(), **numbers))


def _port(text: str, address: Address) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536):
        raise BadInput(path=str(address), line=0, why="a port is between 1 and 65535")
    return int(text)


class Recoveries:
    """Serves and pushes; keeps nothing. `linger_s`: how long it stays after the file has gone out, to see a router that starts over."""

    def __init__(self, *, probe_s: float = PROBE_S, linger_s: float = 3.0, stall_s: float = 20.0) -> None:
        self._probe_s, self._linger_s, self._stall_s = probe_s, linger_s, stall_s

    def device(self, address: Address, work: Work) -> Device:
        """The router that is expected there; its adapter must be there. DeviceNotFound, BadInput."""
        what = wanted(address)
        try:
            adapter = _adapter(what.where)
        except AdapterGone as error:
            raise DeviceNotFound(serial=what.mac, tail=what.mac[-4:], why=str(error.facts["why"])) from error
        label = what.mac.replace(":", "").upper()
        serial = PRACTICE_PREFIX + label if adapter.is_loopback else label
        return Device(serial=serial, address=address.where, mode=Mode.RECOVERY, kind=Kind.RECOVERY, way=WAY, model=what.mac)

    def plan(self, address: Address, file: Path, names: tuple[str, ...], *, any_name: bool = False, seconds: float = 300) -> Plan:
        """What `serve` and `push` work by. AdapterGone, BadInput."""
        what = wanted(address)
        adapter = _adapter(what.where)
        lease = "" if what.router else what.lease or _first_other(adapter)
        return Plan(
            ip=adapter.ip,
            mac=what.mac,
            file=file,
            names=names,
            lease=lease,
            router_ip=what.router,
            any_name=any_name,
            netmask=adapter.netmask,
            seconds=seconds,
            stall_s=self._stall_s,
            linger_s=self._linger_s,
            ports=what.ports,
            everybody=adapter.ip if adapter.is_loopback else "255.255.255.255",
        )

    def check_alone(self, address: Address, work: Work) -> Adapter:
        """The adapter, up and with its address, and nobody else serves on its cable. RecoveryError."""
        plan = self.plan(address, Path(), ("-",))
        adapter = _adapter(wanted(address).where)
        if not adapter.is_up:
            raise AdapterGone(adapter=adapter.name, why="it is switched off or has no cable")
        if plan.lease:
            refuse_other_server(plan, adapter, work, seconds=self._probe_for(adapter))
        return adapter

    def _probe_for(self, adapter: Adapter) -> float:
        return min(self._probe_s, _LOOPBACK_S) if adapter.is_loopback else self._probe_s

    def serve(self, plan: Plan, work: Work, *, tell: news.Tell, before: Callable[[], None]) -> Served:
        """Answer the router until it has the file. RecoveryError, Cancelled."""
        return Rescue(plan, tell=tell, before=before, probe_s=self._probe_for(_adapter(plan.ip))).run(work)

    def push(self, plan: Plan, work: Work, *, tell: news.Tell, before: Callable[[], None]) -> Served:
        """Put the file to the router once it takes it. RecoveryError, Cancelled."""
        return Push(plan, tell=tell, before=before).run(work)


def _adapter(where: str) -> Adapter:
    """By its name or by its address; an address of the loopback stands for itself."""
    found = adapters()
    for adapter in found:
        if adapter.ip and where in (adapter.name, adapter.ip):
            return adapter
    try:
        is_loopback = ipaddress.IPv4Address(where).is_loopback
    except ValueError:
        is_loopback = False
    loopback = next((a for a in found if a.is_loopback), None)
    if is_loopback and loopback is not None:
        return replace(loopback, ip=where)
    is_named = any(adapter.name == where for adapter in found)
    raise AdapterGone(adapter=where, why="it has no IPv4 address" if is_named else "there is no such adapter")


def _first_other(adapter: Adapter) -> str:
    """The first address of the adapter's network that is not the adapter's own: where routers expect to be."""
    network = ipaddress.IPv4Network(f"{adapter.ip}/{adapter.netmask}", strict=False)
    for host in network.hosts():
        if str(host) != adapter.ip:
            return str(host)
    raise AdapterGone(adapter=adapter.name, why="its network has room for one address alone")
