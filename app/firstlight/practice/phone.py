# SPDX-License-Identifier: Apache-2.0
"""A practice phone: an emulated A1 that speaks fastboot over TCP on 127.0.0.1 and can have its cable pulled.

The real `fastboot -s tcp:127.0.0.1:PORT` flashes it. Started, it answers `getvar` and `reboot-bootloader` only. It runs in two
threads of its own, as it plays a thing outside this program; what it keeps survives them (`memory.py`). It writes down every
command and how many bytes came with it, so that a test can prove that none came.
"""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from firstlight.practice.bootloader import MAX_DOWNLOAD, Answer, Bootloader
from firstlight.practice.faults import Faults
from firstlight.practice.memory import SIZES, Memory, Storage

log = logging.getLogger(__name__)
_HANDSHAKE = b"FB01"
_PIECE = 64 * 1024
_LINGER_OFF = struct.pack("ii", 1, 0)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Received:
    """One command that came in, and the bytes of image that came with it."""

    at: datetime
    command: str
    data_bytes: int


@dataclass(frozen=True)
class PhoneFacts:
    """What the practice panel shows."""

    serial: str
    address: str
    mode: str
    build: str
    battery: int
    is_plugged: bool
    image_bytes: int


class _Gone(Exception):
    """The connection is over: cable, phone off, or the PC hung up."""


