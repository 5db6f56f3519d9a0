# SPDX-License-Identifier: Apache-2.0
"""Runs of guides for scenes: the real player over a real journal against a practice device, shown by the real window.

A guide of the program is played as `guide rehearse` plays it: with stand-ins for its files and short waits.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fakes.signed_hub import HostileHub, Maker
from firstlight.base.paths import resources
from firstlight.base.work import Work
from firstlight.devices import tool
from firstlight.devices.inventory import Inventory
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.firmware.images import Images
from firstlight.firmware.trust import Trust
from firstlight.guides.backends import BackEnds, phones
from firstlight.guides.cards import Cards
from firstlight.guides.document import read
from firstlight.guides.player import Player
from firstlight.guides.recoveries import Recoveries
from firstlight.guides.rehearsal_others import stand_for
from firstlight.guides.runs import Runs
from firstlight.guides.state import THROUGH, PartState
from firstlight.guides.ui.run_page import RunPage
from firstlight.practice.faults import parse
from firstlight_contract.firmware import Release
from firstlight_hub.firmware import signing
from gallery.stage import Stage

GUIDES = resources() / "guides"
OWN = Path(__file__).parent / "guides"
NAMES = {"a1": "Aurora A1", "r1": "Aurora R1"}
"""As the hub lists them."""
KINDS = {"usb": "phone", "network": "router", "tftp": "recovery", "card": "card"}
FAST, SLOW = 0, 2_500_000


@dataclass
class Practising:
    """One guide, its practice device with `faults`, and a run of it in the window of the stage."""

    stage: Stage
    slug: str
    faults: tuple[str, ...] = ()
    desk_facts: dict[str, Any] = field(default_factory=dict)
    is_signed: bool = False
    """The maker of the hub signs: `maker` and `trust` are there."""

    def __post_init__(self) -> None:
        self.desk = self.stage.desk(**self.desk_facts)
        source = next(folder / self.slug for folder in (GUIDES, OWN) if (folder / self.slug).is_dir())
        guide = read(source / "guide.yaml")
        self.stand = stand_for(guide, self.stage.home / "stand", parse(self.faults, KINDS.get(guide.way.value, "phone")))
        self.stand.__enter__()
        self.stage.at_end(lambda: self.stand.__exit__(None, None, None))
        self.folder = self.stage.home / "guide"
        shutil.copytree(source, self.folder)
        if guide.way.value != "hands":
            (self.folder / "guide.yaml").write_text(json.dumps(self.stand.document(), ensure_ascii=False), "utf-8")
        self._listed = tuple(r.model_copy(update={"device_name": NAMES.get(r.device, r.device)}) for r in self.stand.releases())
        self.trust: Trust | None = None
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        if self.is_signed:
            self._sign()
        self.runs = self._runs()
        self.desk.bench.runs.close()
        self.desk.bench.runs = self.desk.host._runs = self.runs
        device = getattr(self.stand, "phone", None)
        self.desk.host._practice = lambda _serial: device
        self.player = self._start()
        self.run_id = self.desk.host.adopt(self.player)

    def _runs(self) -> Runs:
        profile = self.desk.profile
        return Runs(
            root=profile.paths.runs,
            devices=BackEnds(
                Inventory(adb=lambda: tool.find("adb"), network=lambda: phones(self.stand.addresses)),
                routers=Routers(self.stage.home, Login(key_files=tuple, has_agent=False)),
                recoveries=Recoveries(probe_s=0.2, linger_s=0.3),
                cards=Cards(),
                given=lambda: self.stand.addresses,
                given_files=self.stand.files,
                find_guide=self.desk.bench.reach.find_guide,
            ),
            images=Images(self.stage.home / "builds", self.stand.download, lambda _account: self.trust),
            releases=lambda _account: self._listed,
            keep_photo=self.desk.bench.keep_photo,
            tell=lambda _news: None,
            events=profile.events,
            now=lambda: datetime.now().astimezone(),
        )

    def _sign(self) -> None:
        """A maker's repository on the loopback, with these builds in it."""
        self.maker = Maker()
        self.hub = HostileHub(self.maker.served())
        self.hub.__enter__()
        self.stage.at_end(lambda: self.hub.__exit__(None, None, None))
        client = self.hub.client()
        self.trust = Trust(self.stage.home / "trust", lambda: client, now=lambda: self.now())
        self._listed = tuple(self._signed(release) for release in self._listed)
        self.ask_hub()

    def _signed(self, release: Release) -> Release:
        files = []
        for file in release.files:
            target = f"a1/{release.version}-{file.name}"
            content = (self.stand.folder / "hub" / file.sha256).read_bytes()
            facts = {"partition": file.partition, "version": release.version, "rollback_index": release.rollback_index}
            self.maker.publish(target, content, device="a1", **facts)
            files.append(file.model_copy(update={"target": target}))
        return release.model_copy(update={"files": tuple(files)})

    def ask_hub(self) -> None:
        """The repository as it stands, learned by this PC."""
        assert self.trust is not None
        self.hub.content = self.maker.served()
        self.trust.refresh(Work())

    def take_back(self) -> None:
        """The maker signs the builds no longer."""
        line = signing.targets_of(self.maker.roles["a1"])
        line.targets.clear()
        line.version += 1
        self.maker.roles["a1"] = signing.signed(line, [self.maker.lines["a1"]])
        self.maker.sign_online()
        self.ask_hub()

    def _start(self) -> Player:
        player = self.runs.start(self.folder, account_id=self.desk.account_id, is_signed=True)
        if self.stand.kind == "recovery":
            player.bind_at(self.stand.addresses[0], Work())
        return player

    # -- playing -------------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        """What the guide asks before it starts, by its defaults."""
        if self.player.state.guide.ask:
            self.player.answer({option.id: option.default for option in self.player.state.guide.ask if option.default is not None})

    def hold(self, owner: object, name: str) -> None:
        """A function of the core gives no answer until the scene ends: what a tester sees meanwhile."""
        real, gate = getattr(owner, name), threading.Event()

        def held(*args: Any, **named: Any) -> Any:
            gate.wait(60)
            return real(*args, **named)

        setattr(owner, name, held)

        def release() -> None:
            gate.set()
            self.stage.until(lambda: not self.desk.host.is_any_busy, "what was held has an end", 60)

        self.stage.at_end(release)

    def play(self, until: str = "") -> None:
        """Everything up to but without a step; what stops it is left as it is."""
        self.answer()
        for step in self.player.state.guide.steps:
            if step.id == until or self.player.state.failure is not None:
                return
            if self.player.state.step(step.id).mark not in THROUGH:
                self.one(step.id)
            if self.player.state.failure is not None and not self.faults:  # a busy machine: the device was slow to answer
                self.one(step.id)

    def one(self, step_id: str) -> None:
        """One step, by hand or by the machine of the window."""
        player, step = self.player, self.player.state.step(step_id).step
        if not step.is_for_machine:
            player.done(step_id)
            return
        self.agree(step_id)
        self.desk.host.run_step(self.run_id, step_id)
        self.stage.until(lambda: not self.desk.host.is_busy(self.run_id), f"{step_id} has an end", 120)

    def agree(self, step_id: str) -> None:
        """Type the word, and say that it is the right device."""
        player = self.player
        device = player.state.device
        if device is not None and player.state.told_apart is None and player.state.guide.for_.not_:
            player.tell_apart(is_right=True)
        if device is not None and player.word_for(step_id):
            player.agree(step_id, device.tail)

    def begin(self, step_id: str, *, at: float, slow: int = SLOW) -> None:
        """Start a step that writes, and come back while this part of it is written. It is ended with the scene."""
        self.agree(step_id)
        self._slow_down(slow)
        host = self.desk.host
        host.run_step(self.run_id, step_id)
        self.stage.at_end(self._end)

        def part() -> float:
            parts = [p for p in host.parts(self.run_id) if p.total and p.state is not PartState.UNTOUCHED]
            return sum(p.total if p.state is PartState.DONE else p.done for p in parts) / sum(p.total for p in parts) if parts else 0.0

        self.stage.until(lambda: part() >= at or not host.is_busy(self.run_id), f"{at:.0%} of {step_id}", 120)

    def _slow_down(self, bytes_per_s: int) -> None:
        for name in ("phone", "router", "recovery", "card"):
            device = getattr(self.stand, name, None)
            if device is not None and hasattr(device, "bytes_per_s"):
                device.bytes_per_s = bytes_per_s

    def _end(self) -> None:
        self._slow_down(FAST)
        self.desk.host.stop(self.run_id)
        self.stand.pull()
        self.stage.until(lambda: not self.desk.host.is_busy(self.run_id), "the write has an end", 60)

    # -- showing -------------------------------------------------------------------------------------------------------

    def show(self) -> RunPage:
        """The run's page in the window, at rest."""
        self.desk.pages.open_run(self.run_id)
        self.stage.rest(80)
        if not self.desk.host.is_writing_run(self.run_id):
            self.stage.until(lambda: not self.desk.host.is_asking(self.run_id), "the device was asked", 60)
        self.stage.settle()
        page = self.desk.window.page(self.desk.window.current)
        assert isinstance(page, RunPage)
        return page

    def photo(self, step_id: str, at: int) -> str:
        """A photo for a step, as a tester takes it."""
        from firstlight.shell import tour_material  # draws with Qt

        return self.player.add_photo(step_id, tour_material.photo(self.stage.home, at), Work())
