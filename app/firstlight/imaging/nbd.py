# SPDX-License-Identifier: Apache-2.0
"""A network block device as a medium: the client's half of the NBD protocol, enough to write a card and read it back.

How practice cards are reached, and any card behind a reader on another computer. Spoken as in the protocol's own document (doc/proto.md
of the nbd project): fixed newstyle, option LIST and EXPORT_NAME, then READ, WRITE, FLUSH, DISC. A server's answers are bounded.
"""

from __future__ import annotations

import errno
import socket
import struct
import threading
from contextlib import suppress

from firstlight.imaging.errors import BadBlock, ImagingError, TargetFull, TargetGone, TargetRefused
from firstlight.imaging.medium import MediumReader
from firstlight.imaging.pieces import RUN

_LIMIT_S = 30.0
_MAGIC, _OPTION = b"NBDMAGIC", b"IHAVEOPT"
_OPT_EXPORT, _OPT_ABORT, _OPT_LIST = 1, 2, 3
_REP_ACK, _REP_SERVER = 1, 2
_OPT_REPLY = 0x3E889045565A9
_REQUEST, _REPLY = 0x25609513, 0x67446698
_READ, _WRITE, _DISC, _FLUSH = 0, 1, 2, 3
_READ_ONLY = 1 << 1
_MAX_WORDS = 4096


class NbdMedium:
    """One export of a server at HOST:PORT; its name is the card's serial number."""

    is_blank = False
    reads_medium = True

    def __init__(self, host: str, port: int, *, is_for_reading: bool = False) -> None:
        self.path = f"nbd:{host}:{port}"
        self._is_for_reading = is_for_reading
        self._lock = threading.Lock()
        self._handle = 0
        self.capacity = 0
        self._socket: socket.socket | None = None
        try:
            self._socket = socket.create_connection((host, port), timeout=_LIMIT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.serial = self._greet()
        except OSError as error:
            self.close()
            raise TargetGone(path=self.path, at=0) from error

    def _greet(self) -> str:
        """Shake hands and open the first export; its name."""
        assert self._socket is not None
        magic, option, flags = struct.unpack(">8s8sH", self._take(18))
        if magic != _MAGIC or option != _OPTION or not flags & 1:
            raise TargetRefused(path=self.path, reason="words")
        # Fixed newstyle, and no 124 zeros behind the answer.
        self._socket.sendall(struct.pack(">I", flags & 3))
        name = self._first_export()
        self._ask_option(_OPT_EXPORT, name)
        self.capacity, export = struct.unpack(">QH", self._take(10))
        if not flags & 2:
            self._take(124)
        if export & _READ_ONLY and not self._is_for_reading:
            raise TargetRefused(path=self.path, reason="read_only")
        return name.decode("utf-8", "replace")

    def _first_export(self) -> bytes:
        self._ask_option(_OPT_LIST, b"")
        name = b""
        for _ in range(64):
            magic, _, kind, length = struct.unpack(">QIII", self._take(20))
            if magic != _OPT_REPLY or length > _MAX_WORDS:
                raise TargetRefused(path=self.path, reason="words")
            words = self._take(length)
            if kind == _REP_ACK:
                return name
            if kind == _REP_SERVER and not name and length >= 4:
                name = words[4 : 4 + struct.unpack(">I", words[:4])[0]]
        raise TargetRefused(path=self.path, reason="words")

    def _ask_option(self, option: int, data: bytes) -> None:
        assert self._socket is not None
        self._socket.sendall(_OPTION + struct.pack(">II", option, len(data)) + data)

    def write(self, at: int, data: bytes | memoryview) -> None:
        """See Medium."""
        self._call(_WRITE, at, len(data), data)

    def reader(self) -> MediumReader:
        """See Medium; the wire is one, so readers take turns."""
        return _NbdReader(self)

    def fetch(self, at: int, length: int) -> bytes:
        """Read, for readers."""
        return self._call(_READ, at, min(length, self.capacity - at)) if at < self.capacity else b""

    def sync(self) -> None:
        """See Medium."""
        self._call(_FLUSH, 0, 0)

    def finish(self, size: int) -> None:
        """See Medium; a device has the size that it has."""
        del size

    def close(self) -> None:
        """See Medium."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.sendall(struct.pack(">IHHQQI", _REQUEST, 0, _DISC, 0, 0, 0))
            self._socket.close()
            self._socket = None

    def _call(self, kind: int, at: int, length: int, data: bytes | memoryview = b"") -> bytes:
        with self._lock:
            if self._socket is None:
                raise TargetGone(path=self.path, at=at)
            self._handle += 1
            try:
                self._socket.sendall(struct.pack(">IHHQQI", _REQUEST, 0, kind, self._handle, at, length))
                if data:
                    self._socket.sendall(data)
                magic, code, handle = struct.unpack(">IIQ", self._take(16))
                if magic != _REPLY or handle != self._handle:
                    raise TargetRefused(path=self.path, reason="words")
                if code:
                    raise _refusal(code, self.path, at)
                return self._take(length) if kind == _READ else b""
            except OSError as error:
                self._socket.close()
                self._socket = None
                raise _gone(error, self.path, at) from error

    def _take(self, length: int) -> bytes:
        assert self._socket is not None
        data = bytearray(length)
        view, have = memoryview(data), 0
        while have < length:
            got = self._socket.recv_into(view[have:])
            if not got:
                raise ConnectionResetError(errno.ECONNRESET, "closed")
            have += got
        return bytes(data)


class _NbdReader:
    def __init__(self, medium: NbdMedium) -> None:
        self._medium = medium

    def read(self, at: int, length: int) -> memoryview:
        """See MediumReader."""
        return memoryview(self._medium.fetch(at, min(length, RUN)))


def _gone(error: OSError, path: str, at: int) -> TargetGone:
    """It left; or it is still there and says nothing."""
    if isinstance(error, TimeoutError):
        return TargetGone(path=path, at=at, reason="silent", seconds=int(_LIMIT_S))
    return TargetGone(path=path, at=at)


def _refusal(code: int, path: str, at: int) -> ImagingError:
    """NBD's error numbers are those of Linux."""
    if code == 28:
        return TargetFull(path=path, at=at)
    if code == 108:
        return TargetGone(path=path, at=at)
    if code == 1:
        return TargetRefused(path=path, reason="read_only")
    return BadBlock(path=path, at=at, why=f"error {code}")
