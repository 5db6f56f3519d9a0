# SPDX-License-Identifier: Apache-2.0
"""What came in to a practice device: every command, and how many bytes came with it, so that a test can prove that none came."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_MOST = 5000
_LONGEST = 500


@dataclass(frozen=True)
class Received:
    """One command that came in, and the bytes of image that came with it."""

    at: datetime
    command: str
    data_bytes: int


class Record:
    """The newest 5000 commands in memory, all of them in `received.jsonl` of the device's folder. Thread-safe."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._path = folder / "received.jsonl"
        self._now = now
        self._lock = threading.Lock()
        self._received: list[Received] = []
        self._bytes = 0

    def write_down(self, command: str, data_bytes: int = 0) -> None:
        """It came in."""
        received = Received(self._now(), command[:_LONGEST], data_bytes)
        line = json.dumps({"at": received.at.isoformat(), "command": received.command, "bytes": data_bytes}) + "\n"
        with self._lock:
            self._received.append(received)
            del self._received[:-_MOST]
            self._bytes += data_bytes
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)

    @property
    def received(self) -> tuple[Received, ...]:
        """Oldest first."""
        with self._lock:
            return tuple(self._received)

    @property
    def bytes(self) -> int:
        """Of images, since the device was made."""
        return self._bytes
