# SPDX-License-Identifier: Apache-2.0
"""A practice card: a file that is served as a network block device (NBD) on 127.0.0.1, and that can fail as cards do.

The real protocol, so that any NBD client can write it; ours reaches it as `card:nbd:127.0.0.1:PORT`. The export's name is the card's serial
number. It runs in threads of its own, as it plays a thing outside this program. Every request that changes it is counted and written
down (`record`), which is how a test shows that nothing was sent.
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from firstlight.practice.faults import Faults

log = logging.getLogger(__name__)
SIZE = 64 << 20
_SMALL = 1 << 20
_OPT_EXPORT, _OPT_ABORT, _OPT_LIST = 1, 2, 3
_REPLY_MAGIC, _ACK, _SERVER, _UNKNOWN = 0x3E889045565A9, 1, 2, 0x80000001
_REQUEST, _REPLY = 0x25609513, 0x67446698
_READ, _WRITE, _DISC, _FLUSH = 0, 1, 2, 3
_EPERM, _EIO, _EINVAL, _ENOSPC, _ESHUTDOWN = 1, 5, 22, 28, 108
_HAS_FLAGS, _READ_ONLY, _CAN_FLUSH = 1, 2, 4
_MAX_REQUEST = 32 << 20
_BLOCK = 4096


class _Unplugged(Exception):
    """The cable is out: the connection just ends."""


@dataclass(frozen=True)
class CardFacts:
    """What the practice panel shows."""

    serial: str
    address: str
    size: int
    is_plugged: bool
    written: int
    """Bytes that anybody asked it to write since it was made."""
    writes: int
    looks: int


class PracticeCard:
    """One card. `start` makes it answer, `stop` takes it out with everything kept.

    `expects`: bytes of the image that it will get, of which the percentages of faults are; its size when nobody says.
    """

    def __init__(
        self,
        folder: Path,
        *,
        serial: str = "PRACTICE-CA4D",
        size: int = SIZE,
        expects: int = 0,
        faults: Faults = Faults(),  # noqa: B008  frozen
        bytes_per_s: int = 0,
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / "card.img"
        self._serial, self._other = serial, serial[:-4] + "0BAD"
        self.faults = faults
        self.size = _SMALL if faults.too_small else size
        self.expects = expects or self.size
        self.bytes_per_s = bytes_per_s
        self.written = self.writes = self.looks = 0
        self._taken = 0
        self._lock = threading.RLock()
        self._is_plugged = True
        self._stopped = threading.Event()
        self._unplugged = threading.Event()
        self._listener: socket.socket | None = None
        self._lines: set[socket.socket] = set()
        self._port = 0

    # -- what a person does ------------------------------------------------------------------------------------------

    def __enter__(self) -> PracticeCard:
        """As `start`."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """As `stop`."""
        self.stop()

    def start(self) -> str:
        """Put it in; the answer is its address."""
        with self.path.open("ab") as file:
            file.truncate(self.size)
        self._stopped.clear()
        self._unplugged = threading.Event()
        self._listen()
        return self.address

    def stop(self) -> None:
        """Take it out."""
        self._stopped.set()
        self._unplugged.set()
        self._leave()

    def pull_cable(self) -> None:
        """Now, in the middle of whatever is going on; what a stalled card kept waiting is over."""
        self._is_plugged = False
        self._unplugged.set()
        self._leave()

    def plug_in(self) -> None:
        """It goes back in; a fault that pulled it is spent, and so is a stall."""
        self._is_plugged = True
        self.faults = replace(self.faults, cable_out=None, stall=None)
        self._taken = 0
        self._unplugged = threading.Event()  # a new one: whoever waits for the old one must not miss it
        if not self._stopped.is_set():
            self._listen()

    def swap(self) -> None:
        """Another card of the same size into the same reader."""
        self._serial, self._other = self._other, self._serial

    @property
    def address(self) -> str:
        """As `--device` takes it."""
        return f"card:nbd:127.0.0.1:{self._port}"

    def facts(self) -> CardFacts:
        """How it is now."""
        return CardFacts(self._serial, self.address, self.size, self._is_plugged, self.written, self.writes, self.looks)

    # -- the wire ----------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), name="practice card", daemon=True).start()

    def _leave(self) -> None:
        listener, self._listener = self._listener, None
        for line in (*self._lines, *([listener] if listener else [])):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            self._lines.add(line)
            threading.Thread(target=self._talk, args=(line,), name="practice card's line", daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        try:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._greet(line):
                with self.path.open("r+b", buffering=0) as file:
                    while self._serve(line, file.fileno()):
                        pass
        except (OSError, struct.error, _Unplugged) as error:
            log.debug("practice card's line ended: %s", error)
        finally:
            self._lines.discard(line)
            line.close()

    def _greet(self, line: socket.socket) -> bool:
        line.sendall(b"NBDMAGICIHAVEOPT" + struct.pack(">H", 3))
        has_zeroes = not struct.unpack(">I", _take(line, 4))[0] & 2
        serial = self._look()
        while True:
            _, option, length = struct.unpack(">8sII", _take(line, 16))
            _take(line, min(length, 4096))
            if option == _OPT_LIST:
                name = serial.encode()
                line.sendall(struct.pack(">QIII", _REPLY_MAGIC, option, _SERVER, 4 + len(name)) + struct.pack(">I", len(name)) + name)
                line.sendall(struct.pack(">QIII", _REPLY_MAGIC, option, _ACK, 0))
            elif option == _OPT_EXPORT:
                flags = _HAS_FLAGS | _CAN_FLUSH | (_READ_ONLY if self.faults.read_only else 0)
                line.sendall(struct.pack(">QH", self.size, flags) + bytes(124 if has_zeroes else 0))
                self._taken = 0
                return True
            elif option == _OPT_ABORT:
                return False
            else:
                line.sendall(struct.pack(">QIII", _REPLY_MAGIC, option, _UNKNOWN, 0))

    def _look(self) -> str:
        """Somebody asks who it is."""
        with self._lock:
            self.looks += 1
            if self.faults.swapped and self.looks > 2:
                return self._other
            return self._serial

    def _serve(self, line: socket.socket, fd: int) -> bool:
        magic, _, kind, handle, at, length = struct.unpack(">IHHQQI", _take(line, 28))
        if magic != _REQUEST or length > _MAX_REQUEST or kind == _DISC:
            return False
        data = _take(line, length) if kind == _WRITE else b""
        code, answer = self._obey(fd, kind, at, length, data)
        line.sendall(struct.pack(">IIQ", _REPLY, code, handle) + answer)
        return True

    def _obey(self, fd: int, kind: int, at: int, length: int, data: bytes) -> tuple[int, bytes]:
        with self._lock:
            if kind == _WRITE:
                return self._write(fd, at, data), b""
            if kind == _READ:
                return self._read(fd, at, length)
            if kind == _FLUSH:
                os.fdatasync(fd) if hasattr(os, "fdatasync") else os.fsync(fd)
                return 0, b""
        return _EINVAL, b""

    # -- what it does with bytes ---------------------------------------------------------------------------------------

    def _write(self, fd: int, at: int, data: bytes) -> int:
        self.writes += 1
        self.written += len(data)
        if self.faults.read_only:
            return _EPERM
        if at + len(data) > self.size:
            return _ENOSPC
        before, self._taken = self._taken, self._taken + len(data)
        if self.bytes_per_s:
            self._stopped.wait(len(data) / self.bytes_per_s)
        cut = self._cut(before, self._taken)
        if cut is not None:
            # The bytes up to the moment are on the card, torn as they are on a real one.
            self._put(fd, at, data[: max(cut - before, 0)])
            if self.faults.stall is None:
                self.pull_cable()
            self._unplugged.wait()
            raise _Unplugged
        if self.faults.full is not None and self._taken > self._share(self.faults.full):
            return _ENOSPC
        if self._is_bad(at, len(data)):
            return _EIO
        self._put(fd, at, data)
        return 0

    def _read(self, fd: int, at: int, length: int) -> tuple[int, bytes]:
        if at + length > self.size:
            return _EINVAL, b""
        if self._is_bad(at, length):
            return _EIO, b""
        held = self._held()
        if at + length <= held:
            return 0, os.pread(fd, length, at)
        return 0, b"".join(os.pread(fd, min(_BLOCK, at + length - a), a % held) for a in range(at, at + length, _BLOCK))

    def _put(self, fd: int, at: int, data: bytes) -> None:
        held = self._held()
        if at + len(data) <= held:
            os.pwrite(fd, data, at)
            return
        for offset in range(0, len(data), _BLOCK):
            os.pwrite(fd, data[offset : offset + _BLOCK], (at + offset) % held)

    def _held(self) -> int:
        """Bytes that it really has, in whole blocks."""
        return self.size if self.faults.fake_size is None else max(self.size * self.faults.fake_size // 100 // _BLOCK, 1) * _BLOCK

    def _share(self, percent: int) -> int:
        return self.expects * percent // 100

    def _cut(self, before: int, after: int) -> int | None:
        """Where in this write the cable goes or the answer stays away."""
        percent = self.faults.cable_out if self.faults.cable_out is not None else self.faults.stall
        return self._share(percent) if percent is not None and before <= self._share(percent) < after else None

    def _is_bad(self, at: int, length: int) -> bool:
        if self.faults.bad_block is None:
            return False
        bad = self._share(self.faults.bad_block)
        return at <= bad < at + length


def _take(line: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = line.recv(min(length - len(data), 1 << 20))
        if not piece:
            raise ConnectionResetError
        data += piece
    return bytes(data)
