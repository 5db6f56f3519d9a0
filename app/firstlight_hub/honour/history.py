# SPDX-License-Identifier: Apache-2.0
"""What rules look at: a tester's days in one programme, as plain data. Rules are pure functions of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from firstlight_contract.honour import ActivityKind

OWN_ACTS = frozenset(
    {
        ActivityKind.GUIDE_FINISHED,
        ActivityKind.BUILD_INSTALLED,
        ActivityKind.RECOVERED,
        ActivityKind.REPORT_SENT,
        ActivityKind.COMMENT_SENT,
        ActivityKind.VOTED,
        ActivityKind.EXPERIENCE_SENT,
    }
)
"""What a tester does; what the team makes of it later is honoured by badges, and fills no day of the heatmap."""


class Day(NamedTuple):
    """How often one kind of thing happened on a day; `detail` is the fact that the kind is told apart by."""

    day: date
    kind: str
    detail: str
    n: int


class Progress(NamedTuple):
    """How far, of how far; a badge is earned at `goal`."""

    done: int
    goal: int


@dataclass(frozen=True)
class History:
    """A tester's days until `today`, and the rolls that they stand on: name to place."""

    today: date
    days: tuple[Day, ...]
    rolls: tuple[str, ...] = ()

    def of(self, kind: str, detail: str = "") -> Iterable[Day]:
        """The days of a kind ("*": all that the tester did), of one detail when there is one.

        A detail may be a list in words ("log,picture"): then one of them is enough.
        """
        for day in self.days:
            fits = day.kind in OWN_ACTS if kind == "*" else day.kind == kind
            if fits and (not detail or detail in day.detail.split(",")):
                yield day
