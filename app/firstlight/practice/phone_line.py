# SPDX-License-Identifier: Apache-2.0
"""One TCP line of a practice phone on 127.0.0.1: it can be unplugged in the middle of a byte and plugged in at the same port."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
from collections.abc import Callable, Iterator

_PIECE = 64 * 1024
_LINGER_OFF = struct.pack("ii", 1, 0)


class Gone(Exception):
    """The connection is over: cable, phone off, or the PC hung up."""


_PORTS = range(20_000, 32_000)
"""Below those that systems give to whoever connects: an adb that asks again and again for a phone whose cable is out could get that very
port for its own end, be connected with itself, and keep the phone from coming back.
"""
_TRIES = 20


def _listener(port: int) -> socket.socket:
    """Listens at `port`, at any that is free when it is 0. OSError."""
    for place in (port,) if port else (*random.sample(_PORTS, _TRIES), 0):
        listener = socket.socket()
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", place))
            listener.listen(64)  # every look of a second caller waits in this queue
            return listener
        except OSError:
            listener.close()
            if place == port:
                raise
    raise AssertionError("the last place is the system's own choice")


class Line:
    """Listens in a thread of its own and lets `talk(connection)` speak, one caller at a time."""

    def __init__(self, name: str, talk: Callable[[socket.socket], None]) -> None:
        self._name = name
        self._talk = talk
        self._lock = threading.RLock()
        self._listener: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.port = 0
        """Stays the same from the first `open` on."""
        self.cut = threading.Event()
        """Set while nobody is on the line; whatever waits gives up then."""

    def open(self) -> None:
        """Be on the bus; harmless when it is already."""
        with self._lock:
            if self._listener is not None:
                return
            self.cut.clear()
            listener = _listener(self.port)
            self.port = listener.getsockname()[1]
            self._listener = listener
            self._thread = threading.Thread(target=self._serve, args=(listener,), name=self._name, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Leave the bus at once, as when the cable goes."""
        with self._lock:
            self.cut.set()
            listener, self._listener = self._listener, None
            connection, self._connection = self._connection, None
        for sock in (connection, listener):
            if sock is not None:
                with contextlib.suppress(OSError):
                    if sock is connection:
                        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_OFF)
                    sock.shutdown(socket.SHUT_RDWR)
                sock.close()

    def join(self, seconds: float) -> None:
        """Wait until the thread has ended, after `close`."""
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                if self._listener is not listener:
                    connection.close()
                    return
                self._connection = connection
            with contextlib.suppress(Gone, OSError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._talk(connection)
            with contextlib.suppress(OSError):
                connection.close()


def exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes, or Gone."""
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise Gone
        data += piece
    return bytes(data)


def pieces(connection: socket.socket, size: int, wait: Callable[[int], None]) -> Iterator[bytes]:
    """The next `size` bytes as they come; `wait(bytes)` slows them down to what a cable does."""
    left = size
    while left:
        piece = exactly(connection, min(left, _PIECE))
        wait(len(piece))
        left -= len(piece)
        yield piece
