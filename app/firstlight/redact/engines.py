# SPDX-License-Identifier: Apache-2.0
"""Three ways to find the lines in which a rule may match. What matches there is decided by the rules alone: same bytes out of each.

re works everywhere; hyperscan and re2 are used when they are installed and only save time.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from firstlight.redact.errors import EngineMissing
from firstlight.redact.patterns import RULES, Gate

NAMES = ("hyperscan", "re2", "re")
Candidate = tuple[int, int, int]
"""(number of the rule, start and end of the line)"""

_DIGITS = bytes.maketrans(b"0123456789", b"d" * 10)
_HEX = bytes.maketrans(b"0123456789abcdefABCDEF:_-", b"h" * 22 + b":::")
_GATES: tuple[Gate, ...] = tuple(dict.fromkeys(rule.gate for rule in RULES))
_RULES_OF: dict[Gate, tuple[int, ...]] = {gate: tuple(i for i, rule in enumerate(RULES) if rule.gate == gate) for gate in _GATES}


class Engine(Protocol):
    """Finds candidates: at least every line in which a rule matches, each at most once per rule."""

    name: str

    def candidates(self, text: bytes) -> Iterable[Candidate]:
        """Of a text that ends at a line's end."""


def installed() -> tuple[str, ...]:
    """Engines that can be used here, fastest first."""
    modules = {"hyperscan": "hyperscan", "re2": "re2", "re": "re"}
    return tuple(name for name in NAMES if importlib.util.find_spec(modules[name]) is not None)


def choose(name: str = "") -> Engine:
    """The engine of that name, else the fastest that is here. Raises EngineMissing."""
    have = installed()
    wanted = name or have[0]
    if wanted not in have:
        raise EngineMissing(engine=wanted)
    if wanted == "hyperscan":
        return Hyperscan()
    return Re2() if wanted == "re2" else Plain()


def as_pattern(literal: bytes, view: str) -> bytes:
    """A gate's literal as an expression that every engine reads."""
    if view == "regex":
        return literal
    swap = {"digits": {b"d": rb"[0-9d]"}, "hex": {b"h": rb"[0-9a-hA-F]", b":": rb"[:_-]"}}.get(view, {})
    body = b"".join(swap.get(literal[i : i + 1], re.escape(literal[i : i + 1])) for i in range(len(literal)))
    return b"(?i)" + body if view == "lower" else body


_AROUND = re.compile(rb"\(\?<?[!=][^()]*\)")
_BOUNDS = re.compile(rb"\{(\d+),\d{2,}\}")
_TAIL = re.compile(rb"\{(\d+),\d*\}\??(\)*)$")


def loosened(pattern: bytes) -> bytes:
    """A rule's expression for engines that cannot look around or count far: matches in every line where the rule does, and in some more."""
    loose = _AROUND.sub(b"", pattern).replace(b"(?m)^", b"").replace(b"(?P<by>", b"(?:").replace(b"(?P=by)", b"[:_-]")
    loose = loose.replace(rb"\s", rb" \t\n\r\f\v").replace(rb"\S", rb"[^ \t\n\r\f\v]")
    loose = _TAIL.sub(rb"{\1}\2", loose)
    return _BOUNDS.sub(rb"{\1,}", loose)


def _lines(text: bytes, hits: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines around ascending positions, each once."""
    last_end = -1
    for at in hits:
        if at < last_end:
            continue
        start = text.rfind(b"\n", 0, at) + 1
        end = text.find(b"\n", at)
        last_end = len(text) if end < 0 else end + 1
        yield start, last_end


class Plain:
    """Python alone: literals are looked for in a folded copy of the text, at memory speed."""

    name = "re"

    def __init__(self) -> None:
        self._regex = {gate: re.compile(gate.literals[0]) for gate in _GATES if gate.view == "regex"}

    def candidates(self, text: bytes) -> Iterator[Candidate]:
        """See Engine."""
        views = {"lower": text.lower(), "digits": text.translate(_DIGITS), "hex": text.translate(_HEX)}
        for gate in _GATES:
            if gate.view == "regex":
                spans = set(_lines(text, (m.start() for m in self._regex[gate].finditer(text))))
            else:
                spans = set()
                for literal in gate.literals:
                    spans.update(_lines(text, _find(views[gate.view], literal)))
            for rule in _RULES_OF[gate]:
                for start, end in spans:
                    yield rule, start, end


def _find(text: bytes, literal: bytes) -> Iterator[int]:
    at = text.find(literal)
    while at >= 0:
        yield at
        # On to the next line: one hit a line is enough.
        line_end = text.find(b"\n", at)
        at = -1 if line_end < 0 else text.find(literal, line_end + 1)


class Hyperscan:
    """All rules in one run over the text, each without what Hyperscan cannot do (looking around): it finds more, never less."""

    name = "hyperscan"

    def __init__(self) -> None:
        self._hs: Any = importlib.import_module("hyperscan")
        expressions, ids, flags = [], [], []
        for number in range(len(RULES)):
            for pattern in self._gates_of(number):
                expressions.append(pattern.removeprefix(b"(?i)"))
                ids.append(number)
                flags.append(self._hs.HS_FLAG_CASELESS if pattern.startswith(b"(?i)") else 0)
        self._db = self._hs.Database()
        self._db.compile(expressions=expressions, ids=ids, elements=len(ids), flags=flags)

    def _gates_of(self, number: int) -> tuple[bytes, ...]:
        """The rule without look-around, or its gate's literals where Hyperscan finds even that too large."""
        pattern = loosened(RULES[number].pattern.pattern)
        try:
            flags = self._hs.HS_FLAG_CASELESS if pattern.startswith(b"(?i)") else 0
            self._hs.Database().compile(expressions=[pattern.removeprefix(b"(?i)")], ids=[0], elements=1, flags=[flags])
        except self._hs.error:
            gate = RULES[number].gate
            return tuple(as_pattern(literal, gate.view) for literal in gate.literals)
        return (pattern,)

    def candidates(self, text: bytes) -> Iterator[Candidate]:
        """See Engine."""
        ends = [0] * len(RULES)
        found: list[Candidate] = []

        def on_match(rule: int, _start: int, end: int, _flags: int, _context: object) -> None:
            # `end` stands behind the match: the match is in the line of the byte before it.
            if end <= ends[rule]:
                return
            line_end = text.find(b"\n", end - 1)
            ends[rule] = len(text) if line_end < 0 else line_end + 1
            found.append((rule, text.rfind(b"\n", 0, end - 1) + 1, ends[rule]))

        self._db.scan(text, match_event_handler=on_match)
        yield from found


class Re2:
    """A set of all rules without look-around, asked line by line."""

    name = "re2"

    def __init__(self) -> None:
        re2: Any = importlib.import_module("re2")
        options = re2.Options()
        options.log_errors = False
        options.max_mem = 64 << 20
        options.encoding = re2.Options.Encoding.LATIN1
        self._set = re2.Set.SearchSet(options)
        for rule in RULES:
            self._set.Add(loosened(rule.pattern.pattern))
        self._set.Compile()

    def candidates(self, text: bytes) -> Iterator[Candidate]:
        """See Engine."""
        start = 0
        while start < len(text):
            end = text.find(b"\n", start)
            end = len(text) if end < 0 else end + 1
            hits = self._set.Match(text[start:end]) or ()  # None when there is none
            for rule in hits:
                yield rule, start, end
            start = end
