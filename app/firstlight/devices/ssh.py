# SPDX-License-Identifier: Apache-2.0
"""A router over SSH: facts, commands, upload with its hash read back, a copy of its settings, and the flash itself.

Never SFTP: OpenWrt has none; bytes are streamed to `cat > file`. A `sysupgrade` that worked looks like a lost connection, so
whether it worked is decided afterwards, by the build that the router tells (`router_back.wait_back`). Every call has a deadline and
ends within a moment of a cancel, except `sysupgrade`: once it was asked for, nothing on this PC can stop it.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices import router_facts, router_image
from firstlight.devices.address import Address
from firstlight.devices.device import Device
from firstlight.devices.errors import (
    DeviceRefused,
    ImageUnfit,
    NotARouter,
    RouterLost,
    RouterNoRoom,
    UploadDamaged,
)
from firstlight.devices.router_backup import Backup, keep_backup
from firstlight.devices.router_facts import RouterFacts
from firstlight.devices.router_image import ImageFacts
from firstlight.devices.router_keys import HostKeys, Login
from firstlight.devices.router_line import MAX_ANSWER, Ended, Line
from firstlight.devices.router_login import connect
from firstlight.devices.tool import clean

ASK_S = 10.0
CHECK_S = 60.0
"""For what reads a whole image on the router: a hash, a test."""
FLASH_S = 180.0
"""How long a router may hold the line after it was told to flash."""
ROOM_SPARE = 2 << 20
"""Bytes of memory that must stay free beside the image: the flash itself needs some."""
_REMOTE = re.compile(r"/tmp/[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PIECE = 32 * 1024
FIRMWARE = "/tmp/firstlight-upgrade.bin"
"""Where an image lies on the router until it starts again."""


@dataclass(frozen=True)
class Answer:
    """What a command said, cleaned of terminal codes; `exit` None when the router did not tell."""

    exit: int | None
    text: str
    is_cut: bool = False

    @property
    def is_ok(self) -> bool:
        """It ended with 0."""
        return self.exit == 0


def _nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


class Router:
    """One router at one address. Use from one thread at a time, as a context manager or with `close`.

    `bound` is the serial of the router that a run began with: whoever else answers is refused (NotARouter).
    """

    def __init__(self, address: Address, *, keys: HostKeys, login: Login) -> None:
        self.address = address
        self.keys = keys
        self.login = login
        self.bound = ""
        self._line: Line | None = None

    def __enter__(self) -> Router:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether a line stands."""
        return self._line is not None and self._line.is_open

    def close(self) -> None:
        """Hang up; the next call opens another line."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    # -- asking ------------------------------------------------------------------------------------------------------

    def facts(self, work: Work) -> RouterFacts:
        """What it is and runs, now."""
        line, is_new = self._open(work)
        facts = self._read_facts(line, work)
        if self.bound and facts.serial != self.bound:
            self.close()
            raise NotARouter(address=self.address.where, why=f"another router answers: {facts.serial}, not {self.bound}")
        if is_new:
            self.keys.keep(self.address, line.key)
        return facts

    def device(self, work: Work) -> Device:
        """As the list of devices shows it."""
        return self.facts(work).device(self.address.where)

    def run(
        self, argv: Sequence[str], work: Work, *, deadline_s: float = ASK_S, limit: int = MAX_ANSWER, words_of_error: bool = True
    ) -> Answer:
        """Run one command, each word quoted for the router's shell."""
        ended = self._run(shlex.join(argv), work, deadline_s=deadline_s, limit=limit)
        said = ended.out + (b"\n" if ended.out and ended.err else b"") + ended.err if words_of_error else ended.out
        return Answer(ended.exit, clean(said.decode("utf-8", "replace").replace("\r\n", "\n")), ended.is_cut)

    # -- before the flash --------------------------------------------------------------------------------------------

    def check_image(self, image: Path, work: Work, *, keep: bool) -> ImageFacts:
        """Whether the image may go onto this router by what both say of themselves; ImageUnfit."""
        facts = router_image.read(image, work)
        facts.check(self.facts(work), keep=keep)
        return facts

    def check_room(self, size: int, work: Work) -> int:
        """Free bytes of the router's memory; RouterNoRoom when an image of `size` does not fit beside what must stay free."""
        free = self.facts(work).tmp_free
        if free is None:
            raise NotARouter(address=self.address.where, why="it does not tell how much memory is free")
        needed = size + ROOM_SPARE
        if free < needed:
            raise RouterNoRoom(free=free, needed=needed, free_mb=round(free / 1e6, 1), needed_mb=round(needed / 1e6, 1))
        return free

    def backup(self, folder: Path, work: Work) -> Backup:
        """A copy of its settings, streamed into `folder` and read back; BackupDamaged."""
        return keep_backup(self._run, folder, work)

    def upload(
        self,
        path: Path,
        remote: str,
        work: Work,
        *,
        progress: Callable[[int, int], None] = _nothing,
        before: Callable[[], None] = lambda: None,
    ) -> str:
        """Stream a file to `remote` below /tmp; the answer is its SHA-256 as the router computed it from what it holds.

        `before` is asked once the connection stands, right before the first byte: the last look at the gates.
        """
        if not _REMOTE.fullmatch(remote):
            raise ValueError(f"not a place for an image: {remote}")
        size = path.stat().st_size
        self._open(work)
        before()
        digest = hashlib.sha256()
        seconds = 60.0 + size / 50_000
        try:
            ended = self._run(f"cat > {shlex.quote(remote)}", work, deadline_s=seconds, feed=_pieces(path, size, digest, progress))
            if ended.exit != 0:
                self._damaged(remote, "", "", ended, work)
            told = self.run(("sha256sum", remote), work, deadline_s=CHECK_S).text.split(" ", 1)[0].strip()
        except BaseException:
            self._delete(remote)
            raise
        if told != digest.hexdigest():
            self._delete(remote)
            raise UploadDamaged(expected=digest.hexdigest(), got=told[:64], said="")
        return told

    def test_image(self, remote: str, work: Work, *, keep: bool) -> None:
        """Let the router look at the image itself, signature included (`sysupgrade -T`); ImageUnfit with its words."""
        argv = ("sysupgrade", "-T", *(() if keep else ("-n",)), remote)
        answer = self.run(argv, work, deadline_s=CHECK_S, limit=16 * 1024)
        if not answer.is_ok:
            raise ImageUnfit(reason="router_said", said=_last_words(answer.text))

    # -- the flash ---------------------------------------------------------------------------------------------------

    def sysupgrade(self, remote: str, *, keep: bool, sha256: str = "") -> str:
        """Flash what lies at `remote`; the answer is what the router said before it went. DeviceRefused when it did not begin.

        With `sha256`, what lies there is compared once more in the moment before. Without settings the router will have a new
        host key; the next look at it accepts one, of the same router alone.
        """
        work = Work()  # nothing can stop it on the way
        if sha256:
            told = self.run(("sha256sum", remote), work, deadline_s=CHECK_S).text.split(" ", 1)[0].strip()
            if told != sha256:
                raise UploadDamaged(expected=sha256, got=told[:64], said="")
        if not keep:
            self.keys.expect_new(self.address)
        argv = ("sysupgrade", *(() if keep else ("-n",)), remote)
        line, _ = self._open(work)
        ended = line.run(shlex.join(argv), work=work, deadline_s=FLASH_S, silence_s=FLASH_S, limit=64 * 1024, may_vanish=True)
        self.close()
        said = _last_words(clean((ended.out + b"\n" + ended.err).decode("utf-8", "replace")))
        # 255, 137 and a lost line are how a flash that works ends; 0 is said by newer ones. Anything else never began.
        if ended.exit not in (None, 0, 255, 137, 143):
            raise DeviceRefused(said=said, command="sysupgrade")
        return said

    def is_rebooted_since(self, before: RouterFacts, work: Work) -> bool:
        """Whether it has started again since `before` was read."""
        now = self.facts(work)
        return now.boot_id != before.boot_id if now.boot_id and before.boot_id else now.build != before.build

    # -- the line ----------------------------------------------------------------------------------------------------

    def _open(self, work: Work) -> tuple[Line, bool]:
        """The line; whether its key is new and not kept yet. A new key is kept only once the router has said which one it is."""
        if self._line is not None and self._line.is_open:
            return self._line, False
        self._line, is_new = connect(self.address, keys=self.keys, login=self.login, work=work)
        if is_new and not self.bound:
            self.keys.keep(self.address, self._line.key)
            return self._line, False
        if is_new:
            facts = self._read_facts(self._line, work)
            if facts.serial != self.bound:
                self.close()
                raise NotARouter(address=self.address.where, why=f"another router answers: {facts.serial}, not {self.bound}")
            self.keys.keep(self.address, self._line.key)
        return self._line, False

    def _read_facts(self, line: Line, work: Work) -> RouterFacts:
        def ask(argv: tuple[str, ...]) -> str:
            ended = line.run(shlex.join(argv), work=work, deadline_s=ASK_S, silence_s=ASK_S, limit=16 * 1024)
            return "" if ended.is_cut else clean(ended.out.decode("utf-8", "replace"))

        return router_facts.read(ask, self.address.where)

    def _run(
        self,
        command: str,
        work: Work,
        *,
        deadline_s: float,
        feed: Iterable[bytes] = (),
        into: Callable[[bytes], None] | None = None,
        limit: int = MAX_ANSWER,
    ) -> Ended:
        line, _ = self._open(work)
        return line.run(command, work=work, deadline_s=deadline_s, feed=feed, into=into, limit=limit)

    def _damaged(self, remote: str, expected: str, got: str, ended: Ended, work: Work) -> None:
        said = _last_words(clean(ended.err.decode("utf-8", "replace")))
        if "no space" in said.lower():
            facts = self.facts(work)
            free = facts.tmp_free or 0
            raise RouterNoRoom(free=free, needed=0, free_mb=round(free / 1e6, 1), needed_mb="?")
        raise UploadDamaged(expected=expected, got=got, said=said)

    def _delete(self, remote: str) -> None:
        """Leave nothing half sent behind; when the line is gone it goes with the router's next start, /tmp is memory."""
        if self._line is not None and self._line.is_open:
            try:
                self.run(("rm", "-f", remote), Work(), deadline_s=ASK_S)
            except RouterLost:
                return


def _pieces(path: Path, size: int, digest: hashlib._Hash, progress: Callable[[int, int], None]) -> Iterator[bytes]:
    done = 0
    progress(0, size)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            yield piece
            done += len(piece)
            progress(done, size)


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(lines[-3:])[:400]
