# SPDX-License-Identifier: Apache-2.0
"""The listener that the browser comes back to (RFC 8252): 127.0.0.1 at a free port, one answer taken, everything else turned away.

A single thread with a selector, because browsers open connections that they never use: none may keep the others waiting.
"""

from __future__ import annotations

import secrets
import selectors
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from firstlight.account.answer_page import Outcome, page
from firstlight.base.work import Work
from firstlight_contract.account import REDIRECT_PATH

_MOST_REQUEST_BYTES = 16_384
_MOST_CONNECTIONS = 32
_LONGEST_REQUEST_S = 10.0
_TICK_S = 0.2
_TYPE = b"text/html; charset=utf-8"


@dataclass
class _Visitor:
    """A connection and what it has said so far."""

    since: float
    said: bytearray = field(default_factory=bytearray)


class Loopback:
    """Listens from construction on, so that it is up before the browser starts; use it as a context manager."""

    def __init__(self, *, state: str, language: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._state = state
        self._language = language
        self._clock = clock
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=16)
        self._socket.setblocking(False)
        self._port: int = self._socket.getsockname()[1]
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ, None)

    @property
    def redirect_uri(self) -> str:
        """Where the browser has to come back to."""
        return f"http://127.0.0.1:{self._port}{REDIRECT_PATH}"

    def wait(self, work: Work, limit_s: float) -> Mapping[str, str] | None:
        """What the browser brought back with our `state`; None when nobody came in time. Raises Cancelled."""
        deadline = self._clock() + limit_s
        while self._clock() < deadline:
            work.check()
            for key, _events in self._selector.select(_TICK_S):
                if key.data is None:
                    self._accept()
                elif key.fileobj not in self._selector.get_map():
                    continue  # closed a moment ago to make room
                elif (brought := self._hear(key.fileobj, key.data)) is not None:  # type: ignore[arg-type]
                    return brought
            self._drop_slow()
        return None

    def _accept(self) -> None:
        try:
            visitor, _ = self._socket.accept()
        except OSError:  # gone again before we looked
            return
        visitor.setblocking(False)
        others = [key for key in self._selector.get_map().values() if key.data is not None]
        if len(others) >= _MOST_CONNECTIONS:
            # The newest may be the browser; the oldest had its time.
            self._close(min(others, key=lambda key: key.data.since).fileobj)  # type: ignore[arg-type]
        self._selector.register(visitor, selectors.EVENT_READ, _Visitor(self._clock()))

    def _hear(self, visitor: socket.socket, so_far: _Visitor) -> Mapping[str, str] | None:
        try:
            piece = visitor.recv(4096)
        except BlockingIOError:
            return None
        except OSError:
            piece = b""
        so_far.said += piece
        if not piece or len(so_far.said) > _MOST_REQUEST_BYTES:
            self._close(visitor)
            return None
        if b"\r\n\r\n" not in so_far.said:
            return None
        status, outcome, brought = self._judge(bytes(so_far.said))
        self._answer(visitor, status, outcome)
        return brought

    def _judge(self, request: bytes) -> tuple[str, Outcome | None, Mapping[str, str] | None]:
        head = request.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
        method, _, rest = head[0].partition(" ")
        try:
            target = urlsplit(rest.partition(" ")[0])
            query = parse_qs(target.query, keep_blank_values=True, max_num_fields=20)
        except ValueError:
            return "400 Bad Request", None, None
        hosts = [line.partition(":")[2].strip() for line in head[1:] if line.lower().startswith("host:")]
        # Another name in Host means that a web page talks to us through a name of its own that leads here.
        if target.path != REDIRECT_PATH or hosts != [f"127.0.0.1:{self._port}"]:
            return "404 Not Found", None, None
        if method != "GET":
            return "405 Method Not Allowed", None, None
        brought = {name: values[0] for name, values in query.items() if len(values) == 1}
        if len(brought) != len(query) or not secrets.compare_digest(brought.get("state", "").encode(), self._state.encode()):
            # Not our round trip: a stale tab, or somebody who guesses. The real one may still come.
            return "400 Bad Request", Outcome.STRAY, None
        return "200 OK", Outcome.CANCELLED if "error" in brought else Outcome.DONE, brought

    def _answer(self, visitor: socket.socket, status: str, outcome: Outcome | None) -> None:
        body = page(outcome, self._language) if outcome else b""
        head = (
            f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\nCache-Control: no-store\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
            "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
        ).encode()
        try:
            visitor.settimeout(2.0)
            visitor.sendall(head + b"Content-Type: " + _TYPE + b"\r\n\r\n" + body)
            visitor.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the browser left; what it brought counts all the same
        self._close(visitor)

    def _drop_slow(self) -> None:
        oldest = self._clock() - _LONGEST_REQUEST_S
        for key in tuple(self._selector.get_map().values()):
            if key.data is not None and key.data.since < oldest:
                self._close(key.fileobj)  # type: ignore[arg-type]

    def _close(self, visitor: socket.socket) -> None:
        self._selector.unregister(visitor)
        visitor.close()

    def close(self) -> None:
        """Stop listening and let everybody go; again does nothing."""
        for key in tuple((self._selector.get_map() or {}).values()):
            self._selector.unregister(key.fileobj)
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def __enter__(self) -> Loopback:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
