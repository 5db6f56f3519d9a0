# SPDX-License-Identifier: Apache-2.0
"""A run as rows of the rail, pictures to choose from, and reasons why a step is not ready: from core records to words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from firstlight.base.errors import BadInput
from firstlight.devices.address import Address, Way, parse
from firstlight.devices.device import Kind
from firstlight.guides.state import RunState, StepMark, StepState, Timer
from firstlight.guides.ui.picture_panel import Shot
from firstlight.guides.ui.picture_view import marks_of
from firstlight.guides.ui.step_rail import RailStep
from firstlight_contract.guide_steps import Danger, ProofKind, Step
from firstlight_contract.wire import Words, words_in


def short(step: Step, language: str) -> str:
    """The step's name in the rail."""
    return words_in(step.short or step.title, language)


def as_next(step: Step, language: str) -> str:
    """The step's name in "Done, next: …"."""
    return words_in(step.as_next or step.short or step.title, language)


def as_address(told: str) -> Address | None:
    """Where one of several devices is, when it is told by its address; None for a phone, which is told by its serial number."""
    try:
        found = parse(told)
    except BadInput:
        return None
    return None if found.kind is Kind.PHONE else found


def candidate(told: str) -> str:
    """One of several devices, short enough for a button: the end of a serial number, a router's address or MAC, a card's path."""
    found = as_address(told)
    if found is None:
        return told[-4:]
    if found.way is Way.RECOVERY:
        return next((w.removeprefix("mac=") for w in found.where.split(",") if w.startswith("mac=")), found.where)
    return found.where.removeprefix("root@").removesuffix(":22")


def can_open(state: RunState, index: int) -> bool:
    """Whether a step may be shown: a later one only if no machine step that is not through lies between."""
    through = (StepMark.DONE, StepMark.SKIPPED)
    return 0 <= index < len(state.steps) and not any(s.step.is_for_machine and s.mark not in through for s in state.steps[:index])


def rail(state: RunState, language: str, *, is_free: bool = True) -> tuple[RailStep, ...]:
    """All steps as the rail shows them; while a step is at work (`is_free` False) no other can be opened."""
    rows: list[RailStep] = []
    stage: Words = {}
    for at, each in enumerate(state.steps):
        stage = each.step.stage or stage
        sign = "warning" if each.step.danger is not Danger.NONE else "timer" if each.step.timer is not None else ""
        mark = StepMark.NOW if at == state.current and each.mark is StepMark.TODO else each.mark
        rows.append(RailStep(short(each.step, language), words_in(stage, language), mark, sign, is_free and can_open(state, at)))
    return tuple(rows)


def shots(state: RunState, step: StepState, language: str, photo_path: Callable[[str], Path]) -> tuple[Shot, ...]:
    """The guide's pictures of a step, then the tester's own photos."""
    made = [
        Shot(
            state.folder / picture.img,
            words_in(picture.alt, language),
            marks=marks_of(picture),
            has_letters=picture.has_letters,
        )
        for picture in step.step.show
    ]
    words = QCoreApplication.translate("RunWords", "Your photo")
    made += [Shot(photo_path(sha), words, caption=words) for sha in step.photos]
    return tuple(made)


def missing(step: StepState, now: datetime, language: str) -> str:
    """Why the step cannot be ticked yet, as a sentence; "" when it can."""
    kept = {e.kind for e in step.evidence}
    for proof in step.step.prove:
        if proof.required and proof.kind not in kept and proof.kind is not ProofKind.TICK:
            title = words_in(proof.title, language)
            return QCoreApplication.translate("RunWords", "Still needed: {what}").format(what=title)
    if step.step.timer is not None and step.step.timer.hold:
        timer = step.timer or Timer(step.step.timer.seconds)
        if timer.left_s(now) <= 0:
            return ""
        if timer.is_running:
            return QCoreApplication.translate("RunWords", "Waits until the timer is over")
        return QCoreApplication.translate("RunWords", "Start the timer first")
    return ""


def minutes_left(state: RunState) -> int:
    """The guide's own minutes, by the share of steps that are open."""
    left = len(state.steps) - state.done
    return max(1, round(state.guide.minutes * left / len(state.steps))) if left else 0
