# SPDX-License-Identifier: Apache-2.0
"""Straight to the tester's adb server, for what the adb program does not tell: every block of a sideload, every byte of a push.

The server is the one that the program starts (`adb start-server`); it owns USB and keys. A request is four hex digits of length
and a service's name, the answer OKAY or FAIL with words; behind `host:transport:SERIAL` the line belongs to the phone.
"""

from __future__ import annotations

import os
import re
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.errors import DeviceLost, DeviceStalled, PackageRefused, adb_trouble
from firstlight.devices.fastboot import Watch
from firstlight.devices.tool import STALL_S, clean

DEFAULT_PORT = 5037
BLOCK = 64 * 1024
"""Bytes that a recovery asks for at once."""
_POLL_S = 0.25
_CONNECT_S = 5.0
_MAX_WORDS = 4096
_GIVE_UP_S = 180.0
_BLOCK_NAME = re.compile(rb"[0-9]{8}")
_PASSES = 8
"""A recovery reads a package twice, some three times; one that asks for more than this is not installing."""


def server_port() -> int:
    """Where the tester's adb server listens."""
    text = os.environ.get("ANDROID_ADB_SERVER_PORT", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536 else DEFAULT_PORT


class AdbLine:
    """One request to the server. Raises DeviceLost, DeviceStalled, DeviceRefused, DeviceUnauthorised.

    `work`: a cancel is honoured while waiting; give it only where stopping is safe.
    """

    def __init__(self, port: int, serial: str, *, deadline_s: float, watch: Watch | None = None, work: Work | None = None) -> None:
        self._serial = serial
        self._watch = watch or Watch()
        self._work = work
        self._last = time.monotonic()
        self._end = self._last + deadline_s
        self._told = 0
        self._give_up_s = _GIVE_UP_S
        try:
            self._sock = socket.create_connection(("127.0.0.1", port), _CONNECT_S)
        except OSError as error:
            raise DeviceLost(address=serial, why=f"the adb server does not answer: {error}") from error
        self._sock.settimeout(_POLL_S)

    def __enter__(self) -> AdbLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._sock.close()

    def open(self, service: str) -> None:
        """The phone's service; the line is then its."""
        self._request(f"host:transport:{self._serial}")
        self._request(service)

    def ask(self, service: str) -> None:
        """A service of the server itself."""
        self._request(service)

    def _request(self, service: str) -> None:
        words = service.encode()
        self.send(b"%04x" % len(words) + words)
        answer = self.receive(4)
        if answer == b"OKAY":
            return
        if answer != b"FAIL":
            raise DeviceLost(address=self._serial, why="the adb server answered nonsense")
        raise adb_trouble(self.words(), self._serial, service.partition(":")[0])

    def words(self) -> str:
        """Four hex digits of length, then so many bytes of text."""
        try:
            size = int(self.receive(4), 16)
        except ValueError as error:
            raise DeviceLost(address=self._serial, why="the adb server answered nonsense") from error
        kept = clean(self.receive(min(size, _MAX_WORDS)).decode("utf-8", "replace"))
        self.receive(max(size - _MAX_WORDS, 0))
        return kept

    def send(self, data: bytes) -> None:
        """All of it."""
        view = memoryview(data)
        while view:
            try:
                view = view[self._sock.send(view) :]
            except TimeoutError:
                self._silence()
                continue
            except OSError as error:
                raise DeviceLost(address=self._serial, why=str(error)) from error
            self._heard()

    def receive(self, size: int) -> bytes:
        """So many bytes."""
        data = bytearray()
        while len(data) < size:
            try:
                piece = self._sock.recv(size - len(data))
            except TimeoutError:
                self._silence()
                continue
            except OSError as error:
                raise DeviceLost(address=self._serial, why=str(error)) from error
            if not piece:
                raise DeviceLost(address=self._serial, why="hung up")
            data += piece
            self._heard()
        return bytes(data)

    def calm(self) -> None:
        """Silence is no fault from here on: news may take hours."""
        self._give_up_s = float("inf")

    def _heard(self) -> None:
        if self._told:
            self._watch.silent(0)
        self._told, self._last = 0, time.monotonic()

    def _silence(self) -> None:
        if self._work is not None:
            self._work.check()
        now = time.monotonic()
        silent = now - self._last
        if now >= self._end or silent >= self._give_up_s:
            raise DeviceStalled(address=self._serial, seconds=int(silent))
        if silent >= STALL_S * (self._told + 1):
            self._told += 1
            self._watch.silent(int(silent))


@dataclass
class _Sideload:
    """What a recovery has asked for so far."""

    size: int
    blocks: int
    seen: bytearray
    distinct: int = 0
    served: int = 0

    def take(self, number: int) -> int:
        """Bytes of the package that the phone has seen, with this block."""
        if not self.seen[number]:
            self.seen[number] = 1
            self.distinct += 1
        self.served += 1
        return min(self.distinct * BLOCK, self.size)

    @property
    def is_again(self) -> bool:
        """It has all of it and reads on: it installs."""
        return self.distinct == self.blocks


def sideload(port: int, serial: str, package: Path, *, deadline_s: float, watch: Watch) -> None:
    """Serve a package to a recovery that waits for one; PackageRefused when it did not install it.

    Progress is true: bytes of the package that the phone has read at least once. It reads a second time while it installs; that
    is said in the console, and the end is only what the phone says at the end. The program's own percentage ends at 47 or 94.
    """
    size = package.stat().st_size
    blocks = -(-size // BLOCK)
    state = _Sideload(size, blocks, bytearray(blocks))
    with AdbLine(port, serial, deadline_s=deadline_s, watch=watch) as line, package.open("rb") as file:
        line.open(f"sideload-host:{size}:{BLOCK}")
        was_again = False
        while True:
            wanted = line.receive(8)
            if wanted == b"DONEDONE":
                watch.moved(size, size)
                return
            if wanted == b"FAILFAIL":
                raise PackageRefused(said="the recovery did not install the package", command="sideload")
            if not _BLOCK_NAME.fullmatch(wanted) or int(wanted) >= blocks or state.served > _PASSES * blocks + 1000:
                raise DeviceLost(address=serial, why=f"asked for block {wanted!r}")
            if state.is_again and not was_again:
                was_again = True
                watch.said("the phone has all of the package and reads it again: it installs", "plain")
            number = int(wanted)
            file.seek(number * BLOCK)
            line.send(file.read(BLOCK))
            watch.moved(state.take(number), size)


def push(port: int, serial: str, source: Path, target: str, *, deadline_s: float, watch: Watch) -> None:
    """A file to the phone's path `target`; DeviceRefused or DeviceNoRoom when it does not take it."""
    size = source.stat().st_size
    sent = 0
    with AdbLine(port, serial, deadline_s=deadline_s, watch=watch) as line, source.open("rb") as file:
        line.open("sync:")
        name = f"{target},{0o100644}".encode()
        line.send(struct.pack("<4sI", b"SEND", len(name)) + name)
        while data := file.read(BLOCK):
            line.send(struct.pack("<4sI", b"DATA", len(data)) + data)
            sent += len(data)
            watch.moved(sent, size)
        line.send(struct.pack("<4sI", b"DONE", int(source.stat().st_mtime) & 0xFFFFFFFF))
        word, length = struct.unpack("<4sI", line.receive(8))
        if word == b"FAIL":
            said = clean(line.receive(min(length, _MAX_WORDS)).decode("utf-8", "replace"))
            raise adb_trouble(said, serial, f"push {target}")
        if word != b"OKAY":
            raise DeviceLost(address=serial, why="answered nonsense to a file")
        line.send(struct.pack("<4sI", b"QUIT", 0))


def track(port: int, work: Work, changed: Callable[[], None]) -> None:
    """Call `changed` whenever a phone comes or goes, until `work` is cancelled; the server says so by itself. Raises DeviceLost."""
    with AdbLine(port, "", deadline_s=float("inf"), work=work) as line:
        line.ask("host:track-devices")
        line.calm()
        while True:
            line.words()
            changed()
