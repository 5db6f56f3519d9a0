# SPDX-License-Identifier: Apache-2.0
"""DHCP and BOOTP on the wire (RFC 951, 2131, 2132): read what a bootloader asks, write what it is told.

Everything read is a stranger's: no length is trusted, and what makes no sense is None.
"""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass
from enum import StrEnum

_FIXED = struct.Struct("!BBBBIHH4s4s4s4s16s64s128s")
_COOKIE = b"\x63\x82\x53\x63"
MAX_PACKET = 1500
_LEAST = 300
_MASK, _ROUTER, _WANTED, _LEASE, _KIND, _SERVER, _VENDOR, _TFTP, _BOOTFILE, _END = 1, 3, 50, 51, 53, 54, 60, 66, 67, 255
_LEASE_S = 600
BROADCAST = 0x8000


class Kind(StrEnum):
    """What a message is; a message without options is plain BOOTP."""

    BOOTP = "bootp"
    DISCOVER = "discover"
    OFFER = "offer"
    REQUEST = "request"
    ACK = "ack"
    NAK = "nak"
    OTHER = "other"


_KINDS = {1: Kind.DISCOVER, 2: Kind.OFFER, 3: Kind.REQUEST, 5: Kind.ACK, 6: Kind.NAK}
_NUMBERS = {kind: number for number, kind in _KINDS.items()}


@dataclass(frozen=True)
class Message:
    """One message; addresses as text, "" when not given."""

    is_answer: bool
    kind: Kind
    xid: int
    mac: str
    flags: int = 0
    own_ip: str = ""
    """What the client says it has."""
    your_ip: str = ""
    """What a server gives it."""
    next_server: str = ""
    relay: str = ""
    wanted_ip: str = ""
    server: str = ""
    vendor: str = ""
    file: str = ""


def read(data: bytes) -> Message | None:
    """The message in `data`; None when it is none that an Ethernet client or server sends."""
    if not _FIXED.size <= len(data) <= MAX_PACKET:
        return None
    op, kind, length, _, xid, _, flags, own, your, next_, relay, mac, _, file = _FIXED.unpack_from(data)
    if op not in (1, 2) or kind != 1 or length != 6:
        return None
    rest = data[_FIXED.size :]
    options = _options(rest[4:]) if rest[:4] == _COOKIE else {}
    number = options.get(_KIND, b"")
    what = Kind.BOOTP if _KIND not in options else _KINDS.get(number[0] if len(number) == 1 else 0, Kind.OTHER)
    return Message(
        is_answer=op == 2,
        kind=what,
        xid=xid,
        mac=":".join(f"{b:02x}" for b in mac[:6]),
        flags=flags,
        own_ip=_ip(own),
        your_ip=_ip(your),
        next_server=_ip(next_),
        relay=_ip(relay),
        wanted_ip=_ip(options.get(_WANTED, b"")),
        server=_ip(options.get(_SERVER, b"")),
        vendor=_text(options.get(_VENDOR, b"")),
        file=_text(options.get(_BOOTFILE, b"") or file),
    )


def _options(data: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at < len(data) and data[at] != _END:
        if data[at] == 0:
            at += 1
            continue
        if at + 1 >= len(data):
            break
        length = data[at + 1]
        value = data[at + 2 : at + 2 + length]
        if len(value) < length:
            break
        found.setdefault(data[at], value)
        at += 2 + length
    return found


def _ip(data: bytes) -> str:
    return str(ipaddress.IPv4Address(data)) if len(data) == 4 and any(data) else ""


def _text(data: bytes) -> str:
    word = data.split(b"\0", 1)[0].decode("ascii", "replace")
    return "".join(c if c.isprintable() else "?" for c in word)[:128]


def question(*, xid: int, mac: str, kind: Kind = Kind.DISCOVER, wanted_ip: str = "", server: str = "") -> bytes:
    """What a client asks; the answer is wanted by broadcast."""
    more = b""
    if wanted_ip:
        more += _option(_WANTED, _packed(wanted_ip))
    if server:
        more += _option(_SERVER, _packed(server))
    head = _FIXED.pack(1, 1, 6, 0, xid, 0, BROADCAST, b"", b"", b"", b"", bytes.fromhex(mac.replace(":", "")), b"", b"")
    body = b"" if kind is Kind.BOOTP else _COOKIE + _option(_KIND, bytes([_NUMBERS[kind]])) + more + bytes([_END])
    return (head + body).ljust(_LEAST, b"\0")


def answer(asked: Message, *, kind: Kind, your_ip: str, netmask: str, server: str, file: str) -> bytes:
    """What a client is told: its address, and where its file is."""
    name = file.encode("ascii", "replace")[:127]
    head = _FIXED.pack(
        2,
        1,
        6,
        0,
        asked.xid,
        0,
        asked.flags,
        _packed(asked.own_ip),
        _packed(your_ip),
        _packed(server),
        b"",
        bytes.fromhex(asked.mac.replace(":", "")),
        server.encode()[:63],
        name,
    )
    if kind is Kind.BOOTP:
        return (head + _COOKIE + _option(_MASK, _packed(netmask)) + bytes([_END])).ljust(_LEAST, b"\0")
    options = _option(_KIND, bytes([_NUMBERS[kind]])) + _option(_SERVER, _packed(server))
    if kind is not Kind.NAK:
        options += _option(_LEASE, struct.pack("!I", _LEASE_S)) + _option(_MASK, _packed(netmask)) + _option(_ROUTER, _packed(server))
        options += _option(_TFTP, server.encode()) + _option(_BOOTFILE, name)
    return (head + _COOKIE + options + bytes([_END])).ljust(_LEAST, b"\0")


def _option(number: int, value: bytes) -> bytes:
    return bytes([number, len(value)]) + value


def _packed(ip: str) -> bytes:
    return ipaddress.IPv4Address(ip).packed if ip else bytes(4)
