# SPDX-License-Identifier: Apache-2.0
"""The SSH side of a practice router, by paramiko's server half: log-in, commands, and bytes into /tmp at the speed of its cable."""

from __future__ import annotations

import contextlib
import logging
import socket
import struct
import threading
from pathlib import Path
from typing import Protocol

import paramiko
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED, OPEN_SUCCEEDED

from firstlight.practice.router_shell import Inside, RouterShell

_PIECE = 32 * 1024
_LINGER_OFF = struct.pack("ii", 1, 0)
_LONGEST = 4096
MAX_LINES = 8
"""Connections at once."""

logging.getLogger("paramiko.practice").setLevel(logging.CRITICAL)


class Behind(Inside, Protocol):
    """The router as its wire needs it."""

    password: str
    is_half_up: bool
    shell: RouterShell

    @property
    def room(self) -> int: ...

    def write_down(self, command: str, data_bytes: int) -> None: ...

    def take(self, size: int, got: int) -> None: ...

    def wait_if_stalled(self) -> None: ...

    def spoil(self, piece: bytes, got: int) -> bytes: ...

    def flash(self, image: Path, *, keep: bool) -> None: ...


def host_key(path: Path) -> paramiko.PKey:
    """The router's key, made when there is none."""
    if not path.exists():
        paramiko.ECDSAKey.generate().write_private_key_file(str(path))
    return paramiko.ECDSAKey.from_private_key_file(str(path))


class _Transport(paramiko.Transport):
    """Lets a command begin only when the reply to its request has gone out: one that ended before would look like a broken line."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.gates: list[threading.Event] = []

    def _send_user_message(self, data: paramiko.Message) -> None:
        super()._send_user_message(data)  # type: ignore[misc]  # the stubs leave it out
        if threading.current_thread() is self:
            gates, self.gates = self.gates, []
            for gate in gates:
                gate.set()


class _Door(paramiko.ServerInterface):
    """Who may come in, and one thread per command."""

    def __init__(self, router: Behind, transport: _Transport) -> None:
        self._router = router
        self._transport = transport

    def get_allowed_auths(self, username: str) -> str:
        """As dropbear says it."""
        return "publickey,password"

    def check_auth_none(self, username: str) -> int:
        """A router without a password lets its owner in, as a fresh OpenWrt does."""
        ok = username == "root" and not self._router.password
        return AUTH_SUCCESSFUL if ok else AUTH_FAILED

    def check_auth_password(self, username: str, password: str) -> int:
        """The one password."""
        ok = username == "root" and password == self._router.password
        return AUTH_SUCCESSFUL if ok else AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        """Sessions alone: no forwarding, no SFTP."""
        return OPEN_SUCCEEDED if kind == "session" else OPEN_FAILED_ADMINISTRATIVELY_PROHIBITED

    def check_channel_exec_request(self, channel: paramiko.Channel, command: bytes) -> bool:
        """Run it beside the wire's own thread."""
        line = command[:_LONGEST].decode("utf-8", "replace")
        gate = threading.Event()
        self._transport.gates.append(gate)
        threading.Thread(target=_serve, args=(self._router, channel, line, gate), name="practice router command", daemon=True).start()
        return True


class Wire:
    """Listens while the router is on the network; `cut` is the cable."""

    def __init__(self, router: Behind, key: paramiko.PKey) -> None:
        self._router = router
        self._key = key
        self._lock = threading.Lock()
        self._lines: list[tuple[socket.socket, paramiko.Transport]] = []
        self._listener: socket.socket | None = None
        self._server: threading.Thread | None = None

    def listen(self, port: int) -> int:
        """Answer at this port of 127.0.0.1; 0 takes a free one. The answer is the port."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(16)
        self._listener = listener
        self._server = threading.Thread(target=self._accept, args=(listener,), name="practice router", daemon=True)
        self._server.start()
        return int(listener.getsockname()[1])

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._lines = [(s, t) for s, t in self._lines if t.is_active()]
                is_full = len(self._lines) >= MAX_LINES
            if is_full or self._router.is_half_up:
                sock.close()  # its kernel took the connection, its SSH does not run yet
                continue
            with contextlib.suppress(paramiko.SSHException, OSError, EOFError):
                transport = _Transport(sock)
                transport.set_log_channel("paramiko.practice")
                transport.add_server_key(self._key)
                with self._lock:
                    self._lines.append((sock, transport))
                transport.start_server(event=threading.Event(), server=_Door(self._router, transport))

    def cut(self) -> None:
        """Nobody listens any more, and every line is reset."""
        with self._lock:
            listener, self._listener = self._listener, None
            lines, self._lines = self._lines, []
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for sock, transport in lines:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_OFF)
            transport.close()
            sock.close()
        if self._server is not None and self._server is not threading.current_thread():
            self._server.join(5)


def _serve(router: Behind, channel: paramiko.Channel, line: str, gate: threading.Event) -> None:
    """One command from its words to its exit status."""
    gate.wait(10)
    with contextlib.suppress(OSError, EOFError, paramiko.SSHException):
        target = line.removeprefix("cat > ").strip().strip("'") if line.startswith("cat > ") else ""
        if target:
            _take(router, channel, line, target)
            return
        router.write_down(line, 0)
        router.wait_if_stalled()
        said = router.shell.answer(line)
        for start in range(0, len(said.out), _PIECE):
            channel.sendall(said.out[start : start + _PIECE])
        channel.sendall_stderr(said.err)
        if said.flashes is not None:
            router.flash(said.flashes, keep=said.keep)
            return
        channel.send_exit_status(said.exit)
        channel.close()


def _take(router: Behind, channel: paramiko.Channel, line: str, target: str) -> None:
    """Bytes into a file of /tmp; written down even when the cable goes on the way."""
    path, got = router.tmp_file(target), 0
    if path is None:
        router.write_down(line, 0)
        channel.sendall_stderr(b"ash: can't create file: Permission denied\n")
        channel.send_exit_status(1)
        channel.close()
        return
    is_full = False
    try:
        with path.open("wb") as file:
            while piece := channel.recv(_PIECE):
                router.take(len(piece), got)
                is_full = got + len(piece) > router.room
                if is_full:
                    break
                file.write(router.spoil(piece, got))
                got += len(piece)
    finally:
        router.write_down(line, got)
    if is_full:
        path.unlink(missing_ok=True)
        channel.sendall_stderr(b"cat: write error: No space left on device\n")
    channel.send_exit_status(1 if is_full else 0)
    channel.close()
