# SPDX-License-Identifier: Apache-2.0
"""Plays a guide against practice devices, once as it should go and once through every fault: what an author's CI runs.

For each fault: the run is refused by a gate (and not one byte was sent), or stops with a fault that has a page, or hands see that the
device does not run; then what was wrong is mended and the same run goes on to its end. At the end the device itself is looked at.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.devices.inventory import Inventory
from firstlight.devices.router_keys import Login
from firstlight.devices.routers import Routers
from firstlight.devices.tool import Tool
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds, phones
from firstlight.guides.cards import Cards
from firstlight.guides.errors import ActionFailed, GateClosed
from firstlight.guides.player import Player
from firstlight.guides.recoveries import Recoveries
from firstlight.guides.rehearsal_others import stand_for
from firstlight.guides.rehearsal_provider import Publishers, heimdall
from firstlight.guides.rehearsal_stand import Stand
from firstlight.guides.runs import Runs
from firstlight.guides.state import THROUGH, Stalled
from firstlight.guides.uses import Find, expand
from firstlight.practice.faults import Faults, names_for, parse
from firstlight_contract.guide_options import Option, OptionType
from firstlight_contract.guide_steps import ProofKind, Step
from firstlight_contract.guides import Guide

_TRIES = 6
_PATIENCE_S = 20
FindTool = Callable[[], Tool | None]


@dataclass(frozen=True)
class Row:
    """One line of the table. `first`: finished | refused | stopped | seen | broken; `code`: the gate, the fault, or what hands saw;
    `sent`: bytes that the device got until then; `ended`: whether the same run came to its end once the fault was mended, with the
    device as the guide wants it.
    """

    fault: str
    first: str
    code: str
    step: str
    sent: int
    ended: bool
    why: str = ""

    @property
    def is_good(self) -> bool:
        """As it should be: to the end with the device as the guide wants it, and nothing sent where a gate refused."""
        return self.ended and self.first != "broken" and not (self.first == "refused" and self.sent)


def faults_of(guide: Guide, folder: Path) -> tuple[str, ...]:
    """The faults that a rehearsal of this guide goes through, by the kind of its device."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return names_for(stand_for(guide, Path(place), Faults()).kind)


class Rehearsal:
    """Of one guide. `adb` and `fastboot` find the tester's programs; without them our own clients speak."""

    def __init__(self, guide: Guide, folder: Path, *, adb: FindTool, fastboot: FindTool, find_guide: Find = lambda _slug: None) -> None:
        self._guide = expand(guide, folder, find_guide).guide
        self._folder = folder
        self._adb = adb
        self._fastboot = fastboot

    def rows(self, faults: tuple[str, ...], work: Work) -> Iterator[Row]:
        """A row each, "" first: without any fault. BadInput names one that its device cannot have, before anything is played."""
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as place:
            parse(faults, stand_for(self._guide, Path(place), Faults()).kind)
        for fault in ("", *faults):
            work.check()
            with tempfile.TemporaryDirectory(prefix="rehearsal-") as place:
                yield self._row(fault, Path(place), work)

    def _row(self, fault: str, place: Path, work: Work) -> Row:
        kind = stand_for(self._guide, place / "look", Faults()).kind
        faults = parse([fault] if fault else [], kind)
        with heimdall(self._guide, place / "programs"), stand_for(self._guide, place / "stand", faults) as stand:
            events = Events()
            runs = self._runs(stand, place, events)
            try:
                return _Play(self._start(stand, place, runs), stand, events, fault, work).row()
            finally:
                runs.close()

    def _runs(self, stand: Stand, place: Path, events: Events) -> Runs:
        inventory = Inventory(
            adb=self._adb,
            fastboot=self._fastboot,
            network=lambda: phones(stand.addresses),
        )
        releases = stand.releases()
        return Runs(
            root=place / "runs",
            devices=BackEnds(
                inventory,
                routers=Routers(place, Login(key_files=tuple, has_agent=False)),
                recoveries=Recoveries(probe_s=0.2, linger_s=1.5, stall_s=6.0),
                cards=Cards(),
                given=lambda: stand.addresses,
                given_files=stand.files,
                bring=Publishers(self._guide).bring,
            ),
            images=Images(place / "builds", stand.download),
            releases=lambda _account: releases,
            keep_photo=lambda _source, _work: "0" * 64,
            tell=lambda _news: None,
            events=events,
            now=lambda: datetime.now().astimezone(),
        )

    def _start(self, stand: Stand, place: Path, runs: Runs) -> Player:
        copy = place / "guide"
        copy.mkdir()
        (copy / "guide.yaml").write_text(json.dumps(stand.document(), ensure_ascii=False), "utf-8")
        player = runs.start(copy, account_id=0)
        if stand.kind == "recovery":
            player.bind_at(stand.addresses[0], Work())
        if player.state.guide.ask:
            player.answer({option.id: _answer(option) for option in player.state.guide.ask})
        return player


