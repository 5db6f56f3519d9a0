# SPDX-License-Identifier: Apache-2.0
"""What a rescue needs to know before it starts: which adapter, which router, which file, under which names."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.errors import BadInput

_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")


@dataclass(frozen=True)
class Ports:
    """Where the protocols live; others for practice and tests."""

    dhcp: int = 67
    client: int = 68
    tftp: int = 69


@dataclass(frozen=True)
class Plan:
    """One rescue. BadInput when it makes no sense.

    `lease` is the address that the router gets by DHCP or BOOTP; "" for one that has an address of its own (`router_ip`) and no DHCP
    is answered. `names` are what it may ask for; with `any_name` every name is answered with the file, for bootloaders that make
    one up. `everybody` is where a question to all goes; other than the usual for practice.
    """

    ip: str
    mac: str
    file: Path
    names: tuple[str, ...]
    lease: str = ""
    router_ip: str = ""
    any_name: bool = False
    netmask: str = "255.255.255.0"
    seconds: float = 300.0
    stall_s: float = 20.0
    linger_s: float = 3.0
    ports: Ports = Ports()
    everybody: str = "255.255.255.255"

    def __post_init__(self) -> None:
        if not _MAC.fullmatch(self.mac):
            raise BadInput(path=self.mac, line=0, why="not a MAC address such as 02:0f:1a:00:9a:2e")
        for address in (self.ip, self.peer):
            try:
                ipaddress.IPv4Address(address)
            except ValueError as error:
                raise BadInput(path=address, line=0, why="not an IPv4 address") from error
        if not self.names:
            raise BadInput(path=str(self.file), line=0, why="no name to offer it by")

    @property
    def peer(self) -> str:
        """Where the router speaks from."""
        return self.lease or self.router_ip

    @property
    def bootfile(self) -> str:
        """The name that DHCP tells."""
        return self.names[0]


def mac(text: str) -> str:
    """A MAC as people write it (`02-0F-1A…`, `020f.1a00.9a2e`) in our way; BadInput."""
    digits = re.sub(r"[^0-9a-f]", "", text.lower()) if len(text) <= 40 else ""
    if len(digits) != 12:
        raise BadInput(path=text[:40], line=0, why="not a MAC address such as 02:0f:1a:00:9a:2e")
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))
