# SPDX-License-Identifier: Apache-2.0
"""The file of answers: what a tester would say or do in the window while a guide is played, so that a program can say it.

answers: {wipe: true}            # to the guide's questions
confirm: {flash: 4F7C}           # the word of dangerous steps: the device's last four
tell_apart: right                # of devices that look alike: right | wrong
done: [r1-build]                 # guides that come first and were done elsewhere
override: {checks: {battery: 4F7C}}
proof: {fan: {photo: fan.jpg, count: 4, measure: 3.2, text: fits}}
note: {fan: Screw 3 felt rough.}
by_hand: [to-bootloader]         # steps done by hand when the machine could not
allow: {wipe: 4F7C}              # repeat what is never repeated by itself
skip: [photo]                    # optional steps
fetch: [image]                   # steps that may fetch their files from the web
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from firstlight.base.errors import BadInput
from firstlight.guides.document import plain
from firstlight.guides.errors import GuideInvalid
from firstlight_contract.guide_options import Answer
from firstlight_contract.guide_steps import ProofKind


def _text(raw: object) -> object:
    return str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


Typed = Annotated[str, Field(max_length=200), BeforeValidator(_text)]


class Answers(BaseModel):
    """What the file says; an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: dict[str, Answer] = Field(default_factory=dict)
    confirm: dict[str, Typed] = Field(default_factory=dict)
    tell_apart: Literal["right", "wrong"] | None = None
    done: tuple[str, ...] = ()
    override: dict[str, dict[str, Typed]] = Field(default_factory=dict)
    proof: dict[str, dict[ProofKind, Typed]] = Field(default_factory=dict)
    note: dict[str, str] = Field(default_factory=dict)
    by_hand: tuple[str, ...] = ()
    allow: dict[str, Typed] = Field(default_factory=dict)
    skip: tuple[str, ...] = ()
    fetch: tuple[str, ...] = ()

    def steps(self) -> frozenset[str]:
        """All steps that are named in it."""
        by_step = (self.confirm, self.override, self.proof, self.note, self.allow)
        return frozenset(self.by_hand).union(self.skip, self.fetch, *by_step)


def read_answers(path: Path | None) -> Answers:
    """The file; nothing when there is none. BadInput with the place that is wrong."""
    if path is None:
        return Answers()
    try:
        data = plain(path)
    except GuideInvalid as error:
        raise BadInput(path=str(path), line=error.facts["line"], why=str(error.facts["why"])) from error
    try:
        return Answers.model_validate({} if data is None else data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(path=str(path), line=0, why=f"{where}: {first['msg']}") from error
