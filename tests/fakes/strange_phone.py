# SPDX-License-Identifier: Apache-2.0
"""A TCP end that speaks fastboot's beginning and then whatever a test tells it to."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from types import TracebackType


def packet(text: bytes, length: int | None = None) -> bytes:
    return struct.pack(">Q", len(text) if length is None else length) + text


class StrangePhone:
    """Answers each command with the next of `answers` (raw bytes); then stays silent with the line open."""

    def __init__(self, *answers: bytes, hello: bytes = b"FB01") -> None:
        self._answers = list(answers)
        self._hello = hello
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> StrangePhone:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(10)
                connection.sendall(self._hello)
                connection.recv(4)
                while self._answers and (head := connection.recv(8)):
                    left = struct.unpack(">Q", head)[0]
                    while left > 0 and (data := connection.recv(min(left, 65536))):
                        left -= len(data)
                    connection.sendall(self._answers.pop(0))
                if self._hello == b"FB01" and not self._answers:
                    self._over.wait(10)
