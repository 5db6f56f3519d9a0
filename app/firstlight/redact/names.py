# SPDX-License-Identifier: Apache-2.0
"""Numbers for private details: the same value has the same token in all texts of a report, and new numbers in the next report.

Also what was learned: values that a rule recognised once are found again where no rule would see them, in each text of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from firstlight.redact.choices import canonical, family
from firstlight.redact.engines import Engine, Words
from firstlight.redact.kinds import KINDS
from firstlight.redact.scan import ORDER, Finding, merged

MOST_NUMBERS = 100_000
MOST_LEARNED = 3_000
MOST_REMEMBERED = 20_000
_SHORTEST = {"wifi": 4, "name": 4, "password": 6, "mac": 12}
_COMMON = frozenset(
    b"home wlan wifi guest guests office internet network router default test admin hidden unknown phone android open free public private "
    b"password secret token none null true false enabled disabled active service system kernel".split()
)


class Names:
    """Tokens by kind and value, and the values learned while scanning. Bounded: beyond 100,000 values a kind's token has no number."""

    def __init__(self, engine: Engine, extra: Sequence[bytes] = ()) -> None:
        self.engine = engine
        self._extra = tuple(dict.fromkeys(extra))
        self._numbers: dict[int, int] = {}
        self._last: dict[str, int] = {}
        self._tokens: dict[tuple[str, bytes], bytes] = {}
        self._learned: dict[bytes, str] = {}
        self._words: Words | None = None
        for value in self._extra:
            self.token("extra", value)

    def token(self, kind: str, value: bytes) -> bytes:
        """`[mac 3]`."""
        known = self._tokens.get((kind, value))
        if known is None:
            known = self._made(kind, value)
            if len(self._tokens) >= MOST_REMEMBERED:
                self._tokens.clear()
            self._tokens[kind, value] = known
        return known

    def _made(self, kind: str, value: bytes) -> bytes:
        kind = family(kind, value)
        # The hash instead of the value: 100,000 of them stay small, and two values that share one of 64 bits do not turn up.
        key = hash((kind, canonical(kind, value)))
        number = self._numbers.get(key)
        word = KINDS[kind].word
        if number is None:
            if len(self._numbers) >= MOST_NUMBERS:
                return f"[{word}]".encode()
            number = self._numbers[key] = self._last[kind] = self._last.get(kind, 0) + 1
        return f"[{word} {number}]".encode()

    def learn(self, found: Iterable[Finding], text: bytes) -> None:
        """Number what was found, in its order, and remember what may stand elsewhere without its key word."""
        for start, end, kind, source in found:
            value = text[start:end]
            self.token(kind, value)
            if source == 0 and value not in self._learned and len(self._learned) < MOST_LEARNED:
                alike = family(kind, value)
                self._remember(kind, alike, canonical("mac", value) if alike == "mac" else value)

    def _remember(self, kind: str, alike: str, form: bytes) -> None:
        if not _is_telling(alike, form):
            return
        self._words = None
        self._learned.setdefault(form, kind)
        if kind == "host":
            self._learned.setdefault(form.lower(), kind)
        elif alike == "mac":
            self._learned.setdefault(form.upper(), kind)

    def again(self, text: bytes, found: list[Finding]) -> list[Finding]:
        """What was found in this text, with learned values and the tester's own words where they stand in it."""
        more = [(start, -end, 2, ORDER[kind]) for start, end, kind in self._again(text)]
        for value in self._extra:
            at = text.find(value)
            while at >= 0:
                more.append((at, -at - len(value), 3, ORDER["extra"]))
                at = text.find(value, at + len(value))
        if not more:
            return found
        return merged([*((start, -end, source, ORDER[kind]) for start, end, kind, source in found), *more])

    def _again(self, text: bytes) -> Iterable[tuple[int, int, str]]:
        if not self._learned:
            return
        if self._words is None:
            self._words = self.engine.words(tuple(self._learned))
        for start, end in self._words.spans(text):
            yield start, end, self._learned[text[start:end]]


def _is_telling(kind: str, value: bytes) -> bool:
    if not _SHORTEST.get(kind, 5) <= len(value) <= 128 or b"\n" in value or value.lower() in _COMMON:
        return False
    return not value.isdigit() or len(value) >= 7
