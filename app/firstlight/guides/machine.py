# SPDX-License-Identifier: Apache-2.0
"""The machine part of a step: gates, actions with rescue and other way, checks afterwards; each begin and end in the journal.

Gates are asked in the moment before the first action, and the quick ones again before every part of a build. What may be
repeated after a crash stands in `actions/table.py`; the device is asked before anything is guessed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.base.work import Work
from firstlight.devices.inventory import Inventory
from firstlight.firmware.errors import NoBuild
from firstlight.firmware.images import Images, newest_for
from firstlight.guides.actions.ask import ask_all
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.table import DEEDS
from firstlight.guides.actions.verb import Again
from firstlight.guides.errors import ActionFailed, GateClosed, StepNotReady
from firstlight.guides.files import GuideFiles
from firstlight.guides.record import RunRecord
from firstlight.guides.replay import gate_record
from firstlight.guides.state import THROUGH, GateResult, Part, PartMoved, PartState, RunDevice, RunState, Stalled, StepMark
from firstlight.store.disk import fault_of
from firstlight_contract.actions import AnyCheck, AnyDeed
from firstlight_contract.firmware import Release
from firstlight_contract.guide_steps import RescueKind, Step
from firstlight_contract.wire import Words

_RESCUE: dict[str, RescueKind] = {
    "device.locked": "bootloader_locked",
    "device.battery_low": "low_battery",
    "device.lost": "lost_device",
    "device.stalled": "lost_device",
    "device.not_found": "lost_device",
}


class Machine:
    """Runs one step at a time. `releases` are the builds that the run's account may have."""

    def __init__(self, *, record: RunRecord, devices: Inventory, images: Images, releases: Callable[[], tuple[Release, ...]]) -> None:
        self._record = record
        self._devices = devices
        self._images = images
        self._releases = releases
        self._files = GuideFiles(guide=record.guide)
        self._one = threading.Lock()
        self._moved: dict[str, int] = {}
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
        return self._ask(step, step.gate, self._bench(step, work))

    def run(self, step: Step, work: Work) -> None:
        """All of it. GateClosed: nothing was sent. ActionFailed: the state's failure says where it stopped."""
        with self._one:
            self.running = step.id
            self._record.changed()
            try:
                self._run(step, work)
            finally:
                self.running = self.in_part = ""
                self._moved.clear()
                self._record.changed()

    def settle(self, work: Work) -> None:
        """After a crash in the middle of an action: look at the device, write down what is known. Repeats nothing."""
        uncertain = self._record.state.uncertain
        if uncertain is None:
            return
        step = self._record.state.step(uncertain.step_id).step
        deed = step.do[uncertain.index] if uncertain.index < len(step.do) else None
        if deed is not None and self._has_happened(deed, self._bench(step, work)):
            self._end(step, None)
            return
        self._end(step, {"code": "guide.interrupted", "facts": {"verb": uncertain.verb}, "part": uncertain.part})

    def bind(self, device: RunDevice) -> None:
        """The run belongs to this device from now on."""
        self._record.write("bind", device=asdict(device))

    def choose(self, release: Release, previous: Release | None) -> None:
        """The build to write and the way back."""
        back = previous.model_dump(mode="json") if previous else None
        self._record.write("choose", release=release.model_dump(mode="json"), previous=back)

    # -- one step ------------------------------------------------------------------------------------------------------

    def _run(self, step: Step, work: Work) -> None:
        bench = self._bench(step, work)
        state = self._record.state
        for need in state.guide.needs(step):
            if state.step(need).mark not in THROUGH:
                raise StepNotReady(step=need, reason="order")
        self.settle(work)
        self._pass_gates(step, bench)
        for index, deed in enumerate(step.do):
            self._do(step, index, deed, bench)
        if step.after:
            self._hold(step, bench)
        self._record.write("done", step=step.id)

    def _pass_gates(self, step: Step, bench: Bench) -> None:
        gates = self._ask(step, step.gate, bench)
        if not all(g.is_passed for g in gates):
            raise GateClosed(step=step.id, gates=gates)

    def _do(self, step: Step, index: int, deed: AnyDeed, bench: Bench) -> None:
        """One action: as it is, then once more after a rescue, then by `else`. ActionFailed when all that did not help."""
        has_begun = any(r.get("e") == "begin" and r.get("step") == step.id and r.get("i") == index for r in self._record.since_undo(step))
        if has_begun and self._has_happened(deed, bench):
            self._record.say(f"{deed.verb} has happened already", "ok")
            return
        asked: list[Words] = []
        bench = replace(bench, ask=asked.append)
        error = self._try(step, index, deed, bench)
        if error:
            error = self._help(step, index, deed, bench, error, asked)
        if error or asked:
            self._fail(step, index, deed, error, tuple(asked))

    def _help(
        self, step: Step, index: int, deed: AnyDeed, bench: Bench, error: FirstlightError, asked: list[Words]
    ) -> FirstlightError | None:
        """What the guide knows against this fault; the gates hold for the next try as for the first."""
        kind = _RESCUE.get(error.code)
        rescue = self._record.guide.rescue.get(kind, ()) if kind else ()
        if rescue:
            self._record.say(f"{error.code}: rescue {kind}", "warn")
            if not any(self._try(step, index, r, bench) for r in rescue) and not asked:
                self._pass_gates(step, bench)
                again = self._try(step, index, deed, bench)
                if again is None:
                    return None
                error = again
        if step.else_:
            self._record.say(f"{error.code}: the other way", "warn")
            if not any(self._try(step, index, r, bench) for r in step.else_) and not asked:
                self._pass_gates(step, bench)
                return None
        return error

    def _has_happened(self, deed: AnyDeed, bench: Bench) -> bool:
        verb = DEEDS[type(deed)]
        if verb.again is not Again.PROBE or verb.has_happened is None:
            return False
        try:
            return verb.has_happened(deed, bench)
        except FirstlightError:
            return False  # it does not answer: whoever waits for it will say so

    def _try(self, step: Step, index: int, deed: AnyDeed, bench: Bench) -> FirstlightError | None:
        """Journal, act, journal. A fault that we know is the answer; a stop and a closed gate go through."""
        self._record.write("begin", step=step.id, i=index, verb=deed.verb, serial=bench.serial())
        try:
            DEEDS[type(deed)].run(deed, bench)
        except (Cancelled, GateClosed) as error:
            self._end(step, {"code": error.code, "facts": {}})
            raise
        except (FirstlightError, OSError) as fault:
            known = fault if isinstance(fault, FirstlightError) else fault_of(fault, self._record.folder)
            self._record.say(f"{deed.verb}: {known.code}, " + ", ".join(f"{k} {v}" for k, v in _facts(known).items()), "error")
            part, self.in_part = self.in_part, ""
            self._end(step, {"code": known.code, "facts": _facts(known), "part": part, "part_done": self._moved.get(part, 0)})
            return known
        self._end(step, None)
        return None

    def _fail(self, step: Step, index: int, deed: AnyDeed, error: FirstlightError | None, asked: tuple[Words, ...]) -> None:
        """Write down what hands are asked for, and raise."""
        code = error.code if error else "guide.hands_needed"
        facts = _facts(error) if error else {}
        failure = self._record.state.failure
        part = failure.part if failure else ""
        if asked:
            done = next((p.done for p in self._record.state.parts if p.name == part), 0)
            self._record.write("begin", step=step.id, i=index, verb="human.do", serial="")
            self._end(step, {"code": code, "facts": facts, "part": part, "part_done": done, "ask": [dict(a) for a in asked]})
        raise ActionFailed(step=step.id, cause=code, part=part, verb=deed.verb, **facts) from error

    def _hold(self, step: Step, bench: Bench) -> None:
        """The checks after the deeds: what was done has to show."""
        failed = [g for g in self._ask(step, step.after, bench) if not g.is_passed]
        if failed:
            code = "guide.not_confirmed"
            facts = {"check": failed[0].id, "measured": failed[0].measured.get("en", "")}
            self._record.write("begin", step=step.id, i=len(step.do), verb="after", serial=bench.serial())
            self._end(step, {"code": code, "facts": facts})
            raise ActionFailed(step=step.id, cause=code, part="", verb="after", **facts)

    def _end(self, step: Step, failure: dict[str, Any] | None) -> None:
        self._record.write("end", step=step.id, ok=failure is None, **({"failure": failure} if failure else {}))

    # -- gates ---------------------------------------------------------------------------------------------------------

    def _ask(self, step: Step, asked: tuple[AnyCheck, ...], bench: Bench) -> tuple[GateResult, ...]:
        before = {g.id: g for g in self._record.state.step(step.id).gates}
        results = tuple(_with_override(g, before.get(g.id)) for g in ask_all(asked, bench))
        if asked:
            self._record.write("gates", step=step.id, gates=[gate_record(g) for g in results])
        return results

    def _recheck(self, step: Step, bench: Bench) -> None:
        before = {g.id: g for g in self._record.state.step(step.id).gates}
        results = {g.id: _with_override(g, before.get(g.id)) for g in ask_all(step.gate, bench, quick_only=True)}
        if not all(g.is_passed for g in results.values()):
            shown = tuple(results.get(g.id, g) for g in before.values())
            self._record.write("gates", step=step.id, gates=[gate_record(g) for g in shown])
            raise GateClosed(step=step.id, gates=shown)

    # -- what actions work with ------------------------------------------------------------------------------------------

    def _bench(self, step: Step, work: Work) -> Bench:
        bench: Bench

        def recheck() -> None:
            self._recheck(step, bench)

        bench = Bench(
            state=lambda: self._record.state,
            target=lambda: self._devices.find(bench.serial(), work),
            devices=self._devices,
            images=self._images,
            files=self._files,
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

    def _part(self, name: str, state: PartState, done: int, total: int = 0) -> None:
        self._record.write("part", name=name, state=state.value, done=done, **({"total": total} if total else {}))
        self.in_part = name if state is PartState.WRITING else ""
        self._part_moved(name, done, total)

    def _part_moved(self, name: str, done: int, total: int) -> None:
        self._moved[name] = done
        part = next((p for p in self._record.state.parts if p.name == name), None)
        if part is not None:
            self._record.publish(PartMoved(self._record.run_id, Part(part.name, part.title, done, total or part.total, part.state)))


def _facts(error: FirstlightError) -> dict[str, str]:
    return {k: str(v)[:300] for k, v in error.facts.items() if k not in ("step", "cause", "part", "verb")}


def _with_override(new: GateResult, old: GateResult | None) -> GateResult:
    """An override holds while the check measures the same; also when it can measure nothing, as some bootloaders tell no battery."""
    if old and old.is_overridden and new.overridable and new.ok is not True and new.measured == old.measured:
        return replace(new, is_overridden=True)
    return new
