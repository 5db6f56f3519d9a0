# SPDX-License-Identifier: Apache-2.0
"""The words that the story of two weeks is told in: Mo's PC, Mo's networks, Mo's clock; the team at the hub."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakes.fault_proxy import PORTAL, PORTAL_REDIRECT, Fault, FaultProxy
from faults.cases.pc import Pc, dies
from faults.hub_process import HubProcess
from firstlight.base.work import Work
from firstlight.reports.report import Draft, Local
from firstlight.store import migrate
from firstlight.store.sweep import sweep
from firstlight.sync.news import Sending
from firstlight.sync.rules import Rules

HOUR, DAY = 3600, 86_400
FRIDAY_MORNING = 1_795_161_600  # 2026-11-20 08:00 UTC


class Mo:
    """A tester with a PC that is not always on, in places that are not always online. Time is Mo's own."""

    def __init__(self, folder: Path, hub: HubProcess, proxy: FaultProxy) -> None:
        self.hub = hub
        self.proxy = proxy
        self.folder = folder
        self.pc = Pc(folder / "profile", hub, proxy)
        self.pc.clock.seconds = FRIDAY_MORNING
        self.written: dict[str, str] = {}
        self.said: list[str] = []
        self.sent: dict[str, str] = {}

    # -- time ------------------------------------------------------------------------------------------------------------------

    def waits(self, hours: float) -> None:
        """Time goes by with the program open: it sends when something is due, and asks for news now and then."""
        end = self.pc.clock.seconds + hours * HOUR
        while self.pc.clock.seconds < end:
            pause = self.pc.sender.pause_s()
            step = min(end - self.pc.clock.seconds, max(1.0, pause) if pause is not None else HOUR, HOUR)
            self.pc.clock.pass_(step)
            self.pc.drain()
        self.pc.pull()

    def closes_the_lid(self, hours: float) -> None:
        """Asleep: nothing runs, and every connection is dead afterwards."""
        self.pc.hang_up()
        self.proxy.cut_all()
        self.pc.clock.pass_(hours * HOUR)
        self.pc.sender.wake(1)  # the window does so when the PC wakes

    def sleeps_until_the_next_morning(self) -> None:
        """The PC is switched off over night and tidies up at its start."""
        self.pc.close()
        self.pc.clock.pass_(DAY - (self.pc.clock.seconds - FRIDAY_MORNING) % DAY)
        self.pc.open()
        sweep(self.pc.db, self.pc.blobs, Work())

    def sets_the_clock(self, days: float) -> None:
        """By hand, or by an empty battery."""
        self.pc.clock.pass_(days * DAY)

    # -- networks --------------------------------------------------------------------------------------------------------------

    @contextmanager
    def on_a_train(self) -> Iterator[None]:
        """Every connection ends somewhere in the middle, some at once."""
        rng = self.pc.rng
        ways = (Fault(reset=True), Fault(cut_down=0))
        self.pc.meets(*(Fault(cut_up=rng.randrange(1, 90_000)) if rng.random() < 0.6 else rng.choice(ways) for _ in range(60)))
        yield
        self._home()

    @contextmanager
    def in_a_basement(self) -> Iterator[None]:
        """No network at all."""
        self.pc.hang_up()
        with self.proxy.refusing():
            yield
        self._home()

    @contextmanager
    def in_a_hotel(self) -> Iterator[None]:
        """A network that answers everything itself before somebody logs in."""
        self.proxy.always = Fault(reply=PORTAL)
        self.pc.meets(Fault(reply=PORTAL_REDIRECT))
        yield
        self._home()

    @contextmanager
    def by_the_phone(self) -> Iterator[None]:
        """The phone shares its network, and every megabyte costs."""
        self.pc.rules = Rules(is_metered=True)
        yield
        self.pc.rules = Rules()
        self.pc.outbox.rules_changed()

    def _home(self) -> None:
        self.proxy.always = Fault()
        self.proxy.faults.clear()
        self.pc.hang_up()
        self.pc.sender.wake()

    # -- what Mo does ----------------------------------------------------------------------------------------------------------

    def reports(self, title: str, *, log: bytes | None = None, video: int = 0) -> Draft:
        """Write it, with a log or a video, and put it in the outbox."""
        draft = self.pc.big(video, title) if video else self.pc.queue(title, log=log)
        self.written[draft.id] = title
        return draft

    def corrects(self, draft: Draft, title: str) -> None:
        """Open it again and change its title."""
        self.pc.change(self.pc.reports.edit(draft.id), title=title)
        self.pc.reports.queue(draft.id, Work())
        self.written[draft.id] = title

    def answers(self, draft: Draft, text: str) -> None:
        """A word to the team."""
        self.pc.reports.answer(1, draft.id, text)
        self.said.append(text)

    def says_it_as_an_answer(self, draft: Draft, *, instead: str) -> None:
        """The team is done with the report: what Mo would have written in place of `instead` goes as an answer."""
        self.pc.reports.as_answer(draft.id)
        self.said.append(self.written[draft.id])
        self.written[draft.id] = instead

    def changes_their_mind(self, draft: Draft) -> None:
        """Within ten seconds."""
        self.pc.reports.take_back(draft.id)
        del self.written[draft.id]

    def loses_power_while(self, title: str) -> None:
        """The battery falls out while a report is being sent; it had been put in the outbox."""
        folder, hub, proxy, clock = self.pc.folder, self.hub, self.proxy, self.pc.clock.seconds
        self.pc.close()

        def act() -> None:
            pc = Pc(folder, hub, proxy)
            pc.clock.seconds = clock
            pc.big(400_000, title)
            pc.send()

        assert dies(act, "send.moved:4")
        self.pc.open()
        id = next(row.id for row in self.pc.reports.listing(1) if row.title == title)
        self.written[id] = title

    def saves_to_a_stick(self) -> list[Path]:
        """What waits, for somebody with a network."""
        return list(self.pc.bundles.save(1, self.folder / "stick", Work()).paths)

    def updates_the_program(self, newer: Path) -> None:
        """A newer Firstlight, with another schema."""
        newer.mkdir()
        for _number, file in migrate.known():
            shutil.copy(file, newer)
        number = migrate.known()[-1][0] + 1
        (newer / f"{number:04}.sql").write_text("ALTER TABLE report ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine';")
        self.pc.close()
        migrate.migrate.__kwdefaults__["folder"] = newer
        self.pc.open()

    # -- what Mo sees ----------------------------------------------------------------------------------------------------------

    def sees(self, draft: Draft) -> str:
        """Where a report stands: the team's word for it, else this PC's."""
        row = self.pc.reports.row(1, draft.id)
        assert row is not None
        return row.state or str(row.local)

    def watches(self) -> list[int]:
        """Every step of what is being sent, from now on."""
        steps: list[int] = []
        self.pc.events.subscribe(Sending, lambda news: steps.append(news.done))
        return steps

    def has_lost_nothing(self) -> None:
        """All that was promised is at the hub, once, with its bytes."""
        known = self.hub.reports()
        for id, title in self.written.items():
            assert known[id]["title"] == title
            assert self.pc.reports.get(id).state == Local.DELIVERED
            for sha256, _name, size in known[id]["files"]:
                content = self.hub.file(sha256).read_bytes()
                assert (hashlib.sha256(content).hexdigest(), len(content)) == (sha256, size)
        assert set(known) == set(self.written), "and nothing else is there"
        assert sorted(self.hub.comments()) == sorted(self.said)
        assert len({report["number"] for report in known.values()}) == len(known)


