# SPDX-License-Identifier: Apache-2.0
"""The PC's own addresses on local networks, the likeliest for a phone first."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

_INNER = ("docker", "veth", "br-", "virbr", "vmnet", "vboxnet", "tun", "tap", "wg", "zt", "tailscale", "utun")


@dataclass(frozen=True)
class Adapter:
    """A network adapter with an address that others on its network reach."""

    name: str
    address: str


def local() -> tuple[Adapter, ...]:
    """Adapters that are up, with a private IPv4 address; those of virtual machines and tunnels last."""
    import psutil  # noqa: PLC0415  # heavy: 30 ms, needed for photos from a phone alone

    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    found = [
        Adapter(name, one.address)
        for name, addresses in psutil.net_if_addrs().items()
        for one in addresses
        if name in up and one.family == socket.AF_INET and is_local(one.address)
    ]
    return tuple(sorted(found, key=lambda a: (a.name.lower().startswith(_INNER), a.address.startswith("169.254."), a.name)))


def is_local(address: str) -> bool:
    """Whether an address is of a network at home: a page for a phone is never offered to the whole internet."""
    try:
        ip = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return ip.is_private and not ip.is_loopback and not ip.is_unspecified
