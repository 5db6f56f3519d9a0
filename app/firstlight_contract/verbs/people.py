# SPDX-License-Identifier: Apache-2.0
"""Verbs for hands: `human.*`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc


class HumanDo(DeedDoc):
    """Something only hands can do. In `else` or `rescue`: what the tester is asked for before trying again."""

    short: ClassVar[str] = "what"
    verb: Literal["human.do"]
    what: dict[str, str] = Field(min_length=1, max_length=8)


CHECKS: tuple[type[CheckDoc], ...] = ()
DEEDS: tuple[type[DeedDoc], ...] = (HumanDo,)
