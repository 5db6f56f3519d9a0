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
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from firstlight.devices.errors import DeviceLost, DeviceRefused, DeviceStalled, refusal
from firstlight.devices.fastboot import ASK_S, REBOOT_S, Watch, flash_deadline_s
from firstlight.devices.tool import STALL_S, clean

_ADDRESS = re.compile(r"tcp:(?P<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9a-fA-F:]+\]):(?P<port>[0-9]{1,5})")
_PIECE = 64 * 1024
_MAX_ANSWER = 4096
_MAX_FETCH = 64 << 20
_BLOCK = 4096
_HEADER = struct.Struct("<IHHHHIIII")
_CHUNK = struct.Struct("<HHII")
_RAW, _SKIP = 0xCAC1, 0xCAC3


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
        with _Wire(self.address, self._where, ASK_S) as wire:
            try:
                return wire.ask(f"getvar:{name}")
            except DeviceRefused:
                return ""

    def flash(self, partition: str, image: Path, watch: Watch) -> None:
        """Write an image, in sparse pieces when it is larger than the phone takes at once."""
        total = image.stat().st_size
        with _Wire(self.address, self._where, flash_deadline_s(total), watch) as wire:
            if _ask_or(wire, f"getvar:has-slot:{partition}", "no") == "yes":
                partition = f"{partition}_{wire.ask('getvar:current-slot').strip('_')}"
            limit = _number(_ask_or(wire, "getvar:max-download-size", "0"))
            pieces = list(_pieces(total, limit or total))
            for number, (start, size) in enumerate(pieces, 1):
                which = f"sparse '{partition}' {number}/{len(pieces)}" if len(pieces) > 1 else f"'{partition}'"
                watch.said(f"sending {which} ({size // 1024} KB)", "plain")
                began = time.monotonic()
                wire.download(image, start, size, total, is_sparse=len(pieces) > 1)
                watch.said(f"sent {which} in {time.monotonic() - began:.3f}s", "ok")
                wire.ask(f"flash:{partition}")
                watch.said(f"writing {which} OKAY", "ok")

    def fetch(self, partition: str, target: Path) -> int:
        """Read a partition, piece by piece as the phone allows."""
        with _Wire(self.address, self._where, flash_deadline_s(_MAX_FETCH)) as wire:
            size = _number(wire.ask(f"getvar:partition-size:{partition}"))
            limit = _number(_ask_or(wire, "getvar:max-download-size", "0")) or size
            if not 0 < size <= _MAX_FETCH:
                raise DeviceRefused(said=f"partition of {size} bytes", command=f"fetch:{partition}")
            with target.open("wb") as file:
                for start in range(0, size, limit):
                    piece = min(limit, size - start)
                    file.write(wire.upload(f"fetch:{partition}:{start:#x}:{piece:#x}", piece))
        return size

    def reboot(self, to: str) -> None:
        """Leave for `system` or `bootloader`."""
        with _Wire(self.address, self._where, REBOOT_S) as wire:
            wire.ask("reboot-bootloader" if to == "bootloader" else "reboot")


def _ask_or(wire: _Wire, command: str, default: str) -> str:
    try:
        return wire.ask(command)
    except DeviceRefused:
        return default


def _number(text: str) -> int:
    try:
        return int(text, 0)
    except ValueError:
        return 0


