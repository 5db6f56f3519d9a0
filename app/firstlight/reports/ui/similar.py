# SPDX-License-Identifier: Apache-2.0
"""Which report that this PC knows reads like the sentence that is being written (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from firstlight.reports.report import ReportRow

_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}", re.UNICODE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ENOUGH = 0.5
"""Share of the shorter sentence's parts that both have."""
_LEAST = 2


def similar(title: str, rows: Iterable[ReportRow], *, but: str) -> ReportRow | None:
    """The row that is most alike, if any is enough so; `but` is the report that is being written."""
    wanted = parts(title)
    if len(wanted) < _LEAST:
        return None
    best, found = 0.0, None
    for row in rows:
        other = parts(row.title)
        if row.id == but or len(other) < _LEAST:
            continue
        shared = len(wanted & other)
        alike = shared / min(len(wanted), len(other))
        if shared >= _LEAST and alike >= ENOUGH and alike > best:
            best, found = alike, row
    return found


def parts(text: str) -> frozenset[str]:
    """The beginnings of longer words, numbers, and pairs of Chinese characters."""
    words = {word.lower()[:4] for word in _WORD.findall(_CHINESE.sub(" ", text))}
    pairs = {run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1)}
    return frozenset(words | pairs)
