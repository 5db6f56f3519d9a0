# SPDX-License-Identifier: Apache-2.0
"""The adb daemon of a practice phone: the wire that the real adb talks over TCP, one thread per open stream.

Packets are 24 bytes (command, two arguments, length, sum, inverted command) and a payload. A stream's writer waits for the other
side's OKAY before it writes again. What the streams do stands in `adb_services.py`.
"""

from __future__ import annotations

import contextlib
import queue
import secrets
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass

from firstlight.practice.phone_line import Gone, exactly

_HEAD = struct.Struct("<6I")
_VERSION = 0x01000001
_MAX_PAYLOAD = 256 * 1024
_MAX_STREAMS = 32
_OPEN_NAME = 4096
CNXN, AUTH, OPEN, OKAY, WRTE, CLSE = (int.from_bytes(w, "little") for w in (b"CNXN", b"AUTH", b"OPEN", b"OKAY", b"WRTE", b"CLSE"))
_TOKEN, _PUBLIC_KEY = 1, 3


@dataclass(frozen=True)
class Banner:
    """What the phone says of itself when adb connects: its state (device, recovery, sideload) and names."""

    state: str
    product: str
    model: str
    device: str

    def line(self) -> bytes:
        """As it goes over the wire."""
        facts = {"ro.product.name": self.product, "ro.product.model": self.model, "ro.product.device": self.device}
        return (f"{self.state}::" + "".join(f"{k}={v};" for k, v in facts.items()) + "features=shell_v2").encode()


class Stream:
    """One open service; only its own thread reads and writes."""

    def __init__(self, wire: Adbd, local: int, remote: int) -> None:
        self._wire = wire
        self.local = local
        self.remote = remote
        self._came: queue.Queue[bytes | None] = queue.Queue()
        self._may_write = threading.Semaphore(0)
        self._rest = b""
        self.is_closed = False

    def read(self, size: int) -> bytes:
        """So many bytes, or Gone when the other side closed."""
        while len(self._rest) < size:
            data = self._came.get()
            if data is None:
                raise Gone
            self._wire.send(OKAY, self.local, self.remote)
            self._rest += data
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def write(self, data: bytes) -> None:
        """All of it, or Gone."""
        for start in range(0, len(data), _MAX_PAYLOAD):
            if self.is_closed:
                raise Gone
            self._wire.send(WRTE, self.local, self.remote, data[start : start + _MAX_PAYLOAD])
            self._may_write.acquire()
        if self.is_closed:
            raise Gone

    # -- the wire's side -----------------------------------------------------------------------------------------------

    def take(self, data: bytes) -> None:
        """A packet for this stream."""
        self._came.put(data)

    def go_on(self) -> None:
        """The other side took what was written."""
        self._may_write.release()

    def end(self) -> None:
        """The other side closed."""
        self.is_closed = True
        self._came.put(None)
        self._may_write.release()


class Adbd:
    """One connection. `serve(name, stream)` plays a service; `is_allowed` says whether this PC may; `banner` is asked at connect."""

    def __init__(
        self,
        connection: socket.socket,
        *,
        banner: Callable[[], Banner],
        is_allowed: Callable[[], bool],
        serve: Callable[[str, Stream], None],
    ) -> None:
        self._connection = connection
        self._banner = banner
        self._is_allowed = is_allowed
        self._serve = serve
        self._sending = threading.Lock()
        self._streams: dict[int, Stream] = {}
        self._next = 1

    def talk(self) -> None:
        """To the end of the connection."""
        try:
            while True:
                command, first, second, data = self._packet()
                if command in (CNXN, AUTH):
                    self._greet(command, first)
                elif command == OPEN:
                    self._open(first, data)
                elif stream := self._streams.get(second):
                    self._pass_on(command, stream, data)
        finally:
            for stream in tuple(self._streams.values()):
                stream.end()

    def send(self, command: int, first: int, second: int, data: bytes = b"") -> None:
        """One packet; Gone when nobody is there."""
        head = _HEAD.pack(command, first, second, len(data), sum(data) & 0xFFFFFFFF, command ^ 0xFFFFFFFF)
        try:
            with self._sending:
                self._connection.sendall(head + data)
        except OSError as error:
            raise Gone from error

    def _packet(self) -> tuple[int, int, int, bytes]:
        command, first, second, length, _, magic = _HEAD.unpack(exactly(self._connection, _HEAD.size))
        if magic != command ^ 0xFFFFFFFF or length > 1 << 20:
            raise Gone
        return command, first, second, exactly(self._connection, length)

    def _greet(self, command: int, kind: int) -> None:
        if self._is_allowed():
            self.send(CNXN, _VERSION, _MAX_PAYLOAD, self._banner().line())
        elif command == CNXN or kind != _PUBLIC_KEY:  # with its public key shown, the PC waits for a person to say yes
            self.send(AUTH, _TOKEN, 0, secrets.token_bytes(20))

    def _open(self, remote: int, data: bytes) -> None:
        if not self._is_allowed() or len(self._streams) >= _MAX_STREAMS or len(data) > _OPEN_NAME:
            self.send(CLSE, 0, remote)
            return
        local, self._next = self._next, self._next + 1
        stream = Stream(self, local, remote)
        self._streams[local] = stream
        self.send(OKAY, local, remote)
        name = data.rstrip(b"\0").decode("utf-8", "replace")
        threading.Thread(target=self._run, args=(name, stream), name="practice phone adb", daemon=True).start()

    def _run(self, name: str, stream: Stream) -> None:
        with contextlib.suppress(Gone):
            self._serve(name, stream)
        self._streams.pop(stream.local, None)
        with contextlib.suppress(Gone):
            self.send(CLSE, stream.local, stream.remote)

    def _pass_on(self, command: int, stream: Stream, data: bytes) -> None:
        if command == WRTE:
            stream.take(data)
        elif command == OKAY:
            stream.go_on()
        elif command == CLSE:
            self._streams.pop(stream.local, None)
            stream.end()
