# SPDX-License-Identifier: Apache-2.0
"""A finished run as data to keep and to show: the album of a build, the certificate of a flash. All of it from the journal; pure.

A certificate says only what the journal says: which checks held and what they measured, what was written and whether anything read it
back. The serial number is shortened to its last four.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from firstlight.guides.state import THROUGH, PartState, RunState, StepState
from firstlight_contract.guide_steps import ProofKind
from firstlight_contract.wire import Words


@dataclass(frozen=True)
class Kept:
    """A value that the tester noted; `is_right` None where the guide does not say what is."""

    kind: ProofKind
    title: Words
    value: str
    unit: str = ""
    is_right: bool | None = None


@dataclass(frozen=True)
class AlbumStep:
    """One step of the album: `number` as in the guide, photos by the SHA-256 of their blobs."""

    number: int
    title: Words
    at: datetime | None
    photos: tuple[str, ...]
    kept: tuple[Kept, ...]
    note: str
    is_by_hand: bool = False


@dataclass(frozen=True)
class CheckRow:
    """A safety check as it stood when the step ran."""

    step: Words
    title: Words
    measured: Words
    is_held: bool
    is_overridden: bool
    is_hint: bool = False
    """It was to know, and nothing that had to hold."""


@dataclass(frozen=True)
class PartRow:
    """What was written; bytes."""

    title: Words
    size: int
    is_done: bool


@dataclass(frozen=True)
class Album:
    """Everything of a run that may be shown. `journal` is the SHA-256 over what it was made from: guide and journal of the run."""

    title: Words
    guide: str
    version: str
    device: str
    tail: str
    build: str
    from_build: str
    started_at: datetime
    finished_at: datetime | None
    steps: tuple[AlbumStep, ...]
    checks: tuple[CheckRow, ...]
    parts: tuple[PartRow, ...]
    is_going_back: bool
    journal: str

    @property
    def photos(self) -> int:
        """In all steps."""
        return sum(len(step.photos) for step in self.steps)

    @property
    def is_certificate(self) -> bool:
        """Something was written to a device."""
        return bool(self.parts)


def album_of(state: RunState, *, journal: str = "") -> Album:
    """The album of a run as it stands; steps that did not apply are left out."""
    steps = tuple(_step(number, step) for number, step in enumerate(state.steps, 1) if step.applies and step.mark in THROUGH)
    build = state.to_write
    return Album(
        title=dict(state.guide.title),
        guide=state.guide.id,
        version=state.guide.version,
        device=state.release.device_name if state.release else state.device.model if state.device else "",
        tail=state.device.tail if state.device else "",
        build=build.version if build else "",
        from_build=state.device.build if state.device else "",
        started_at=state.started_at,
        finished_at=state.finished_at,
        steps=steps,
        checks=tuple(_checks(state)),
        parts=tuple(PartRow(p.title, p.total, p.state is PartState.DONE) for p in state.parts if p.state is not PartState.UNTOUCHED),
        is_going_back=state.is_going_back or bool(state.rolls_back),
        journal=journal,
    )


def _step(number: int, step: StepState) -> AlbumStep:
    wanted = {proof.kind: proof for proof in step.step.prove}
    kept = []
    for evidence in step.evidence:
        proof = wanted.get(evidence.kind)
        if evidence.kind is ProofKind.PHOTO:
            continue
        is_right = None
        if proof is not None:
            try:
                is_right = proof.reads(evidence.value)
            except ValueError:
                is_right = False
        title = dict(proof.title) if proof else {}
        kept.append(Kept(evidence.kind, title, evidence.value, (proof.unit if proof else None) or "", is_right))
    return AlbumStep(number, dict(step.step.title), step.done_at, step.photos, tuple(kept), step.note, step.is_by_hand)


def _checks(state: RunState) -> list[CheckRow]:
    """The checks of the last step that writes, else of all steps: what held in the moment of the write."""
    writing = [step for step in state.steps if step.step.writes and step.gates]
    shown = writing[-1:] or [step for step in state.steps if step.gates]
    confirmed = [step for step in state.steps if step.step.after and step.gates and step not in shown]
    return [
        CheckRow(dict(step.step.title), dict(g.title), dict(g.measured), g.is_passed, g.is_overridden, g.is_hint)
        for step in (*shown, *confirmed)
        for g in step.gates
    ]
