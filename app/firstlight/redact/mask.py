# SPDX-License-Identifier: Apache-2.0
"""Hides private details: `redact` here, `redact_file` in a process of its own for files from strangers' devices.

Two passes: the first numbers and learns, the second writes. Line ends are never touched, so the line count stays.
Invariant: the target is written beside and renamed when it is whole; a fault leaves none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from firstlight.base.work import Work
from firstlight.redact import containers, engines, worker
from firstlight.redact.choices import Choices
from firstlight.redact.errors import Unreadable
from firstlight.redact.names import Names
from firstlight.redact.patterns import KINDS
from firstlight.redact.scan import Finding, TwoPasses


@dataclass(frozen=True)
class Result:
    """How many details were found and how many of them are hidden now, of which kinds; `lines` is the count of the text's lines."""

    hidden: int = 0
    found: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    engine: str = ""


def redact_file(source: Path, target: Path, choices: Mapping[str, Any], work: Work) -> int:
    """Write `target` from `source` without its private details, in a process of its own; how many were hidden.

    Raises RedactError, Cancelled.
    """
    result: Result = worker.run("redact", (source, target, dict(choices)), work)
    return result.hidden


def redact(
    source: Path,
    target: Path,
    choices: Mapping[str, Any] | None = None,
    work: Work | None = None,
    *,
    engine: str = "",
    findings: Path | None = None,
    names: Names | None = None,
) -> Result:
    """The same in this process. `findings` gets a line of JSON per detail; `names` shares numbers between files.

    Raises RedactError, Cancelled.
    """
    part = target.with_name(target.name + ".part")
    try:
        job = _Job(Choices.read(choices), work or Work(), engine, names or Names(), source.stat().st_size)
        containers.clean(source, None, job.learn)
        try:
            if findings is None:
                containers.clean(source, part, job.write)
            else:
                with findings.open("w", encoding="utf-8") as listing:
                    job.listing = listing
                    containers.clean(source, part, job.write)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Unreadable(name=source.name, why=error.strerror or str(error)) from error
    return Result(job.hidden, sum(job.kinds.values()), dict(job.kinds), job.lines, job.engine.name)


class _Job:
    """One file's two passes."""

    def __init__(self, choices: Choices, work: Work, engine: str, names: Names, size: int) -> None:
        self.engine = engines.choose(engine)
        self._passes = TwoPasses(self.engine)
        self.hidden = 0
        self.lines = 0
        self.kinds: Counter[str] = Counter()
        self.listing: TextIO | None = None
        self._choices = choices
        self._work = work
        self._names = names
        self._size = size
        self._done = 0

    def learn(self, source: BinaryIO, _target: BinaryIO) -> None:
        """First pass."""
        for text, found in self._passes.first(source):
            self._go_on(text)
            self._names.learn(found, text)

    def write(self, source: BinaryIO, target: BinaryIO) -> None:
        """Second pass."""
        line = 1
        for text, found in self._passes.second(source, lambda text: self._names.again(text, self._choices.extra)):
            self._go_on(text)
            target.write(b"".join(self._masked(text, found, line)))
            line += text.count(b"\n")
        self.lines += line - 1

    def _masked(self, text: bytes, found: list[Finding], line: int) -> list[bytes]:
        out: list[bytes] = []
        at = line_start = 0
        for one in found:
            value = text[one.start : one.end]
            self.kinds[one.kind] += 1
            if self._choices.leaves(one.kind, value):
                continue
            token = self._names.token(one.kind, value)
            self.hidden += 1
            if self.listing is not None:
                line += text.count(b"\n", line_start, one.start)
                line_start = max(text.rfind(b"\n", 0, one.start) + 1, line_start)
                self._list(line, one.start - line_start, one.end - line_start, one.kind, token)
            out += (text[at : one.start], token)
            at = one.end
        out.append(text[at:])
        return out

    def _list(self, line: int, start: int, end: int, kind: str, token: bytes) -> None:
        assert self.listing is not None
        json.dump({"line": line, "start": start, "end": end, "kind": KINDS[kind].name, "token": token.decode()}, self.listing)
        self.listing.write("\n")

    def _go_on(self, text: bytes) -> None:
        self._work.check()
        self._done += len(text)
        self._work.say("redact", self._done, 2 * self._size)
