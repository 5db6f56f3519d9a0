# SPDX-License-Identifier: Apache-2.0
"""Three ways to find the lines in which a rule may match. What matches there is decided by the rules alone: same bytes out of each.

re works everywhere; hyperscan and re2 are used when they are installed and only save time. The same holds for values that were
learned.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from firstlight.redact.errors import EngineMissing
from firstlight.redact.patterns import RULES
from firstlight.redact.rule import Gate, Rule, Run

SHORT = 512 << 10
NAMES = ("hyperscan", "re2", "re")
Candidate = tuple[int, Sequence[Run]]
"""The number of a rule and the lines, or runs of lines, in which it may match."""
_ALNUM = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

_DIGITS = bytes.maketrans(b"0123456789", b"d" * 10)
_HEX = bytes.maketrans(b"0123456789abcdefABCDEF:_-", b"h" * 22 + b":::")
_GATES: tuple[Gate, ...] = tuple(dict.fromkeys(rule.gate for rule in RULES))
_RULES_OF: dict[Gate, tuple[int, ...]] = {gate: tuple(i for i, rule in enumerate(RULES) if rule.gate == gate) for gate in _GATES}


class Engine(Protocol):
    """Finds candidates: at least every line in which a rule matches, none twice for one rule."""

    name: str

    def candidates(self, text: bytes) -> Iterable[Candidate]:
        """Of a text that ends at a line's end."""

    def words(self, values: Sequence[bytes]) -> Words:
        """A finder of these values where they stand as words."""


class Words(Protocol):
    """Finds learned values between signs that are no letters or digits: from left to right, the longest first, none over another."""

    def spans(self, text: bytes) -> Iterable[tuple[int, int]]:
        """Where they stand."""


def installed() -> tuple[str, ...]:
    """Engines that can be used here, fastest first."""
    return tuple(name for name in NAMES if importlib.util.find_spec(name) is not None)


def choose(name: str = "", size: int = 0) -> Engine:
    """The engine of that name, else the fastest that is here for `size` bytes: a short text is read before another is built.

    Raises EngineMissing.
    """
    have = installed()
    wanted = name or ("re" if 0 < size <= SHORT else have[0])
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


_BEHIND = re.compile(rb"\(\?<!\[((?:\\.|[^\]^\\])+)\]\)")
_AHEAD = re.compile(rb"\(\?!\[((?:\\.|[^\]^\\])+)\]\)(?=$|\(\?!)")
_AROUND = re.compile(rb"\(\?<?[!=](?:\[(?:\\.|[^\]\\])*\]|\\.|[^()\[\]\\])*\)")
_BOUNDS = re.compile(rb"\{(\d+),\d{2,}\}")
_TAIL = re.compile(rb"\{(\d+),\d*\}\??(\)*)$")


def loosened(pattern: bytes) -> bytes:
    """A rule's expression for engines that cannot look around or count far: matches in every line where the rule does, and in some more.

    Where the rule looks at one sign before or behind, that sign is read as part of the match, or the text begins or ends there.
    """
    loose = _BEHIND.sub(rb"(?:^|[^\1])", pattern)
    loose = _AHEAD.sub(rb"(?:$|[^\1])", loose)
    loose = _AROUND.sub(b"", loose).replace(b"(?m)^", b"^").replace(b"(?P<by>", b"(?:").replace(b"(?P=by)", b"[:_-]")
    loose = loose.replace(rb"\s", rb" \t\n\r\f\v").replace(rb"\S", rb"[^ \t\n\r\f\v]").replace(rb"|\Z", b"")
    loose = _TAIL.sub(rb"{\1}\2", loose)
    return _BOUNDS.sub(rb"{\1,}", loose)


def for_automaton(rule: Rule) -> tuple[bytes, ...]:
    """The rule without look-around, or its gate's literals where that would be too large an automaton."""
    if not rule.is_large:
        return (loosened(rule.loose),)
    return tuple(as_pattern(literal, rule.gate.view) for literal in rule.gate.literals)


