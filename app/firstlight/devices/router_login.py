# SPDX-License-Identifier: Apache-2.0
"""Reach a router, know it by its key, and log in: without a word, by keys, by the tester's password, in this order."""

from __future__ import annotations

import contextlib
import errno
import logging
import select
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.errors import LoginRefused, NotARouter, RouterLost, RouterNotFound
from firstlight.devices.router_keys import HostKey, HostKeys, Login
from firstlight.devices.router_line import Guard, Line

if TYPE_CHECKING:
    import paramiko

CONNECT_S = 10.0
"""To the first byte, and again for the log-in."""
_POLL_S = 0.05


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
    with Guard(line.close, work, 2 * CONNECT_S, 2 * CONNECT_S) as guard:
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
            line.lost(error, guard, work)
        except (OSError, EOFError) as error:
            line.lost(error, guard, work)
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
