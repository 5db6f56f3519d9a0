# SPDX-License-Identifier: Apache-2.0
"""Send one file, named by its content, so that it can be cut anywhere and go on there (tus 1.0.0, see firstlight_contract.uploads).

The hub's offset is the only truth; nothing about an upload is remembered on this side.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import requests

from firstlight.base.work import Work
from firstlight.hublink import told
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import ContractMismatch, FileChanged, Refused, Unreachable
from firstlight.store.disk import sha256_of
from firstlight_contract.endpoint import API
from firstlight_contract.problem import Code
from firstlight_contract.uploads import BLOB_HEADER, PATH, STORED, TUS_VERSION

SMALLEST = 256 << 10
FIRST = 2 << 20
LARGEST = 16 << 20
TRIES = 3
"""How often in a row nothing may have moved before the outbox decides when to go on."""
_TUS = {"Tus-Resumable": TUS_VERSION}
_AGAIN = {Code.OFFSET, Code.CONFLICT}
_FRESH = {Code.NOT_FOUND, Code.GONE}


@dataclass(frozen=True)
class Way:
    """Where uploads go: `path` of the collection. Ours names them by content and proves each by its hash; others do neither."""

    path: str = API + PATH
    is_ours: bool = True


HUB = Way()


@dataclass(frozen=True)
class _Place:
    """Where an upload stands."""

    path: str
    offset: int
    is_stored: bool


class _Slice:
    """A part of a file as a request body: read in small pieces, with progress, never held in memory."""

    def __init__(self, file: IO[bytes], start: int, length: int, total: int, work: Work) -> None:
        self._file = file
        self._left = length
        self._length = length
        self._total = total
        self._work = work
        file.seek(start)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> _Slice:
        return self

    def __next__(self) -> bytes:
        piece = self.read(1 << 16)
        if not piece:
            raise StopIteration
        return piece

    def read(self, size: int = -1) -> bytes:
        """The next bytes; stops where the tester asked to stop."""
        self._work.check()
        piece = self._file.read(min(self._left, size if size >= 0 else self._left))
        self._left -= len(piece)
        self._work.say("upload", self._file.tell(), self._total)
        return piece


def upload(client: HubClient, *, path: Path, sha256: str, size: int, name: str, media: str, work: Work, way: Way = HUB) -> None:
    """Bring the file to the hub; returns when the hub says that it is stored, and at once when it was already.

    `way` may lead to any other server of tus 1.0.0 (before a large store, say): then all bytes there is the end.
    Raises HubError: Unreachable and Busy mean later, Refused for good, FileChanged when the file is not `sha256`.
    """
    if path.stat().st_size != size:
        raise FileChanged(name=name)
    task = _Upload(client, _Sent(path, sha256, size, name, media), work, way)
    task.run()


@dataclass(frozen=True)
class _Sent:
    """The file as it is announced."""

    path: Path
    sha256: str
    size: int
    name: str
    media: str


class _Upload:
    def __init__(self, client: HubClient, sent: _Sent, work: Work, way: Way) -> None:
        self._client = client
        self._file_path = sent.path
        self._sha256 = sent.sha256
        self._size = sent.size
        self._name = sent.name
        self._media = sent.media
        self._work = work
        self._way = way
        self._made = ""
        self._chunk = FIRST
        self._failures = 0
        self._starts = 0

    def run(self) -> None:
        place = self._find() or self._create()
        with self._file_path.open("rb") as file:
            while not place.is_stored:
                self._work.check()
                self._work.say("upload", place.offset, self._size)
                place = self._step(file, place)
        self._work.say("upload", self._size, self._size)

    def _step(self, file: IO[bytes], place: _Place) -> _Place:
        """Send one chunk, and find out where that leads."""
        try:
            after = self._send(file, place)
        except Unreachable as error:
            self._chunk = max(SMALLEST, self._chunk // 2)
            after = self._find() or self._create()
            if after.offset > place.offset or after.is_stored:
                self._failures = 0
            else:
                self._count_failure(error)
            return after
        except Refused as refusal:
            return self._after_refusal(refusal, place)
        self._failures = 0
        self._chunk = min(LARGEST, self._chunk * 2)
        return after

    def _after_refusal(self, refusal: Refused, place: _Place) -> _Place:
        code = refusal.problem.code
        if code is Code.CHECKSUM:
            # Damaged on the way, or no longer the file that was kept: only the second is ours to tell.
            if sha256_of(self._file_path, self._work) != self._sha256:
                raise FileChanged(name=self._name) from refusal
            self._count_failure(refusal)
            self._drop(place)
            return self._create()
        if code in _FRESH:
            self._count_failure(refusal)
            return self._create()
        if code in _AGAIN:
            self._count_failure(refusal)
            return self._find() or self._create()
        raise refusal

    def _count_failure(self, error: Exception) -> None:
        self._failures += 1
        if self._failures >= TRIES:
            raise error

    def _find(self) -> _Place | None:
        """The upload as it stands at the hub; None when there is none."""
        if not self._way.is_ours:
            return self._head(self._made) if self._made else None
        return self._head(f"{self._way.path}/{self._sha256}")

    def _head(self, path: str) -> _Place | None:
        try:
            answer = self._client.raw("HEAD", path, headers=_TUS)
        except Refused as refusal:
            if refusal.problem.code in _FRESH:
                return None
            raise
        return self._place(path, answer, self._size)

    def _create(self) -> _Place:
        self._starts += 1
        if self._starts > TRIES:
            raise ContractMismatch(hub=self._client.base_url, where=PATH)
        said = {"sha256": self._sha256, "filename": self._name, "filetype": self._media}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())
        headers = _TUS | {"Upload-Length": str(self._size), "Upload-Metadata": metadata}
        answer = self._client.raw("POST", self._way.path, headers=headers)
        base, location = urlsplit(self._client.base_url), told.address(answer.headers.get("Location", ""))
        if location.netloc not in {"", base.netloc} or not location.path.startswith("/"):
            raise ContractMismatch(hub=self._client.base_url, where="Location")
        path = self._made = location.path.removeprefix(base.path)
        place = self._head(path)
        if place is None:
            raise ContractMismatch(hub=self._client.base_url, where=PATH)
        return place

    def _send(self, file: IO[bytes], place: _Place) -> _Place:
        length = min(self._chunk, self._size - place.offset)
        headers = _TUS | {
            "Upload-Offset": str(place.offset),
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(length),
        }
        if length:
            answer = self._client.raw("PATCH", place.path, headers=headers, data=lambda: self._slice(file, place.offset, length))
        else:
            answer = self._client.raw("PATCH", place.path, headers=headers, data=b"")
        after = self._place(place.path, answer, place.offset + length)
        if after.offset < self._size or after.is_stored:
            return after
        # All is there, but nothing says that it was hashed and stored: ask.
        asked = self._head(place.path)
        if asked is None or (asked.offset == self._size and not asked.is_stored):
            raise ContractMismatch(hub=self._client.base_url, where=BLOB_HEADER)
        return asked

    def _slice(self, file: IO[bytes], start: int, length: int) -> IO[bytes]:
        return _Slice(file, start, length, self._size, self._work)  # type: ignore[return-value]  # the part of IO that a body needs

    def _place(self, path: str, answer: requests.Response, otherwise: int) -> _Place:
        is_stored = answer.headers.get(BLOB_HEADER) == STORED
        text = answer.headers.get("Upload-Offset", str(otherwise if is_stored else -1))
        offset = told.count(text)
        if offset is None or offset > self._size:
            raise ContractMismatch(hub=self._client.base_url, where="Upload-Offset")
        return _Place(path, offset, is_stored if self._way.is_ours else offset == self._size)

    def _drop(self, place: _Place) -> None:
        try:
            self._client.raw("DELETE", place.path, headers=_TUS)
        except Refused as refusal:
            if refusal.problem.code not in _FRESH:
                raise