class PracticePhone:
    """One phone. `start` makes it answer, `stop` switches it off with everything kept.

    `bytes_per_s` slows the cable down to what a real one does; `boot_s` is how long a start takes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        serial: str = "PRACTICE-4F7C",
        factory_build: str = "26.46",
        faults: Faults = Faults(),  # noqa: B008  frozen
        bytes_per_s: int = 0,
        boot_s: float = 3.0,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._storage = Storage(folder)
        self._memory = self._storage.load() or self._storage.make_in_factory(Memory(serial=serial), factory_build)
        self.faults = faults
        self.bytes_per_s = bytes_per_s
        self._boot_s = boot_s
        self._now = now
        self._lock = threading.RLock()
        self._bootloader = Bootloader(self._storage, lambda: self._memory, self._keep, lambda: self.faults)
        self._listener: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._port = 0
        self._is_plugged = True
        self._stopped = threading.Event()
        self._stopped.set()
        self._quiet = threading.Event()  # set: the cable is out or the phone goes away; waiting pieces give up
        self._server: threading.Thread | None = None
        self._timer: threading.Timer | None = None
        self._image_bytes = 0
        self._records: list[Received] = []

    # -- what a person does ------------------------------------------------------------------------------------------

    def start(self) -> str:
        """Switch on; the answer is the address for `fastboot -s`. A phone that was starting when the program ended has started."""
        if self._memory.mode == "starting":
            self._keep(self._storage.start(self._memory))
        self._stopped.clear()
        self._listen()
        return self.address

    def stop(self) -> None:
        """Switch off."""
        self._stopped.set()
        if self._timer:
            self._timer.cancel()
        self._leave_bus()
        if self._server and self._server is not threading.current_thread():
            self._server.join(5)

    def pull_cable(self) -> None:
        """Now, in the middle of whatever is going on."""
        with self._lock:
            self._is_plugged = False
        self._leave_bus()

    def plug_in(self) -> None:
        """The cable goes back in; a fault that pulled it is spent, and so is a stall."""
        with self._lock:
            self._is_plugged = True
            self.faults = replace(self.faults, cable_out=None, stall=None)
        if not self._stopped.is_set() and self._memory.mode != "starting":
            self._listen()

    def into_bootloader(self) -> None:
        """Hold power and volume down."""
        self._keep(replace(self._memory, mode="bootloader"))

    def __enter__(self) -> PracticePhone:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- what can be seen --------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """For `fastboot -s`; the port stays the same until the program ends."""
        return f"tcp:127.0.0.1:{self._port}"

    @property
    def is_plugged(self) -> bool:
        """Whether the cable is in."""
        return self._is_plugged

    @property
    def memory(self) -> Memory:
        """What the phone keeps."""
        return self._memory

    @property
    def storage(self) -> Storage:
        """The phone's partitions."""
        return self._storage

    @property
    def record(self) -> tuple[Received, ...]:
        """Everything that came in since `start`, oldest first."""
        with self._lock:
            return tuple(self._records)

    @property
    def image_bytes(self) -> int:
        """Bytes of images that came in since the phone was made."""
        return sum(r.data_bytes for r in self.record)

    def facts(self) -> PhoneFacts:
        """For the practice panel."""
        memory = self._memory
        return PhoneFacts(
            serial=memory.serial,
            address=self.address,
            mode=memory.mode,
            build=memory.build,
            battery=self._bootloader.battery(),
            is_plugged=self._is_plugged,
            image_bytes=self.image_bytes,
        )

    # -- the wire ----------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        with self._lock:
            if self._listener is not None:
                return
            self._quiet.clear()
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", self._port))
            listener.listen(64)  # every look of a second caller waits in this queue
            self._port = listener.getsockname()[1]
            self._listener = listener
            self._server = threading.Thread(target=self._serve, args=(listener,), name="practice phone", daemon=True)
            self._server.start()

    def _leave_bus(self) -> None:
        with self._lock:
            self._quiet.set()
            listener, self._listener = self._listener, None
            connection, self._connection = self._connection, None
        for sock in (connection, listener):
            if sock is not None:
                with contextlib.suppress(OSError):
                    if sock is connection:
                        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_OFF)
                    sock.shutdown(socket.SHUT_RDWR)
                sock.close()

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
            with contextlib.suppress(_Gone, OSError):
                self._talk(connection)
            with contextlib.suppress(OSError):
                connection.close()

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(_HANDSHAKE)
        if self._exactly(connection, 4)[:2] != b"FB":
            raise _Gone
        while True:
            (length,) = struct.unpack(">Q", self._exactly(connection, 8))
            if length > 4096:
                raise _Gone
            command = self._exactly(connection, length).decode("ascii", "replace")
            if command.startswith("download:"):
                self._download(connection, command)
            elif command.startswith("reboot") or command == "continue":
                self._write_down(command, 0)
                self._send(connection, b"OKAY")
                self._reboot(command)
                raise _Gone
            else:
                self._write_down(command, 0)
                for answer in self._bootloader.answer(command):
                    self._answer(connection, answer)

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
        if size > MAX_DOWNLOAD or size == 0 or self._memory.mode == "system":
            self._write_down(command, 0)
            self._send(connection, b"FAILdata too large")
            return
        self._send(connection, f"DATA{size:08x}".encode())
        data = bytearray()
        try:
            while len(data) < size:
                (length,) = struct.unpack(">Q", self._exactly(connection, 8))
                if length > size - len(data):
                    raise _Gone
                for piece in self._pieces(connection, length):
                    data += piece
                    self._image_bytes += len(piece)
                    self._act_up()
        finally:
            self._write_down(command, len(data))
        self._answer(connection, self._bootloader.take(bytes(data)))

    def _pieces(self, connection: socket.socket, length: int) -> Iterator[bytes]:
        left = length
        while left:
            piece = self._exactly(connection, min(left, _PIECE))
            if self.bytes_per_s and self._quiet.wait(len(piece) / self.bytes_per_s):
                raise _Gone
            left -= len(piece)
            yield piece

    def _act_up(self) -> None:
        percent = self._image_bytes * 100 / sum(SIZES.values())
        if self.faults.cable_out is not None and percent >= self.faults.cable_out:
            self.pull_cable()
            raise _Gone
        if self.faults.stall is not None and percent >= self.faults.stall:
            self._quiet.wait()
            raise _Gone

    def _exactly(self, connection: socket.socket, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            piece = connection.recv(size - len(data))
            if not piece:
                raise _Gone
            data += piece
        return bytes(data)

    def _write_down(self, command: str, data_bytes: int) -> None:
        received = Received(self._now(), command, data_bytes)
        with self._lock:
            self._records.append(received)
            del self._records[:-5000]
        with (self._storage.folder / "received.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"at": received.at.isoformat(), "command": command, "bytes": data_bytes}) + "\n")

    # -- starting ----------------------------------------------------------------------------------------------------

    def _reboot(self, command: str) -> None:
        to_bootloader = command == "reboot-bootloader"
        self._keep(replace(self._memory, mode="starting"))
        self._image_bytes = 0
        self._leave_bus()
        self._timer = threading.Timer(self._boot_s, self._come_up, args=(to_bootloader,))
        self._timer.daemon = True
        self._timer.start()

    def _come_up(self, to_bootloader: bool) -> None:
        if to_bootloader:
            self._keep(replace(self._memory, mode="bootloader"))
        elif self.faults.boot_fails:
            self._keep(replace(self._memory, mode="bootloader", boot_fault="boot"))
        else:
            self._keep(self._storage.start(self._memory))
        log.info("practice phone %s is in %s", self._memory.serial, self._memory.mode)
        if self._is_plugged and not self._stopped.is_set():
            self._listen()

    def _keep(self, memory: Memory) -> None:
        self._memory = memory
        self._storage.save(memory)
