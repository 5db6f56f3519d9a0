# SPDX-License-Identifier: Apache-2.0
"""Our own fastboot client over TCP: used where there is no fastboot program, and for reading partitions, which older ones cannot.

Protocol: "FB01" both ways, then packets of an 8-byte big-endian length and so many bytes. Silence is told after 20 s and ends
the call at its deadline. Images above the phone's `max-download-size` go as sparse pieces.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from enum import StrEnum
from pathlib import Path

from firstlight.devices import fastboot_sparse
from firstlight.devices.errors import DeviceLost, DeviceRefused, ImageOdd, ToolMissing
from firstlight.devices.fastboot import ASK_S, ERASE_S, PLAIN, FlashOptions, Order, Watch, flash_deadline_s, reboot_to
from firstlight.devices.fastboot_wire import Image, Wire, number

_ADDRESS = re.compile(r"tcp:(?P<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9a-fA-F:]+\]):(?P<port>[0-9]{1,5})")
_MAX_FETCH = 64 << 20
_MAX_SAID = 64 * 1024
_VBMETA_HEAD, _VBMETA_FLAGS = 256, 120


def split_address(address: str) -> tuple[str, int] | None:
    """Host and port of `tcp:HOST:PORT`; None for anything else."""
    match = _ADDRESS.fullmatch(address)
    if match is None or not 0 < int(match["port"]) < 65536:
        return None
    return match["host"].strip("[]"), int(match["port"])


class Presence(StrEnum):
    """What a TCP address says to one more caller. A phone serves one at a time: BUSY means that somebody talks to it."""

    FREE = "free"
    BUSY = "busy"
    GONE = "gone"


def presence(address: str, within_s: float = 2.0) -> Presence:
    """Ask an address whether a phone listens; waits at most twice `within_s`."""
    where = split_address(address)
    if where is None:
        return Presence.GONE
    try:
        with socket.create_connection(where, within_s) as sock:
            sock.settimeout(within_s)
            try:
                sock.sendall(b"FB01")
                return Presence.FREE if sock.recv(4)[:2] == b"FB" else Presence.GONE
            except TimeoutError:
                return Presence.BUSY
    except OSError:
        return Presence.GONE


class FastbootTcp:
    """A phone at `tcp:HOST:PORT`; each call is a connection of its own, so that a lost one is noticed at the next call."""

    speaker = "Firstlight"

    def __init__(self, address: str) -> None:
        where = split_address(address)
        if where is None:
            raise ValueError(address)
        self.address = address
        self._where = where

    def getvar(self, name: str) -> str:
        """A variable of the bootloader; "" when it knows none of that name."""
        with Wire(self.address, self._where, ASK_S) as wire:
            try:
                return wire.ask(f"getvar:{name}")
            except DeviceRefused:
                return ""

    def flash(self, partition: str, image: Path, watch: Watch, options: FlashOptions = PLAIN) -> None:
        """Write an image, in sparse pieces when it is larger than the phone takes at once."""
        if options.is_raw:
            raise ToolMissing(tool="fastboot")
        total = image.stat().st_size
        patch = vbmeta_flags(image, options)
        with Wire(self.address, self._where, flash_deadline_s(total), watch) as wire:
            limit = number(_ask_or(wire, "getvar:max-download-size", "0")) or total
            made = fastboot_sparse.layout(image) if total > limit else None
            for place in _places(wire, partition, options.slot):
                self._write(wire, place, Image(image, total, patch, made), limit, watch)

    def _write(self, wire: Wire, place: str, image: Image, limit: int, watch: Watch) -> None:
        groups = list(fastboot_sparse.pieces(image.made, limit)) if image.made else [()]
        for index, group in enumerate(groups, 1):
            which = f"sparse '{place}' {index}/{len(groups)}" if image.made else f"'{place}'"
            length = fastboot_sparse.encoded_size(image.made, group) if image.made else image.total
            watch.said(f"sending {which} ({length // 1024} KB)", "plain")
            began = time.monotonic()
            wire.download(image, group, length)
            watch.said(f"sent {which} in {time.monotonic() - began:.3f}s", "ok")
            wire.ask(f"flash:{place}")
            watch.said(f"writing {which} OKAY", "ok")
        watch.moved(image.total, image.total)

    def boot(self, image: Path, watch: Watch) -> None:
        """Start an image without writing it."""
        total = image.stat().st_size
        with Wire(self.address, self._where, flash_deadline_s(total), watch) as wire:
            wire.download(Image(image, total), (), total)
            wire.ask("boot")

    def wipe_super(self, image: Path, watch: Watch) -> None:
        """Make all logical partitions afresh."""
        total = image.stat().st_size
        with Wire(self.address, self._where, flash_deadline_s(total) + ERASE_S, watch) as wire:
            name = _ask_or(wire, "getvar:super-partition-name", "super") or "super"
            wire.download(Image(image, total), (), total)
            wire.ask(f"update-super:{name}:wipe")

    def give(self, order: Order) -> str:
        """Any command without an image."""
        said: list[str] = []
        with Wire(self.address, self._where, order.deadline_s, Watch(said=lambda text, _: said.append(text))) as wire:
            try:
                said.append(wire.ask(order.wire))
            except DeviceLost:
                if not order.leaves:
                    raise
        return "\n".join(said)[-_MAX_SAID:]

    def fetch(self, partition: str, target: Path) -> int:
        """Read a partition, piece by piece as the phone allows."""
        with Wire(self.address, self._where, flash_deadline_s(_MAX_FETCH)) as wire:
            size = number(wire.ask(f"getvar:partition-size:{partition}"))
            limit = number(_ask_or(wire, "getvar:max-download-size", "0")) or size
            if not 0 < size <= _MAX_FETCH:
                raise DeviceRefused(said=f"partition of {size} bytes", command=f"fetch:{partition}")
            with target.open("wb") as file:
                for start in range(0, size, limit):
                    piece = min(limit, size - start)
                    file.write(wire.upload(f"fetch:{partition}:{start:#x}:{piece:#x}", piece))
        return size

    def reboot(self, to: str) -> None:
        """Leave for `system`, `bootloader`, `fastboot` or `recovery`."""
        self.give(reboot_to(to))


def _places(wire: Wire, partition: str, slot: str) -> list[str]:
    """The whole names of what is written: a partition with slots is named with one."""
    if _ask_or(wire, f"getvar:has-slot:{partition}", "no") != "yes":
        return [partition]
    running = wire.ask("getvar:current-slot").strip("_")
    wanted = {"": running, "other": "b" if running == "a" else "a"}.get(slot, slot)
    return [f"{partition}_{s}" for s in ("a", "b")] if wanted == "all" else [f"{partition}_{wanted}"]


def vbmeta_flags(image: Path, options: FlashOptions) -> bytes:
    """The head of a vbmeta image with verity or verification off; b"" when nothing is to be changed."""
    flags = options.disable_verity | options.disable_verification << 1
    if not flags:
        return b""
    with image.open("rb") as file:
        head = bytearray(file.read(_VBMETA_HEAD))
    if len(head) < _VBMETA_HEAD or head[:4] != b"AVB0":
        raise ImageOdd(name=image.name, why="not a vbmeta image, so verity cannot be switched off in it")
    (old,) = struct.unpack_from(">I", head, _VBMETA_FLAGS)
    struct.pack_into(">I", head, _VBMETA_FLAGS, old | flags)
    return bytes(head)


def _ask_or(wire: Wire, command: str, default: str) -> str:
    try:
        return wire.ask(command)
    except DeviceRefused:
        return default