def _answer(option: Option) -> bool | int | float | str:
    if option.default is not None:
        return option.default
    if option.type is OptionType.YES_NO:
        return True
    return option.values[0].value if option.values else "rehearsal"


class _SeenBroken(Exception):
    """A step of hands behind the last machine step cannot be ticked: the device is not as it should be."""


class _Play:
    """One run with one fault."""

    def __init__(self, player: Player, stand: Stand, events: Events, fault: str, work: Work) -> None:
        self._player = player
        self._stand = stand
        self._fault = fault
        self._work = work
        self._stops: Counter[str] = Counter()
        self._first: tuple[str, str, str, int] | None = None
        self._stood: dict[str, str] = {}
        events.subscribe(Stalled, self._on_silence)

    def row(self) -> Row:
        """Break it, play, mend it where it stops, play on."""
        why = ""
        try:
            for _ in range(_TRIES):
                if self._through():
                    break
        except FirstlightError as error:
            why = f"{error.code} {dict(error.facts)}"[:200]
            self._note("broken", error.code, str(error.facts.get("step", "")))
        is_through, ails = self._player.state.finished_at is not None, self._stand.ails()
        if is_through and ails:
            # Called done, and is not: the one thing that must never be.
            self._first, why = ("broken", ails, "", self._stand.bytes_taken), why or "finished"
        first, code, step, sent = self._first or ("finished", "", "", self._stand.bytes_taken)
        return Row(self._fault or "none", first, code, step, sent, is_through and not ails, why)

    def _through(self) -> bool:
        """As far as it goes; what stops it is noted and mended."""
        try:
            for step in self._player.state.guide.steps:
                if self._player.state.step(step.id).mark not in THROUGH:
                    self._step(step)
        except GateClosed as closed:
            self._note("refused", str(closed.facts["failed"]), str(closed.facts["step"]))
        except ActionFailed as failed:
            where, cause = str(failed.facts["step"]), str(failed.facts["cause"])
            if cause != "guide.hands_needed":
                self._note("stopped", cause, where)
                self._write_again(where, at=2)
        except _SeenBroken as seen:
            where, what = seen.args
            self._note("seen", what, where)
            self._write_again(where, at=1)
        else:
            self._player.finish()
            return True
        following = next((s.step.id for s in self._player.state.steps if s.mark not in THROUGH), "")
        self._stand.mend(self._stood.get(following, ""))
        return False

    def _write_again(self, step_id: str, at: int) -> None:
        """What was written did not take, `at` times: the tester goes back to the step that writes."""
        steps = self._player.state.guide.steps
        self._stops[step_id] += 1
        before = [s for s in steps[: self._player.state.guide.index(step_id)] if s.writes]
        if self._stops[step_id] == at and before:
            self._player.undo(before[-1].id)

    def _note(self, first: str, code: str, step: str) -> None:
        if self._first is None:
            self._first = (first, code, step, self._stand.bytes_taken)

    def _step(self, step: Step) -> None:
        player = self._player
        self._stood.setdefault(step.id, self._stand.standing)
        if not step.is_for_machine:
            if self._is_behind_machine(step) and (ails := self._stand.ails()):
                raise _SeenBroken(step.id, ails)
            for proof in step.prove:
                if proof.required:
                    self._prove(step.id, proof.kind)
            if step.timer and step.timer.hold:
                player.start_timer(step.id)
                self._work.wait(step.timer.seconds)
            player.done(step.id)
            self._stand.hands(self._awaited_after(step))
            return
        device = player.state.device
        if device is not None and player.state.told_apart is None and player.state.guide.for_.not_:
            player.tell_apart(is_right=True)
        if device is not None and player.word_for(step.id):
            player.agree(step.id, device.tail)
        if player.state.failure is not None and player.state.failure.code == "guide.unsettled" and device is not None:
            player.allow(step.id, device.tail)
        player.run(step.id, self._work)

    def _is_behind_machine(self, step: Step) -> bool:
        """Whether the machine has done all that it does: what hands do now is to look at the device and use it."""
        steps = self._player.state.guide.steps
        at = self._player.state.guide.index(step.id)
        return any(s.writes for s in steps[:at]) and not any(s.is_for_machine for s in steps[at:])

    def _awaited_after(self, step: Step) -> str:
        """The verb with which the next step that is still open begins; hands have brought the device to it."""
        steps = self._player.state.guide.steps
        behind = steps[self._player.state.guide.index(step.id) + 1 :]
        following = next((s for s in behind if self._player.state.step(s.id).mark not in THROUGH), None)
        return following.do[0].verb if following and following.do else ""

    def _prove(self, step_id: str, kind: ProofKind) -> None:
        if kind is ProofKind.PHOTO:
            self._player.add_photo(step_id, b"photo", self._work)
        else:
            self._player.add_proof(step_id, kind, "1")

    def _on_silence(self, stalled: Stalled) -> None:
        """A tester who has waited long enough pulls the cable."""
        if stalled.seconds >= _PATIENCE_S:
            self._stand.pull()
