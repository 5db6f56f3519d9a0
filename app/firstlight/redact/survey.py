# SPDX-License-Identifier: Apache-2.0
"""What a page shows of a log before it leaves: counts by kind, and its lines in parts, hidden and readable ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from firstlight.base.work import Work
from firstlight.redact import containers, engines, worker
from firstlight.redact.choices import Choices, canonical, to_text
from firstlight.redact.errors import Unreadable
from firstlight.redact.names import Names
from firstlight.redact.scan import TwoPasses

MOST_LINES = 5_000
LONGEST_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line. `kind` is empty for ordinary text; `shown` is what leaves, `value` what stands in the file."""

    shown: str
    kind: str = ""
    value: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Survey:
    """Counts over the whole file; the first lines of it."""

    found: int
    hidden: int
    kinds: dict[str, int]
    lines: tuple[tuple[Part, ...], ...]
    line_count: int

    @property
    def is_whole(self) -> bool:
        """Whether every line is shown."""
        return len(self.lines) >= self.line_count


def survey_file(source: Path, choices: Mapping[str, Any], work: Work) -> Survey:
    """Look at a file in a process of its own. Raises RedactError, Cancelled."""
    seen: Survey = worker.run("survey", (source, dict(choices)), work)
    return seen


def survey(source: Path, choices: Mapping[str, Any], work: Work) -> Survey:
    """The same in this process."""
    looker = _Looker(Choices.read(choices), work)
    try:
        containers.clean(source, None, looker.learn)
        containers.clean(source, None, looker.look)
    except OSError as error:
        raise Unreadable(name=source.name, why=error.strerror or str(error)) from error
    return Survey(sum(looker.kinds.values()), looker.hidden, dict(looker.kinds), tuple(looker.lines), looker.line_count)


class _Looker:
    def __init__(self, choices: Choices, work: Work) -> None:
        self.kinds: Counter[str] = Counter()
        self.hidden = 0
        self.lines: list[tuple[Part, ...]] = []
        self.line_count = 0
        self._choices = choices
        self._work = work
        self._names = Names()
        self._passes = TwoPasses(engines.choose())

    def learn(self, source: BinaryIO, _target: BinaryIO) -> None:
        for text, found in self._passes.first(source):
            self._work.check()
            self._names.learn(found, text)

    def look(self, source: BinaryIO, _target: BinaryIO) -> None:
        for text, found in self._passes.second(source, lambda text: self._names.again(text, self._choices.extra)):
            self._work.check()
            line: list[Part] = []
            at = 0
            for one in found:
                value = text[one.start : one.end]
                token = self._names.token(one.kind, value)
                self.kinds[one.kind] += 1
                stays = self._choices.leaves(one.kind, value)
                self.hidden += not stays
                line = self._plain(line, text[at : one.start])
                line.append(Part(to_text(value if stays else token), one.kind, to_text(canonical(one.kind, value)), not stays))
                at = one.end
            line = self._plain(line, text[at:])
            if line:
                self._end(line)

    def _plain(self, line: list[Part], text: bytes) -> list[Part]:
        """Add ordinary text; each line end closes a line."""
        if len(self.lines) >= MOST_LINES:
            self.line_count += text.count(b"\n")
            return [Part("")] if not text.endswith(b"\n") and text else line if not text else []
        first, *rest = text.split(b"\n")
        if first:
            line.append(Part(to_text(first)))
        for more in rest:
            self._end(line)
            line = [Part(to_text(more))] if more else []
        return line

    def _end(self, line: list[Part]) -> None:
        self.line_count += 1
        if len(self.lines) < MOST_LINES:
            self.lines.append(tuple(line))
