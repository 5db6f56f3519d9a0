# SPDX-License-Identifier: Apache-2.0
"""What tools said during a run, in a file beside the journal. Not fsync'd: it explains, nothing is decided by it."""

from __future__ import annotations

import json
import logging
import threading
from collections import deque
from datetime import datetime
from pathlib import Path

from firstlight.guides.state import ConsoleLine

log = logging.getLogger(__name__)
_KEEP = 5000


class Console:
    """The last 5000 lines; thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._lines: deque[ConsoleLine] = deque(_read(path), maxlen=_KEEP)

    def add(self, line: ConsoleLine) -> None:
        """Append one. A disk that refuses costs the line in the file only: the journal is what counts."""
        with self._lock:
            self._lines.append(line)
            try:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([line.at.isoformat(), line.tone, line.text], ensure_ascii=False) + "\n")
            except OSError as error:
                log.warning("console of a run: %s", error)

    def lines(self, run_id: str, last: int) -> tuple[ConsoleLine, ...]:
        """The last ones, oldest first."""
        with self._lock:
            chosen = list(self._lines)[-last:] if last else []
        return tuple(ConsoleLine(run_id, line.at, line.text, line.tone) for line in chosen)


def _read(path: Path) -> list[ConsoleLine]:
    try:
        rows = path.read_text("utf-8", errors="replace").splitlines()[-_KEEP:]
    except FileNotFoundError:
        return []
    found = []
    for row in rows:
        try:
            at, tone, text = json.loads(row)
            found.append(ConsoleLine("", datetime.fromisoformat(at), str(text), str(tone)))
        except (ValueError, TypeError):
            continue  # a torn last line
    return found
