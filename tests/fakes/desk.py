# SPDX-License-Identifier: Apache-2.0
"""A tester's PC without a window: the real store, outbox, sender, puller and reports, with a clock and a network in the test's hand."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from fakes.hub import FakeHub, Net, upload
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.reports.drafts import Reports
from firstlight.reports.report import Draft
from firstlight.store.blobs import Blobs
from firstlight.store.db import Database
from firstlight.store.disk import Disk
from firstlight.sync.inbox import Inbox
from firstlight.sync.outbox import Outbox
from firstlight.sync.puller import Puller
from firstlight.sync.rules import Rules
from firstlight.sync.sender import Drained, Sender

PNG = b"\x89PNG\r\n\x1a\n"
SECRET = b"hunter2"


@dataclass
class Clock:
    """The PC's wall clock."""

    seconds: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_(self, seconds: float) -> None:
        """Time goes by; a negative amount sets the clock back."""
        self.seconds += seconds

    def ms(self) -> int:
        """For the store."""
        return round(self.seconds * 1000)


def flatten(original: Path, annotations: dict[str, Any]) -> bytes:
    """Stands for annotate's: the outcome depends on both, and nothing of the original is in it."""
    return PNG + f"flat {original.name[:12]} {sorted(annotations)}".encode()


def redact(
    texts: Sequence[tuple[Path, Path | None, dict[str, Any]]], names: Sequence[str], _work: Work
) -> tuple[Sequence[int], Sequence[str]]:
    """Stands for redact's."""
    for source, target, _choices in texts:
        if target is not None:
            target.write_bytes(source.read_bytes().replace(SECRET, b"[secret 1]"))
    return [source.read_bytes().count(SECRET) for source, _, _ in texts], [name.replace(SECRET.decode(), "secret-1") for name in names]


class Desk:
    """Accounts 1 and 2 are anna and bob at `hub`. `net` is what the next exchanges meet; OK once it is used up."""

    def __init__(self, folder: Path, hub: FakeHub, clock: Clock | None = None, *, disk: Disk | None = None, seed: int = 1) -> None:
        self.folder = folder
        self.hub = hub
        self.clock = clock or Clock()
        self.disk = disk
        self.net: deque[Net] = deque()
        self.always = Net.OK
        self.rules = Rules()
        self.events = Events()
        self.signed_in = {1: "anna", 2: "bob"}
        self.rng = Random(seed)
        self.open()

    def open(self) -> None:
        """Start the program."""
        self.db = Database.open(self.folder / "firstlight.db", disk=self.disk, now_ms=self.clock.ms)
        self.blobs = Blobs(self.folder / "blobs", self.db, disk=self.disk)
        self.outbox = Outbox(self.db, self.events, self.clock, rules=lambda: self.rules)
        self.inbox = Inbox(self.db)
        self.sender = Sender(self.db, self.blobs, self.outbox, self.client, self.events, rng=self.rng, upload=upload)
        self.puller = Puller(self.db, self.outbox, self.client, self.events)
        self.reports = Reports(self.db, self.blobs, self.outbox, self.events, now=self.clock, flatten=flatten, redact_files=redact)
        with self.db.write() as tx:
            for number, name in ((1, "anna"), (2, "bob")):
                tx.execute(
                    "INSERT OR IGNORE INTO account (id, hub, subject, name, me_json) VALUES (?, 'http://hub', ?, ?, ?)",
                    (number, name, name, '{"enrolments": [{"number": 42, "programme": {"slug": "aurora", "name": "Aurora Testers"}}]}'),
                )

    def restart(self) -> None:
        """Close and start again: what was only in memory is gone."""
        self.db.close()
        self.open()

    def client(self, account_id: int) -> Any:
        """Somebody's client while they are signed in."""
        subject = self.signed_in.get(account_id)
        return self.hub.client(subject, self._net) if subject else None

    def _net(self) -> Net:
        return self.net.popleft() if self.net else self.always

    # -- what a tester does ----------------------------------------------------------------------------------------------------

    def write(
        self, title: str = "Fan stops", *, account: int = 1, picture: bytes | None = None, log: bytes | None = None, **words: Any
    ) -> Draft:
        """A draft, with a picture and a reviewed log when given."""
        draft = self.reports.new(account, title=title, **words)
        if picture is not None:
            self.reports.attach(draft.id, picture, name="status.png", role="picture", media="image/png", work=Work())
        if log is not None:
            attached = self.reports.attach(draft.id, log, name="logread.txt", role="log", media="text/plain", work=Work())
            self.reports.set_reviewed(draft.id, attached.pos)
        return self.reports.get(draft.id)

    def queue(self, title: str = "Fan stops", **more: Any) -> Draft:
        """Write it and put it in the outbox."""
        return self.reports.queue(self.write(title, **more).id, Work())

    def change(self, draft: Draft, **words: Any) -> Draft:
        """Autosave."""
        return self.reports.save(dataclasses.replace(draft, **words))

    def drain(self) -> Drained:
        """Send what is due."""
        return self.sender.drain(Work())

    def drain_after(self, seconds: float = 11) -> Drained:
        """Let the ten seconds pass, then send."""
        self.clock.pass_(seconds)
        return self.drain()

    def drain_all(self, *, rounds: int = 200, until: Callable[[], bool] | None = None) -> int:
        """Go on until nothing waits, with as much time as it takes; answers the rounds."""
        for number in range(rounds):
            pause = self.sender.pause_s()
            if pause is None or (until and until()):
                return number
            self.clock.pass_(max(pause, 1))
            self.drain()
        return rounds

    def pull(self) -> int:
        """Catch up."""
        return self.puller.pull(Work()).new_items
