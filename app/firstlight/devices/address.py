# SPDX-License-Identifier: Apache-2.0
"""Where a device is, in one line of text: what `--device` takes and what practice devices and listings print.

    fastboot:tcp:127.0.0.1:5554   fastboot:SERIAL        a phone in its bootloader
    adb:127.0.0.1:5555            adb:SERIAL             a started phone, or one in its recovery
    ssh:host   ssh:host:2222      ssh:user@host:2222     a router; user root and port 22 when not given
    recovery:WHERE                                       a router that asks for a rescue image; WHERE is read by the recovery room
    card:/dev/sdX                 card:file:/path        a card or stick; a plain file for practice
    card:nbd:127.0.0.1:10809                             a practice card, or one in another computer's reader: a network block device

Text comes from command lines and guides' runs: it is bounded, and nothing in it can be taken for an option of a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from firstlight.base.errors import BadInput
from firstlight.devices.device import Kind

MAX_ADDRESS = 1024
_HOST = r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9a-fA-F:.]{2,45}\])"
_PORT = r"(?P<port>[0-9]{1,5})"
_TCP = re.compile(rf"tcp:{_HOST}(?::{_PORT})?")
_HOST_PORT = re.compile(rf"{_HOST}(?::{_PORT})?")
_SSH = re.compile(rf"(?:(?P<user>[A-Za-z_][A-Za-z0-9_.-]{{0,31}})@)?{_HOST}(?::{_PORT})?")
_SERIAL = re.compile(r"(?!tcp:|udp:)[A-Za-z0-9_][A-Za-z0-9_.:-]{0,126}")
_RECOVERY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:@,=/\[\]-]{0,200}")
_DRIVE = re.compile(r"\\\\\.\\PhysicalDrive[0-9]{1,3}")


class Way(StrEnum):
    """What speaks to the device."""

    FASTBOOT = "fastboot"
    ADB = "adb"
    SSH = "ssh"
    RECOVERY = "recovery"
    CARD = "card"


KINDS = {Way.FASTBOOT: Kind.PHONE, Way.ADB: Kind.PHONE, Way.SSH: Kind.ROUTER, Way.RECOVERY: Kind.RECOVERY, Way.CARD: Kind.CARD}
FASTBOOT_PORT, ADB_PORT, SSH_PORT = 5554, 5555, 22


@dataclass(frozen=True)
class Address:
    """A parsed address. `where` is what the way's own program takes: `tcp:HOST:PORT`, a serial number, `HOST:PORT`, a path."""

    way: Way
    where: str
    host: str = ""
    port: int = 0
    """0: not over the network."""
    user: str = ""
    path: str = ""
    is_file: bool = False
    """A card that is a plain file, for practice."""

    @property
    def kind(self) -> Kind:
        """What stands there."""
        return KINDS[self.way]

    def __str__(self) -> str:
        return f"{self.way}:{self.where}"


def parse(text: str) -> Address:
    """The address that `text` says; BadInput (facts `path`, `why`) for anything else."""
    way, colon, rest = text.partition(":")
    if way == "tcp":
        way, colon, rest = Way.FASTBOOT, ":", text  # how practice phones were written first
    reader = _READERS.get(way)
    if reader is None or not colon or not rest or len(text) > MAX_ADDRESS or not rest.isprintable():
        raise _bad(text, "an address begins with " + ", ".join(f"{w}:" for w in Way))
    return reader(rest)


def _bad(text: str, why: str) -> BadInput:
    return BadInput(path=text[:200], line=0, why=why)


def _port(text: str | None, default: int, whole: str) -> int:
    port = int(text) if text else default
    if not 0 < port < 65536:
        raise _bad(whole, "a port is between 1 and 65535")
    return port


def _fastboot(rest: str) -> Address:
    if match := _TCP.fullmatch(rest):
        port = _port(match["port"], FASTBOOT_PORT, rest)
        return Address(Way.FASTBOOT, f"tcp:{match['host']}:{port}", match["host"].strip("[]"), port)
    return _serial(Way.FASTBOOT, rest)


def _adb(rest: str) -> Address:
    match = _HOST_PORT.fullmatch(rest)
    if match and match["port"]:
        port = _port(match["port"], ADB_PORT, rest)
        return Address(Way.ADB, f"{match['host']}:{port}", match["host"].strip("[]"), port)
    return _serial(Way.ADB, rest)


def _serial(way: Way, rest: str) -> Address:
    if not _SERIAL.fullmatch(rest):
        raise _bad(rest, "neither a serial number nor HOST:PORT")
    return Address(way, rest)


def _ssh(rest: str) -> Address:
    match = _SSH.fullmatch(rest)
    if match is None:
        raise _bad(rest, "not [user@]host[:port]")
    port = _port(match["port"], SSH_PORT, rest)
    user = match["user"] or "root"
    return Address(Way.SSH, f"{user}@{match['host']}:{port}", match["host"].strip("[]"), port, user)


def _recovery(rest: str) -> Address:
    if not _RECOVERY.fullmatch(rest):
        raise _bad(rest, "not the name of an adapter")
    return Address(Way.RECOVERY, rest)


def _card(rest: str) -> Address:
    if rest.startswith("nbd:"):
        match = _HOST_PORT.fullmatch(rest.removeprefix("nbd:"))
        if match is None or not match["port"]:
            raise _bad(rest, "not nbd:HOST:PORT")
        return Address(Way.CARD, rest, match["host"].strip("[]"), _port(match["port"], 0, rest), path=rest)
    is_file = rest.startswith("file:")
    path = rest.removeprefix("file:")
    is_whole = path.startswith("/") if is_file else path.startswith("/dev/")  # a file of the tester's is never taken for a card by mistake
    if "\0" in path or not (is_whole or _DRIVE.fullmatch(path) or (is_file and re.match(r"[A-Za-z]:[\\/]", path))):
        raise _bad(rest, "a whole path is wanted: /dev/sdX, or file:/path")
    return Address(Way.CARD, rest, path=path, is_file=is_file)


_READERS: dict[str, Callable[[str], Address]] = {
    Way.FASTBOOT: _fastboot,
    Way.ADB: _adb,
    Way.SSH: _ssh,
    Way.RECOVERY: _recovery,
    Way.CARD: _card,
}
