# SPDX-License-Identifier: Apache-2.0
"""What a redaction rule is: an expression, a cheap sign by which its lines are found, a check that proves it right, and examples.

A rule decides alone; engines differ only in how fast they find the lines it must look at, so all give the same bytes. Expressions
never cross a line end and repeat a bounded number of times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from firstlight.redact import validators as v


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

    `check` may name another kind than `kind`: one look at an address says whether it is a home's or the world's. Values of
    a rule with `is_learned` are looked for elsewhere; `is_large` ones make too large an automaton: all engines look for their gate.
    """

    kind: str
    pattern: re.Pattern[bytes]
    loose: bytes
    gate: Gate
    check: v.Check = v.always
    must: tuple[bytes, ...] = ()
    must_not: tuple[bytes, ...] = ()
    is_learned: bool = True
    is_large: bool = False
    groups: tuple[int, ...] = field(default=())

    def values(self, text: bytes, start: int, end: int) -> list[tuple[int, int, str]]:
        """Spans of private values, with kind, between `start` and `end`, which are line limits."""
        found: list[tuple[int, int, str]] = []
        check, group, has_many = self.check, self.groups[0] if len(self.groups) == 1 else 0, len(self.groups) > 1
        for match in self.pattern.finditer(text, start, end):
            span = check(text, *match.span((match.lastindex or 0) if has_many else group))
            if span is not None:
                found.append(span if len(span) == 3 else (*span, self.kind))
        return found


def rule(kind: str, pattern: bytes, gate: tuple[bytes, ...], check: v.Check = v.always, **more: Unpack[More]) -> Rule:
    """A rule of the table, known by the form of its value. With several groups none may be named."""
    return _made(kind, pattern, pattern, gate, check, more)


def keyed(
    kind: str, keys: tuple[bytes, ...], value: bytes, gate: tuple[bytes, ...], check: v.Check = v.always, **more: Unpack[KeyedMore]
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
    return _made(kind, b"[" + first + b"](?i:(?:" + b"|".join(tails) + b")" + value + b")", loose, gate, check, more)


def _behind_first(key: bytes, guard: bytes) -> bytes:
    """The key without its first letter, which was read already."""
    letter = key.removeprefix(b"^")[:1]
    behind = b"(?<!%s%s)" % (guard, letter) if key.startswith(b"^") else b""
    return b"(?<=%s)" % letter + behind + key.removeprefix(b"^")[1:]


class More(TypedDict, total=False):
    """What a rule may say besides."""

    view: str
    must: tuple[bytes, ...]
    must_not: tuple[bytes, ...]
    is_learned: bool
    is_large: bool


class KeyedMore(More, total=False):
    """What a keyed rule may say besides: `loose` is the value for engines that only look for lines."""

    guard: bytes
    loose: bytes


def _made(kind: str, pattern: bytes, loose: bytes, gate: tuple[bytes, ...], check: v.Check, more: More) -> Rule:
    compiled = re.compile(pattern)
    groups = tuple(sorted(set(range(1, compiled.groups + 1)) - set(compiled.groupindex.values())))
    assert len(groups) < 2 or not compiled.groupindex, pattern
    return Rule(
        kind,
        compiled,
        loose,
        Gate(gate, more.get("view", "lower")),
        check,
        more.get("must", ()),
        more.get("must_not", ()),
        more.get("is_learned", True),
        more.get("is_large", False),
        groups,
    )
