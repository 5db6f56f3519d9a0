# SPDX-License-Identifier: Apache-2.0
"""Holds findings against ground truth: how much of what was planted is hidden, by kind, and how much of what is hidden was planted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fakes.device_log import Planted


@dataclass
class Verdict:
    """Counts of details. `harmed` are lines without anything private in which something was hidden."""

    planted: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    decoys: int = 0
    harmed: int = 0
    missed: list[tuple[int, Planted]] = field(default_factory=list)
    wrong: list[tuple[int, int, int, str]] = field(default_factory=list)

    def recall(self, kind: str = "") -> float:
        """Planted details of which every byte is hidden; 1 where none was planted."""
        planted, hidden = (self.planted[kind], self.hidden[kind]) if kind else (self.planted.total(), self.hidden.total())
        return hidden / planted if planted else 1.0

    def precision(self, kind: str = "") -> float:
        """Findings that touch something planted."""
        found, true = (self.found[kind], self.true[kind]) if kind else (self.found.total(), self.true.total())
        return true / found if found else 1.0

    @property
    def decoys_kept(self) -> float:
        """Lines without anything private that came out as they were."""
        return 1 - self.harmed / self.decoys if self.decoys else 1.0

    def add(self, other: Verdict) -> None:
        """Take the counts of another log in."""
        for mine, its in ((self.planted, other.planted), (self.hidden, other.hidden), (self.found, other.found), (self.true, other.true)):
            mine.update(its)
        self.decoys += other.decoys
        self.harmed += other.harmed


Span = tuple[int, int, str]


def read(path: Path) -> Iterator[tuple[int, Span]]:
    """The spans of a findings file with their line, the first being 1."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            one = json.loads(text)
            yield one["line"], (one["start"], one["end"], one["kind"])


def judge(planted: Sequence[tuple[Planted, ...]], findings: Iterable[tuple[int, Span]]) -> Verdict:
    """Line by line."""
    by_line: dict[int, list[Span]] = defaultdict(list)
    for line, span in findings:
        by_line[line].append(span)
    verdict = Verdict()
    for number, truth in enumerate(planted, 1):
        spans = by_line.get(number, [])
        if not truth:
            verdict.decoys += 1
            verdict.harmed += bool(spans)
        for one in truth:
            verdict.planted[one.kind] += 1
            if _covers(spans, one):
                verdict.hidden[one.kind] += 1
            else:
                verdict.missed.append((number, one))
        for start, end, kind in spans:
            is_true = any(start < p.end and end > p.start for p in truth)
            verdict.found[kind] += 1
            verdict.true[kind] += is_true
            if not is_true:
                verdict.wrong.append((number, start, end, kind))
    return verdict


def _covers(spans: list[Span], one: Planted) -> bool:
    at = one.start
    for start, end, _kind in sorted(spans):
        if start <= at < end:
            at = end
    return at >= one.end
