# SPDX-License-Identifier: Apache-2.0
"""What a redaction rule is: an expression, a cheap sign by which its lines are found, a check that proves it right, and examples.

A rule decides alone; engines differ only in how fast they find the lines it must look at, so all give the same bytes. Expressions
never cross a line end and repeat a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from firstlight.redact import validators as v
from firstlight.redact.kinds import KIND_OF, ORDER

Raw = tuple[int, int, int, int]
"""A finding as it is sorted: start, -end, source, order of its kind. The source is one of those below."""
LEARNED_FROM, RULE, AGAIN, OWN = range(4)
"""A rule whose values are worth learning, a rule, a value learned before, the tester's own words."""
Run = tuple[int, int]
"""Line limits between which a rule looks."""
Find = Callable[[bytes, Iterable[Run], list[Raw]], None]
_Verdict = tuple[int, int] | tuple[()]
"""How many bytes of a value are private and the order of its kind, or nothing."""
_REMEMBERED = 2048
_LONGEST_REMEMBERED = 100


@dataclass(frozen=True)
class Gate:
    """Literals of which one must stand in the line; the engine without a library looks for nothing else.

    `view`: lower (case folded), digits (0-9 read as d), hex (0-9a-f read as h; :_- as :), or regex (a plain expression).
    """

    literals: tuple[bytes, ...]
    view: str = "lower"


@dataclass(frozen=True)
class Rule:
    """One way to recognise one kind. The last unnamed group that took part is the private value; without groups the whole match.

    `says` may name another kind than `kind`: one look at an address says whether it is a home's or the world's. Values of
    a rule with `is_learned` are looked for elsewhere; `is_large` ones make too large an automaton: all engines look for their gate.
    """

    kind: str
    pattern: re.Pattern[bytes]
    loose: bytes
    gate: Gate
    says: v.Says = v.whole
    beside: v.Beside | None = None
    must: tuple[bytes, ...] = ()
    must_not: tuple[bytes, ...] = ()
    is_learned: bool = True
    is_large: bool = False
    groups: tuple[int, ...] = field(default=())

    def values(self, text: bytes, start: int, end: int) -> list[tuple[int, int, str]]:
        """Spans of private values, with kind, between `start` and `end`, which are line limits."""
        found: list[Raw] = []
        finder(self)(text, ((start, end),), found)
        return [(first, -negative, KIND_OF[order]) for first, negative, _source, order in found]


def finder(rule: Rule) -> Find:
    """What adds a rule's findings in some lines to a list: the innermost loop of this room, so nothing is looked up twice."""
    group = rule.groups[0] if len(rule.groups) == 1 else 0 if not rule.groups else -1
    source = LEARNED_FROM if rule.is_learned else RULE
    return _by_form(rule, group, source) if rule.says is v.whole else _by_value(rule, group, source)


def _by_form(rule: Rule, group: int, source: int) -> Find:
    finditer, beside, order = rule.pattern.finditer, rule.beside, ORDER[rule.kind]

    def find(text: bytes, runs: Iterable[Run], found: list[Raw]) -> None:
        for start, end in runs:
            for match in finditer(text, start, end):
                first, last = match.span(group if group >= 0 else match.lastindex or 0)
                if beside is None or beside(text, first, last):
                    found.append((first, -last, source, order))

    return find


def _by_value(rule: Rule, group: int, source: int) -> Find:
    finditer, beside = rule.pattern.finditer, rule.beside
    said: dict[bytes, _Verdict] = {}
    remembered = said.get

    def find(text: bytes, runs: Iterable[Run], found: list[Raw]) -> None:
        for start, end in runs:
            for match in finditer(text, start, end):
                first, last = match.span(group if group >= 0 else match.lastindex or 0)
                value = text[first:last]
                verdict = remembered(value)
                if verdict is None:
                    verdict = _asked(rule, value, said)
                if verdict:
                    kept, order = verdict
                    if beside is None or beside(text, first, first + kept):
                        found.append((first, -first - kept, source, order))

    return find


def _asked(rule: Rule, value: bytes, said: dict[bytes, _Verdict]) -> _Verdict:
    """What a rule says of a value it does not remember."""
    answer = rule.says(value)
    kept, kind = (answer, rule.kind) if isinstance(answer, int) else answer
    verdict: _Verdict = (kept, ORDER[kind]) if kept else ()
    if len(value) <= _LONGEST_REMEMBERED:
        if len(said) >= _REMEMBERED:
            said.clear()
        said[value] = verdict
    return verdict


def rule(kind: str, pattern: bytes, gate: tuple[bytes, ...], says: v.Says = v.whole, **more: Unpack[More]) -> Rule:
    """A rule of the table, known by the form of its value. With several groups none may be named."""
    return _made(kind, pattern, more.pop("loose", pattern), gate, says, more)


def keyed(
    kind: str, keys: tuple[bytes, ...], value: bytes, gate: tuple[bytes, ...], says: v.Says = v.whole, **more: Unpack[KeyedMore]
) -> Rule:
    """A rule known by a word before its value, in capitals or not. A key that begins with ^ stands behind no sign of `guard` (letters).

    The expression that is run begins with a class of first letters: Python then skips over a line four times as fast.
    """
    guard = b"[" + more.pop("guard", b"a-z") + b"]"
    loose_value = more.pop("loose", value)
    words = [(b"(?<!%s)" % guard if key.startswith(b"^") else b"") + key.removeprefix(b"^") for key in keys]
    loose = b"(?i)(?:" + b"|".join(words) + b")" + loose_value
    tails = [_behind_first(key, guard) for key in keys]
    first = b"".join(
        sorted({bytes((c,)) for key in keys for c in (key.removeprefix(b"^")[:1] * 2).swapcase() + key.removeprefix(b"^")[:1]})
    )
    return _made(kind, b"[" + first + b"](?i:(?:" + b"|".join(tails) + b")" + value + b")", loose, gate, says, more)


def _behind_first(key: bytes, guard: bytes) -> bytes:
    """The key without its first letter, which was read already."""
    letter = key.removeprefix(b"^")[:1]
    behind = b"(?<!%s%s)" % (guard, letter) if key.startswith(b"^") else b""
    return b"(?<=%s)" % letter + behind + key.removeprefix(b"^")[1:]


class More(TypedDict, total=False):
    """What a rule may say besides."""

    view: str
    beside: v.Beside
    must: tuple[bytes, ...]
    must_not: tuple[bytes, ...]
    is_learned: bool
    is_large: bool
    loose: bytes
    """For engines that only look for lines: what stands in every line of a finding. Of a keyed rule, its value alone."""


class KeyedMore(More, total=False):
    """What a keyed rule may say besides."""

    guard: bytes


def _made(kind: str, pattern: bytes, loose: bytes, gate: tuple[bytes, ...], says: v.Says, more: More) -> Rule:
    compiled = re.compile(pattern)
    groups = tuple(sorted(set(range(1, compiled.groups + 1)) - set(compiled.groupindex.values())))
    assert len(groups) < 2 or not compiled.groupindex, pattern
    return Rule(
        kind,
        compiled,
        loose,
        Gate(gate, more.get("view", "lower")),
        says,
        more.get("beside"),
        more.get("must", ()),
        more.get("must_not", ()),
        more.get("is_learned", True),
        more.get("is_large", False),
        groups,
    )
