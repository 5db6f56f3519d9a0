# SPDX-License-Identifier: Apache-2.0
"""What a run of a guide is at this moment: frozen records that the journal's replay makes and that windows show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from firstlight.devices.device import PRACTICE_PREFIX, Device, Kind
from firstlight_contract.firmware import Release
from firstlight_contract.guide_options import Answer
from firstlight_contract.guide_steps import ProofKind, Step
from firstlight_contract.guides import Guide
from firstlight_contract.wire import Words


class StepMark(StrEnum):
    """Where a step stands. RUNNING: its machine part is at work now; FAILED: it stopped with a fault."""

    TODO = "todo"
    NOW = "now"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    RUNNING = "running"


THROUGH = (StepMark.DONE, StepMark.SKIPPED)
"""Marks of steps that lie behind."""


@dataclass(frozen=True)
class Evidence:
    """Something kept for a step; the value of a photo is the SHA-256 of a blob, of a tick "1"."""

    kind: ProofKind
    value: str
    at: datetime


@dataclass(frozen=True)
class Timer:
    """A waiting time on the wall clock: it goes on while Firstlight is closed."""

    total_s: float
    started_at: datetime | None = None
    left_when_paused_s: float | None = None

    @property
    def is_running(self) -> bool:
        """Started and not paused; it may have run out."""
        return self.started_at is not None

    def left_s(self, now: datetime) -> float:
        """Seconds left, never below 0 nor above the total (a clock may be set back)."""
        left = self.total_s if self.left_when_paused_s is None else self.left_when_paused_s
        if self.started_at is not None:
            left -= (now - self.started_at).total_seconds()
        return min(max(left, 0.0), self.total_s)


@dataclass(frozen=True)
class GateResult:
    """One row of the safety checks. `ok` None: not asked yet, or not known. `id` is unique within the step."""

    id: str
    title: Words
    ok: bool | None
    measured: Words = field(default_factory=dict)
    mend: Words = field(default_factory=dict)
    overridable: bool = False
    is_overridden: bool = False
    is_hint: bool = False
    """Told and holding nobody up: what could not be known, or matters little."""
    at: datetime | None = None

    @property
    def is_passed(self) -> bool:
        """Held, overridden by the tester, or no more than a hint."""
        return self.ok is True or self.is_overridden or self.is_hint


class PartState(StrEnum):
    """Where an image stands. HALF: a write began and did not end."""

    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    HALF = "half"
    UNTOUCHED = "untouched"


@dataclass(frozen=True)
class Part:
    """One image of a build on its way to the phone; bytes. UNTOUCHED is the tester's own data."""

    name: str
    title: Words
    done: int
    total: int
    state: PartState


@dataclass(frozen=True)
class Failure:
    """Why a step stopped: `code` and `facts` as the error's; `part` with its bytes when an image was being written."""

    step_id: str
    code: str
    facts: dict[str, str]
    at: datetime
    part: str = ""
    done: int = 0
    total: int = 0
    ask: tuple[Words, ...] = ()
    """What the guide asks the tester to do with hands before the next try."""
    phase: str = "do"
    """As of `Uncertain`: in "undo" the step was being taken back, and is so still."""

    @property
    def percent(self) -> int:
        """Of all bytes of the build."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class StepState:
    """One step of the run."""

    step: Step
    mark: StepMark
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    timer: Timer | None = None
    stopped_at: datetime | None = None
    done_at: datetime | None = None
    gates: tuple[GateResult, ...] = ()
    applies: bool = True
    """Its condition holds by the answers given; a step that does not apply is passed over."""
    is_agreed: bool = False
    """The tester typed the word that its danger asks for, for the device that the run is bound to."""
    may_repeat: bool = False
    """The tester allowed what is never repeated by itself."""
    may_fetch: bool = False
    """The tester saw what it fetches from the web, and from where, and said yes."""
    is_by_hand: bool = False
    """The tester did it without the machine, and the checks held."""

    @property
    def photos(self) -> tuple[str, ...]:
        """Hashes of the photos kept here."""
        return tuple(e.value for e in self.evidence if e.kind is ProofKind.PHOTO)


@dataclass(frozen=True)
class Uncertain:
    """An action that began and of which no end was written: the program was killed, or the power failed."""

    step_id: str
    verb: str
    index: int
    at: datetime
    part: str = ""
    phase: str = "do"
    """do | rescue | else | undo | after"""


@dataclass(frozen=True)
class RunDevice:
    """The device that a run is bound to, as it was told when bound."""

    serial: str
    model: str
    product: str
    board: str
    build: str
    kind: str = Kind.PHONE.value
    address: str = ""
    """As `--device` takes it, for devices that are found by their address; a phone is found by its serial number."""

    @classmethod
    def of(cls, device: Device) -> RunDevice:
        """What a run remembers of a device."""
        is_phone = device.kind is Kind.PHONE
        return cls(
            serial=device.serial,
            model=device.model or device.product,
            product=device.product,
            board=device.board,
            build=device.build,
            kind=device.kind.value,
            address="" if is_phone else device.where,
        )

    @classmethod
    def read(cls, record: Mapping[str, object]) -> RunDevice:
        """From a journal, also one that an older or newer program wrote."""
        known = {name: str(record[name]) for name in cls.__dataclass_fields__ if record.get(name)}
        return cls(**({"serial": "", "model": "", "product": "", "board": "", "build": ""} | known))

    @property
    def tail(self) -> str:
        """The last four of the serial number: how a tester names it, and what an override must repeat."""
        return self.serial[-4:]

    @property
    def is_practice(self) -> bool:
        """An emulated device: nothing of the tester's is on it."""
        return self.serial.startswith(PRACTICE_PREFIX)


