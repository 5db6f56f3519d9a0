# SPDX-License-Identifier: Apache-2.0
"""Photos from the tester's phone over the local network, without the internet: one page at one address, used once.

The address holds a secret of 128 bits that the phone reads from a QR code. The first phone that shows it owns the session; one upload
of at most ten photos ends it, so do three minutes, a cancel, and an upload that is none. Nothing but that page is served, at one adapter.
One thread with a selector: whoever connects and dawdles keeps nobody waiting.
"""

from __future__ import annotations

import secrets
import selectors
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

from firstlight.base.work import Work
from firstlight.capture import photos
from firstlight.capture.drop_page import Shown, language_of, page
from firstlight.capture.errors import CaptureError, NoNetwork, NoPhotoCame
from firstlight.capture.form import FormError, files_in
from firstlight.store.disk import Disk, fault_of
from firstlight.store.errors import StoreError

LIMIT_S = 180.0
OPEN = "open"
MOST_PHOTOS = 10
MOST_BYTES = 160 << 20
_MOST_HEAD = 16_384
_MOST_CONNECTIONS = 24
_LONGEST_HEAD_S = 10.0
_LONGEST_SILENCE_S = 30.0
_LONGEST_UPLOAD_S = 600.0
_TICK_S = 0.2
_PIECE = 1 << 18


@dataclass
class _Guest:
    """A connection: what it said so far, and once its head was read, the upload that it sends."""

    address: str
    since: float
    heard: float
    head: bytearray = field(default_factory=bytearray)
    body: IO[bytes] | None = None
    boundary: bytes = b""
    expected: int = 0
    received: int = 0
    language: str = "en"
    is_answered: bool = False


