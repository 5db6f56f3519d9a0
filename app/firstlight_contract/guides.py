# SPDX-License-Identifier: Apache-2.0
"""A guide, format `guide: 1`: words, pictures, and typed actions. Data from strangers: everything is bounded, nothing is a path.

Desktop and hub read the same model; `firstlight.guides.document` and `firstlight_hub.guides` turn YAML text into it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from firstlight_contract.actions import Check, Deed
from firstlight_contract.verbs.doc import Doc
from firstlight_contract.wire import Slug, Version

MAX_DOCUMENT = 512 * 1024
"""Bytes of a guide's YAML, at most."""
MAX_PICTURE = 8 * 1024 * 1024
"""Bytes of one picture, at most."""

_Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
_Sentence = Annotated[str, StringConstraints(min_length=1, max_length=600, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]+$")]


def _as_words(raw: object) -> object:
    return {"en": raw} if isinstance(raw, str) else raw


GuideWords = Annotated[dict[_Language, _Sentence], Field(max_length=12), BeforeValidator(_as_words)]
"""`{en: …, zh_CN: …}`; a plain string is English."""
PictureName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.(svg|png|jpg|jpeg|webp)$")]
"""A file beside the guide; never a path."""
MarkLetter = Literal["A", "B", "C", "D", "E", "F", "G", "H"]


class GuideKind(StrEnum):
    """What a guide does."""

    FLASH = "flash"
    RECOVER = "recover"
    IMAGE = "image"
    ASSEMBLE = "assemble"
    CHECK = "check"


class Effect(StrEnum):
    """What becomes of the tester's data; always shown before the start."""

    KEEPS_DATA = "keeps_data"
    KEEPS_SETTINGS = "keeps_settings"
    ERASES_NOTHING = "erases_nothing"
    ERASES_SETTINGS = "erases_settings"
    ERASES_DATA = "erases_data"


class Difficulty(StrEnum):
    """How much care it takes."""

    EASY = "easy"
    MEDIUM = "medium"
    CAREFUL = "careful"


class Way(StrEnum):
    """What connects the device: shown on the card of the guide."""

    USB = "usb"
    NETWORK = "network"
    TFTP = "tftp"
    CARD = "card"
    HANDS = "hands"


class Danger(StrEnum):
    """What can go wrong in a step at worst."""

    NONE = "none"
    INJURY = "injury"
    DATA_LOSS = "data_loss"
    BRICK = "brick"


class Tone(StrEnum):
    """How a line is meant."""

    PLAIN = "plain"
    NOTE = "note"
    CAUTION = "caution"


class ProofKind(StrEnum):
    """What a tester may keep as evidence of a step."""

    TICK = "tick"
    PHOTO = "photo"
    COUNT = "count"
    MEASURE = "measure"
    TEXT = "text"


class Line(Doc):
    """One line of a step. `mark` ties it to a place in the picture; `strong` is its bold beginning; a caution is a banner."""

    text: GuideWords
    strong: GuideWords = Field(default_factory=dict)
    mark: MarkLetter | None = None
    tone: Tone = Tone.PLAIN


class Mark(Doc):
    """Where a letter points: `at` is x and y as parts of width and height, 0…1."""

    letter: MarkLetter
    at: tuple[Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)]]


class Picture(Doc):
    """A picture of a step; `has_letters` says that the file itself shows the letters already, so nobody paints them twice."""

    img: PictureName
    alt: GuideWords
    marks: tuple[Mark, ...] = Field(default=(), max_length=8)
    has_letters: bool = False


class Thing(Doc):
    """A tool or a part: `icon` is a name of the app's icons ("screwdriver", "nut", "hand")."""

    name: GuideWords
    icon: Slug = "wrench"


class StepTimer(Doc):
    """A waiting time; `hold` keeps the step open until it is over."""

    seconds: int = Field(ge=1, le=24 * 3600)
    label: GuideWords
    hold: bool = False


class Proof(Doc):
    """Evidence that a step asks for; a required one says why."""

    kind: ProofKind
    title: GuideWords
    required: bool = False
    why: GuideWords = Field(default_factory=dict)


