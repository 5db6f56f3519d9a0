# SPDX-License-Identifier: Apache-2.0
"""One SSH connection to a router, by paramiko: run a command, feed it bytes; each with a deadline and an honest cancel.

paramiko waits without limit in several places (a reply to a request, a window that never opens). So a guard, one short-lived
thread per call, closes the connection when the deadline passes, nothing has moved for too long, or the tester asks to stop; every
wait ends then. A line that was closed so is over, whoever uses it opens another.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.errors import RouterLost, RouterStalled
from firstlight.devices.router_keys import HostKey
from firstlight.devices.tool import STALL_S

if TYPE_CHECKING:
    import paramiko

_POLL_S = 0.05
_PIECE = 32 * 1024
MAX_ANSWER = 1 << 20


@dataclass(frozen=True)
class Ended:
    """How a command ended; `exit` is None when the connection went before it told. `is_cut`: it said more than was wanted."""

    exit: int | None
    out: bytes
    err: bytes
    is_cut: bool = False


class Guard:
    """Closes a connection from a thread of its own when it is time; `heard` says that something moved."""

    def __init__(self, close: Callable[[], None], work: Work, deadline_s: float, silence_s: float) -> None:
        self._close = close
        self._work = work
        self._started = time.monotonic()
        self._deadline_s, self._silence_s = deadline_s, silence_s
        self._last = self._started
        self._over = threading.Event()
        self.silent_s = 0
        self._thread = threading.Thread(target=self._watch, name="guard of a router's line", daemon=True)

    def heard(self) -> None:
        """Something moved."""
        self._last = time.monotonic()

    def _watch(self) -> None:
        while not self._over.wait(_POLL_S):
            now = time.monotonic()
            if now - self._started >= self._deadline_s or now - self._last >= self._silence_s:
                self.silent_s = max(1, int(now - self._last))
            elif not self._work.is_cancelled:
                continue
            self._close()
            return

    def __enter__(self) -> Guard:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


class Line:
    """A connection that is logged in. Not thread-safe; close it at the end."""

    def __init__(self, address: Address, sock: socket.socket, transport: paramiko.Transport, key: HostKey) -> None:
        self.address = address
        self.key = key
        self._sock = sock
        self._transport = transport

    @property
    def is_open(self) -> bool:
        """Whether another command can be run."""
        return self._transport.is_active()

    def close(self) -> None:
        """Hang up."""
        self._transport.close()
        self._sock.close()

    def run(
        self,
        command: str,
        *,
        work: Work,
        deadline_s: float,
        silence_s: float = STALL_S,
        feed: Iterable[bytes] = (),
        into: Callable[[bytes], None] | None = None,
        limit: int = MAX_ANSWER,
        may_vanish: bool = False,
    ) -> Ended:
        """Run `command` by the router's shell; `feed` goes to its input, `into` gets its output instead of the answer.

        Raises RouterLost, RouterStalled, Cancelled. With `may_vanish` a connection that goes is an answer: `exit` None.
        """
        import paramiko  # noqa: PLC0415  # heavy: a quarter of a second

        out, err = bytearray(), bytearray()
        with Guard(self.close, work, deadline_s, silence_s) as guard:
            try:
                channel = self._transport.open_session(timeout=deadline_s)
                try:
                    return self._talk(channel, command, guard, _Streams(feed, into, limit, out, err))
                finally:
                    channel.close()
            except (paramiko.SSHException, OSError, EOFError) as error:
                if not self._was_ended(guard, work) and may_vanish:
                    return Ended(None, bytes(out), bytes(err))
                self.lost(error, guard, work)

    def _talk(self, channel: paramiko.Channel, command: str, guard: Guard, streams: _Streams) -> Ended:
        channel.settimeout(_POLL_S)
        channel.exec_command(command)
        guard.heard()
        with contextlib.suppress(_HungUp):
            for piece in streams.feed:
                self._send(channel, piece, guard, streams)
        channel.shutdown_write()
        is_cut = not self._drain(channel, guard, streams)
        if is_cut:
            return Ended(None, bytes(streams.out), bytes(streams.err), True)
        status = channel.recv_exit_status()
        if status < 0 and not self.is_open:
            raise ConnectionResetError("the line went before the command told how it ended")
        return Ended(status if status >= 0 else None, bytes(streams.out), bytes(streams.err))

    def _send(self, channel: paramiko.Channel, piece: bytes, guard: Guard, streams: _Streams) -> None:
        view = memoryview(piece)
        while view:
            try:
                sent = channel.send(view[:_PIECE])  # type: ignore[arg-type]  # the stubs know bytes alone
            except TimeoutError:
                if channel.exit_status_ready():
                    raise _HungUp from None  # the command ended early; its words say why
                streams.take(channel)
                continue
            except OSError:
                if self.is_open:
                    raise _HungUp from None
                raise
            if not sent:
                raise _HungUp
            view = view[sent:]
            guard.heard()

    def _drain(self, channel: paramiko.Channel, guard: Guard, streams: _Streams) -> bool:
        """Read to the end; False when it says more than was wanted."""
        while True:
            if streams.take(channel):
                guard.heard()
            elif channel.eof_received or channel.closed or not self.is_open:
                while streams.take(channel):
                    pass
                return not streams.is_full
            else:
                # A pause that ends early when something comes: readable means output, words of error wait for the next round.
                with contextlib.suppress(TimeoutError):
                    if data := channel.recv(_PIECE):
                        streams.put(data)
                        guard.heard()
            if streams.is_full:
                return False

    def _was_ended(self, guard: Guard, work: Work) -> bool:
        return bool(guard.silent_s) or work.is_cancelled

    def lost(self, error: Exception, guard: Guard, work: Work) -> NoReturn:
        """Hang up, and say why: RouterStalled, Cancelled, RouterLost."""
        self.close()
        if guard.silent_s:
            raise RouterStalled(address=self.address.where, seconds=guard.silent_s) from error
        if work.is_cancelled:
            raise Cancelled from error
        raise RouterLost(address=self.address.where, why=str(error) or type(error).__name__) from error


class _HungUp(Exception):
    """The command reads no more of its input."""


class _Streams:
    """What goes in and comes out of one command, bounded."""

    def __init__(self, feed: Iterable[bytes], into: Callable[[bytes], None] | None, limit: int, out: bytearray, err: bytearray) -> None:
        self.feed: Iterator[bytes] = iter(feed)
        self.out, self.err = out, err
        self._into, self._limit = into, limit
        self._taken = 0

    @property
    def is_full(self) -> bool:
        """It said more than was wanted."""
        return self._taken > self._limit

    def put(self, data: bytes) -> None:
        """Some output; what is above the limit is dropped."""
        room = self._limit - self._taken
        self._taken += len(data)
        if self._into is not None:
            self._into(data[: max(0, room)])
        else:
            self.out += data[: max(0, room)]

    def take(self, channel: paramiko.Channel) -> bool:
        """Take what lies there; whether there was something."""
        some = False
        if channel.recv_ready():
            self.put(channel.recv(_PIECE))
            some = True
        if channel.recv_stderr_ready():
            self.err += channel.recv_stderr(_PIECE)
            del self.err[:-MAX_ANSWER]
            some = True
        return some
