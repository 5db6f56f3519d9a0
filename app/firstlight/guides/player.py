# SPDX-License-Identifier: Apache-2.0
"""Plays one run of a guide: what hands do (tick, undo, photos, notes, timers) and the door to what the machine does.

The state is nothing but the journal's replay (`record.py`), so a killed program comes back to the same step. `run`, `settle`,
`check_gates`, `facts`, `go_back` and `add_photo` block and belong into a job; all else takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.errors import DeviceNotFound
from firstlight.firmware.errors import NoBuild
from firstlight.guides import aftermath, guards
from firstlight.guides.backends import BackEnds
from firstlight.guides.errors import AnswerRefused, GateClosed, ProofRefused, StepNotReady
from firstlight.guides.gate_records import gate_record
from firstlight.guides.machine import Machine
from firstlight.guides.news import News, news_of
from firstlight.guides.record import RunRecord
from firstlight.guides.state import THROUGH, ConsoleLine, Fact, GateResult, PartState, RunDevice, RunState, WayOn
from firstlight.guides.web_files import FromWeb
from firstlight_contract.firmware import Release
from firstlight_contract.guide_options import Answer
from firstlight_contract.guide_steps import ProofKind, Step

KeepPhoto = Callable[[Path | bytes, Work], str]
"""Keep the content of a photo without its metadata; the answer is the SHA-256 of the blob."""


class Player:
    """One open run. Made by `Runs`. Publishes RunChanged, ConsoleLine, PartMoved, Stalled through base/events."""

    def __init__(
        self,
        *,
        record: RunRecord,
        machine: Machine,
        backends: BackEnds,
        keep_photo: KeepPhoto,
        tell: Callable[[News], None],
    ) -> None:
        self._record = record
        self._machine = machine
        self._backends = backends
        self._keep_photo = keep_photo
        self._tell = tell

    # -- what it is ----------------------------------------------------------------------------------------------------

    @property
    def run_id(self) -> str:
        """Name of the run."""
        return self._record.run_id

    @property
    def state(self) -> RunState:
        """The newest state, with the bytes of the part that is being written and RUNNING on the step at work."""
        return self._machine.live(self._record.state)

    @property
    def is_running(self) -> bool:
        """A machine step is at work."""
        return bool(self._machine.running)

    @property
    def can_stop(self) -> bool:
        """Whether a stop would take effect now; not inside a part."""
        return not self._machine.in_part

    @property
    def journal_path(self) -> Path:
        """The run's journal, for "Save the journal as a file" and for reports."""
        return self._record.path

    def now(self) -> datetime:
        """The run's clock."""
        return self._record.now()

    def console(self, last: int = 200) -> tuple[ConsoleLine, ...]:
        """The last lines that were said in this run, also before a restart."""
        return self._record.console(last)

    def close(self) -> None:
        """Let go of the files; only when nothing runs."""
        self._record.close()

    # -- what hands do ---------------------------------------------------------------------------------------------------

    def answer(self, values: Mapping[str, Answer]) -> None:
        """The tester's answers to the guide's questions; AnswerRefused names one that is none. Only before anything was written."""
        self._check_unwritten()
        options = {option.id: option for option in self._record.guide.ask}
        for name, value in values.items():
            if name not in options or not options[name].takes(value):
                raise AnswerRefused(option=name, value=str(value)[:80])
        self._record.write("answers", values=dict(values))

    def meet(self, slug: str) -> None:
        """A guide that has to come first is through, here or elsewhere."""
        self._record.write("met", guide=slug)

    def tell_apart(self, *, is_right: bool) -> None:
        """The tester compared the bound device with the pictures of those that look alike."""
        device = self._record.state.device
        if device is None:
            raise StepNotReady(step=self._record.state.now.step.id, reason="device")
        self._record.write("alike", serial=device.serial, right=is_right)

    def word_for(self, step_id: str) -> str:
        """What has to be typed before a dangerous step: the last four of the device's serial number; "" when nothing has."""
        state = self._record.state
        if not state.step(step_id).step.needs_word or not state.step(step_id).step.do:
            return ""
        return state.device.tail if state.device else "????"

    def agree(self, step_id: str, typed: str) -> None:
        """The tester typed the word for a dangerous step: it may run on this device. StepNotReady when the word is another."""
        device = self._record.state.device
        if device is None or typed.strip().casefold() != device.tail.casefold():
            raise StepNotReady(step=step_id, reason="word")
        self._record.write("agree", step=step_id, serial=device.serial)

    def allow(self, step_id: str, typed: str) -> None:
        """The tester wants that repeated which is never repeated by itself; the same word."""
        device = self._record.state.device
        if device is None or typed.strip().casefold() != device.tail.casefold():
            raise StepNotReady(step=step_id, reason="word")
        self._record.write("allow", step=step_id)

    def to_fetch(self, step_id: str) -> tuple[FromWeb, ...]:
        """What the step would fetch from the web and the tester has not allowed yet; to be shown before `allow_fetch`."""
        state = self._record.state.step(step_id)
        return () if state.may_fetch else self._machine.to_fetch(state.step)

    def allow_fetch(self, step_id: str) -> None:
        """The tester saw what the step fetches, and from where, and wants it."""
        files = [asdict(file) for file in self.to_fetch(step_id)]
        if files:
            self._record.write("fetch", step=step_id, files=files)

    def take_over(self, device: RunDevice, release: Release, previous: Release, *, told_apart: bool | None) -> None:
        """Device and builds of the run that this one takes back."""
        self._machine.bind(device)
        self._machine.choose(release, previous)
        if told_apart is not None:
            self._record.write("alike", serial=device.serial, right=told_apart)

    def go_to(self, index: int) -> None:
        """Show another step; a later one only when no machine step that is not through lies between."""
        for state in self._record.state.steps[:index]:
            if state.step.is_for_machine and state.mark not in THROUGH:
                raise StepNotReady(step=state.step.id, reason="machine")
        self._record.write("go", index=min(index, len(self._record.guide.steps) - 1))

    def done(self, step_id: str) -> None:
        """Tick a step and go to the next. StepNotReady says what is missing: order, timer, proof, machine."""
        state = self._record.state.step(step_id)
        if state.mark in THROUGH:
            self.go_to(self._record.guide.index(step_id) + 1)
            return
        if state.step.is_for_machine:
            raise StepNotReady(step=step_id, reason="machine")
        self._check_ready(state.step)
        self._record.write("done", step=step_id)

    def _check_ready(self, step: Step) -> None:
        run = self._record.state
        for need in run.open_needs(step.id):
            raise StepNotReady(step=need, reason="order")
        guards.check_answered(run, step)
        state = run.step(step.id)
        kinds = {e.kind for e in state.evidence}
        if any(p.required and p.kind not in kinds for p in step.prove):
            raise StepNotReady(step=step.id, reason="proof")
        if step.timer and step.timer.hold and (state.timer is None or state.timer.left_s(self._record.now()) > 0):
            raise StepNotReady(step=step.id, reason="timer")

    def skip(self, step_id: str) -> None:
        """Leave an optional step out; also one whose machine part failed."""
        if not self._record.state.step(step_id).step.optional or self._machine.running:
            raise StepNotReady(step=step_id, reason="order")
        self._record.write("skip", step=step_id)

    def undo(self, step_id: str) -> tuple[str, ...]:
        """Un-tick a step and what stands on it; photos and notes stay. The answer names the others that fell."""
        if self._machine.running:
            raise StepNotReady(step=self._machine.running, reason="machine")
        state = self._record.state
        also = tuple(s for s in state.guide.standing_on(step_id) if state.step(s).mark in THROUGH)
        self._record.write("undo", step=step_id, also=list(also))
        return also

    def add_photo(self, step_id: str, source: Path | bytes, work: Work) -> str:
        """Keep a photo for a step: the content first, then the entry; the answer is its SHA-256."""
        self._record.guide.index(step_id)
        sha256 = self._keep_photo(source, work)
        self._record.write("photo", step=step_id, kind=ProofKind.PHOTO.value, value=sha256)
        return sha256

    def drop_photo(self, step_id: str, sha256: str) -> None:
        """Take a photo out of the step."""
        self._record.write("unphoto", step=step_id, value=sha256)

    def add_proof(self, step_id: str, kind: ProofKind, value: str) -> None:
        """A count, a measure, a text; ProofRefused when it is none."""
        proof = next((p for p in self._record.state.step(step_id).step.prove if p.kind is kind), None)
        try:
            if proof is not None:
                proof.reads(value)
        except ValueError:
            raise ProofRefused(value=value[:40], kind=kind.value) from None
        self._record.write("photo", step=step_id, kind=kind.value, value=value[:2000])

    def set_note(self, step_id: str, text: str) -> None:
        """The tester's own words on a step; "" removes them."""
        if text != self._record.state.step(step_id).note:
            self._record.write("note", step=step_id, text=text[:20_000])

    def start_timer(self, step_id: str) -> None:
        """Start, or go on."""
        self._set_timer(step_id, is_running=True)

    def pause_timer(self, step_id: str) -> None:
        """Hold it where it is."""
        self._set_timer(step_id, is_running=False)

    def restart_timer(self, step_id: str) -> None:
        """Set it back to its full time, standing still."""
        asked = self._record.state.step(step_id).step.timer
        if asked:
            self._record.write("timer", step=step_id, is_running=False, left_s=float(asked.seconds))

    def _set_timer(self, step_id: str, *, is_running: bool) -> None:
        state = self._record.state.step(step_id)
        if state.step.timer is None or (state.timer is None and not is_running):
            return
        left = float(state.step.timer.seconds) if state.timer is None else state.timer.left_s(self._record.now())
        self._record.write("timer", step=step_id, is_running=is_running, left_s=round(left, 3))

    def bind(self, serial: str, work: Work) -> None:
        """This run is for that device; only before anything was written."""
        self._check_unwritten()
        self._machine.bind(RunDevice.of(self._backends.inventory.find(serial, work)))

    def bind_at(self, address: Address, work: Work) -> None:
        """This run is for whoever stands at that address; only before anything was written."""
        self._check_unwritten()
        self._machine.bind(RunDevice.of(self._backends.at(address, work)))

    def pick(self, address: Address, work: Work) -> None:
        """Of several that answer this one is meant: the run's own device, or, once that is bound, one of another kind beside it."""
        bound = self._record.state.device
        if bound is None or bound.kind == address.kind:
            self.bind_at(address, work)
        else:
            self._record.write("at", kind=address.kind.value, address=str(address))

    def meet_again(self, address: Address, work: Work) -> None:
        """The run's own device stands at this address now: another reader, another port. DeviceNotFound when it is another device."""
        bound = self._record.state.device
        if bound is None or bound.kind != address.kind or str(address) == bound.address:
            return
        try:
            device = self._backends.at(address, work)
        except DeviceNotFound:
            if bound.address:
                raise
            return  # a phone is found by its serial number, and may be on its way now
        is_mute = not bound.address and device.serial == device.address
        if device.serial != bound.serial and not is_mute:
            raise DeviceNotFound(serial=bound.serial, tail=bound.tail, why=f"{device.serial} answers there", reason="other")
        if bound.address:
            self._machine.bind(replace(bound, address=RunDevice.of(device).address))

    def choose(self, release: Release, previous: Release | None) -> None:
        """The build to write and the way back; only before anything was written."""
        self._check_unwritten()
        self._machine.choose(release, previous)

    def _check_unwritten(self) -> None:
        state = self._record.state
        if any(p.state not in (PartState.WAITING, PartState.UNTOUCHED) for p in state.parts):
            raise StepNotReady(step=state.now.step.id, reason="written")

    def override(self, step_id: str, gate_id: str, typed: str) -> None:
        """Let a check pass that allows it, by typing the last four of the serial number; GateClosed when that is wrong.

        It holds as long as the check measures the same: a battery that falls further is asked for again.
        """
        state = self._record.state
        gates = state.step(step_id).gates
        gate = next((g for g in gates if g.id == gate_id), None)
        if gate is None or not gate.overridable or state.device is None or typed.strip().upper() != state.device.tail.upper():
            raise GateClosed(step=step_id, gates=gates)
        changed = (replace(g, is_overridden=True) if g.id == gate_id else g for g in gates)
        self._record.write("gates", step=step_id, gates=[gate_record(g) for g in changed])

    def finish(self) -> RunState:
        """All steps are through: close the run. StepNotReady names the first that is not."""
        state = self._record.state
        for step in state.steps:
            if step.mark not in THROUGH and not step.step.optional:
                raise StepNotReady(step=step.step.id, reason="order")
        if state.finished_at is None:
            self._record.write("finish")
        self.tell()
        return self.state

    def tell(self) -> None:
        """Hand on what is new for the hub: told first, then noted, as telling it twice does no harm and never would."""
        for news in news_of(self._record.state):
            if not self._record.has_told(str(news.id)):
                self._tell(news)
                self._record.write("told", what=str(news.id), kind=news.kind.value)

    def give_up(self) -> None:
        """Close the run as it is; what was kept stays."""
        self._record.write("give_up")

    # -- what the machine does ---------------------------------------------------------------------------------------------

    def check_gates(self, step_id: str, work: Work) -> tuple[GateResult, ...]:
        """Ask the step's checks now."""
        return self._machine.check_gates(self._record.state.step(step_id).step, work)

    def run(self, step_id: str, work: Work) -> None:
        """Gates, then what the step does, then its checks; ticked when all held.

        GateClosed: nothing was sent. ActionFailed: `state.failure` says where it stopped. Cancelled: stopped at a safe place.
        """
        self._machine.run(self._record.state.step(step_id).step, work)
        self.tell()

    def by_hand(self, step_id: str, work: Work) -> None:
        """The tester did what the step does; its checks must hold all the same. StepNotReady: what writes is believed to no hand."""
        self._machine.by_hand(self._record.state.step(step_id).step, work)

    def take_back(self, step_id: str, work: Work) -> tuple[str, ...]:
        """Undo with what the guide names for it; then as `undo`."""
        self._machine.take_back(self._record.state.step(step_id).step, work)
        return self.undo(step_id)

    def fetch(self, name: str, work: Work) -> Path:
        """Bring a file of the guide to this PC; FileUnavailable, Corrupt."""
        return self._machine.files.fetch(name, work)

    def settle(self, work: Work) -> None:
        """After a crash in the middle of an action: look at the device and write down what is known. Repeats nothing."""
        self._machine.settle(work)

    def facts(self, work: Work) -> tuple[Fact, ...]:
        """Rows of "Your A1 right now", asked now."""
        return aftermath.facts(self._record.state, self._backends, work)

    def ways_on(self) -> tuple[WayOn, ...]:
        """What the tester may do after a failure, safest first."""
        return aftermath.ways_on(self._record.state)

    def write_again(self) -> str:
        """What was written did not take: the step that wrote it is open again, and its name is the answer. StepNotReady: there is none."""
        step = aftermath.writer_before(self._record.state)
        if step is None:
            raise StepNotReady(step=self._record.state.now.step.id, reason="order")
        self.undo(step.id)
        return step.id

    def go_back(self, work: Work) -> None:
        """Put the previous build on the phone: the step that flashes runs again with its images, behind the same gates."""
        state = self._record.state
        if state.previous is None:
            raise NoBuild(device=", ".join(state.guide.for_.device))
        step = next(s for s in state.guide.steps if any(d.part_names() for d in s.do))
        if not state.is_going_back:
            also = [s for s in state.guide.standing_on(step.id) if state.step(s).mark in THROUGH]
            self._record.write("way", back=True, step=step.id, also=also)
        self.run(step.id, work)
