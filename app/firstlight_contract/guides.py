# SPDX-License-Identifier: Apache-2.0
"""A guide, format `guide: 1`: words, pictures, and typed actions. Data from strangers: everything is bounded, nothing is a path.

Desktop and hub read the same model; `firstlight.guides.document` and `firstlight_hub.guides` turn YAML text into it. Words stand
in `guide_words.py`, questions and conditions in `guide_options.py`, steps in `guide_steps.py`, verbs in `verbs/`.

What changes within `guide: 1` is only ever added, or has an entry in `firstlight.guides.editions`; EDITION counts those changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from firstlight_contract.actions import AnyDeed, Deed
from firstlight_contract.doc import Doc
from firstlight_contract.guide_options import Option
from firstlight_contract.guide_steps import Danger, RescueKind, Step
from firstlight_contract.guide_words import GuideWords, Line, Link, Picture, PictureName, Thing
from firstlight_contract.verbs.doc import GuideFileName
from firstlight_contract.wire import Sha256, Size, Slug, Version

EDITION = 2
"""Of the format as this program reads and writes it; a run's journal names the one that it was started with."""
MAX_DOCUMENT = 512 * 1024
"""Bytes of a guide's YAML, at most."""
MAX_PICTURE = 8 * 1024 * 1024
"""Bytes of one picture, at most."""
MAX_STEPS = 120


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


def _as_difficulty(raw: object) -> object:
    """1 to 5 as other formats count it."""
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 5:
        return (Difficulty.EASY, Difficulty.EASY, Difficulty.MEDIUM, Difficulty.CAREFUL, Difficulty.CAREFUL)[raw - 1]
    return raw


def _as_span(raw: object) -> object:
    return (raw,) if isinstance(raw, int) and not isinstance(raw, bool) else raw


_Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
_Span = Annotated[
    tuple[_Minutes, ...],
    Field(min_length=1, max_length=2),
    BeforeValidator(_as_span, json_schema_input_type=_Minutes | Annotated[tuple[_Minutes, ...], Field(min_length=1, max_length=2)]),
]
_Level = Annotated[Difficulty, BeforeValidator(_as_difficulty, json_schema_input_type=Difficulty | Annotated[int, Field(ge=1, le=5)])]


class TellApart(Doc):
    """The question that tells a device from those that look the same to a machine, with a picture of what to look at. Both
    answers are shown; only `right` lets a step write.
    """

    question: GuideWords
    right: GuideWords
    wrong: GuideWords
    show: tuple[Picture, ...] = Field(default=(), max_length=3)


class Target(Doc):
    """Which devices a guide is for, by model slug; what the device itself says is asked by checks. `not` names models that look
    alike: before anything is written the tester tells them apart, by `tell_apart` or a plain question.
    """

    device: tuple[Slug, ...] = Field(default=(), max_length=64)
    not_: tuple[Slug, ...] = Field(default=(), alias="not", max_length=16)
    tell_apart: TellApart | None = None
    from_build: Version | None = None
    to_build: Version | None = None


class Source(Doc):
    """Where a guide comes from."""

    author: str = Field(default="", max_length=120)
    licence: str = Field(default="", max_length=60)
    url: Link | None = None


_TargetPath = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.+-]*){0,8}$", max_length=300)]


class NamedFile(Doc):
    """A file that the guide's actions name. `target` is its path in the maker's signed repository; `url` a plain download, never
    trusted without `sha256`; `by_hand`: the tester brings it.
    """

    target: _TargetPath | None = None
    url: Link | None = None
    by_hand: bool = False
    size: Size | None = None
    sha256: Sha256 | None = None
    md5: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None


class Human(Doc):
    """Something that hands do, with words and pictures; `until` lets the machine notice that it is done."""

    title: GuideWords = Field(default_factory=dict)
    say: tuple[Line, ...] = Field(default=(), max_length=8)
    show: tuple[Picture, ...] = Field(default=(), max_length=3)
    link: Link | None = None
    until: Literal["adb", "fastboot", "download", "ssh", "tick"] = "tick"


def _spelt(raw: object) -> object:
    """`unauthorized` is read as the `unauthorised` of this program."""
    return {"unauthorised" if k == "unauthorized" else k: v for k, v in raw.items()} if isinstance(raw, Mapping) else raw


