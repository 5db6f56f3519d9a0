# SPDX-License-Identifier: Apache-2.0
"""What a page shows of a log before it leaves: counts by kind, and its lines in parts, hidden and readable ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from firstlight.base.work import Work
from firstlight.redact import containers, engines, worker
from firstlight.redact.choices import Choices, canonical, to_text
from firstlight.redact.errors import Unreadable
from firstlight.redact.kinds import KIND_OF
from firstlight.redact.names import Names
from firstlight.redact.passes import Passes
from firstlight.redact.scan import Finding

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


@dataclass(frozen=True)
class Together:
    """What a text is looked at with: all texts of its report, in order, and what the tester hides in the others.

    What is learned in one is hidden in each, and numbers are the report's.
    """

    texts: tuple[Path, ...] = ()
    extra: tuple[str, ...] = ()


def survey_file(source: Path, choices: Mapping[str, Any], together: Together, work: Work) -> Survey:
    """Look at a file in a process of its own. Raises RedactError, Cancelled."""
    seen: Survey = worker.run("survey", (source, dict(choices), together), work)
    return seen


def survey(source: Path, choices: Mapping[str, Any], together: Together, work: Work) -> Survey:
    """The same in this process."""
    chosen = Choices.read({**choices, "extra": [*choices.get("extra", ()), *together.extra]})
    sources = together.texts if source in together.texts else (source,)
    try:
        is_plain = not any(containers.is_packed(path) for path in sources)
        engine = engines.choose(size=sum(path.stat().st_size for path in sources) if is_plain else 0)
        names = Names(engine, chosen.extra)
        passes = Passes(engine, names, sources, work)
        with closing(passes):
            for path in sources:
                passes.first(path)
            passes.rewind()
            looker = _Looker(chosen, names, passes)
            for path in sources:
                passes.second(path, None, looker.look if path == source else passes.skip)
                if path == source:
                    break
    except OSError as error:
        raise Unreadable(name=source.name, why=error.strerror or str(error)) from error
    return Survey(sum(looker.kinds.values()), looker.hidden, dict(looker.kinds), tuple(looker.lines), looker.line_count)


class _Looker:
    def __init__(self, choices: Choices, names: Names, passes: Passes) -> None:
        self.kinds: Counter[str] = Counter()
        self.hidden = 0
        self.lines: list[tuple[Part, ...]] = []
        self.line_count = 0
        self._choices = choices
        self._names = names
        self._passes = passes

    def look(self, source: BinaryIO, _target: BinaryIO) -> None:
        for text, found in self._passes.found_in(source):
            if len(self.lines) >= MOST_LINES:
                self._count(text, found)
                continue
            line: list[Part] = []
            at = 0
            for start, end, order, _source in found:
                value, kind = text[start:end], KIND_OF[order]
                self.kinds[kind] += 1
                stays = self._choices.leaves(kind, value)
                self.hidden += not stays
                line = self._plain(line, text[at:start])
                if len(self.lines) < MOST_LINES:
                    token = self._names.token(kind, value)
                    line.append(Part(to_text(value if stays else token), kind, to_text(canonical(kind, value)), not stays))
                at = end
            line = self._plain(line, text[at:])
            if line:
                self._end(line)

    def _count(self, text: bytes, found: list[Finding]) -> None:
        """Beyond the lines that are shown."""
        self.line_count += text.count(b"\n") + (not text.endswith(b"\n"))
        for start, end, order, _source in found:
            self.kinds[KIND_OF[order]] += 1
            self.hidden += not self._choices.leaves(KIND_OF[order], text[start:end])

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
