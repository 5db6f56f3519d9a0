# SPDX-License-Identifier: Apache-2.0
"""Whatever testers, network, clock and hub do, in any order: once everybody is back, everything has arrived, once, as it was written.

Acts are chosen within three rules and not one rule each: so every run has some of all.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fakes.desk import Desk
from fakes.hub import FakeHub, Net
from firstlight.base.work import Work
from firstlight.reports.errors import NotEditable, NotFound, TooLate
from firstlight.reports.report import Local
from firstlight.store.sweep import sweep
from firstlight.sync.backoff import MOST_MS
from firstlight.sync.entry import OpKind
from firstlight.sync.news import Sending
from firstlight.sync.rules import Rules
from firstlight_contract.reports import State

ACCOUNT = {"anna": 1, "bob": 2}
LOGS = {"no": None, "empty": b"", "a": b"a log", "another": b"another log", "long": b"x" * 100_000}
BIG = 10
"""On a metered network everything larger waits: "another log" does, "a log" does not."""
HARM = st.one_of(st.just(Net.OK), st.sampled_from(list(Net)))
WHICH = st.integers(0, 3)


ACTS = st.sampled_from(["queue", "queue", "edit", "edit", "open", "take back", "throw away", "restore", "say", "again"])


class Anything(RuleBasedStateMachine):
    """Two testers on one PC. `wanted` is what each queued report must be at the hub in the end, `never` what must not be there."""

    is_sending = False

    @initialize()
    def begin(self) -> None:
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.hub = FakeHub()
        self.desk = Desk(self.folder, self.hub)
        self.owner: dict[str, str] = {}
        self.wanted: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.about: dict[str, str] = {}
        self.never: set[tuple[str, str]] = set()
        self.count = 0
        self.meanwhile: list[tuple[str, int]] = []
        self.desk.events.subscribe(Sending, self._on_sending)

    def _on_sending(self, news: Sending) -> None:
        """Something is on its way: what the tester does in this moment, mostly to that very report."""
        if not self.meanwhile:
            return
        act, which = self.meanwhile.pop()
        self.is_sending = True
        if which and act != "queue" and news.about in self.owner:
            self._act_on(act, news.about)
        else:
            self._tester(act, which, "anna", "no")
        self.is_sending = False

    @rule(
        acts=st.lists(st.tuples(ACTS, WHICH, st.sampled_from(["anna", "anna", "bob"]), st.sampled_from(list(LOGS))), min_size=3, max_size=6)
    )
    def tester(self, acts: list[tuple[str, int, str, str]]) -> None:
        for act in acts:
            self._tester(*act)

    def _tester(self, act: str, which: int, who: str, log: str) -> None:
        self.count += 1
        title = f"title {self.count}"
        if act == "queue" or not self.owner:
            draft = self.desk.queue(title, account=ACCOUNT[who], log=LOGS[log])
            self.owner[draft.id], self.wanted[draft.id] = who, title
            return
        self._act_on(act, list(self.owner)[-1 - which % len(self.owner)])

    def _act_on(self, act: str, id: str) -> None:
        self.count += 1
        title = f"title {self.count}"
        with contextlib.suppress(NotEditable, NotFound, TooLate):
            getattr(self, "_" + act.replace(" ", "_"))(id, title)

    def _edit(self, id: str, title: str) -> None:
        self.desk.change(self.desk.reports.edit(id), title=title)
        self.desk.reports.queue(id, Work())
        self._may_go(id, title)

    def _open(self, id: str, _title: str) -> None:
        self.desk.reports.edit(id)
        self._keeps_here(id)

    def _again(self, id: str, _title: str) -> None:
        draft = self.desk.reports.queue(id, Work())
        self._may_go(id, draft.title)

    def _take_back(self, id: str, _title: str) -> None:
        self.desk.reports.take_back(id)
        self._keeps_here(id)

    def _throw_away(self, id: str, _title: str) -> None:
        self.desk.reports.discard(id)
        self._keeps_here(id)

    def _restore(self, id: str, _title: str) -> None:
        report = self.desk.reports.restore(id)
        if report.state == Local.QUEUED:
            self._may_go(id, report.title)

    def _may_go(self, id: str, title: str) -> None:
        self.wanted[id] = title
        self.never.discard((id, title))

    def _keeps_here(self, id: str) -> None:
        """From now on nothing of it leaves, except what is on its way in this very moment."""
        title = self.wanted.pop(id, None)
        if title and not self.is_sending and title not in self._titles(id):
            self.never.add((id, title))

    def _titles(self, id: str) -> set[str]:
        kept = self.hub.reports.get(id)
        return {json.loads(content)["title"] for content in kept.contents.values()} if kept else set()

    def _say(self, id: str, title: str) -> None:
        comment = self.desk.reports.answer(ACCOUNT[self.owner[id]], id, title)
        self.said[comment], self.about[comment] = title, id

    @rule(
        act=st.sampled_from(["net", "always", "clock", "clock", "people", "files", "anew", "triage", "backup"]),
        harms=st.lists(HARM, min_size=1, max_size=4),
        seconds=st.one_of(st.integers(1, 60), st.integers(-400 * 86_400, 400 * 86_400)),
        who=st.sampled_from([{1: "anna"}, {2: "bob"}, {1: "anna", 2: "bob"}, {}]),
        state=st.sampled_from([State.SEEN, State.CONFIRMED, State.PLANNED]),
    )
    def world(self, act: str, harms: list[Net], seconds: int, who: dict[int, str], state: State) -> None:
        if act == "net":
            self.desk.net.extend(harms)
        elif act == "always":
            self.desk.always = harms[0]
        elif act == "clock":
            self.desk.clock.pass_(seconds)
        elif act == "people":
            self.desk.signed_in = who
        elif act == "files":
            self.hub.blobs.clear()
            self.hub.partial.clear()
        elif act == "anew":
            self.hub.announce("nobody", "mark", "mark", {})
            self.hub.gone_before = self.hub.feed[-1][1]["seq"]
        elif act == "backup":
            self._put_back()
        for id in list(self.hub.reports)[-1:] if act == "triage" else ():
            self.hub.triage(id, state)

    def _put_back(self) -> None:
        """The hub is backed up, takes what waits, breaks, and is put back; testers say again what it lost."""
        backup = self.hub.snapshot()
        self._program("hour", 11, [], [])
        self.hub.put_back(backup)
        self.desk.net.clear()
        while self.desk.pull():
            pass
        self.lost_once = True

    @rule(
        acts=st.lists(st.sampled_from(["send", "phone", "pause", "hour", "hour", "night", "pull", "restart"]), min_size=3, max_size=6),
        seconds=st.sampled_from([11, 0, 60, 4 * 3600]),
        harms=st.lists(HARM, max_size=3),
        meanwhile=st.lists(st.tuples(ACTS, WHICH), min_size=1, max_size=3),
    )
    def program(self, acts: list[str], seconds: int, harms: list[Net], meanwhile: list[tuple[str, int]]) -> None:
        for act in acts:
            self._program(act, seconds, harms, list(meanwhile))

    def _program(self, act: str, seconds: int, harms: list[Net], meanwhile: list[tuple[str, int]]) -> None:
        self.meanwhile = meanwhile
        if act == "night":
            self.desk.always = Net.BROKEN
            self.desk.drain_all(rounds=8)
        elif act == "send":
            self._send(seconds)
        elif act in ("phone", "pause"):
            self.desk.rules = Rules(is_metered=act == "phone", is_paused=act == "pause", big_bytes=BIG)
            self._send(11)
            self.desk.rules = Rules()
        elif act == "hour":
            self.desk.always, self.desk.signed_in = Net.OK, {1: "anna", 2: "bob"}
            self.desk.rules = Rules()
            self.desk.net.extend(harms)
            for _minute in range(4):
                self.desk.sender.wake()
                self._send(11)
        elif act == "pull":
            self.desk.puller.pull(Work())
        elif act == "restart":
            self.desk.restart()
            sweep(self.desk.db, self.desk.blobs, Work())

    def _send(self, seconds: int) -> None:
        self.desk.clock.pass_(seconds)
        before, had, rules = self.hub.requests, set(self.hub.blobs), self.desk.rules
        self.desk.drain()
        assert self.hub.requests - before < 100, "a hot loop"
        if rules.is_paused:
            assert self.hub.requests == before, "paused, and sent all the same"
        if rules.is_metered:
            assert all(len(self.hub.blobs[new]) <= BIG for new in set(self.hub.blobs) - had), "a big file over a metered network"

    @invariant()
    def promises_hold(self) -> None:
        for id, kept in self.hub.reports.items() if hasattr(self, "hub") else ():
            assert kept.owner == self.owner[id]
            assert not {(id, title) for title in self._titles(id)} & self.never, "taken back, and sent all the same"
        pause = self.desk.sender.pause_s() if hasattr(self, "desk") else None
        assert pause is None or pause <= MOST_MS / 1000, "wherever the clock goes, no wait is longer than waits can be"
        for id in self.wanted if hasattr(self, "hub") else ():
            assert self.state(id) in (Local.QUEUED, Local.DELIVERED, None)

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            self._come_to_rest()
        finally:
            self.desk.db.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _come_to_rest(self) -> None:
        self.meanwhile = []
        self.desk.net.clear()
        self.desk.always = Net.OK
        self.desk.rules = Rules()
        self.desk.signed_in = {1: "anna", 2: "bob"}
        if self.count % 2:
            self.desk.restart()  # else what only the running program remembers must do no harm either
        began = self.desk.clock.seconds
        self.desk.drain_all()
        assert self.desk.sender.pause_s() is None, "something waits for ever"
        assert self.desk.clock.seconds - began < 3 * MOST_MS / 1000, "something waited too long"
        self._check_hub()
        while self.desk.pull():
            pass
        self._check_list()

    def _check_hub(self) -> None:
        for id, title in self.wanted.items():
            assert self.hub.reports[id].form.title == title
            assert self.state(id) in (Local.DELIVERED, None), "None: delivered, and swept 30 days later"
        for comment, text in self.said.items():
            about = self.about[comment]
            if about not in self.hub.reports and self.state(about) == Local.DRAFT:
                with self.desk.db.read() as tx:  # the hub forgot the report, and the tester has it open: the word waits for both
                    op = self.desk.outbox.find(tx, ACCOUNT[self.owner[about]], OpKind.COMMENT, comment)
                assert op is not None
                assert op.state == "ready"
                continue
            assert self.hub.comments[comment].text == text
        for kept in self.hub.reports.values():
            titles = list(kept.contents.values())
            assert len(titles) == len(set(titles))
            assert sorted(kept.contents) == list(kept.contents), "revisions only grow"

    def _check_list(self) -> None:
        for name, account in ACCOUNT.items():
            rows = self.desk.reports.listing(account)
            assert len({row.id for row in rows}) == len(rows) == self.desk.reports.counts(account).all
            mine = {id for id, kept in self.hub.reports.items() if kept.owner == name}
            told = {row.id: row.state for row in rows if row.state}
            assert {id: self.hub.reports[id].state for id in told} == told
            assert mine - {id for id in mine if self.state(id) == Local.DISCARDED} <= {row.id for row in rows}

    def state(self, id: str) -> Local | None:
        """What this PC knows of it; None when it was swept."""
        try:
            return self.desk.reports.get(id).state
        except NotFound:
            return None


def test_in_any_order_everything_arrives_once() -> None:
    run_state_machine_as_test(
        Anything,
        settings=settings(
            max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
        ),
    )
