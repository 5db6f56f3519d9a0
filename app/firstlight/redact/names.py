# SPDX-License-Identifier: Apache-2.0
"""Numbers for private details: the same value has the same token in all texts of a report, and new numbers in the next report.

Also what was learned: values that a rule recognised once are found again where no rule would see them, in each text of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from firstlight.redact.choices import canonical, family
from firstlight.redact.engines import Engine, Words
from firstlight.redact.kinds import KIND_OF, KINDS, ORDER
from firstlight.redact.rule import AGAIN, LEARNED_FROM, OWN
from firstlight.redact.scan import Finding, merged

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
        self._tokens: tuple[dict[bytes, bytes], ...] = tuple({} for _ in KIND_OF)
        self._remembered = 0
        self._learned: dict[bytes, int] = {}
        self._words: Words | None = None
        for value in self._extra:
            self.token("extra", value)

    def token(self, kind: str, value: bytes) -> bytes:
        """`[mac 3]`."""
        return self.token_of(ORDER[kind], value)

    def token_of(self, order: int, value: bytes) -> bytes:
        """The same for the order of a kind."""
        return self._tokens[order].get(value) or self._new(order, value)

    def _new(self, order: int, value: bytes) -> bytes:
        token = self._made(KIND_OF[order], value)
        if self._remembered >= MOST_REMEMBERED:
            self._remembered = 0
            for tokens in self._tokens:
                tokens.clear()
        self._remembered += 1
        self._tokens[order][value] = token
        return token

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
        tokens, learned = self._tokens, self._learned
        for start, end, order, source in found:
            value = text[start:end]
            if value not in tokens[order]:
                self._new(order, value)
            if source == LEARNED_FROM and len(learned) < MOST_LEARNED and value not in learned:
                self._remember(order, value)

    def _remember(self, order: int, value: bytes) -> None:
        kind = KIND_OF[order]
        alike = family(kind, value)
        form = canonical("mac", value) if alike == "mac" else value
        if not _is_telling(alike, form):
            return
        self._words = None
        self._learned.setdefault(form, order)
        if kind == "host":
            self._learned.setdefault(form.lower(), order)
        elif alike == "mac":
            self._learned.setdefault(form.upper(), order)

    def again(self, text: bytes, found: list[Finding]) -> list[Finding]:
        """What was found in this text, with learned values and the tester's own words where they stand in it."""
        more = [(start, -end, AGAIN, self._learned[text[start:end]]) for start, end in self._again(text)]
        for value in self._extra:
            at = text.find(value)
            while at >= 0:
                more.append((at, -at - len(value), OWN, ORDER["extra"]))
                at = text.find(value, at + len(value))
        if not more:
            return found
        more += [(start, -end, source, order) for start, end, order, source in found]
        return merged(more)

    def _again(self, text: bytes) -> Iterable[tuple[int, int]]:
        if not self._learned:
            return ()
        if self._words is None:
            self._words = self.engine.words(tuple(self._learned))
        return self._words.spans(text)


def _is_telling(kind: str, value: bytes) -> bool:
    if not _SHORTEST.get(kind, 5) <= len(value) <= 128 or b"\n" in value or value.lower() in _COMMON:
        return False
    return not value.isdigit() or len(value) >= 7
