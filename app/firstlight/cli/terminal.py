# SPDX-License-Identifier: Apache-2.0
"""What commands say: words for people, or with --json one object for programs; faults go to stderr either way."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress, Work
from firstlight.cli.words import explain


class Terminal:
    """Standard output and error of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def line(self, text: str = "") -> None:
        """A line for people; programs do not get it."""
        if not self.as_json:
            print(text, flush=True)

    def result(self, data: Mapping[str, Any]) -> None:
        """What a program gets: one JSON object on one line."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False, default=str), flush=True)

    def hint(self, text: str) -> None:
        """A line beside the result, on stderr."""
        print(text, file=sys.stderr, flush=True)

    def fault(self, error: FirstlightError) -> None:
        """A known fault: its sentence on stderr, its code and facts for programs."""
        text = explain(error)
        self.result({"ok": False, "error": error.code, "text": text, "facts": dict(error.facts)})
        self.hint(text)


class TerminalWork(Work):
    """Progress on one line of stderr, when somebody is watching it."""

    def __init__(self) -> None:
        super().__init__()
        self._is_watched = sys.stderr.isatty()
        self._shown = ""

    def _said(self, progress: Progress) -> None:
        if not self._is_watched or progress.total <= 0:
            return
        text = f"{progress.stage} {100 * progress.done // progress.total} %"
        if text != self._shown:
            self._shown = text
            print(f"\r{text}\x1b[K", end="\n" if progress.done >= progress.total else "", file=sys.stderr, flush=True)