class Guide(Doc):
    """A whole guide. Only `guide`, `id`, `title` and `steps` must stand there; what else is missing follows from the steps."""

    guide: Literal[1]
    id: Slug
    version: Version = "1"
    title: GuideWords
    summary: GuideWords = Field(default_factory=dict)
    kind: GuideKind = GuideKind.CHECK
    for_: Target = Field(default=Target(), alias="for")
    span: _Span = Field(default=(), alias="minutes", description="Minutes it takes, or [least, most].")
    difficulty: _Level = Difficulty.MEDIUM
    effect: Effect = Effect.ERASES_NOTHING
    way: Way = Way.HANDS
    cover: PictureName | None = None
    source: Source = Source()
    tools: tuple[Thing, ...] = Field(default=(), max_length=60)
    parts: tuple[Thing, ...] = Field(default=(), max_length=200)
    prerequisites: tuple[Slug, ...] = Field(default=(), max_length=8, description="Guides to be finished on this device before.")
    way_back: Slug | None = Field(default=None, description="The guide that leads back when this one ends badly.")
    ask: tuple[Option, ...] = Field(default=(), max_length=24)
    files: dict[GuideFileName, NamedFile] = Field(default_factory=dict, max_length=120)
    people: dict[Slug, Human] = Field(default_factory=dict, max_length=60)
    rescue: Annotated[dict[RescueKind, tuple[Deed, ...]], BeforeValidator(_spelt)] = Field(
        default_factory=dict, description="What to do when a step fails for this reason, once, before it is tried again."
    )
    steps: tuple[Step, ...] = Field(min_length=1, max_length=MAX_STEPS)

    @model_validator(mode="after")
    def _steps_fit_together(self) -> Self:
        seen: set[str] = set()
        options = {option.id for option in self.ask}
        if len(options) < len(self.ask):
            raise ValueError("two options have one name")
        for step in self.steps:
            if step.id in seen:
                raise ValueError(f"two steps are called {step.id}")
            missing = set(step.needs or ()) - seen
            if missing:
                raise ValueError(f"step {step.id} needs {', '.join(sorted(missing))}, which is no earlier step")
            unknown = (step.if_.names() if step.if_ else frozenset()) - options
            if unknown:
                raise ValueError(f"step {step.id} looks at {', '.join(sorted(unknown))}, which nothing under `ask` asks")
            seen.add(step.id)
        return self

    @model_validator(mode="after")
    def _what_follows_from_the_steps(self) -> Self:
        """Kind, effect and way, where the guide does not say them."""
        for name, value in (("kind", self._kind()), ("effect", self._effect()), ("way", self._way())):
            if name not in self.model_fields_set:
                object.__setattr__(self, name, value)
        return self

    @property
    def minutes(self) -> int:
        """How long it takes at most; 0 when the guide does not say."""
        return self.span[-1] if self.span else 0

    @property
    def device(self) -> str:
        """The first model that it is for; "" when it names none."""
        return self.for_.device[0] if self.for_.device else ""

    def deeds(self) -> Iterator[tuple[Step, AnyDeed]]:
        """All deeds of all steps, in order."""
        for step in self.steps:
            for deed in (*step.do, *step.else_):
                yield step, deed

    def _verbs(self) -> set[str]:
        return {action.verb.partition(".")[0] for step in self.steps for _, actions in step.actions() for action in actions}

    def _kind(self) -> GuideKind:
        verbs = self._verbs()
        if "tftp" in verbs:
            return GuideKind.RECOVER
        if "image" in verbs:
            return GuideKind.IMAGE
        if any(deed.writes for _, deed in self.deeds()):
            return GuideKind.FLASH
        return GuideKind.CHECK if verbs else GuideKind.ASSEMBLE

    def _effect(self) -> Effect:
        if any(deed.erases for _, deed in self.deeds()) or any(s.danger is Danger.DATA_LOSS for s in self.steps):
            return Effect.ERASES_DATA
        return Effect.KEEPS_DATA if any(deed.writes for _, deed in self.deeds()) else Effect.ERASES_NOTHING

    def _way(self) -> Way:
        verbs = self._verbs()
        ways = (("tftp", Way.TFTP), ("image", Way.CARD), ("ssh", Way.NETWORK), ("fastboot", Way.USB), ("adb", Way.USB), ("device", Way.USB))
        return next((way for verb, way in ways if verb in verbs), Way.HANDS)

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
        names: list[str | None] = [self.cover]
        shown: list[Picture] = [p for s in self.steps for p in s.show] + [p for h in self.people.values() for p in h.show]
        shown += list(self.for_.tell_apart.show) if self.for_.tell_apart else []
        names += [p.img for p in shown]
        names += [t.img for t in (*self.tools, *self.parts, *(t for s in self.steps for t in (*s.tools, *s.parts)))]
        return tuple(dict.fromkeys(name for name in names if name))

    def as_document(self) -> dict[str, Any]:
        """As plain data that reads back the same: only what was said, in the format's own keys."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)
