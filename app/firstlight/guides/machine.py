# SPDX-License-Identifier: Apache-2.0
"""The machine part of a step: gates, actions with rescue and other way, checks afterwards; each begin and end in the journal.

Gates are asked in the moment before the first action, and the quick ones again before every part of a build. One action stands in
`attempts.py`, what no guide can leave out in `guards.py`; the device is asked before anything is guessed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, replace

from firstlight.base.work import Work
from firstlight.devices.host.awake import Held
from firstlight.firmware.errors import NoBuild
from firstlight.firmware.images import Images, newest_for
from firstlight.guides import guards
from firstlight.guides.actions.ask import ask_all
from firstlight.guides.actions.bench import Bench
from firstlight.guides.attempts import Attempts
from firstlight.guides.backends import BackEnds
from firstlight.guides.errors import ActionFailed, GateClosed, StepNotReady, TimedOut
from firstlight.guides.files import GuideFiles
from firstlight.guides.gate_records import gate_record
from firstlight.guides.pc_rows import PcRows, needs_of
from firstlight.guides.record import RunRecord
from firstlight.guides.state import GateResult, Part, PartMoved, PartState, RunDevice, RunState, Stalled, StepMark
from firstlight.guides.timed import TimedWork
from firstlight.guides.way_back import WayBack
from firstlight.guides.web_files import FromWeb, to_fetch
from firstlight_contract.actions import AnyCheck
from firstlight_contract.firmware import Release
from firstlight_contract.guide_steps import Step

_LOOK_EVERY_S = 1.0
_FETCHES = ("build.fetch", "files.fetch")
"""With what they bring comes what the guide that leads back needs."""


class Machine:
    """Runs one step at a time. `releases` are the builds that the run's account may have."""

    def __init__(
        self,
        *,
        record: RunRecord,
        backends: BackEnds,
        images: Images,
        files: GuideFiles,
        releases: Callable[[], tuple[Release, ...]],
    ) -> None:
        self._record = record
        self._backends = backends
        self._images = images
        self._releases = releases
        self.files = files
        self._attempts = Attempts(record, self._pass_gates, self._written)
        account_id = record.state.account_id
        self._way_back = WayBack(backends, images, account_id)
        self._one = threading.Lock()
        self._held: Held | None = None
        self._moved: dict[str, int] = {}
        self._writes = any(deed.writes for _, deed in record.guide.deeds())
        self.running = ""
        """Id of the step at work; "" when none is."""
        self.in_part = ""
        """Partition that is being written; a stop has to wait for its end."""

    def live(self, state: RunState) -> RunState:
        """`state` with the bytes of the part that is being written and RUNNING on the step at work."""
        if not self.running:
            return state
        index = state.guide.index(self.running)
        steps = list(state.steps)
        steps[index] = replace(steps[index], mark=StepMark.RUNNING)
        parts = tuple(replace(p, done=self._moved.get(p.name, p.done)) if p.state is PartState.WRITING else p for p in state.parts)
        return replace(state, steps=tuple(steps), parts=parts, uncertain=None)

    def check_gates(self, step: Step, work: Work) -> tuple[GateResult, ...]:
        """Ask the step's checks now and write down what they said."""
        return self._ask(step, step.gate, self._bench(step, work), is_gate=True)

    def to_fetch(self, step: Step) -> tuple[FromWeb, ...]:
        """What the step would fetch from the web, which the tester is asked first; () when nothing has to be asked."""
        if not self._backends.asks_web:
            return ()
        own = to_fetch(step, self.files)
        return own + self._way_back.from_web(self._record.guide) if any(deed.verb in _FETCHES for deed in step.do) else own

    def run(self, step: Step, work: Work) -> None:
        """All of it. GateClosed: nothing was sent. ActionFailed: the state's failure says where it stopped."""
        with self._at_work(step):
            self._run(step, work)

    def by_hand(self, step: Step, work: Work) -> None:
        """The tester did what the step does: its checks must hold as after the machine. What writes is believed to no hand."""
        with self._at_work(step):
            if step.writes and not step.after:
                raise StepNotReady(step=step.id, reason="writing")
            bench = self._bench(step, work)
            guards.check_answered(self._record.state, step)
            self._pass_gates(step, bench)
            if step.after:
                self._hold(step, bench)
            self._record.write("done", step=step.id, by_hand=True)

    def take_back(self, step: Step, work: Work) -> None:
        """What the guide names under `undo`, journalled as every action."""
        with self._at_work(step):
            bench = self._bench(step, work)
            guards.check_signed(self._record.state, step, tuple(deed for deed in step.undo if deed.device_shell))
            if any(deed.writes or deed.sends for deed in step.undo):
                guards.check_agreed(self._record.state, step)
                self._pass_gates(step, bench)
            for index, deed in enumerate(step.undo):
                self._attempts.do(step, index, deed, bench, "undo")

    def settle(self, work: Work) -> None:
        """After a crash in the middle of an action: look at the device, write down what is known. Repeats nothing."""
        uncertain = self._record.state.uncertain
        if uncertain is None:
            return
        step = self._record.state.step(uncertain.step_id).step
        deeds = step.undo if uncertain.phase == "undo" else step.do
        deed = deeds[uncertain.index] if uncertain.index < len(deeds) and uncertain.phase in ("do", "undo") else None
        if deed is not None and deed.verb == uncertain.verb and self._attempts.has_happened(step, deed, self._bench(step, work)):
            self._attempts.end(step, None)
            return
        self._attempts.end(step, {"code": "guide.interrupted", "facts": {"verb": uncertain.verb}, "part": uncertain.part})

    def bind(self, device: RunDevice) -> None:
        """The run belongs to this device from now on."""
        self._record.write("bind", device=asdict(device))

    def choose(self, release: Release, previous: Release | None) -> None:
        """The build to write and the way back."""
        back = previous.model_dump(mode="json") if previous else None
        self._record.write("choose", release=release.model_dump(mode="json"), previous=back)

    # -- one step ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _at_work(self, step: Step) -> Iterator[None]:
        with self._one:
            self.running = step.id
            self._record.changed()
            try:
                with self._backends.awake(f"guide {self._record.guide.id}") if self._writes else nullcontext() as held:
                    self._held = held if isinstance(held, Held) else None
                    yield
            finally:
                self._held = None
                self.running = self.in_part = ""
                self._moved.clear()
                self._record.changed()

    def _run(self, step: Step, work: Work) -> None:
        guards.check_ready(self._record.state, step)
        if self.to_fetch(step) and not self._record.state.step(step.id).may_fetch:
            raise StepNotReady(step=step.id, reason="fetch")
        self.settle(work)
        limited = TimedWork(work, step.timeout, step.id) if step.timeout else work
        bench = self._bench(step, limited)
        behind = self._attempts.behind(step, bench)
        if step.timeout and not step.do:
            self._wait_for_gates(step, bench)
        elif not behind:
            self._pass_gates(step, bench)
        for index, deed in enumerate(step.do):
            if index >= behind:
                self._attempts.do(step, index, deed, bench)
        if step.after:
            self._hold(step, bench)
        if step.timer and self._record.state.step(step.id).timer is None:
            self._record.write("timer", step=step.id, is_running=True, left_s=float(step.timer.seconds))
        self._record.write("done", step=step.id)

    def _pass_gates(self, step: Step, bench: Bench) -> None:
        gates = self._ask(step, step.gate, bench, is_gate=True)
        if not all(g.is_passed for g in gates):
            raise self._closed(step, gates)

    def _wait_for_gates(self, step: Step, bench: Bench) -> None:
        """A step with checks and a time alone: they are asked until they hold, or the time is over."""
        while True:
            try:
                self._pass_gates(step, bench)
                return
            except GateClosed as closed:
                last = closed
            except TimedOut:
                raise self._closed(step, self._record.state.step(step.id).gates) from None
            try:
                bench.work.wait(_LOOK_EVERY_S)
            except TimedOut:
                raise last from None

    def _hold(self, step: Step, bench: Bench) -> None:
        """The checks after the deeds: what was done has to show."""
        failed = [g for g in self._ask(step, step.after, bench) if not g.is_passed]
        if failed:
            code = "guide.not_confirmed"
            facts = {"check": failed[0].id, "measured": failed[0].measured.get("en", "")}
            self._record.write("begin", step=step.id, i=len(step.do), verb="after", serial=bench.serial(), phase="after")
            self._attempts.end(step, {"code": code, "facts": facts})
            raise ActionFailed(step=step.id, cause=code, part="", verb="after", **facts)

    # -- gates ---------------------------------------------------------------------------------------------------------

    def _ask(self, step: Step, asked: tuple[AnyCheck, ...], bench: Bench, *, is_gate: bool = False) -> tuple[GateResult, ...]:
        before = {g.id: g for g in self._record.state.step(step.id).gates}
        results = tuple(_with_override(g, before.get(g.id)) for g in ask_all(asked, bench))
        if is_gate:
            state = self._record.state
            own = guards.rows(state, step, self._images, self._record.now(), self._way_back.recovery)
            own += guards.listed(state, step, self._releases, self._record.now())
            results += tuple(_with_override(g, before.get(g.id)) for g in own)
            results += tuple(_with_override(g, before.get(g.id)) for g in self._of_this_pc(step))
        if results and self._is_news(step, results):
            self._record.write("gates", step=step.id, gates=[gate_record(g) for g in results])
        return results

    def _of_this_pc(self, step: Step) -> tuple[GateResult, ...]:
        """Asked before a step, never in its middle."""
        places, state = self._backends.places, self._record.state
        if places is None:
            return ()
        needs = needs_of(step, state, self._images, self.files, self._releases)
        is_practice = state.device is not None and state.device.is_practice
        return PcRows(places, step, is_practice, needs, self._held, self._record.now()).rows()

    def _is_news(self, step: Step, results: tuple[GateResult, ...]) -> bool:
        """Whether a step that waits for its checks has something else to say than a second ago."""
        if not step.timeout or step.do:
            return True
        before = self._record.state.step(step.id).gates
        return [(g.id, g.ok, g.measured) for g in before] != [(g.id, g.ok, g.measured) for g in results]

    def _recheck(self, step: Step, bench: Bench) -> None:
        self.files.look_again()
        before = {g.id: g for g in self._record.state.step(step.id).gates}
        results = {g.id: _with_override(g, before.get(g.id)) for g in ask_all(step.gate, bench, quick_only=True)}
        results |= {g.id: g for g in guards.rows(self._record.state, step, self._images, self._record.now())}
        no_more = guards.listed(self._record.state, step, self._releases, self._record.now())
        results |= {g.id: _with_override(g, before.get(g.id)) for g in no_more}
        if not all(g.is_passed for g in results.values()):
            shown = tuple((before | results).values())
            self._record.write("gates", step=step.id, gates=[gate_record(g) for g in shown])
            raise self._closed(step, shown)

    def _closed(self, step: Step, gates: tuple[GateResult, ...]) -> GateClosed:
        """Says whether the run has left anything on the device before."""
        untouched = (PartState.WAITING, PartState.UNTOUCHED)
        return GateClosed(step=step.id, gates=gates, is_midway=any(part.state not in untouched for part in self._record.state.parts))

    # -- what actions work with ------------------------------------------------------------------------------------------

    def _bench(self, step: Step, work: Work) -> Bench:
        bench: Bench

        def recheck() -> None:
            self._recheck(step, bench)

        bench = Bench(
            state=lambda: self._record.state,
            target=lambda: self._backends.find(self._record.state.device, work),
            devices=self._backends.inventory,
            images=self._images,
            files=self.files,
            kept=self._record.folder / "kept",
            work=work,
            now=self._record.now,
            bind=self.bind,
            choose=self._choose_newest,
            part=self._part,
            moved=self._part_moved,
            said=self._record.say,
            silent=lambda seconds: self._record.publish(Stalled(self._record.run_id, seconds)),
            ask=lambda _: None,
            recheck=recheck,
            keep_way_back=lambda: self._way_back.keep(
                self._record.guide, work, self._record.say, may_fetch=self._record.state.step(step.id).may_fetch
            ),
            backends=self._backends,
            answers=self._record.state.answers,
        )
        return bench

    def _choose_newest(self) -> None:
        devices = self._record.guide.for_.device
        for device in devices:
            release, previous = newest_for(self._releases(), device)
            if release is not None:
                self.choose(release, previous)
                return
        raise NoBuild(device=", ".join(devices))

    def _written(self) -> tuple[str, int]:
        part, self.in_part = self.in_part, ""
        return part, self._moved.get(part, 0)

    def _part(self, name: str, state: PartState, done: int, total: int = 0) -> None:
        if state is PartState.DONE:
            self.files.look_again()  # a file that changed on its way was not written as it was compared
        self._record.write("part", name=name, state=state.value, done=done, **({"total": total} if total else {}))
        self.in_part = name if state is PartState.WRITING else ""
        self._part_moved(name, done, total)

    def _part_moved(self, name: str, done: int, total: int) -> None:
        self._moved[name] = done
        part = next((p for p in self._record.state.parts if p.name == name), None)
        if part is not None:
            self._record.publish(PartMoved(self._record.run_id, Part(part.name, part.title, done, total or part.total, part.state)))


def _with_override(new: GateResult, old: GateResult | None) -> GateResult:
    """An override holds while the check measures the same; also when it can measure nothing, as some bootloaders tell no battery."""
    if old and old.is_overridden and new.overridable and new.ok is not True and new.measured == old.measured:
        return replace(new, is_overridden=True)
    return new
