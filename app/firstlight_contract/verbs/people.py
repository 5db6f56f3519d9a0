# SPDX-License-Identifier: Apache-2.0
"""Verbs for hands and time: `human.*`, `note.*`, `wait.*`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from firstlight_contract.guide_words import GuideWords
from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, Seconds

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]


class HumanDo(DeedDoc):
    """Something only hands can do. In `else` or `rescue`: what the tester is asked for before trying again. `what` is a name under
    `people:` of the guide, or one that Firstlight knows (charge, bootloader, recovery, system, unlock, reconnect, allow), or words.
    """

    short: ClassVar[str] = "what"
    verb: Literal["human.do"]
    what: _Name | Annotated[dict[str, str], Field(min_length=1, max_length=8)]


class NoteSay(DeedDoc):
    """A line for the console and the journal."""

    short: ClassVar[str] = "text"
    verb: Literal["note.say"]
    text: GuideWords


class WaitSeconds(DeedDoc):
    """Let so many seconds pass."""

    short: ClassVar[str] = "seconds"
    verb: Literal["wait.seconds"]
    seconds: Seconds


CHECKS: tuple[type[CheckDoc], ...] = ()
DEEDS: tuple[type[DeedDoc], ...] = (HumanDo, NoteSay, WaitSeconds)
