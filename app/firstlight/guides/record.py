# SPDX-License-Identifier: Apache-2.0
"""The memory of one run: its journal, the state that follows from it, its console. The one module that writes a run's journal.

Every act is on the medium (fsync'd) before the state that shows it exists.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from firstlight.base.events import Events
from firstlight.guides.console import Console
from firstlight.guides.replay import Replay
from firstlight.guides.state import ConsoleLine, RunChanged, RunState
from firstlight.store.journal import Journal
from firstlight.store.lock import FileLock
from firstlight_contract.guide_steps import Step
from firstlight_contract.guides import Guide


class RunRecord:
    """Thread-safe: a page writes notes while a job writes parts. Publishes RunChanged and ConsoleLine."""

    def __init__(
        self, *, guide: Guide, folder: Path, journal: Journal, lock: FileLock, events: Events, now: Callable[[], datetime]
    ) -> None:
        self.guide = guide
        self.folder = folder
        self.now = now
        self._journal = journal
        self._held = lock
        self._events = events
        self._lock = threading.RLock()
        self._console = Console(folder / "console.jsonl")
        self._replay = Replay(guide, folder / "guide", journal.records())
        self._state = self._replay.state()

    @property
    def state(self) -> RunState:
        """What the journal says."""
        return self._state

    @property
    def run_id(self) -> str:
        """Name of the run."""
        return self._state.run_id

    def running(self) -> str:
        """The build that the run's device ran when the run began; "" when that is not known."""
        device = self._state.device
        return device.build if device else ""

    @property
    def path(self) -> Path:
        """The journal's file."""
        return self._journal.path

    def write(self, kind: str, /, **values: Any) -> None:
        """Journal first, then the state that follows from it. A StoreError means that it did not happen."""
        with self._lock:
            record = {"e": kind, "t": self.now().isoformat(), **values}
            self._journal.append(record)
            self._replay.take(record)
            self._state = self._replay.state()
        self.changed()

    def changed(self) -> None:
        """Tell that there is a new state."""
        self._events.publish(RunChanged(self.run_id))

    def publish(self, event: object) -> None:
        """Tell something else about this run."""
        self._events.publish(event)

    def say(self, text: str, tone: str = "plain") -> None:
        """A line for the console."""
        line = ConsoleLine(self.run_id, self.now(), text[:500], tone)
        self._console.add(line)
        self._events.publish(line)

    def console(self, last: int) -> tuple[ConsoleLine, ...]:
        """The last lines that were said."""
        return self._console.lines(self.run_id, last)

    def since_undo(self, step: Step) -> list[dict[str, Any]]:
        """Records since the step was last taken back or a build was chosen: only these say what was done for it."""
        records: list[dict[str, Any]] = []
        for record in self._journal.records():
            undone = record.get("e") == "undo" and step.id in (record.get("step"), *record.get("also", ()))
            if undone or record.get("e") in ("way", "choose"):
                records.clear()
            records.append(record)
        return records

    def tries(self, step: Step) -> list[dict[str, Any]]:
        """Every action that was begun for the step since then: phase, i, verb and `end`: "ok", the code of its fault, "" for a crash."""
        found: list[dict[str, Any]] = []
        for record in self.since_undo(step):
            if record.get("step") != step.id:
                continue
            if record.get("e") == "begin":
                found.append({"phase": record.get("phase", "do"), "i": record.get("i"), "verb": record.get("verb"), "end": ""})
            elif record.get("e") == "end" and found:
                found[-1]["end"] = "ok" if record.get("ok") else str(record.get("failure", {}).get("code", "?"))
        return found

    def has_told(self, what: str) -> bool:
        """Whether an event of this run was handed on already."""
        return any(r.get("e") == "told" and r.get("what") == what for r in self._journal.records())

    def close(self) -> None:
        """Let go of the files."""
        self._journal.close()
        self._held.release()