class Friend:
    """Somebody else of the programme, with a network."""

    def __init__(self, folder: Path, hub: HubProcess, proxy: FaultProxy) -> None:
        self.pc = Pc(folder, hub, proxy, who="dora", second="bob")

    def brings(self, paths: list[Path]) -> None:
        """Takes the stick home and brings what is on it."""
        for path in paths:
            self.pc.bundles.take_in(1, path, Work())
        self.pc.send()
        self.pc.send_all()


class Team:
    """The people at the hub, by its own services."""

    PROGRAM = """
import sys, django
django.setup()
from firstlight_contract.reports import State
from firstlight_hub.account.models import User
from firstlight_hub.reports import triage
from firstlight_hub.reports.models import Report
act, id, text = sys.argv[1:4]
ines, _ = User.objects.get_or_create(email="ines@example.org", defaults={"name": "ines", "is_staff": True})
report = Report.objects.get(pk=id)
if act == "asks":
    triage.say(report, text, actor=ines, asks=True)
else:
    triage.decide(report, triage.Verdict(State(act), planned_for=text), actor=ines)
"""

    def __init__(self, hub: HubProcess) -> None:
        self.hub = hub

    def _does(self, act: str, draft: Draft, text: str = "") -> None:
        from hub.prepared import program

        program(self.hub.data, self.PROGRAM, act, draft.id, text)

    def asks(self, draft: Draft, text: str) -> None:
        self._does("asks", draft, text)

    def plans(self, draft: Draft, build: str) -> None:
        self._does("planned", draft, build)

    def closes(self, draft: Draft) -> None:
        self._does("closed", draft)
