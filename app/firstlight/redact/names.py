# SPDX-License-Identifier: Apache-2.0
"""Numbers for private details: the same value has the same token within a set of files, and new numbers in the next set.

Also what was learned: values that a rule recognised once are found again where no rule would see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from firstlight.redact.choices import canonical
from firstlight.redact.patterns import KINDS
from firstlight.redact.scan import Finding

MOST_NUMBERS = 200_000
MOST_LEARNED = 3_000
_SHORTEST = {"wifi": 4, "name": 4, "password": 6, "mac": 12}
_COMMON = frozenset(
    b"home wlan wifi guest guests office internet network router default test admin hidden unknown phone android open free public private "
    b"password secret token none null true false enabled disabled active service system kernel".split()
)


class Names:
    """Tokens by kind and value, and the values learned while scanning. Bounded: beyond 200,000 values a kind's token has no number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bytes], int] = {}
        self._last: dict[str, int] = {}
        self._learned: dict[bytes, str] = {}
        self._pattern: re.Pattern[bytes] | None = None

    def token(self, kind: str, value: bytes) -> bytes:
        """`[mac 3]`."""
        key = (kind, canonical(kind, value))
        number = self._numbers.get(key)
        word = KINDS[kind].word
        if number is None:
            if len(self._numbers) >= MOST_NUMBERS:
                return f"[{word}]".encode()
            number = self._numbers[key] = self._last[kind] = self._last.get(kind, 0) + 1
        return f"[{word} {number}]".encode()

    def learn(self, found: Iterable[Finding], text: bytes) -> None:
        """Number what was found, in its order, and remember what may stand elsewhere without its key word."""
        for one in found:
            value = text[one.start : one.end]
            self.token(one.kind, value)
            if not one.teaches or len(self._learned) >= MOST_LEARNED:
                continue
            form = canonical("mac", value) if one.kind == "mac" else value
            if _is_telling(one.kind, form):
                self._learned.setdefault(form, one.kind)
                if one.kind in ("host", "mail", "mac"):
                    self._learned.setdefault(form.lower() if one.kind != "mac" else form.upper(), one.kind)
            self._pattern = None

    def again(self, text: bytes, extra: Iterable[bytes] = ()) -> Iterator[Finding]:
        """Where learned values and the tester's own stand in this text."""
        for value in extra:
            at = text.find(value)
            while at >= 0:
                yield Finding(at, at + len(value), "extra")
                at = text.find(value, at + len(value))
        if not self._learned:
            return
        if self._pattern is None:
            self._pattern = re.compile(rb"(?<![0-9A-Za-z])(?:" + _trie(self._learned) + rb")(?![0-9A-Za-z])")
        for match in self._pattern.finditer(text):
            yield Finding(match.start(), match.end(), self._learned[match.group()], is_learned=True)


def _is_telling(kind: str, value: bytes) -> bool:
    if not _SHORTEST.get(kind, 5) <= len(value) <= 128 or b"\n" in value or value.lower() in _COMMON:
        return False
    return not value.isdigit() or len(value) >= 7


def _trie(values: Iterable[bytes]) -> bytes:
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
