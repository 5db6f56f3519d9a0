# SPDX-License-Identifier: Apache-2.0
"""Finds private details in a stream of lines: the rules, private keys over several lines, and values learned before.

Memory is bounded whatever the text: pieces of 1 MiB that end at a line's end, longer lines cut where no finding lies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from firstlight.redact.engines import Engine
from firstlight.redact.patterns import KINDS, RULES

PIECE = 1 << 20
LONGEST_LINE = 4 << 20
MOST_KEY_LINES = 400
MOST_KEPT = 300_000
_KEY_BEGIN = re.compile(rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----")
_KEY_END = re.compile(rb"-----END [A-Z ]{0,40}PRIVATE KEY-----")
_KEY_BODY = re.compile(rb"([0-9A-Za-z+/]{8,}={0,2})[ \t\r]*\n?$")
_ORDER = {name: at for at, name in enumerate(KINDS)}
NO_KIND = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A private detail of a piece of text: bytes `start` to `end`; `is_learned` when no rule of its own showed it there."""

    start: int
    end: int
    kind: str
    is_learned: bool = False
    teaches: bool = False


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end at a line's end, but for the last and for lines beyond 4 MiB."""
    kept = b""
    while block := file.read(PIECE):
        kept = kept + block if kept else block
        cut = kept.rfind(b"\n") + 1
        if not cut and len(kept) >= LONGEST_LINE:
            # A line without end: cut at the last gap of its last 4 KiB, so that no ordinary value is torn.
            gap = max(kept.rfind(b" ", len(kept) - 4096), kept.rfind(b",", len(kept) - 4096), kept.rfind(b"\0", len(kept) - 4096))
            cut = gap + 1 if gap > 0 else len(kept)
        if cut:
            yield kept[:cut]
            kept = kept[cut:]
    if kept:
        yield kept


class Scanner:
    """Finds in pieces given in order; remembers only whether a private key is open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._key_lines_left = 0

    def findings(self, text: bytes) -> list[Finding]:
        """All findings of the piece, in order, none over another."""
        found = [
            Finding(*span, RULES[rule].kind, teaches=RULES[rule].is_learned)
            for rule, start, end in self._engine.candidates(text)
            for span in RULES[rule].values(text, start, end)
        ]
        found.extend(self._open_keys(text))
        return merged(found)

    def _open_keys(self, text: bytes) -> list[Finding]:
        """The lines between BEGIN and END of a private key."""
        if not self._key_lines_left and b"PRIVATE KEY-----" not in text:
            return []
        found: list[Finding] = []
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
                    found.append(Finding(*body.span(1), "key"))
            at = line_end
        return found


class TwoPasses:
    """Findings of a first pass over some texts, given again in a second one over the same; beyond 300,000 the rest is looked for anew."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: list[list[Finding]] = []
        self._count = 0
        self._at = 0

    def first(self, source: BinaryIO) -> Iterator[tuple[bytes, list[Finding]]]:
        """Each piece of one text with what was found."""
        scanner = Scanner(self._engine)
        for text in pieces(source):
            found = scanner.findings(text)
            self._count += len(found)
            if self._count <= MOST_KEPT:
                self._kept.append(found)
            else:
                self._kept.clear()
            yield text, found

    def second(self, source: BinaryIO, also: Callable[[bytes], Iterable[Finding]]) -> Iterator[tuple[bytes, list[Finding]]]:
        """The same pieces, with more (learned values) that take part."""
        scanner: Scanner | None = None
        for text in pieces(source):
            if self._count <= MOST_KEPT:
                found = self._kept[self._at]
                self._at += 1
            else:
                # A key that lies open over pieces must be followed from the text's beginning: all of it is looked for anew.
                scanner = scanner or Scanner(self._engine)
                found = scanner.findings(text)
            yield text, merged([*found, *also(text)])


def merged(found: list[Finding]) -> list[Finding]:
    """Overlaps become one finding over the whole, of the kind that began first (then the longer, then the order of kinds)."""
    found.sort(key=lambda f: (f.start, -f.end, f.is_learned, _ORDER[f.kind]))
    kept: list[Finding] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            if one.end > last.end:
                kept[-1] = Finding(last.start, one.end, last.kind, last.is_learned, last.teaches and one.teaches)
            continue
        kept.append(one)
    return kept