class PhotoDrop:
    """Listens from construction on, at `address` alone; use it as a context manager. Raises OSError when that address is not ours."""

    def __init__(self, address: str, *, language: str, limit_s: float = LIMIT_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._language = language
        self._clock = clock
        self._until = clock() + limit_s
        self._latest = clock() + limit_s + _LONGEST_UPLOAD_S
        self._token = secrets.token_urlsafe(16)
        self._owner = ""
        self._socket = socket.create_server((address, 0), backlog=16)
        self._socket.setblocking(False)
        self._host = f"{address}:{self._socket.getsockname()[1]}"
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_READ, None)

    @property
    def url(self) -> str:
        """What the QR code says."""
        return f"http://{self._host}/{self._token}"

    @property
    def seconds_left(self) -> float:
        """Until the page is over."""
        return max(0.0, self._until - self._clock())

    def receive(self, work: Work) -> tuple[bytes, ...]:
        """The photos as clean JPEG, in their order. Raises NoPhotoCame when time is up, NotAPhoto, TooLarge, StoreError, Cancelled."""
        while self.seconds_left:
            work.check()
            for key, _events in self._selector.select(_TICK_S):
                if key.data is None:
                    self._accept()
                elif self._selector.get_map().get(key.fd) is key:  # not closed meanwhile to make room for somebody
                    guest: _Guest = key.data
                    if self._hear(key.fileobj, guest, work):  # type: ignore[arg-type]
                        return self._take(key.fileobj, guest, work)  # type: ignore[arg-type]
            self._drop_slow()
        raise NoPhotoCame

    # -- connections -------------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        try:
            visitor, (address, *_) = self._socket.accept()
        except OSError:  # gone again before we looked
            return
        visitor.setblocking(False)
        guests = [key for key in self._selector.get_map().values() if key.data is not None and key.data.body is None]
        if len(guests) >= _MOST_CONNECTIONS:
            self._close(min(guests, key=lambda key: key.data.since).fileobj)  # type: ignore[arg-type]
        self._selector.register(visitor, selectors.EVENT_READ, _Guest(address, self._clock(), self._clock()))

    def _hear(self, visitor: socket.socket, guest: _Guest, work: Work) -> bool:
        """Read what came; True when an upload is whole."""
        try:
            piece = visitor.recv(_PIECE)
        except BlockingIOError:
            return False
        except OSError:
            piece = b""
        if not piece:
            self._close(visitor)
            return False
        if guest.is_answered:  # heard to its end all the same: who hangs up on a browser that still sends takes its answer away
            return False
        guest.heard = self._clock()
        if guest.body is not None:
            try:
                return self._store(guest, piece, work)
            except OSError as error:
                raise _fault(error, guest.expected) from error
        guest.head += piece
        if b"\r\n\r\n" not in guest.head:
            if len(guest.head) > _MOST_HEAD:
                self._close(visitor)
            return False
        head, _, rest = bytes(guest.head).partition(b"\r\n\r\n")
        if len(head) > _MOST_HEAD:
            self._close(visitor)
            return False
        return self._judge(visitor, guest, head, rest, work)

    def _judge(self, visitor: socket.socket, guest: _Guest, head: bytes, rest: bytes, work: Work) -> bool:
        lines = head.decode("latin-1").split("\r\n")
        method, _, target = lines[0].partition(" ")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        guest.language = language_of(fields.get("accept-language", ""), self._language)
        path = target.partition(" ")[0]
        # Another name in Host is a web page of somebody's that talks to us through a name of its own.
        is_ours = secrets.compare_digest(path.encode(), f"/{self._token}".encode()) and fields.get("host") == self._host
        if not is_ours or (self._owner and guest.address != self._owner):
            self._answer(visitor, "404 Not Found")
            return False
        self._owner = guest.address
        if method == "GET":
            self._answer(visitor, "200 OK", page(Shown.ASK, guest.language, most=MOST_PHOTOS))
            return False
        length = fields.get("content-length", "")
        boundary = _boundary(fields.get("content-type", ""))
        is_from_here = fields.get("origin", f"http://{self._host}") in (f"http://{self._host}", "null")
        if method != "POST" or not boundary or not is_from_here or not (length.isdecimal() and len(length) < 12):
            self._answer(visitor, "400 Bad Request")
            return False
        if int(length) > MOST_BYTES:
            self._answer(visitor, "413 Content Too Large", page(Shown.TOO_LARGE, guest.language))
            return False
        if fields.get("expect", "").lower() == "100-continue":
            with suppress(OSError):  # gone already: heard of at the next look
                visitor.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if any(key.data is not None and key.data.body is not None for key in self._selector.get_map().values()):
            self._answer(visitor, "409 Conflict")  # one upload at a time: no phone fills the disk
            return False
        try:
            guest.body = tempfile.TemporaryFile()  # noqa: SIM115  closed with its guest
            guest.boundary, guest.expected = boundary, int(length)
            return self._store(guest, rest, work)
        except OSError as error:
            raise _fault(error, int(length)) from error

    def _store(self, guest: _Guest, piece: bytes, work: Work) -> bool:
        assert guest.body is not None
        piece = piece[: guest.expected - guest.received]
        guest.body.write(piece)
        guest.received += len(piece)
        # A long upload over a weak network goes on; only somebody who sends nothing is let go.
        self._until = min(self._latest, max(self._until, self._clock() + _LONGEST_SILENCE_S))
        work.say("photos", guest.received, guest.expected)
        return guest.received >= guest.expected

    def _take(self, visitor: socket.socket, guest: _Guest, work: Work) -> tuple[bytes, ...]:
        """The end of the session, whatever was sent."""
        assert guest.body is not None
        try:
            made = []
            for data in files_in(guest.body, guest.boundary, most=MOST_PHOTOS):
                work.check()
                made.append(photos.clean(data))
            if not made:
                raise NoPhotoCame
        except (CaptureError, FormError) as error:
            self._answer(visitor, "422 Unprocessable Content", page(Shown.NOT_A_PHOTO, guest.language))
            if isinstance(error, CaptureError):
                raise
            raise NoPhotoCame(why=str(error)) from error
        self._answer(visitor, "200 OK", page(Shown.DONE, guest.language))
        return tuple(made)

    def _answer(self, visitor: socket.socket, status: str, body: bytes = b"") -> None:
        head = (
            f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\nCache-Control: no-store\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'\r\n"
            "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        ).encode()
        try:
            visitor.settimeout(2.0)
            visitor.sendall(head + body)
            visitor.shutdown(socket.SHUT_WR)
            visitor.setblocking(False)
        except OSError:
            self._close(visitor)  # the phone left; what it brought counts all the same
            return
        guest: _Guest = self._selector.get_key(visitor).data
        guest.is_answered, guest.since = True, self._clock()

    def _drop_slow(self) -> None:
        now = self._clock()
        for key in tuple(self._selector.get_map().values()):
            guest = key.data
            if guest is None:
                continue
            is_sending = guest.body is not None and not guest.is_answered
            if now - (guest.heard + _LONGEST_SILENCE_S if is_sending else guest.since + _LONGEST_HEAD_S) > 0:
                self._close(key.fileobj)  # type: ignore[arg-type]

    def _close(self, visitor: socket.socket) -> None:
        guest: _Guest = self._selector.unregister(visitor).data
        if guest.body is not None:
            guest.body.close()
        visitor.close()

    def close(self) -> None:
        """Stop listening and let everybody go; again does nothing."""
        for key in tuple((self._selector.get_map() or {}).values()):
            if key.data is not None and key.data.body is not None:
                key.data.body.close()
            self._selector.unregister(key.fileobj)
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def __enter__(self) -> PhotoDrop:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def receive_photos(address: str, language: str, *, work: Work) -> tuple[bytes, ...]:
    """One session from beginning to end; says `OPEN` with the page's address once it is up, then "photos" with bytes.

    Raises what `PhotoDrop.receive` does, and NoNetwork when the address is not ours any more.
    """
    try:
        drop = PhotoDrop(address, language=language)
    except OSError as error:
        raise NoNetwork(why=str(error)) from error
    with drop:
        work.say(OPEN, note=drop.url)
        return drop.receive(work)


def _fault(error: OSError, size: int) -> StoreError:
    """The place for what comes in is full, or nothing can be written there."""
    place = Path(tempfile.gettempdir())
    return fault_of(error, place, need=size, free=Disk().free(place))


def _boundary(content_type: str) -> bytes:
    """Of a form with files; b"" for anything else."""
    kind, _, rest = content_type.partition(";")
    name, _, value = rest.strip().partition("=")
    value = value.strip().strip('"')
    is_form = kind.strip().lower() == "multipart/form-data" and name.strip().lower() == "boundary"
    return value.encode("latin-1") if is_form and 1 <= len(value) <= 70 and value.isascii() else b""
