# SPDX-License-Identifier: Apache-2.0
"""What must hold before a step of the machine's may start, beside the guide's own checks: order, answers, the typed word, the
right one of look-alikes, the way back on this PC. No guide can leave these out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from firstlight.firmware.images import Images
from firstlight.guides import way_back
from firstlight.guides.errors import StepNotReady
from firstlight.guides.state import GateResult, PartState, RunState
from firstlight.guides.way_back import Recovery
from firstlight.guides.words import words
from firstlight_contract.actions import AnyDeed
from firstlight_contract.firmware import Release
from firstlight_contract.guide_steps import Step
from firstlight_contract.guides import Guide


def _nothing(_: Guide) -> Recovery | None:
    return None


def check_ready(state: RunState, step: Step) -> None:
    """StepNotReady says what the tester has to do first."""
    for need in state.open_needs(step.id):
        raise StepNotReady(step=need, reason="order")
    check_answered(state, step)
    if state.unmet:
        raise StepNotReady(step=step.id, reason="prerequisite", guide=state.unmet[0])
    known = state.device is not None  # before that a rescue is asked for itself: on practice devices it may
    check_signed(state, step, tuple(d for d in shells(state.guide, step, with_undo=False) if known or d in (*step.do, *step.else_)))
    if step.do:
        check_agreed(state, step)


def shells(guide: Guide, step: Step, *, with_undo: bool = True) -> tuple[AnyDeed, ...]:
    """Deeds that run a command on the device when the step is run or taken back; what is under `rescue` may follow any action."""
    rescues = (deed for deeds in guide.rescue.values() for deed in deeds) if step.do else ()
    deeds = (*step.do, *step.else_, *rescues, *(step.undo if with_undo else ()))
    return tuple(deed for deed in deeds if deed.device_shell)


def check_signed(state: RunState, step: Step, commands: tuple[AnyDeed, ...]) -> None:
    """StepNotReady when the guide may not run them."""
    if commands and not may_command(state):
        raise StepNotReady(step=step.id, reason="unsigned")


def may_command(state: RunState) -> bool:
    """Only the maker's own guides run commands on a device, and anybody's on practice devices."""
    return state.is_signed or (state.device is not None and state.device.is_practice)


def check_agreed(state: RunState, step: Step) -> None:
    """The word was typed for this very device, where the step's danger asks for one."""
    if step.needs_word and not state.step(step.id).is_agreed:
        raise StepNotReady(step=step.id, reason="word")


def check_answered(state: RunState, step: Step) -> None:
    """A guide that asks is answered before anything is done."""
    if not state.is_answered or any(option.id not in state.answers for option in state.guide.ask):
        raise StepNotReady(step=step.id, reason="answers")


def listed(state: RunState, step: Step, releases: Callable[[], tuple[Release, ...]], now: datetime) -> tuple[GateResult, ...]:
    """A row when the hub lists the chosen build no more: its maker may have taken it back since the run began. What is half written had
    better be written whole, and the way back is not held up.
    """
    build, untouched = state.release, (PartState.WAITING, PartState.UNTOUCHED)
    if build is None or not step.sends or state.is_going_back or state.rolls_back or any(p.state not in untouched for p in state.parts):
        return ()
    if any(release.id == build.id for release in releases()):
        return ()
    is_practice = state.device is not None and state.device.is_practice
    measured, mend = words("listed.not", build=build.version), words("listed.mend")
    ok = None if is_practice else False
    return (GateResult("listed", words("listed"), ok, measured, mend, overridable=not is_practice, is_hint=is_practice, at=now),)


def rows(
    state: RunState, step: Step, images: Images, now: datetime, recovery: Callable[[Guide], Recovery | None] = _nothing
) -> tuple[GateResult, ...]:
    """Rows that stand below the guide's own checks of a step that sends an image anywhere, to stay there or not. `recovery` tells what is
    here of the guide that leads back; where it is not asked, in the middle of a step, there is no row about that guide.
    """
    if not step.sends:
        return ()
    found = []
    if state.guide.for_.not_:
        others = ", ".join(state.guide.for_.not_)
        said = state.told_apart
        measured = words("alike.open", others=others) if said is None else words("alike.yes" if said else "alike.no", others=others)
        mend = {} if said else words("alike.mend", others=others)
        found.append(GateResult("alike", words("alike"), said, measured, mend, at=now))
    if not state.is_going_back and not state.rolls_back:
        asked = recovery(state.guide) if state.previous is None else None
        back = way_back.row(state, images, asked, now)
        found += [back] if back is not None else []
    return tuple(found)