@dataclass(frozen=True)
class RunState:
    """A run: everything derives from its journal. `current` is the index of the step to show."""

    run_id: str
    guide: Guide
    guide_hash: str
    folder: Path
    """Where guide.yaml and its pictures of this run lie."""
    account_id: int
    steps: tuple[StepState, ...]
    current: int
    device: RunDevice | None
    started_at: datetime
    kept_at: datetime
    finished_at: datetime | None = None
    is_given_up: bool = False
    uncertain: Uncertain | None = None
    failure: Failure | None = None
    release: Release | None = None
    previous: Release | None = None
    """The way back; None when the hub lists no build before this one."""
    is_going_back: bool = False
    """The tester chose to put the previous build back; `release` stays what was chosen first."""
    parts: tuple[Part, ...] = ()
    failed_once: bool = False
    """A write stopped in this run: a later success is a recovery."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """To the guide's questions; defaults stand in until they are answered."""
    is_answered: bool = True
    """The tester has seen the questions; True for a guide without any."""
    told_apart: bool | None = None
    """Whether the tester found the device to be the right one of those that look alike; None: not asked."""
    met: frozenset[str] = frozenset()
    """Prerequisites that are met."""
    is_signed: bool = False
    """The guide came with the program or from the maker, signed."""
    rolls_back: str = ""
    """The run whose build this one takes back; "" for a run of its own."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Addresses of other devices than the run's own that the tester chose, by kind: where a rescued router is to answer."""
    guides: Mapping[str, str] = field(default_factory=dict)
    """Sub-guides that its steps came from: id and version."""

    @property
    def now(self) -> StepState:
        """The step to show."""
        return self.steps[self.current]

    @property
    def following(self) -> StepState | None:
        """The next step that applies; None on the last one."""
        return next((step for step in self.steps[self.current + 1 :] if step.applies), None)

    @property
    def photos(self) -> int:
        """Photos kept in all steps."""
        return sum(len(s.photos) for s in self.steps)

    @property
    def done(self) -> int:
        """Steps that are through."""
        return sum(s.mark in THROUGH for s in self.steps)

    @property
    def to_write(self) -> Release | None:
        """The build that is to be on the phone in the end."""
        return self.previous if self.is_going_back else self.release

    @property
    def written(self) -> tuple[int, int]:
        """Bytes written and to write, over all parts that are written."""
        parts = [p for p in self.parts if p.state is not PartState.UNTOUCHED]
        return sum(p.done for p in parts), sum(p.total for p in parts)

    @property
    def unmet(self) -> tuple[str, ...]:
        """Prerequisites that are still open."""
        return tuple(slug for slug in self.guide.prerequisites if slug not in self.met)

    def step(self, step_id: str) -> StepState:
        """The state of one step; KeyError when there is none."""
        return self.steps[self.guide.index(step_id)]

    def open_needs(self, step_id: str) -> tuple[str, ...]:
        """Steps that must be through before this one; what a step needs that does not apply, is needed in its place."""
        found: list[str] = []
        for need in self.guide.needs(self.step(step_id).step):
            if not self.step(need).applies:
                found += self.open_needs(need)
            elif self.step(need).mark not in THROUGH:
                found.append(need)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Fact:
    """One row of "Your A1 right now": asked now, not guessed. `ok` None: could not be read, say "not known"."""

    id: str
    """answers | bootloader | data | part:NAME | battery"""
    title: Words
    ok: bool | None
    value: Words


@dataclass(frozen=True)
class WayOn:
    """One thing that the tester may do after a failure, safest first. `id`: again | back | later."""

    id: str
    title: Words
    text: Words
    button: Words
    erases: bool = False


# What rooms and windows hear, by base/events.


@dataclass(frozen=True)
class RunChanged:
    """The run has a new state; ask its player."""

    run_id: str


@dataclass(frozen=True)
class ConsoleLine:
    """A line that a tool said, or the player about it; `tone`: plain | ok | warn | error."""

    run_id: str
    at: datetime
    text: str
    tone: str = "plain"


@dataclass(frozen=True)
class PartMoved:
    """More bytes of a part were written; comes several times a second."""

    run_id: str
    part: Part


@dataclass(frozen=True)
class Stalled:
    """The device has not moved for so long; `seconds` 0 says that it moves again."""

    run_id: str
    seconds: int
