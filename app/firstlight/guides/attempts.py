# SPDX-License-Identifier: Apache-2.0
"""One action of a step: journal, act, journal; then what the guide knows against the fault: rescue once and again, else, hands.

What may be repeated after a crash is fixed by the verb's class (`actions/verb.py`), and a step may ask for more care. Before an
action of class `probe` is begun a second time the device itself is asked; one of class `never` waits for the tester's word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.devices.errors import DeviceError
from firstlight.guides import guards
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.table import DEEDS
from firstlight.guides.actions.verb import Again
from firstlight.guides.errors import ActionFailed, GateClosed, Unsettled
from firstlight.guides.record import RunRecord
from firstlight.store.disk import fault_of
from firstlight_contract.actions import AnyDeed
from firstlight_contract.guide_steps import Danger, RescueKind, Step
from firstlight_contract.verbs.people import HumanDo
from firstlight_contract.wire import Words

PROBE_S = 90.0
"""How long a device may be away before the question whether something has happened is given up."""
_LOOK_EVERY_S = 0.5
_RESCUE: dict[str, RescueKind] = {
    "device.locked": "bootloader_locked",
    "device.battery_low": "low_battery",
    "device.lost": "lost_device",
    "device.stalled": "lost_device",
    "device.not_found": "lost_device",
    "device.router_lost": "lost_device",
    "device.router_stalled": "lost_device",
    "device.router_not_found": "lost_device",
    "recovery.stalled": "lost_device",
    "device.unauthorised": "unauthorised",
    "device.wrong": "wrong_device",
}
_ORDER = tuple(Again)


def class_of(step: Step, deed: AnyDeed) -> Again:
    """The verb's class, or the step's when that is stricter."""
    own = DEEDS[type(deed)].again
    return max(own, step.again or own, key=_ORDER.index)


@dataclass
class Attempts:
    """For one step at a time. `pass_gates` asks the step's checks (GateClosed); `written` tells part and bytes at a fault."""

    record: RunRecord
    pass_gates: Callable[[Step, Bench], None]
    written: Callable[[], tuple[str, int]]

    def do(self, step: Step, index: int, deed: AnyDeed, bench: Bench, phase: str = "do") -> None:
        """As it is, then once more after a rescue, then by `else`. ActionFailed when all that did not help."""
        try:
            if self._is_behind(step, index, deed, bench, phase):
                return
        except Cancelled:
            raise
        except FirstlightError as unknown:
            self.record.write("begin", step=step.id, i=index, verb="probe", serial=bench.serial())
            self.end(step, {"code": unknown.code, "facts": facts_of(unknown)})
            raise ActionFailed(step=step.id, cause=unknown.code, part="", verb=deed.verb, **facts_of(unknown)) from unknown
        asked: list[Words] = []
        bench = replace(bench, ask=asked.append)
        error = self._try(step, index, deed, bench, phase)
        if error and phase == "do":
            error = self._help(step, index, deed, bench, error, asked)
        if error or asked:
            self._fail(step, index, deed, error, tuple(asked))

    def behind(self, step: Step, bench: Bench) -> int:
        """How many of the first actions of a step that was cut off are behind it, if nothing that is left writes: the step's checks were
        asked before the first of them and need not hold any more, as a phone that has restarted answers to none of them. Else 0.
        """
        begun = [r["i"] for r in _current(self.record.tries(step)) if r["phase"] == "do" and r["verb"] != "probe"]
        last = max((i for i in begun if isinstance(i, int) and i < len(step.do)), default=-1)
        if any(deed.writes for deed in step.do[last + 1 :]):
            return 0
        while last >= 0 and class_of(step, step.do[last]) is Again.SAFE and not step.do[last].writes:
            last -= 1  # a wait says nothing about where the device stands; what it waited for does
        if last < 0 or class_of(step, step.do[last]) not in (Again.PROBE, Again.NEVER):
            return 0
        try:
            return last + 1 if self._probe(step.do[last], bench) else 0
        except DeviceError:
            return 0  # it does not answer: the checks say so

    def has_happened(self, step: Step, deed: AnyDeed, bench: Bench) -> bool:
        """What the device says, asked once; False also when it does not answer."""
        verb = DEEDS[type(deed)]
        if class_of(step, deed) not in (Again.PROBE, Again.NEVER) or verb.has_happened is None:
            return False
        try:
            return verb.has_happened(deed, bench)
        except FirstlightError:
            return False  # it does not answer: whoever waits for it will say so

    def _is_behind(self, step: Step, index: int, deed: AnyDeed, bench: Bench, phase: str) -> bool:
        """Whether it needs not to be done: it has happened, or hands have done what it asked for. Unsettled when nobody can tell."""
        whole = self.record.tries(step)
        tries, now = (
            [r for r in some if (r["phase"], r["i"], r["verb"]) == (phase, index, deed.verb)] for some in (whole, _current(whole))
        )
        if not tries:
            return False
        if isinstance(deed, HumanDo):
            return any(r["end"] == "guide.hands_needed" for r in tries) and self._is_noticed(deed, bench)
        again = class_of(step, deed)
        if deed.writes and now and now[-1]["end"] == "ok" and not DEEDS[type(deed)].asks_always:
            return True  # to erase once more what was written behind it would undo that
        if again not in (Again.PROBE, Again.NEVER):
            return False
        if again is Again.NEVER and any(r["end"] == "ok" for r in tries):
            return True
        if self._probe(deed, bench):
            self.record.say(f"{deed.verb} has happened already", "ok")
            return True
        if again is Again.NEVER and not self.record.state.step(step.id).may_repeat:
            raise Unsettled(verb=deed.verb)
        return False

    def _is_noticed(self, deed: HumanDo, bench: Bench) -> bool:
        verb = DEEDS[HumanDo]
        return verb.has_happened is None or verb.has_happened(deed, bench)

    def _probe(self, deed: AnyDeed, bench: Bench) -> bool:
        """Ask the device, and wait for it when it is away: to begin again without having asked is never safe."""
        verb = DEEDS[type(deed)]
        if verb.has_happened is None:
            return False
        waited = 0.0
        while True:
            try:
                return verb.has_happened(deed, bench)
            except DeviceError as error:
                if waited >= PROBE_S or not error.retryable:
                    raise
            bench.work.say("probe", int(waited), int(PROBE_S))
            bench.work.wait(_LOOK_EVERY_S)
            waited += _LOOK_EVERY_S

    def _help(
        self, step: Step, index: int, deed: AnyDeed, bench: Bench, error: FirstlightError, asked: list[Words]
    ) -> FirstlightError | None:
        """What the guide knows against this fault; the gates hold for the next try as for the first."""
        kind = _RESCUE.get(error.code)
        rescue = self.record.guide.rescue.get(kind, ()) if kind else ()
        if any(r.erases for r in rescue) and not self._may_erase(step):
            self.record.say(f"{error.code}: what the guide knows against it erases the device, and nobody agreed to that", "warn")
            rescue = ()
        if any(r.writes or r.sends for r in rescue) and not step.sends:
            self.record.say(f"{error.code}: what the guide knows against it writes, and this step was not checked for that", "warn")
            rescue = ()
        if any(r.device_shell for r in rescue) and not guards.may_command(self.record.state):
            self.record.say(f"{error.code}: what the guide knows against it runs commands, and the maker has not signed the guide", "warn")
            rescue = ()
        if rescue:
            self.record.say(f"{error.code}: rescue {kind}", "warn")
            if not any(self._try(step, index, r, bench, "rescue") for r in rescue) and not asked:
                self.pass_gates(step, bench)
                again = self._try(step, index, deed, bench, "do")
                if again is None:
                    return None
                error = again
        if step.else_ and not asked:
            self.record.say(f"{error.code}: the other way", "warn")
            if any(other.writes for other in step.else_):
                self.pass_gates(step, bench)
            if not any(self._try(step, index, r, bench, "else") for r in step.else_) and not asked:
                self.pass_gates(step, bench)
                return None
        return error

    def _may_erase(self, step: Step) -> bool:
        """Whether the tester typed the word for losing data, not for another danger; nothing of theirs is on a practice device."""
        state = self.record.state
        is_practice = state.device is not None and state.device.is_practice
        return is_practice or (step.danger is Danger.DATA_LOSS and state.step(step.id).is_agreed)

    def _try(self, step: Step, index: int, deed: AnyDeed, bench: Bench, phase: str) -> FirstlightError | None:
        """Journal, act, journal. A fault that we know is the answer; a stop and a closed gate go through."""
        where = {} if phase == "do" else {"phase": phase}
        bench.files.begin()
        self.record.write("begin", step=step.id, i=index, verb=deed.verb, serial=bench.serial(), **where)
        if deed.device_shell:
            self.record.say(f"runs on the device: {deed.verb} {deed.shown()}", "warn")
        try:
            DEEDS[type(deed)].run(deed, bench)
        except (Cancelled, GateClosed) as error:
            midway = {"reason": "midway"} if error.facts.get("reason") == "midway" else {}
            self.end(step, {"code": error.code, "facts": midway})
            raise
        except (FirstlightError, OSError) as fault:
            known = fault if isinstance(fault, FirstlightError) else fault_of(fault, self.record.folder)
            self.record.say(f"{deed.verb}: {known.code}, " + ", ".join(f"{k} {v}" for k, v in facts_of(known).items()), "error")
            part, done = self.written()
            self.end(step, {"code": known.code, "facts": facts_of(known), "part": part, "part_done": done})
            return known
        self.end(step, None)
        return None

    def _fail(self, step: Step, index: int, deed: AnyDeed, error: FirstlightError | None, asked: tuple[Words, ...]) -> None:
        """Write down what hands are asked for, and raise."""
        code = error.code if error else "guide.hands_needed"
        facts = facts_of(error) if error else {}
        failure = self.record.state.failure
        part = failure.part if failure else ""
        if asked:
            done = next((p.done for p in self.record.state.parts if p.name == part), 0)
            self.record.write("begin", step=step.id, i=index, verb="human.do", serial="")
            self.end(step, {"code": code, "facts": facts, "part": part, "part_done": done, "ask": [dict(a) for a in asked]})
        raise ActionFailed(step=step.id, cause=code, part=part, verb=deed.verb, **facts) from error

    def end(self, step: Step, failure: dict[str, Any] | None) -> None:
        """The end of what was begun last."""
        self.record.write("end", step=step.id, ok=failure is None, **({"failure": failure} if failure else {}))


def _current(tries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tries since the step's checks behind its actions last said that it is not as it should be: then all of it is done anew."""
    refuted = max((i for i, r in enumerate(tries) if r["phase"] == "after"), default=-1)
    return tries[refuted + 1 :]


def facts_of(error: FirstlightError) -> dict[str, str]:
    """Of an error, as the journal keeps them: bounded, as devices are quoted in them."""
    return {k: str(v)[:300] for k, v in error.facts.items() if k not in ("step", "cause", "part", "verb")}
