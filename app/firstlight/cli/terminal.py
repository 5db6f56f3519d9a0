# SPDX-License-Identifier: Apache-2.0
"""What commands say: words for people, or with --json one object for programs; faults go to stderr either way."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress, Work
from firstlight.cli.words import explain

_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """`text` with what a terminal would obey shown as its number: words of devices, files and other people's guides come by here."""
    return _ORDERS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class Terminal:
    """Standard output and error of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
            # A name of a file may be no text at all, and a terminal may know few letters: told in another way, never a crash.
            sys.stdout.reconfigure(errors="backslashreplace")

    def line(self, text: str = "") -> None:
        """A line for people; programs do not get it."""
        if not self.as_json:
            print(harmless(text), flush=True)

    def result(self, data: Mapping[str, Any]) -> None:
        """What a program gets: one JSON object on one line."""
        if self.as_json:
            # Where the output takes few letters, JSON has its own way to write the others.
            is_utf8 = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"
            print(json.dumps(data, ensure_ascii=not is_utf8, default=str), flush=True)

    def hint(self, text: str) -> None:
        """A line beside the result, on stderr."""
        print(harmless(text), file=sys.stderr, flush=True)

    def fault(self, error: FirstlightError) -> None:
        """A known fault: its sentence on stderr, its code and facts for programs."""
        self.refused(error.code, explain(error), error.facts)

    def refused(self, code: str, text: str, facts: Mapping[str, object]) -> None:
        """A sentence on stderr, and for programs its code and facts."""
        self.result({"ok": False, "error": code, "text": text, "facts": dict(facts)})
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
