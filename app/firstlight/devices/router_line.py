# SPDX-License-Identifier: Apache-2.0
"""One SSH connection to a router, by paramiko: log in, run a command, feed it bytes; each with a deadline and an honest cancel.

paramiko waits without limit in several places (a reply to a request, a window that never opens). So a guard, one short-lived
thread per call, closes the connection when the deadline passes, nothing has moved for too long, or the tester asks to stop; every
wait ends then. A line that was closed so is over, whoever uses it opens another.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from firstlight.base.errors import Cancelled
from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.errors import LoginRefused, NotARouter, RouterLost, RouterNotFound, RouterStalled
from firstlight.devices.router_keys import HostKey, HostKeys, Login
from firstlight.devices.tool import STALL_S

if TYPE_CHECKING:
    import paramiko

CONNECT_S = 10.0
"""To the first byte, and again for the log-in."""
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


class _Guard:
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

    def __enter__(self) -> _Guard:
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
        with _Guard(self.close, work, deadline_s, silence_s) as guard:
            try:
                channel = self._transport.open_session(timeout=deadline_s)
                try:
                    return self._talk(channel, command, guard, _Streams(feed, into, limit, out, err))
                finally:
                    channel.close()
            except (paramiko.SSHException, OSError, EOFError) as error:
                if not self._was_ended(guard, work) and may_vanish:
                    return Ended(None, bytes(out), bytes(err))
                self._lost(error, guard, work)

    def _talk(self, channel: paramiko.Channel, command: str, guard: _Guard, streams: _Streams) -> Ended:
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

    def _send(self, channel: paramiko.Channel, piece: bytes, guard: _Guard, streams: _Streams) -> None:
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

    def _drain(self, channel: paramiko.Channel, guard: _Guard, streams: _Streams) -> bool:
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

    def _was_ended(self, guard: _Guard, work: Work) -> bool:
        return bool(guard.silent_s) or work.is_cancelled

    def _lost(self, error: Exception, guard: _Guard, work: Work) -> NoReturn:
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


def connect(address: Address, *, keys: HostKeys, login: Login, work: Work) -> tuple[Line, bool]:
    """Reach, know and log in; True when the key is new and the caller must keep it (`keys.keep`).

    Raises RouterNotFound, RouterLost, RouterStalled, NotARouter, HostKeyChanged, LoginRefused, Cancelled.
    """
    import paramiko  # noqa: PLC0415  # heavy: a quarter of a second

    sock = reach(address, work, CONNECT_S)
    try:
        sock.settimeout(CONNECT_S)
        transport = paramiko.Transport(sock)
    except (paramiko.SSHException, OSError) as error:
        sock.close()
        raise RouterLost(address=address.where, why=str(error)) from error
    # Its own log speaks of every lost connection as an error; ours tells what matters.
    transport.set_log_channel("paramiko.firstlight")
    logging.getLogger("paramiko.firstlight").setLevel(logging.CRITICAL)
    transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = CONNECT_S
    try:
        return _enter(address, sock, transport, keys, login, work)
    except BaseException:
        transport.close()
        sock.close()
        raise


def _enter(
    address: Address, sock: socket.socket, transport: paramiko.Transport, keys: HostKeys, login: Login, work: Work
) -> tuple[Line, bool]:
    import paramiko  # noqa: PLC0415  # heavy: a quarter of a second

    kept = keys.kept(address)
    if kept is not None:
        _ask_for(transport, kept.kind)
    line = Line(address, sock, transport, HostKey("", ""))
    with _Guard(line.close, work, 2 * CONNECT_S, 2 * CONNECT_S) as guard:
        try:
            transport.start_client(timeout=CONNECT_S)
            key = transport.get_remote_server_key()
            line.key = HostKey(key.get_name(), key.get_base64())
            is_new = keys.check(address, line.key)
            _log_in(transport, address, login)
        except paramiko.AuthenticationException as error:
            raise LoginRefused(address=address.where, user=address.user, why=str(error)) from error
        except paramiko.SSHException as error:
            if "protocol version" in str(error) and not guard.silent_s and not work.is_cancelled:
                raise NotARouter(address=address.where, why="it does not speak SSH") from error
            line._lost(error, guard, work)  # noqa: SLF001  this module's own class
        except (OSError, EOFError) as error:
            line._lost(error, guard, work)  # noqa: SLF001  as above
    transport.set_keepalive(5)
    return line, is_new


def _ask_for(transport: paramiko.Transport, kind: str) -> None:
    """Ask for the kind of key that is kept: a router has several, and another kind would look like another router."""
    options = transport.get_security_options()
    wanted = ("rsa-sha2-512", "rsa-sha2-256") if kind == "ssh-rsa" else (kind,)
    first = [k for k in options.key_types if k in wanted]
    options.key_types = [*first, *(k for k in options.key_types if k not in wanted)]


def _log_in(transport: paramiko.Transport, address: Address, login: Login) -> None:
    """Without a word, then by keys, then by password. Raises AuthenticationException."""
    import paramiko  # noqa: PLC0415  # heavy: a quarter of a second

    try:
        transport.auth_none(address.user)
        return
    except paramiko.BadAuthenticationType as error:
        allowed = set(error.allowed_types)
    if "publickey" in allowed:
        for key in _private_keys(login):
            try:
                transport.auth_publickey(address.user, key)
                return
            except paramiko.AuthenticationException:
                continue
    password = login.password(address) if "password" in allowed else None
    if password is None:
        raise paramiko.AuthenticationException("nothing to log in with")
    transport.auth_password(address.user, password, fallback=False)


def _private_keys(login: Login) -> Iterator[paramiko.PKey]:
    import paramiko  # noqa: PLC0415  # heavy: a quarter of a second

    if login.has_agent:
        agent = paramiko.Agent()
        try:
            yield from agent.get_keys()[:6]
        finally:
            agent.close()
    for path in login.key_files()[:6]:
        # A key with a passphrase is the agent's business; a file that is no key is none.
        with contextlib.suppress(paramiko.SSHException, OSError, ValueError, TypeError):
            yield paramiko.PKey.from_path(path)


def reach(address: Address, work: Work, seconds: float) -> socket.socket:
    """A TCP connection; RouterNotFound with `why` refused, silent or no_way, Cancelled."""
    end = time.monotonic() + seconds
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise RouterNotFound(address=address.where, why="no_way", said=str(error)) from error
    sock = socket.socket(family, kind, protocol)
    try:
        # Many small questions: each would wait for the answer to the one before it.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        sock.connect_ex(where)
        # Windows tells a refused connection among the exceptional ones.
        while not any(select.select([], [sock], [sock], _POLL_S)):
            work.check()
            if time.monotonic() >= end:
                raise RouterNotFound(address=address.where, why="silent")
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            why = "refused" if code == errno.ECONNREFUSED else "no_way"
            raise RouterNotFound(address=address.where, why=why, said=code)
    except BaseException:
        sock.close()
        raise
    return sock
