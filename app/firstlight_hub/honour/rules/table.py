# SPDX-License-Identifier: Apache-2.0
"""All kinds of rules, by the key that only they have. A rule is data: no code, no query, so that a maker can write one safely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from firstlight_contract.honour import ActivityKind
from firstlight_hub.honour.history import History, Progress
from firstlight_hub.honour.rules import count, distinct, manual, roll, weeks

RULES: dict[str, Callable[[dict[str, Any], History], Progress]] = {
    "count": count.progress,
    "distinct": distinct.progress,
    "weeks": weeks.progress,
    "roll": roll.progress,
    "manual": manual.progress,
}

DETAILS: dict[ActivityKind, str] = {
    ActivityKind.GUIDE_FINISHED: "guide_kind",
    ActivityKind.BUILD_INSTALLED: "build",
    ActivityKind.RECOVERED: "device",
    ActivityKind.REPORT_SENT: "evidence",
    ActivityKind.REPORT_CONFIRMED: "evidence",
    ActivityKind.REPORT_FIXED: "build",
}
"""Which fact of an event a rule can tell apart, by kind."""

_MOST = 10_000


def progress(rule: dict[str, Any], history: History) -> Progress:
    """How far a tester is by `rule`; never beyond the goal."""
    done, goal = RULES[_way(rule)](rule, history)
    return Progress(min(done, goal), goal)


def mistakes(rule: object) -> str:
    """What is wrong with a rule that somebody typed; "" when nothing is."""
    if not isinstance(rule, dict):
        return 'a rule is a map, such as {"kind": "report.confirmed", "count": 3}'
    ways = [way for way in RULES if way in rule]
    if len(ways) != 1:
        return f"a rule has exactly one of {', '.join(RULES)}"
    way = ways[0]
    allowed = {way} | ({"kind"} if way in ("count", "distinct", "weeks") else set()) | ({"detail"} if way == "count" else set())
    if set(rule) - allowed:
        return f"{', '.join(sorted(set(rule) - allowed))}: not known here"
    return _value_mistake(rule, way)


def _value_mistake(rule: dict[str, Any], way: str) -> str:
    value = rule[way]
    if way == "manual":
        return "" if value is True else "manual is true"
    if way == "roll":
        return "" if isinstance(value, str) and value else "roll is the name of a roll"
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST:
        return f"{way} is a number from 1 to {_MOST}"
    kinds = {kind.value for kind in ActivityKind} | ({"*"} if way == "weeks" else set())
    if rule.get("kind") not in kinds:
        return f"kind is one of {', '.join(sorted(kinds))}"
    return "" if isinstance(rule.get("detail", ""), str) else "detail is a word"


def _way(rule: dict[str, Any]) -> str:
    return next(way for way in RULES if way in rule)
