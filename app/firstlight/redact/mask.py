# SPDX-License-Identifier: Apache-2.0
"""Hides private details: `redact` here, `redact_files` in a process of its own for files from strangers' devices.

Line ends are never touched, so the line count stays.
Invariant: a target is written beside and renamed when it is whole; a fault leaves none.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO

from firstlight.base.work import Work
from firstlight.redact import containers, engines, worker
from firstlight.redact.choices import Choices, family
from firstlight.redact.errors import Unreadable
from firstlight.redact.kinds import KIND_OF, ORDER
from firstlight.redact.names import Names
from firstlight.redact.passes import Passes
from firstlight.redact.scan import Finding, Scanner

_ORDER_OF = itemgetter(2)


class Text(NamedTuple):
    """One text of a report: where it lies, where it goes, what the tester decided about it. Without a target it is only read."""

    source: Path
    target: Path | None
    choices: Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """How many details were found and how many of them are hidden now, of which kinds; `lines` is the count of the text's lines."""

    hidden: int = 0
    found: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    engine: str = ""


def redact_files(
    texts: Sequence[tuple[Path, Path | None, Mapping[str, Any]]], names: Sequence[str], work: Work
) -> tuple[list[int], list[str]]:
    """Write the targets of a report's texts; how many details were hidden in each, and the given file names as they may leave.

    The same detail has the same token in all of them. Texts are read in a process of their own. Raises RedactError, Cancelled.
    """
    if not texts:
        return [], clean_names(names, Names(engines.choose("re")))
    asked = [Text(*text) for text in texts]
    try:
        results, cleaned = worker.run("redact", (asked, list(names)), work)
    finally:
        # A process that was killed could not tidy up.
        for text in asked:
            if text.target is not None:
                _part(text.target).unlink(missing_ok=True)
    return [result.hidden for result in results], cleaned


def redact(
    source: Path,
    target: Path,
    choices: Mapping[str, Any] | None = None,
    work: Work | None = None,
    *,
    engine: str = "",
    findings: Path | None = None,
) -> Result:
    """One text in this process. `findings` gets a line of JSON per detail. Raises RedactError, Cancelled."""
    (result,), _ = redact_all([Text(source, target, choices or {})], (), work or Work(), engine=engine, findings=findings)
    return result


def redact_all(
    texts: Sequence[Text], names: Sequence[str], work: Work, *, engine: str = "", findings: Path | None = None
) -> tuple[list[Result], list[str]]:
    """Several texts in this process."""
    chosen = [Choices.read(text.choices) for text in texts]
    results: list[Result] = []
    name = texts[0].source.name if texts else ""
    try:
        found_by = engines.choose(engine, _size(texts))
        known = Names(found_by, [value for choices in chosen for value in choices.extra])
        with ExitStack() as ending:
            ending.enter_context(_no_collector())
            passes = Passes(found_by, known, [text.source for text in texts], work)
            ending.callback(passes.close)
            listing = ending.enter_context(findings.open("w", encoding="utf-8")) if findings else None
            for text in texts:
                name = text.source.name
                passes.first(text.source)
            passes.rewind()
            for text, choices in zip(texts, chosen, strict=True):
                name = text.source.name
                results.append(_written(passes, text, _Mask(passes, known, choices, listing), found_by.name))
    except OSError as error:
        for text in texts[: len(results)]:
            if text.target is not None:
                text.target.unlink(missing_ok=True)
        raise Unreadable(name=name, why=error.strerror or str(error)) from error
    return results, clean_names(names, known)


def _size(texts: Sequence[Text]) -> int:
    """What is to be read; 0 where that cannot be told, as of archives."""
    if any(containers.is_packed(text.source) for text in texts):
        return 0
    return sum(text.source.stat().st_size for text in texts)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Nothing here makes circles, and the collector would look at each of some hundred thousand findings again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def clean_names(names: Sequence[str], known: Names) -> list[str]:
    """File names carry addresses and accounts too; their tokens stand without brackets."""
    return [_clean_name(name, known) for name in names]


def _clean_name(name: str, known: Names) -> str:
    text = name.encode("utf-8", "replace")
    out: list[bytes] = []
    at = 0
    for start, end, order, _source in known.again(text, Scanner(known.engine).found(text)):
        out += (text[at:start], known.token(KIND_OF[order], text[start:end]).strip(b"[]").replace(b" ", b"-"))
        at = end
    return b"".join((*out, text[at:])).decode("utf-8", "replace")


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _written(passes: Passes, text: Text, mask: _Mask, engine: str) -> Result:
    if text.target is None:
        passes.second(text.source, None, passes.skip)
        return Result()
    part = _part(text.target)
    try:
        passes.second(text.source, part, mask.write)
        part.replace(text.target)
    finally:
        part.unlink(missing_ok=True)
    kinds = {KIND_OF[order]: count for order, count in mask.counts.items()}
    return Result(mask.hidden, mask.counts.total(), kinds, mask.lines, engine)


class _Mask:
    """The second pass over one file."""

    def __init__(self, passes: Passes, names: Names, choices: Choices, listing: TextIO | None) -> None:
        self.hidden = 0
        self.lines = 0
        self.counts: Counter[int] = Counter()
        self._off = frozenset(ORDER[kind] for kind in choices.off_kinds)
        self._passes = passes
        self._names = names
        self._choices = choices
        self._listing = listing

    def write(self, source: BinaryIO, target: BinaryIO) -> None:
        """One text of it."""
        line = 1
        for text, found in self._passes.found_in(source):
            target.write(self._masked(text, found, line))
            line += text.count(b"\n")
        self.lines += line - 1

    def _masked(self, text: bytes, found: list[Finding], line: int) -> bytes:
        out: list[bytes] = []
        at = line_start = 0
        off, restored, leaves = self._off, self._choices.restored, self._choices.leaves
        token_of = self._names.token_of
        self.counts.update(map(_ORDER_OF, found))
        for start, end, order, _source in found:
            if order in off:
                continue
            value = text[start:end]
            if restored and leaves(KIND_OF[order], value):
                continue
            token = token_of(order, value)
            if self._listing is not None:
                line += text.count(b"\n", line_start, start)
                line_start = max(text.rfind(b"\n", 0, start) + 1, line_start)
                self._list(line, start - line_start, end - line_start, family(KIND_OF[order], value), token)
            out += (text[at:start], token)
            at = end
        self.hidden += len(out) // 2
        out.append(text[at:])
        return b"".join(out)

    def _list(self, line: int, start: int, end: int, kind: str, token: bytes) -> None:
        assert self._listing is not None
        json.dump({"line": line, "start": start, "end": end, "kind": kind, "token": token.decode()}, self._listing)
        self._listing.write("\n")
