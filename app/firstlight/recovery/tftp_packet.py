# SPDX-License-Identifier: Apache-2.0
"""TFTP on the wire (RFC 1350 with the options of RFC 2347 to 2349). What is read is a stranger's: bounded, or None."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

READ, WRITE, DATA, ACK, ERROR, OPTIONS = 1, 2, 3, 4, 5, 6
BLOCK = 512
LEAST_BLOCK, MOST_BLOCK = 8, 65464
_MAX_REQUEST = 1024
_MAX_NAME = 255
_MAX_OPTIONS = 12
NOT_FOUND, FORBIDDEN, FULL, ILLEGAL, UNKNOWN_PORT, BAD_OPTION = 1, 2, 3, 4, 5, 8


@dataclass(frozen=True)
class Request:
    """Somebody wants to read or write a file; `name` is cleaned of what cannot be printed, for people and logs."""

    is_write: bool
    name: str
    mode: str
    options: Mapping[str, str] = field(default_factory=dict)

    def number(self, option: str, low: int, high: int) -> int | None:
        """An option's number when it is one within bounds."""
        word = self.options.get(option, "")
        if not (word.isascii() and word.isdecimal() and len(word) <= 10):
            return None
        value = int(word)
        return value if low <= value <= high else None


@dataclass(frozen=True)
class Packet:
    """Anything but a request. `number`: block, or code of an error."""

    kind: int
    number: int = 0
    data: bytes = b""
    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


def read_request(data: bytes) -> Request | None:
    """A request; None for anything else."""
    if not 6 <= len(data) <= _MAX_REQUEST or data[-1]:
        return None
    (kind,) = struct.unpack_from("!H", data)
    words = data[2:-1].split(b"\0")
    if kind not in (READ, WRITE) or len(words) < 2 or len(words) > 2 + 2 * _MAX_OPTIONS or not words[0] or len(words[0]) > _MAX_NAME:
        return None
    name, mode, *more = (_text(word) for word in words)
    return Request(kind == WRITE, name, mode.lower(), _pairs(more))


def read(data: bytes) -> Packet | None:
    """Any packet but a request; None for what is none."""
    if len(data) < 4:
        return None
    kind, number = struct.unpack_from("!HH", data)
    if kind == DATA and len(data) <= 4 + MOST_BLOCK:
        return Packet(DATA, number, data[4:])
    if kind == ACK:
        return Packet(ACK, number)
    if kind == ERROR:
        return Packet(ERROR, number, text=_text(data[4:][:200].split(b"\0", 1)[0]))
    if kind == OPTIONS and len(data) <= _MAX_REQUEST and not data[-1]:
        return Packet(OPTIONS, options=_pairs([_text(word) for word in data[2:-1].split(b"\0")]))
    return None


def _pairs(words: list[str]) -> dict[str, str]:
    return {name.lower(): value for name, value in list(zip(words[::2], words[1::2], strict=False))[:_MAX_OPTIONS]}


def _text(data: bytes) -> str:
    return "".join(c if c.isprintable() else "?" for c in data.decode("utf-8", "replace"))


def request(kind: int, name: str, options: Mapping[str, object] | None = None) -> bytes:
    """A request to read or write in octets."""
    words = [name, "octet", *(str(w) for pair in (options or {}).items() for w in pair)]
    return struct.pack("!H", kind) + b"".join(w.encode() + b"\0" for w in words)


def data_packet(block: int, data: bytes) -> bytes:
    """One block; numbers start over after 65535, with 0, as U-Boot and the usual clients count."""
    return struct.pack("!HH", DATA, block & 0xFFFF) + data


def ack(block: int) -> bytes:
    """A block came."""
    return struct.pack("!HH", ACK, block & 0xFFFF)


def error(code: int, text: str) -> bytes:
    """No, and why."""
    return struct.pack("!HH", ERROR, code) + text.encode("ascii", "replace")[:200] + b"\0"


def options_ack(options: Mapping[str, object]) -> bytes:
    """The options that were agreed to."""
    return struct.pack("!H", OPTIONS) + b"".join(str(w).encode() + b"\0" for pair in options.items() for w in pair)
