# SPDX-License-Identifier: Apache-2.0
"""What a guide asks before it starts, and conditions on the answers. There are no expressions: all, any, not, is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StringConstraints, model_validator

from firstlight_contract.doc import Doc
from firstlight_contract.guide_words import GuideWords, Link
from firstlight_contract.wire import Slug

_Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\x00-\x1f\x7f-\x9f]+$")]
Answer = StrictBool | StrictInt | StrictFloat | _Word
"""What an option is answered with: true or false, one of its values, or a line of text."""
Answers = Mapping[str, Answer]


class OptionType(StrEnum):
    """How an option is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


class Choice(Doc):
    """One value of a choice; without a label the value is shown. A plain value stands for itself."""

    value: Answer
    label: GuideWords = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, raw: object) -> object:
        return {"value": raw} if isinstance(raw, str | int | float) else raw


class Option(Doc):
    """A question before the start. Without a default it must be answered. `values` are those of a choice; `from` names a list
    that only a program can tell (the channels of a system); where nobody can tell it, the tester types the value.
    """

    id: Slug
    type: OptionType
    label: GuideWords
    help: GuideWords = Field(default_factory=dict)
    link: Link | None = None
    default: Answer | None = None
    values: tuple[Choice, ...] = Field(default=(), max_length=200)
    from_: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.:/-]{0,80}$")] | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def _default_is_an_answer(self) -> Self:
        if self.type is OptionType.CHOICE and not self.values and not self.from_:
            raise ValueError(f"the choice {self.id} has no values")
        if self.default is not None and not self.takes(self.default):
            raise ValueError(f"the default of {self.id} is not an answer that it takes")
        return self

    def takes(self, answer: object) -> bool:
        """Whether this is an answer to it."""
        if self.type is OptionType.YES_NO:
            return isinstance(answer, bool)
        if self.type is OptionType.CHOICE and self.values:
            return any(is_same(choice.value, answer) for choice in self.values)
        return isinstance(answer, str | int | float) and 0 < len(str(answer)) <= 200 and str(answer).isprintable()


def is_same(one: object, other: object) -> bool:
    """Equal, and both of them yes-or-no or neither: 1 is not yes."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other or str(one) == str(other)


class Condition(Doc):
    """When a step applies: exactly one of `all`, `any`, `not` (of conditions) and `is: {option: value}`."""

    all: tuple[Condition, ...] | None = Field(default=None, min_length=1, max_length=16)
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1, max_length=16)
    not_: Condition | None = Field(default=None, alias="not")
    is_: dict[Slug, Answer] | None = Field(default=None, alias="is", min_length=1, max_length=1)

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(part is not None for part in (self.all, self.any, self.not_, self.is_)) != 1:
            raise ValueError("a condition is exactly one of all, any, not, is")
        return self

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is so; an option that was not answered is nothing."""
        if self.all is not None:
            return all(part.holds(answers) for part in self.all)
        if self.any is not None:
            return any(part.holds(answers) for part in self.any)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        return all(name in answers and is_same(answers[name], value) for name, value in (self.is_ or {}).items())

    def names(self) -> frozenset[str]:
        """The options that it looks at."""
        parts = (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ()))
        return frozenset(self.is_ or ()).union(*(part.names() for part in parts))