class Step(Doc):
    """One step: words and pictures, then gate (read-only), do, else."""

    id: Slug
    title: GuideWords
    short: GuideWords = Field(default_factory=dict)
    """In the rail of steps; empty means the title."""
    as_next: GuideWords = Field(default_factory=dict)
    """In "Done, next: …"; empty means `short`."""
    stage: GuideWords = Field(default_factory=dict)
    """Heading of a group; empty means: the group of the step before."""
    say: tuple[Line, ...] = Field(default=(), max_length=8)
    show: tuple[Picture, ...] = Field(default=(), max_length=3)
    tools: tuple[Thing, ...] = Field(default=(), max_length=6)
    needs: tuple[Slug, ...] | None = None
    """Steps that must stay done for this one to hold; not given: the step before. Undo follows these."""
    gate: tuple[Check, ...] = Field(default=(), max_length=12)
    do: tuple[Deed, ...] = Field(default=(), max_length=24)
    else_: tuple[Deed, ...] = Field(default=(), alias="else", max_length=8)
    after: tuple[Check, ...] = Field(default=(), max_length=12)
    """Checks that hold once `do` is through, or the step has failed."""
    timer: StepTimer | None = None
    prove: tuple[Proof, ...] = Field(default=(), max_length=4)
    danger: Danger = Danger.NONE
    optional: bool = False

    @property
    def is_for_machine(self) -> bool:
        """Whether Firstlight does something in this step, rather than the tester's hands alone."""
        return bool(self.gate or self.do or self.after)

    @model_validator(mode="after")
    def _lines_point_at_marks(self) -> Self:
        shown = {m.letter for p in self.show for m in p.marks}
        for line in self.say:
            if line.mark and self.show and line.mark not in shown:
                raise ValueError(f"line {line.mark} points at nothing: no picture of the step has a mark {line.mark}")
        return self


class Target(Doc):
    """Which devices a guide is for, by model slug; what the device itself says is asked by `fastboot.device`."""

    device: tuple[Slug, ...] = Field(min_length=1, max_length=16)


class Source(Doc):
    """Where a guide comes from."""

    author: str = Field(default="", max_length=120)
    licence: str = Field(default="", max_length=60)


RescueKind = Literal["bootloader_locked", "low_battery", "wrong_device", "lost_device", "unauthorised"]


class Guide(Doc):
    """A whole guide."""

    guide: Literal[1]
    id: Slug
    version: Version
    title: GuideWords
    summary: GuideWords
    kind: GuideKind
    for_: Target = Field(alias="for")
    minutes: int = Field(ge=1, le=24 * 60)
    difficulty: Difficulty
    effect: Effect
    way: Way
    cover: PictureName | None = None
    source: Source = Source()
    rescue: dict[RescueKind, tuple[Deed, ...]] = Field(default_factory=dict)
    """What to do when a step fails for this reason, once, before it is tried again."""
    steps: tuple[Step, ...] = Field(min_length=1, max_length=120)

    @model_validator(mode="after")
    def _steps_fit_together(self) -> Self:
        seen: set[str] = set()
        for step in self.steps:
            if step.id in seen:
                raise ValueError(f"two steps are called {step.id}")
            missing = set(step.needs or ()) - seen
            if missing:
                raise ValueError(f"step {step.id} needs {', '.join(sorted(missing))}, which is no earlier step")
            seen.add(step.id)
        return self

    def index(self, step_id: str) -> int:
        """Place of a step, from 0; KeyError when there is none."""
        for i, step in enumerate(self.steps):
            if step.id == step_id:
                return i
        raise KeyError(step_id)

    def needs(self, step: Step) -> tuple[str, ...]:
        """The steps that `step` stands on: its own list, else the one before it."""
        if step.needs is not None:
            return step.needs
        i = self.index(step.id)
        return (self.steps[i - 1].id,) if i else ()

    def standing_on(self, step_id: str) -> tuple[str, ...]:
        """All steps that stand on `step_id`, directly or not, in order."""
        fallen = {step_id}
        for step in self.steps:
            if fallen.intersection(self.needs(step)):
                fallen.add(step.id)
        return tuple(s.id for s in self.steps if s.id in fallen and s.id != step_id)

    def stages(self) -> tuple[tuple[dict[str, str], tuple[Step, ...]], ...]:
        """Steps in their groups; the heading is {} when the guide has none."""
        groups: list[tuple[dict[str, str], list[Step]]] = []
        for step in self.steps:
            if step.stage or not groups:
                groups.append((step.stage, []))
            groups[-1][1].append(step)
        return tuple((title, tuple(steps)) for title, steps in groups)

    def pictures(self) -> tuple[str, ...]:
        """Names of all files that must lie beside the guide."""
        names = [self.cover] if self.cover else []
        names += [p.img for s in self.steps for p in s.show]
        return tuple(dict.fromkeys(names))
