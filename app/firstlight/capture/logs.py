# SPDX-License-Identifier: Apache-2.0
"""Logs: the phone's logcat by adb, and the program's own. As they are; what leaves is redacted from them later."""

from __future__ import annotations

from pathlib import Path

from firstlight.base.work import Work
from firstlight.capture.screens import output_of
from firstlight.devices.tool import Tool

LIMIT_S = 60.0
LIMIT_BYTES = 256 << 20
OWN_LIMIT_BYTES = 2 << 20


def logcat(adb: Tool, work: Work, *, serial: str = "", minutes: int = 0, now_s: float = 0.0) -> bytes:
    """What the phone's buffers hold, with dates and zones; with `minutes`, only since then (by the phone's own clock).

    Raises DeviceNotFound, ToolMissing, NothingCaptured, TooLarge, Cancelled.
    """
    chosen = ("-s", serial) if serial else ()
    since = ("-T", f"{now_s - minutes * 60:.3f}") if minutes and now_s else ()
    arguments = (*chosen, "exec-out", "logcat", "-d", "-v", "threadtime,year,zone", "-b", "all", *since)
    return output_of(adb, arguments, work, deadline_s=LIMIT_S, limit_bytes=LIMIT_BYTES)


def own_log(folder: Path) -> bytes:
    """The end of the program's own log, oldest line first; empty when there is none."""
    files = sorted(folder.glob("firstlight.log*"), key=lambda p: p.stat().st_mtime)
    data = b"".join(p.read_bytes() for p in files)[-OWN_LIMIT_BYTES:]
    cut = data.find(b"\n") + 1 if len(data) == OWN_LIMIT_BYTES else 0
    return data[cut:]
