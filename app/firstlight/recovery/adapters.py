# SPDX-License-Identifier: Apache-2.0
"""The network adapters of this PC and their addresses, and sockets that hear one of them alone."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from firstlight.recovery.errors import AdapterGone, PortNeedsRights, PortTaken

_IP_BOUND_IF = 25
_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")
_PLATFORM = {"win32": "windows", "darwin": "mac"}


@dataclass(frozen=True)
class Adapter:
    """One adapter with an IPv4 address, or without (`ip` "")."""

    name: str
    mac: str
    ip: str
    netmask: str
    is_up: bool
    is_loopback: bool
    mbit_per_s: int = 0

    @property
    def is_wireless(self) -> bool:
        """As far as its name tells; a bootloader never speaks over the air."""
        return bool(re.match(r"(wl|wlan|wifi|wi-fi|awdl|wwan)", self.name, re.IGNORECASE))


def adapters() -> tuple[Adapter, ...]:
    """Those that are there now, cables first."""
    import psutil  # noqa: PLC0415  # heavy: used during a rescue alone

    up = psutil.net_if_stats()
    found = []
    for name, addresses in psutil.net_if_addrs().items():
        mac = next((a.address.replace("-", ":").lower() for a in addresses if a.family == psutil.AF_LINK), "")
        state = up.get(name)
        ips = [(a.address, a.netmask or "255.255.255.0") for a in addresses if a.family == socket.AF_INET] or [("", "")]
        for ip, netmask in ips:
            is_loopback = bool(ip) and ipaddress.IPv4Address(ip).is_loopback
            found.append(Adapter(name, mac, ip, netmask, bool(state and state.isup), is_loopback, state.speed if state else 0))
    return tuple(sorted(found, key=lambda a: (a.is_loopback, a.is_wireless, not a.is_up, not a.ip, a.name)))


def adapter_of(ip: str) -> Adapter:
    """The adapter that has this address; AdapterGone. Every address of 127.0.0.0/8 is the loopback's."""
    wanted = ipaddress.IPv4Address(ip)
    for adapter in adapters():
        if adapter.ip == ip or (adapter.is_loopback and wanted.is_loopback):
            if not adapter.is_up:
                raise AdapterGone(adapter=adapter.name, why="it is switched off or has no cable")
            return adapter
    raise AdapterGone(adapter=ip, why="no adapter of this PC has this address")


def listen(adapter: Adapter, ip: str, port: int, *, hears_broadcasts: bool = False) -> socket.socket:
    """A UDP socket at `port` that hears this adapter alone. PortNeedsRights, PortTaken, AdapterGone.

    Broadcasts to 255.255.255.255 reach a socket only when it is bound to no address (Linux, macOS); such a socket is tied to the
    adapter instead. On the loopback there are none: whoever speaks there speaks to the address.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        is_any = hears_broadcasts and not adapter.is_loopback and sys.platform != "win32"
        if is_any:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            _tie(sock, adapter.name)
        sock.bind(("" if is_any else ip, port))
    except OSError as error:
        sock.close()
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PortNeedsRights(port=port, reason=_PLATFORM.get(sys.platform, "linux")) from error
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=port) from error
        raise AdapterGone(adapter=adapter.name, why=error.strerror or str(error)) from error
    return sock


def _tie(sock: socket.socket, name: str) -> None:
    if sys.platform == "linux":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, name.encode() + b"\0")
    elif sys.platform == "darwin":
        sock.setsockopt(socket.IPPROTO_IP, _IP_BOUND_IF, socket.if_nametoindex(name))


def mac_of(ip: str) -> str:
    """The MAC that this PC last reached at `ip`; "" when it does not know or cannot tell (other systems than Linux)."""
    with suppress(OSError):
        for line in Path("/proc/net/arp").read_text("ascii", "replace").splitlines()[1:]:
            words = line.split()
            if len(words) >= 4 and words[0] == ip and _MAC.fullmatch(words[3]) and words[3] != "00:00:00:00:00:00":
                return words[3]
    return ""
