# SPDX-License-Identifier: Apache-2.0
"""Finds private details in a stream of lines: the rules, and private keys over several lines.

Memory is bounded whatever the text: pieces of 256 KiB that end at a line's end, longer lines cut where no finding lies.
Terminal codes are taken out, and the zeros of UTF-16 that stands in the midst of another text: no rule sees a value that they split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from firstlight.redact.engines import Engine
from firstlight.redact.kinds import KIND_OF, ORDER
from firstlight.redact.patterns import RULES
from firstlight.redact.rule import RULE, Raw, finder

PIECE = 1 << 18
LONGEST_LINE = 4 << 20
MOST_KEY_LINES = 400
_KEY_BEGIN = re.compile(rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----")
_KEY_END = re.compile(rb"-----END [A-Z ]{0,40}PRIVATE KEY-----")
_KEY_BODY = re.compile(rb"([0-9A-Za-z+/]{8,}={0,2})[ \t\r]*\n?$")
_TERMINAL = re.compile(rb"\x1b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b\n]{0,512}(?:\x07|\x1b\\)|[()][0-9A-Z]|[=>78cDEHMNOZ])")
_WIDE = re.compile(rb"\0?(?:[^\0]\0){4,}")
_GAP = re.compile(rb"[,;\0]|(?<![\s:=>,;])[ \t]")
_FIND = tuple(finder(rule) for rule in RULES)
_KEY = ORDER["key"]

Finding = tuple[int, int, int, int]
"""A private detail of a piece of text: bytes from, to, order of its kind, source; a plain tuple, for there may be millions."""


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end at a line's end, but for the last and for lines beyond 4 MiB."""
    kept = b""
    while block := file.read(PIECE):
        kept = kept + block if kept else block
        cut = kept.rfind(b"\n") + 1
        if not cut and len(kept) >= LONGEST_LINE:
            # A line without end: cut at the last gap of its last 4 KiB, so that no ordinary value is torn, nor parted from its key.
            cut = max((gap.end() for gap in _GAP.finditer(kept, len(kept) - 4096)), default=len(kept))
        if cut:
            yield _plain(kept[:cut])
            kept = kept[cut:]
    if kept:
        yield _plain(kept)


def _plain(text: bytes) -> bytes:
    """Letters alone, one byte behind the other."""
    if b"\x1b" in text:
        text = _TERMINAL.sub(b"", text)
    if b"\0" in text:
        text = _WIDE.sub(lambda match: match[0].replace(b"\0", b""), text)
    return text


class Scanner:
    """Finds in pieces given in order; remembers only whether a private key is open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._key_lines_left = 0

    def findings(self, text: bytes) -> list[tuple[int, int, str, int]]:
        """All findings of the piece with the names of their kinds, in order, none over another."""
        return [(start, end, KIND_OF[order], source) for start, end, order, source in self.found(text)]

    def found(self, text: bytes) -> list[Finding]:
        """The same with kinds by their order."""
        found: list[Raw] = []
        for number, runs in self._engine.candidates(text):
            _FIND[number](text, runs, found)
        found.extend((start, -end, RULE, _KEY) for start, end in self._open_keys(text))
        return merged(found)

    def _open_keys(self, text: bytes) -> list[tuple[int, int]]:
        """The lines between BEGIN and END of a private key."""
        if not self._key_lines_left and b"PRIVATE KEY-----" not in text:
            return []
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(text):
            if not self._key_lines_left:
                begin = _KEY_BEGIN.search(text, at)
                if begin is None:
                    break
                line_end = text.find(b"\n", begin.end())
                end = _KEY_END.search(text, begin.end(), line_end if line_end >= 0 else len(text))
                at = len(text) if line_end < 0 else line_end + 1
                self._key_lines_left = 0 if end else MOST_KEY_LINES
                continue
            line_end = text.find(b"\n", at)
            line_end = len(text) if line_end < 0 else line_end + 1
            if _KEY_END.search(text, at, line_end):
                self._key_lines_left = 0
            else:
                self._key_lines_left -= 1
                if body := _KEY_BODY.search(text, at, line_end):
                    found.append(body.span(1))
            at = line_end
        return found


def merged(found: list[Raw]) -> list[Finding]:
    """Overlaps become one finding over the whole.

    It is of the kind that began first (then the longer, then a rule's before a learned one, then the order of kinds).
    """
    found.sort()
    kept: list[Finding] = []
    last_end = 0
    for start, negative_end, source, order in found:
        end = -negative_end
        if start >= last_end:
            kept.append((start, end, order, source))
            last_end = end
        elif end > last_end:
            first, _, kind, had = kept[-1]
            kept[-1] = (first, end, kind, max(had, source))
            last_end = end
    return kept