def _pieces(total: int, limit: int) -> Iterator[tuple[int, int]]:
    """Ranges of the image so that each fits into `limit` with a sparse header round it."""
    room = total if total <= limit else max((limit - 4 * _BLOCK) // _BLOCK * _BLOCK, _BLOCK)
    for start in range(0, total, room):
        yield start, min(room, total - start)


class _Wire:
    """One connection with a deadline for all of it."""

    def __init__(self, address: str, where: tuple[str, int], deadline_s: float, watch: Watch | None = None) -> None:
        self._address = address
        self._watch = watch or Watch()
        self._began = time.monotonic()
        self._end = self._began + deadline_s
        self._told = 0
        self._last = self._began
        try:
            self._sock = socket.create_connection(where, min(ASK_S, deadline_s))
        except OSError as error:
            raise DeviceLost(address=address, why=str(error)) from error
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock.settimeout(0.25)

    def __enter__(self) -> _Wire:
        try:
            self._send(b"FB01")
            if self._receive(4)[:2] != b"FB":
                self._lost("does not speak fastboot")
        except DeviceLost:
            self._sock.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._sock.close()

    def ask(self, command: str) -> str:
        """Send a command; the words after OKAY."""
        self._packet(command.encode("ascii"))
        return self._answer(command, "OKAY")

    def download(self, image: Path, start: int, size: int, total: int, *, is_sparse: bool) -> None:
        """Send one piece of the image: the whole file as it is, or a sparse image of this range alone."""
        before, after = _sparse(start, size, total) if is_sparse else (b"", b"")
        padding = -size % _BLOCK if is_sparse else 0
        length = len(before) + size + padding + len(after)
        self._packet(f"download:{length:08x}".encode())
        self._answer("download", "DATA")
        self._send(struct.pack(">Q", length) + before)
        with image.open("rb") as file:
            file.seek(start)
            left = size
            while left:
                data = file.read(min(_PIECE, left))
                if not data:
                    raise DeviceLost(address=self._address, why="the image became shorter while it was sent")
                self._send(data)
                left -= len(data)
                self._watch.moved(start + size - left, total)
        self._send(bytes(padding) + after)
        self._answer("download", "OKAY")

    def upload(self, command: str, size: int) -> bytes:
        """Send a command that the phone answers with data."""
        self._packet(command.encode("ascii"))
        if _number("0x" + self._answer(command, "DATA")) != size:
            self._lost("answered another size than asked for")
        data = bytearray()
        while len(data) < size:
            length = self._length(size - len(data))
            data += self._receive(length)
        self._answer(command, "OKAY")
        return bytes(data)

    def _answer(self, command: str, expected: str) -> str:
        while True:
            text = clean(self._receive(self._length(_MAX_ANSWER)).decode("utf-8", "replace"))
            kind, rest = text[:4], text[4:]
            if kind == expected:
                return rest
            if kind == "FAIL":
                raise refusal(rest, command)
            if kind not in ("INFO", "TEXT"):
                self._lost(f"answered {text[:40]!r}")
            self._watch.said(rest, "plain")

    def _length(self, most: int) -> int:
        (length,) = struct.unpack(">Q", self._receive(8))
        if length > most:
            self._lost("answered with a packet that is too long")
        return int(length)

    def _packet(self, data: bytes) -> None:
        self._send(struct.pack(">Q", len(data)) + data)

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                sent = self._sock.send(view)
            except TimeoutError:
                self._silence()
                continue
            except OSError as error:
                raise DeviceLost(address=self._address, why=str(error)) from error
            view = view[sent:]
            self._heard()

    def _receive(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            try:
                piece = self._sock.recv(size - len(data))
            except TimeoutError:
                self._silence()
                continue
            except OSError as error:
                raise DeviceLost(address=self._address, why=str(error)) from error
            if not piece:
                self._lost("hung up")
            data += piece
            self._heard()
        return bytes(data)

    def _heard(self) -> None:
        if self._told:
            self._watch.silent(0)
        self._told, self._last = 0, time.monotonic()

    def _silence(self) -> None:
        now = time.monotonic()
        silent = now - self._last
        if now >= self._end:
            raise DeviceStalled(address=self._address, seconds=int(silent))
        if silent >= STALL_S * (self._told + 1):
            self._told += 1
            self._watch.silent(int(silent))

    def _lost(self, why: str) -> NoReturn:
        raise DeviceLost(address=self._address, why=why)


def _sparse(start: int, size: int, total: int) -> tuple[bytes, bytes]:
    """Header and trailer of a sparse image that writes `size` bytes at `start` and leaves the rest alone."""
    blocks, skip, count = -(-total // _BLOCK), start // _BLOCK, -(-size // _BLOCK)
    rest = blocks - skip - count
    chunks = 1 + bool(skip) + bool(rest)
    head = _HEADER.pack(0xED26FF3A, 1, 0, _HEADER.size, _CHUNK.size, _BLOCK, blocks, chunks, 0)
    if skip:
        head += _CHUNK.pack(_SKIP, 0, skip, _CHUNK.size)
    head += _CHUNK.pack(_RAW, 0, count, _CHUNK.size + count * _BLOCK)
    return head, _CHUNK.pack(_SKIP, 0, rest, _CHUNK.size) if rest else b""
