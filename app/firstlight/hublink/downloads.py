# SPDX-License-Identifier: Apache-2.0
"""Fetch one file named by its content: in ranges, past every cut, and under its final name only once its hash fits."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from io import FileIO
from pathlib import Path
from typing import Protocol

import requests

from firstlight.base.work import Work
from firstlight.hublink.errors import FileDamaged, Reason, Unreachable
from firstlight.hublink.faults import CAUGHT, reason_of
from firstlight.store.disk import Disk, fault_of, settle, sha256_of
from firstlight.store.errors import DiskFull
from firstlight.store.lock import FileLock
from firstlight_contract.endpoint import API
from firstlight_contract.uploads import FILES_PATH

TRIES = 3
"""Cuts in a row without a byte gained, and whole files that were damaged, before we give up."""
SLOWEST_BYTES, SLOWEST_S = 16 * 1024, 60.0
"""Less than so much in so long is no transfer: a server that trickles would otherwise hold us for days."""
LOCK = ".fetching"
_LOOK_EVERY_S = 0.1
# Eighteen digits are any size there is; Python itself refuses to read numbers of thousands.
_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})")


class Server(Protocol):
    """Who has the file: a hub (`client.HubClient`), or an address of the web (`web.Source`)."""

    base_url: str

    def raw(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, stream: bool = False) -> requests.Response:
        """One exchange, its status below 400, which the caller reads and closes; HubError."""


def fetch(client: Server, *, sha256: str, size: int, target: Path, work: Work, path: str = "") -> None:
    """Bring the file to `target`; nothing to do when it is there already. What arrived of it stays in `target`.part for the next time.

    `path` is where the hub has it, when that is not among the files by content. Nothing the server says counts but the bytes: never more
    than `size` of them are written. `sha256` "" where nobody told it: then the size alone is right or wrong. Raises HubError
    (Unreachable, Refused, FileDamaged) and StoreError (DiskFull, ReadOnly).
    """
    try:
        # The window and a command, or two pages, may want one and the same build at once: two writers would spoil what they share.
        with _alone(target.parent, work):
            _fetch(client, path or API + FILES_PATH.format(sha256=sha256), sha256, size, target, work)
    except OSError as error:
        # The network's faults are told below; what is left is this PC's disk.
        raise fault_of(error, target, need=size, free=_free(target)) from error


@contextmanager
def _alone(folder: Path, work: Work) -> Iterator[None]:
    """One fetches into a folder at a time, of all processes; the next one finds what is there then."""
    Disk().make_folder(folder)
    while (lock := FileLock.take(folder / LOCK)) is None:
        work.wait(_LOOK_EVERY_S)
    with lock:
        yield


def _fetch(client: Server, place: str, sha256: str, size: int, target: Path, work: Work) -> None:
    if sha256 and target.is_file() and target.stat().st_size == size and sha256_of(target, work) == sha256:
        return
    part = target.with_name(target.name + ".part")
    for _ in range(TRIES):
        _complete(client, place, size, part, work)
        if not sha256 or sha256_of(part, work) == sha256:
            settle(part, target)
            return
        part.unlink()
    raise FileDamaged(name=target.name)


def _complete(client: Server, place: str, size: int, part: Path, work: Work) -> None:
    """Bring `part` to `size` bytes, through as many cuts as still gain something."""
    failures = 0
    while True:
        have = part.stat().st_size if part.exists() else 0
        if have > size:
            part.unlink()
            continue
        if have == size and part.exists():
            return
        try:
            _fetch_rest(client, place, size, part, work)
        except Unreachable as error:
            gained = (part.stat().st_size if part.exists() else 0) - have
            failures = 0 if gained >= (SLOWEST_BYTES if error.reason is Reason.TIMEOUT else 1) else failures + 1
            if failures >= TRIES:
                raise


def _fetch_rest(client: Server, place: str, size: int, part: Path, work: Work) -> None:
    have = part.stat().st_size if part.exists() else 0
    free = shutil.disk_usage(part.parent).free
    if free < size - have:
        raise DiskFull(need=size - have, free=free)
    headers = {"Range": f"bytes={have}-"} if have else {}
    answer = client.raw("GET", place, headers=headers, stream=True)
    # Without a buffer: what a full disk did not take must not be tried once more at the end.
    with answer, FileIO(part, "ab") as file:
        start = _start_of(answer, size)
        if start != have:
            # The server began elsewhere: only its own beginning can be trusted, so start over.
            file.truncate(0)
            have = 0
            if answer.status_code == HTTPStatus.PARTIAL_CONTENT:
                raise Unreachable(reason=Reason.RESET, hub=client.base_url)
        try:
            _copy(client, answer, file, have, size, work)
        finally:
            Disk().sync(file)


def _copy(client: Server, answer: requests.Response, file: FileIO, have: int, size: int, work: Work) -> None:
    mark, since = have, time.monotonic()
    while have < size and (piece := _read(client, answer, size - have)):
        work.check()
        left = memoryview(piece)
        while left:
            left = left[file.write(left) :]
        have += len(piece)
        work.say("fetch", have, size)
        if time.monotonic() - since > SLOWEST_S:
            if have - mark < SLOWEST_BYTES:
                raise Unreachable(reason=Reason.TIMEOUT, hub=client.base_url)
            mark, since = have, time.monotonic()
    if have < size:
        raise Unreachable(reason=Reason.RESET, hub=client.base_url)


def _read(client: Server, answer: requests.Response, most: int) -> bytes:
    # read1 gives what is there: a server that trickles cannot keep us from hearing that the tester wants to stop.
    try:
        return answer.raw.read1(min(1 << 18, most))
    except CAUGHT as error:
        raise Unreachable(reason=reason_of(error), hub=client.base_url) from error


def _free(place: Path) -> int:
    try:
        return shutil.disk_usage(place.parent).free
    except OSError:
        return 0


def _start_of(answer: requests.Response, size: int) -> int:
    """Where the body begins; -1 when the answer is for another file."""
    if answer.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    match = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if match is None or int(match[3]) != size or int(match[2]) != size - 1:
        return -1
    return int(match[1])
