# SPDX-License-Identifier: Apache-2.0
"""A TCP proxy that harms connections on purpose: slow, cut, reset, mute, damaged, or answered by somebody else.

Each new connection takes the next of `faults`, and `always` once those are used up. Bytes are counted per connection.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 49\r\nConnection: close\r\n\r\n"
    b"<html><body>Log in to this network</body></html>\n"
)
PORTAL_REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: http://login.example.net/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
DOWN_503 = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Fault:
    """What happens to one connection; as it is, nothing does."""

    delay_s: float = 0.0
    """Before each piece, either way."""
    cut_up: int | None = None
    """Bytes that reach the hub before the connection ends."""
    cut_down: int | None = None
    """Bytes that come back before the connection ends."""
    reset: bool = False
    """Cuts are resets (RST); alone: the connection is reset at once."""
    mute: bool = False
    """Everything is swallowed, nothing answered."""
    reply: bytes | None = None
    """This is answered after the request's head, and the hub never asked."""
    flip_up: int | None = None
    """The byte at this place on its way up is damaged."""
    flip_down: int | None = None
    """The byte at this place on its way down is damaged."""


@dataclass
class FaultProxy:
    """Use as a context manager; `address` stands for the hub's."""

    hub: str
    always: Fault = Fault()
    faults: deque[Fault] = field(default_factory=deque)
    connections: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    address: str = ""

    def __enter__(self) -> FaultProxy:
        self._closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._listen(0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.set()
        self._stop_listening()
        self.cut_all()

    def next(self, *faults: Fault) -> None:
        """The next connections fare so, one after the other."""
        self.faults.extend(faults)

    def cut_all(self) -> None:
        """Reset everything that is open."""
        for one in tuple(self._open):
            _end(one, reset=True)

    @contextlib.contextmanager
    def refusing(self):
        """Nobody listens here meanwhile: connections are refused by the system."""
        port = self._server.getsockname()[1]
        self._stop_listening()
        try:
            yield
        finally:
            self._listen(port)

    def _listen(self, port: int) -> None:
        self._server = socket.create_server(("127.0.0.1", port))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, args=(self._server,), daemon=True).start()

    def _stop_listening(self) -> None:
        # Shutting down first wakes the thread that waits in accept.
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _serve(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            self.connections += 1
            fault = self.faults.popleft() if self.faults else self.always
            threading.Thread(target=self._connect, args=(client, fault), daemon=True).start()

    def _connect(self, client: socket.socket, fault: Fault) -> None:
        if fault.reset and fault.cut_up is None and fault.cut_down is None:
            _end(client, reset=True)
            return
        self._open.add(client)
        if fault.mute:
            self._swallow(client)
            return
        if fault.reply is not None:
            self._reply(client, fault.reply)
            return
        target = urlsplit(self.hub)
        try:
            hub = socket.create_connection((target.hostname, target.port))
        except OSError:
            _end(client, reset=True)
            return
        self._open.add(hub)
        for one in (client, hub):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # we harm on purpose, and only then
        up = threading.Thread(target=self._pump, args=(client, hub, fault, "up"), daemon=True)
        up.start()
        self._pump(hub, client, fault, "down")

    def _pump(self, source: socket.socket, sink: socket.socket, fault: Fault, way: str) -> None:
        limit, flip, done = (fault.cut_up, fault.flip_up, 0) if way == "up" else (fault.cut_down, fault.flip_down, 0)
        while True:
            try:
                piece = source.recv(65536)
            except OSError:
                piece = b""
            if fault.delay_s and piece:
                self._closing.wait(fault.delay_s)
            if not piece:
                _end(sink, reset=False)
                return
            if limit is not None and done + len(piece) >= limit:
                piece = piece[: limit - done]
                with contextlib.suppress(OSError):
                    sink.sendall(piece)
                self._count(way, len(piece))
                for one in (source, sink):
                    _end(one, reset=fault.reset)
                return
            if flip is not None and done <= flip < done + len(piece):
                at = flip - done
                piece = piece[:at] + bytes([piece[at] ^ 0x10]) + piece[at + 1 :]
            try:
                sink.sendall(piece)
            except OSError:
                _end(source, reset=False)
                return
            done += len(piece)
            self._count(way, len(piece))

    def _count(self, way: str, n: int) -> None:
        if way == "up":
            self.bytes_up += n
        else:
            self.bytes_down += n

    def _swallow(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while client.recv(65536):
                pass

    def _reply(self, client: socket.socket, reply: bytes) -> None:
        said = b""
        with contextlib.suppress(OSError):
            while b"\r\n\r\n" not in said and (piece := client.recv(65536)):
                said += piece
            client.sendall(reply)
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        client.close()


def _end(one: socket.socket, *, reset: bool) -> None:
    with contextlib.suppress(OSError):
        if reset:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            one.close()
        else:
            one.shutdown(socket.SHUT_RDWR)
            one.close()
