# SPDX-License-Identifier: Apache-2.0
"""A piece of a tester's life that a test can end anywhere, and what must be true afterwards.

The hub is one in memory that writes itself down after each exchange, so that it outlives the program under test. Every
promise that the program made (a function returned) is written down before the next act.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from fakes.desk import Clock, Desk
from fakes.hub import FakeClient, FakeHub, Net
from firstlight.base.work import Work
from firstlight.reports.report import Local
from firstlight.store import points
from firstlight.store.blobs import Blobs
from firstlight.store.disk import Disk
from firstlight.store.journal import Journal
from firstlight.store.sweep import sweep


class LastingHub(FakeHub):
    """Writes itself to `file` after each exchange, as a hub's database would."""

    file: Path

    @classmethod
    def at(cls, file: Path) -> LastingHub:
        """The hub as it was, or a new one."""
        hub = cls()
        hub.file = file
        if file.exists():
            hub.__dict__.update(pickle.loads(file.read_bytes()))
        return hub

    def keep(self) -> None:
        """Write it down, whole or not at all."""
        new = self.file.with_suffix(".new")
        new.write_bytes(pickle.dumps({k: v for k, v in self.__dict__.items() if k != "file"}))
        new.replace(self.file)

    def client(self, subject: str, net: Any = lambda: Net.OK) -> FakeClient:
        return LastingClient(self, subject, net)


class LastingClient(FakeClient):
    """Keeps the hub at the end of each call, and after each piece of an upload."""

    def call(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().call(*args, **kwargs)
        finally:
            self.hub.keep()  # type: ignore[attr-defined]

    def exchange(self) -> Net | None:
        self.hub.keep()  # type: ignore[attr-defined]
        return super().exchange()


@dataclass
class Promises:
    """What the program said is kept, one JSON line each, on the medium before the next act."""

    file: Path
    lines: list[list[Any]] = field(default_factory=list)

    def __call__(self, *what: Any) -> None:
        with self.file.open("a") as out:
            out.write(json.dumps(what) + "\n")

    def read(self) -> list[list[Any]]:
        """All of them."""
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []


@dataclass
class Life:
    """One profile with its hub in `folder`."""

    folder: Path
    disk: Disk | None = None
    hours: int = 0

    def __post_init__(self) -> None:
        self.promises = Promises(self.folder / "promises")
        self.hub = LastingHub.at(self.folder / "hub")
        self.journal = self.folder / "profile/runs/1/journal.jsonl"

    def desk(self) -> Desk:
        """Start the program."""
        clock = Clock()
        clock.pass_(3600 * self.hours)
        return Desk(self.folder / "profile", self.hub, clock, disk=self.disk)

    def live(self) -> None:
        """Drafts, files, the outbox, a bad network, edits, answers, the feed, a journal, the sweep."""
        desk, said = self.desk(), self.promises
        noise = Random(7).randbytes(150_000).replace(b"\0", b"")
        draft = desk.reports.new(1, title="one")
        said("draft", draft.id, "one")
        for title in ("one b", "one bc"):
            desk.change(desk.reports.get(draft.id), title=title)
            said("draft", draft.id, title)
        for name, role, data in (("a.png", "picture", b"raw"), ("empty.txt", "log", b""), ("b.txt", "log", noise), ("c.txt", "log", noise)):
            attached = desk.reports.attach(draft.id, data, name=name, role=role, media="x/y", work=Work())
            desk.reports.set_reviewed(draft.id, attached.pos)
            said("attached", draft.id, name, hashlib.sha256(data).hexdigest())
        desk.reports.queue(draft.id, Work())
        said("queued", draft.id, "one bc")
        desk.net.extend([Net.OK, Net.OK, Net.LOST, Net.OK, Net.CUT, Net.BROKEN])
        desk.clock.pass_(11)
        desk.drain_all(rounds=6)
        desk.always = Net.OK
        desk.drain_all()
        said("delivered", draft.id)
        desk.change(desk.reports.edit(draft.id), title="one bcd")
        desk.reports.queue(draft.id, Work())
        said("queued", draft.id, "one bcd")
        second = desk.queue("two", log=noise)
        said("queued", second.id, "two")
        desk.net.append(Net.LOST)
        desk.drain_after()
        desk.drain_all()
        said("delivered", second.id)
        self.hub.ask(second.id, "Which one?")
        self.hub.keep()
        desk.pull()
        answer = desk.reports.answer(1, second.id, "That one")
        said("said", answer, "That one")
        with Journal.open(self.journal) as journal:
            for n in range(3):
                journal.append({"n": n})
                said("journal", n)
        desk.drain_after()
        thrown = desk.write("thrown", log=b"thrown away")
        desk.reports.discard(thrown.id)
        desk.clock.pass_(3 * 86_400)
        sweep(desk.db, desk.blobs, Work())
        desk.drain_all()
        desk.db.close()

    def recover(self) -> None:
        """Start again, let everything go out, and hold it against the promises."""
        self.hours += 1
        desk = self.desk()
        sweep(desk.db, desk.blobs, Work())
        for path in (self.folder / "profile/blobs/tmp").glob("*"):
            raise AssertionError(f"left behind: {path}")
        self._check_kept(desk)
        desk.clock.pass_(11)
        desk.drain_all()
        desk.pull()
        self._check_arrived(desk)
        _check_files(desk)
        desk.db.close()

    def _check_kept(self, desk: Desk) -> None:
        promised: dict[str, str] = {}
        for kind, *what in self.promises.read():
            if kind in ("draft", "queued"):
                promised[what[0]] = what[1]
            elif kind == "attached":
                kept = {(a.name, a.sha256) for a in desk.reports.get(what[0]).attachments}
                assert (what[1], what[2]) in kept
                desk.blobs.verify(what[2], Work())
            elif kind == "journal":
                with Journal.open(self.journal) as journal:
                    assert {"n": what[0]} in journal.records()
        for id, title in promised.items():
            assert desk.reports.get(id).title.startswith(title)

    def _check_arrived(self, desk: Desk) -> None:
        queued: dict[str, str] = {}
        for kind, *what in self.promises.read():
            if kind == "queued":
                queued[what[0]] = what[1]
            if kind == "said":
                assert self.hub.comments[what[0]].text == what[1]
        for id, title in queued.items():
            report, at_hub = desk.reports.get(id), self.hub.reports[id]
            assert title in {json.loads(c)["title"] for c in at_hub.contents.values()}
            if report.state != Local.DRAFT:
                assert report.state == Local.DELIVERED
                assert at_hub.form.title == report.title
        told = [c for c in self.hub.comments.values() if not c.staff]
        assert len(told) == len({c.text for c in told})
        for sha256, content in self.hub.blobs.items():
            assert hashlib.sha256(content).hexdigest() == sha256
        keys = [(s, i["kind"], i["key"]) for s, i in self.hub.feed]
        assert len(keys) == len(set(keys))
        assert set(self.hub.reports) <= {row.id for row in desk.reports.listing(1)}


def _check_files(desk: Desk) -> None:
    """Every row has its file, whole."""
    with desk.db.read() as tx:
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert tx.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [row["sha256"] for row in tx.execute("SELECT sha256 FROM blob")]
    assert isinstance(desk.blobs, Blobs)
    for sha256 in names:
        desk.blobs.verify(sha256, Work())


def end_at(life: Life, crash_at: str, trace: str = "") -> bool:
    """Live in a process of its own that is killed at `crash_at`; True when it was."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            points.arm(crash_at, trace)
            life.live()
            status = 0
        finally:
            os._exit(status)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the life at {crash_at} ended with a fault of its own"
    return os.WIFSIGNALED(status)
