# SPDX-License-Identifier: Apache-2.0
"""The wire of fastboot over TCP, with a deadline for all of a connection: "FB01" both ways, then packets of an 8-byte length."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from firstlight.devices import fastboot_sparse
from firstlight.devices.errors import DeviceLost, DeviceStalled, refusal
from firstlight.devices.fastboot import ASK_S, GIVE_UP_S, Watch
from firstlight.devices.tool import STALL_S, clean

_PIECE = 64 * 1024
_MAX_ANSWER = 4096
_MAX_LINES = 2000


@dataclass(frozen=True)
class Image:
    """What is sent: the file, its size, bytes that replace its beginning, and how it is cut into sparse pieces if it is."""

    path: Path
    total: int
    patch: bytes = b""
    made: fastboot_sparse.Layout | None = None

    def data(self, group: tuple[fastboot_sparse.Chunk, ...]) -> Iterator[tuple[bytes, int]]:
        """Bytes for the wire, and how far in the file they are."""
        with self.path.open("rb") as file:
            if self.made is not None:
                for data in fastboot_sparse.encode(self.made, group, file):
                    yield data, min(file.tell(), self.total)
                return
            file.seek(len(self.patch))
            if self.patch:
                yield self.patch, len(self.patch)
            while data := file.read(_PIECE):
                yield data, file.tell()


def number(text: str) -> int:
    """A size that a phone tells; 0 for anything that is none."""
    try:
        return max(0, int(text, 0))
    except ValueError:
        return 0


class Wire:
    """One connection with a deadline for all of it."""

    def __init__(self, address: str, where: tuple[str, int], deadline_s: float, watch: Watch | None = None) -> None:
        self._address = address
        self._watch = watch or Watch()
        self._began = time.monotonic()
        self._end = self._began + deadline_s
        self._patience_s = min(ASK_S, deadline_s)
        self._talks_until = float("inf")
        self._told = self._far = 0
        self._last = self._began
        try:
            self._sock = socket.create_connection(where, min(ASK_S, deadline_s))
        except OSError as error:
            raise DeviceLost(address=address, why=str(error)) from error
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock.settimeout(0.25)

    def __enter__(self) -> Wire:
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

    def download(self, image: Image, group: tuple[fastboot_sparse.Chunk, ...], length: int) -> None:
        """Send one piece: a sparse image of these chunks, or the whole file as it is."""
        self._packet(f"download:{length:08x}".encode())
        self._answer("download", "DATA")
        self._send(struct.pack(">Q", length))
        sent = 0
        for data, at in image.data(group):
            sent += len(data)
            if sent > length:
                break
            self._send(data)
            self._far = max(self._far, at)
            self._watch.moved(self._far, image.total)
        if sent != length:
            raise DeviceLost(address=self._address, why="the image changed its size while it was sent")
        self._answer("download", "OKAY")

    def upload(self, command: str, size: int) -> bytes:
        """Send a command that the phone answers with data."""
        self._packet(command.encode("ascii"))
        if number("0x" + self._answer(command, "DATA")) != size:
            self._lost("answered another size than asked for")
        data = bytearray()
        while len(data) < size:
            length = self._length(size - len(data))
            data += self._receive(length)
        self._answer(command, "OKAY")
        return bytes(data)

    def _answer(self, command: str, expected: str) -> str:
        # Words are no progress: who talks on and on is held to the deadline as well. What was sent slowly has time for its answer.
        self._talks_until = max(self._end, time.monotonic() + self._patience_s)
        try:
            return self._said(command, expected)
        finally:
            self._talks_until = float("inf")

    def _said(self, command: str, expected: str) -> str:
        for _ in range(_MAX_LINES):
            text = clean(self._receive(self._length(_MAX_ANSWER)).decode("utf-8", "replace"))
            kind, rest = text[:4], text[4:]
            if kind == expected:
                return rest
            if kind == "FAIL":
                raise refusal(rest, command)
            if kind not in ("INFO", "TEXT"):
                self._lost(f"answered {text[:40]!r}")
            self._watch.said(rest, "plain")
        raise DeviceLost(address=self._address, why="does not stop talking")

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
            if time.monotonic() >= self._talks_until:
                raise DeviceStalled(address=self._address, seconds=int(time.monotonic() - self._began))
        return bytes(data)

    def _heard(self) -> None:
        if self._told:
            self._watch.silent(0)
        self._told, self._last = 0, time.monotonic()

    def _silence(self) -> None:
        now = time.monotonic()
        silent = now - self._last
        if now >= self._end or silent >= GIVE_UP_S:
            raise DeviceStalled(address=self._address, seconds=int(silent))
        if silent >= STALL_S * (self._told + 1):
            self._told += 1
            self._watch.silent(int(silent))

    def _lost(self, why: str) -> NoReturn:
        raise DeviceLost(address=self._address, why=why)