def _lines(text: bytes, hits: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The lines around ascending positions, each once, neighbours as one run."""
    run_start = run_end = -1
    for at in hits:
        if at < run_end:
            continue
        start = text.rfind(b"\n", 0, at) + 1
        end = text.find(b"\n", at)
        if start != run_end:
            if run_end > 0:
                yield run_start, run_end
            run_start = start
        run_end = len(text) if end < 0 else end + 1
    if run_end > 0:
        yield run_start, run_end


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
                hits: Iterable[int] = (m.start() for m in self._regex[gate].finditer(text))
            else:
                found: set[int] = set()
                for literal in gate.literals:
                    found.update(_find(views[gate.view], literal))
                hits = sorted(found)
            if runs := tuple(_lines(text, hits)):
                for rule in _RULES_OF[gate]:
                    yield rule, runs

    def words(self, values: Sequence[bytes]) -> Words:
        """See Engine."""
        return _Trie(values)


class _Trie:
    def __init__(self, values: Sequence[bytes]) -> None:
        self.trie = as_trie(values)
        self.pattern = re.compile(rb"(?<![0-9A-Za-z])(?:" + self.trie + rb")(?![0-9A-Za-z])")

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        return (match.span() for match in self.pattern.finditer(text))


def as_trie(values: Iterable[bytes]) -> bytes:
    """An expression for exactly these values, longest first, that looks at each sign once."""
    root: dict[int, Any] = {}
    for value in values:
        node = root
        for sign in value:
            node = node.setdefault(sign, {})
        node[-1] = True

    def write(node: dict[int, Any]) -> bytes:
        branches = [re.escape(bytes((sign,))) + write(child) for sign, child in sorted(node.items()) if sign != -1]
        if not branches:
            return b""
        body = branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")"
        return b"(?:" + body + b")?" if -1 in node else body

    return write(root)


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
        for number, rule in enumerate(RULES):
            for pattern in for_automaton(rule):
                expressions.append(pattern.removeprefix(b"(?i)"))
                ids.append(number)
                flags.append(self._hs.HS_FLAG_MULTILINE | (self._hs.HS_FLAG_CASELESS if pattern.startswith(b"(?i)") else 0))
        self._db = self._hs.Database()
        self._db.compile(expressions=expressions, ids=ids, elements=len(ids), flags=flags)

    def candidates(self, text: bytes) -> list[Candidate]:
        """See Engine."""
        find, rfind, size = text.find, text.rfind, len(text)
        runs: list[list[Run]] = [[] for _ in RULES]
        # The line that was told last, of all rules and of each: most lines that are told of are told of several times.
        line = (0, 0)
        start = stop = 0
        told = [line] * len(RULES)

        def on_match(rule: int, _start: int, end: int, _flags: int, _context: object) -> None:
            nonlocal line, start, stop
            # `end` stands behind the match, which may have read the line's end: it is in the line of the byte before.
            if not start < end <= stop:
                start = rfind(b"\n", 0, end - 1) + 1
                stop = find(b"\n", end - 1) + 1 or size
                line = (start, stop)
            if told[rule] is not line:
                told[rule] = line
                runs[rule].append(line)

        self._db.scan(text, match_event_handler=on_match)
        return [(rule, lines) for rule, lines in enumerate(runs) if lines]

    def words(self, values: Sequence[bytes]) -> Words:
        """See Engine."""
        return _HyperscanWords(self._hs, values)


class _HyperscanWords:
    def __init__(self, hs: Any, values: Sequence[bytes]) -> None:
        self._lengths = [len(v) for v in values]
        self._db = hs.Database()
        expressions = [re.escape(v) for v in values]
        self._db.compile(expressions=expressions, ids=list(range(len(values))), elements=len(values), flags=[0] * len(values))

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        hits: list[tuple[int, int]] = []
        add, lengths = hits.append, self._lengths

        def on_match(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            add((end - lengths[number], -end))

        self._db.scan(text, match_event_handler=on_match)
        hits.sort()
        last_end, size = 0, len(text)
        for start, negative in hits:
            if start < last_end or (start and text[start - 1] in _ALNUM) or (-negative < size and text[-negative] in _ALNUM):
                continue
            last_end = -negative
            yield start, last_end


class Re2:
    """A set of all rules without look-around, asked line by line."""

    name = "re2"

    def __init__(self) -> None:
        self._re2: Any = importlib.import_module("re2")
        self._set = self._re2.Set.SearchSet(self._options(24 << 20))
        for rule in RULES:
            self._set.Add(b"(?m)(?:" + b")|(?:".join(for_automaton(rule)) + b")")
        self._set.Compile()

    def _options(self, memory_bytes: int) -> Any:
        options = self._re2.Options()
        options.log_errors = False
        options.max_mem = memory_bytes
        options.never_capture = True
        options.encoding = self._re2.Options.Encoding.LATIN1
        return options

    def candidates(self, text: bytes) -> list[Candidate]:
        """See Engine."""
        runs: dict[int, list[Run]] = {}
        start = 0
        while start < len(text):
            end = text.find(b"\n", start) + 1 or len(text)
            for rule in self._set.Match(text[start:end]) or ():  # None when there is none
                runs.setdefault(rule, []).append((start, end))
            start = end
        return list(runs.items())

    def words(self, values: Sequence[bytes]) -> Words:
        """See Engine."""
        trie = _Trie(values)
        lines = self._re2.Set.SearchSet(self._options(16 << 20))
        try:
            lines.Add(rb"(?:^|[^0-9A-Za-z])(?:" + trie.trie + rb")(?:$|[^0-9A-Za-z])")
            lines.Compile()
        except self._re2.error:
            return trie
        # With too many long values a set has no room to search in, and says so by finding nothing.
        return _Re2Words(lines, trie) if lines.Match(values[0]) else trie


class _Re2Words:
    """RE2 tells whether to look at a line, which it does fast; the trie decides."""

    def __init__(self, lines: Any, trie: _Trie) -> None:
        self._lines = lines
        self._trie = trie

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        start = 0
        while start < len(text):
            end = text.find(b"\n", start) + 1 or len(text)
            if self._lines.Match(text[start:end]):
                yield from (match.span() for match in self._trie.pattern.finditer(text, start, end))
            start = end
