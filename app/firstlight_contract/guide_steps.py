# SPDX-License-Identifier: Apache-2.0
"""One step of a guide: words and pictures, when it applies, what the machine asks and does, what is kept as proof."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from firstlight_contract.actions import Check, Deed
from firstlight_contract.doc import Doc
from firstlight_contract.guide_options import Condition
from firstlight_contract.guide_words import GuideWords, Line, Picture, Thing, lettered
from firstlight_contract.wire import Slug

_UNITS = {"s": 1, "m": 60, "h": 3600}
_Duration = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(s|m|h)$")]


def seconds_of(raw: object) -> object:
    """`90s`, `3m`, `1h` in seconds; a number is seconds."""
    if isinstance(raw, str) and raw[-1:] in _UNITS and raw[:-1].isascii() and raw[:-1].isdecimal() and len(raw) < 8:
        return int(raw[:-1]) * _UNITS[raw[-1]]
    return raw


Duration = Annotated[int, Field(ge=1, le=24 * 3600), BeforeValidator(seconds_of, json_schema_input_type=_Duration | int)]
"""`90s`, `3m`, `1h`, or a number of seconds; a day at most."""


class Danger(StrEnum):
    """What can go wrong in a step at worst. Before `data_loss` and `brick` the tester types a word."""

    NONE = "none"
    INJURY = "injury"
    DATA_LOSS = "data_loss"
    BRICK = "brick"


class ProofKind(StrEnum):
    """What a tester may keep as evidence of a step."""

    TICK = "tick"
    PHOTO = "photo"
    COUNT = "count"
    MEASURE = "measure"
    TEXT = "text"


class Again(StrEnum):
    """How a step may be repeated after a crash, loosest first. A guide can only ask for more care than the verb itself."""

    SAFE = "safe"
    FROM_START = "from_start"
    PROBE = "probe"
    NEVER = "never"


def _as_timer(raw: object) -> object:
    return {"seconds": raw} if isinstance(raw, str | int) else raw


class StepTimer(Doc):
    """A waiting time; `hold` keeps the step open until it is over. `timer: 3m` is a timer without a label."""

    seconds: Duration
    label: GuideWords = Field(default_factory=dict)
    hold: bool = False

    _plain = model_validator(mode="before")(_as_timer)


def _as_proof(raw: object) -> object:
    return {"kind": raw} if isinstance(raw, str) else raw


class Proof(Doc):
    """Evidence that a step asks for; a required one says why. A plain word is its kind. A count says how many are expected, a
    measure its unit and the range that is right: what lies outside is kept too, and said.
    """

    kind: ProofKind
    title: GuideWords = Field(default_factory=dict)
    required: bool = False
    why: GuideWords = Field(default_factory=dict)
    expect: int | None = Field(default=None, ge=0, le=1_000_000)
    unit: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x20\x7f-\x9f]{1,12}$")] | None = None
    min: float | None = None
    max: float | None = None

    _plain = model_validator(mode="before")(_as_proof)

    @model_validator(mode="after")
    def _fields_fit_the_kind(self) -> Self:
        if self.expect is not None and self.kind is not ProofKind.COUNT:
            raise ValueError("only a count has a number that is expected")
        if (self.unit or self.min is not None or self.max is not None) and self.kind is not ProofKind.MEASURE:
            raise ValueError("only a measure has a unit and a range")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is above max")
        return self

    def reads(self, value: str) -> bool | None:
        """Whether a value is right; None when the guide does not say what is; ValueError when it is no value of this kind."""
        if self.kind is ProofKind.COUNT:
            if not (value.isascii() and value.isdecimal() and len(value) < 8):
                raise ValueError(value)
            return None if self.expect is None else int(value) == self.expect
        if self.kind is ProofKind.MEASURE:
            number = float(value.replace(",", "."))
            if number != number or abs(number) > 1e12:
                raise ValueError(value)
            if self.min is None and self.max is None:
                return None
            return (self.min is None or number >= self.min) and (self.max is None or number <= self.max)
        return None


class Step(Doc):
    """One step: words and pictures; `if` it applies; `gate` (read-only) before `do`, then `after`; `else` when `do` failed. A step
    that `uses` another guide stands for that guide's steps. Without a title it is called as its id.
    """

    id: Slug
    title: GuideWords
    short: GuideWords = Field(default_factory=dict, description="In the rail of steps; empty means the title.")
    as_next: GuideWords = Field(default_factory=dict, description="In “Done, next: …”; empty means `short`.")
    stage: GuideWords = Field(default_factory=dict, description="Heading of a group; empty means the group of the step before.")
    say: tuple[Line, ...] = Field(default=(), max_length=8)
    show: tuple[Picture, ...] = Field(default=(), max_length=3)
    tools: tuple[Thing, ...] = Field(default=(), max_length=12)
    parts: tuple[Thing, ...] = Field(default=(), max_length=24)
    if_: Condition | None = Field(default=None, alias="if", description="Without it the step always applies.")
    uses: Slug | None = Field(default=None, description="Another guide whose steps stand here.")
    needs: tuple[Slug, ...] | None = Field(
        default=None, description="Steps that must stay done for this one to hold; not given: the step before. Undo follows these."
    )
    gate: tuple[Check, ...] = Field(default=(), max_length=24, description="All must hold, asked in the second before `do`.")
    do: tuple[Deed, ...] = Field(default=(), max_length=64)
    else_: tuple[Deed, ...] = Field(default=(), alias="else", max_length=16)
    after: tuple[Check, ...] = Field(default=(), max_length=24, description="Hold once `do` is through, or the step has failed.")
    undo: tuple[Deed, ...] = Field(default=(), max_length=16, description="What takes `do` back when the tester undoes the step.")
    timer: StepTimer | None = None
    timeout: Duration | None = Field(
        default=None, description="How long `do` may take; of a step with checks alone: how long they are asked again until they hold."
    )
    prove: tuple[Proof, ...] = Field(default=(), max_length=6)
    danger: Danger = Danger.NONE
    optional: bool = False
    again: Again | None = None

    @model_validator(mode="before")
    @classmethod
    def _titled_and_lettered(cls, raw: object) -> object:
        if isinstance(raw, Mapping) and "title" not in raw and isinstance(raw.get("id"), str):
            words: dict[str, Any] = dict(raw)
            raw = words | {"title": words["id"].replace("-", " ").replace("_", " ").replace(".", " ").strip().capitalize() or "-"}
        return lettered(raw)

    @property
    def is_for_machine(self) -> bool:
        """Whether Firstlight does something in this step, rather than the tester's hands alone."""
        return bool(self.gate or self.do or self.after)

    @property
    def writes(self) -> bool:
        """Whether it changes what a device keeps."""
        return any(deed.writes for deed in (*self.do, *self.else_))

    @property
    def sends(self) -> bool:
        """Whether an image goes to a device in it, to stay there or not."""
        return any(deed.writes or deed.sends for deed in (*self.do, *self.else_, *self.undo))

    @property
    def needs_word(self) -> bool:
        """Whether the tester types a word before it runs."""
        return self.danger in (Danger.DATA_LOSS, Danger.BRICK) and self.is_for_machine

    def actions(self) -> tuple[tuple[str, tuple[Check | Deed, ...]], ...]:
        """All actions of the step, by the key that they stand under."""
        return (("gate", self.gate), ("do", self.do), ("else", self.else_), ("after", self.after), ("undo", self.undo))

    @model_validator(mode="after")
    def _lines_point_at_marks(self) -> Self:
        shown = {m.letter for p in self.show for m in p.marks}
        for line in self.say:
            if line.mark and self.show and line.mark not in shown:
                raise ValueError(f"line {line.mark} points at nothing: no picture of the step has a mark {line.mark}")
        return self

    @model_validator(mode="after")
    def _a_guide_or_own_actions(self) -> Self:
        if self.uses and (self.is_for_machine or self.else_ or self.say or self.show or self.prove):
            raise ValueError("a step that uses another guide has nothing of its own but id, title, stage, if and needs")
        return self


RescueKind = Literal["bootloader_locked", "low_battery", "wrong_device", "lost_device", "unauthorised"]
"""Why a step may fail so that a guide knows better; `unauthorized` is read too."""
