# SPDX-License-Identifier: Apache-2.0
"""The fastboot wire of a practice phone: "FB01" both ways, then packets of an 8-byte length and so many bytes."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable

from firstlight.practice.bootloader import MAX_DOWNLOAD, Answer, Bootloader
from firstlight.practice.phone_line import Gone, exactly, pieces
from firstlight.practice.phone_record import Record

_HANDSHAKE = b"FB01"
_PIECE = 64 * 1024
_LONGEST = 4096


class FastbootWire:
    """`takes(bytes)` is called for each piece of an image that came, and may raise Gone; `leaves(mode)` when the phone goes."""

    def __init__(
        self,
        bootloader: Bootloader,
        record: Record,
        *,
        mode: Callable[[], str],
        takes: Callable[[int], None],
        leaves: Callable[[str], None],
    ) -> None:
        self._bootloader = bootloader
        self._record = record
        self._mode = mode
        self._takes = takes
        self._leaves = leaves

    def talk(self, connection: socket.socket) -> None:
        """One connection to its end."""
        connection.sendall(_HANDSHAKE)
        if exactly(connection, 4)[:2] != b"FB":
            raise Gone
        while True:
            (length,) = struct.unpack(">Q", exactly(connection, 8))
            if length > _LONGEST:
                raise Gone
            command = exactly(connection, length).decode("ascii", "replace")
            if command.startswith("download:"):
                self._download(connection, command)
                continue
            self._record.write_down(command)
            for answer in self._bootloader.answer(command):
                self._answer(connection, answer)
                if answer.leaves:
                    self._leaves(answer.leaves)
                    raise Gone

    def _answer(self, connection: socket.socket, answer: Answer) -> None:
        self._send(connection, answer.text.encode()[:256])
        for start in range(0, len(answer.data), _PIECE):
            self._send(connection, answer.data[start : start + _PIECE])

    def _send(self, connection: socket.socket, data: bytes) -> None:
        connection.sendall(struct.pack(">Q", len(data)) + data)

    def _download(self, connection: socket.socket, command: str) -> None:
        try:
            size = int(command[9:], 16)
        except ValueError:
            size = MAX_DOWNLOAD + 1
        if not 0 < size <= MAX_DOWNLOAD or self._mode() == "system":
            self._record.write_down(command)
            self._send(connection, b"FAILdata too large")
            return
        self._send(connection, f"DATA{size:08x}".encode())
        data = bytearray()
        try:
            while len(data) < size:
                (length,) = struct.unpack(">Q", exactly(connection, 8))
                if length > size - len(data):
                    raise Gone
                for piece in pieces(connection, length, lambda _: None):
                    data += piece
                    self._takes(len(piece))
        finally:
            self._record.write_down(command, len(data))
        self._answer(connection, self._bootloader.take(bytes(data)))
