# SPDX-License-Identifier: Apache-2.0
"""Durations and parts of a whole as a tester reads them; sizes and times of day are in kit/figures.py."""

from __future__ import annotations

import math
from datetime import datetime

from PySide6.QtCore import QCoreApplication


def countdown(seconds: float) -> str:
    """What is left, rounded up so that 0:00 means over: "1:24", "1:02:03"."""
    return elapsed(math.ceil(max(0.0, seconds)))


def elapsed(seconds: float) -> str:
    """What has passed, in whole seconds."""
    hours, rest = divmod(int(max(0.0, seconds)), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def about(seconds: float) -> str:
    """A duration nobody knows exactly, in minutes and never in seconds: "about 2 min"."""
    return QCoreApplication.translate("Durations", "about {minutes} min").format(minutes=max(1, round(seconds / 60)))


def took(seconds: float) -> str:
    """What it took, known exactly: "1 h 48 min", "8 min 52 s", "16 s"."""
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, left = divmod(minutes, 60)
    if hours:
        return QCoreApplication.translate("Durations", "{hours} h {minutes} min").format(hours=hours, minutes=left)
    if minutes:
        return QCoreApplication.translate("Durations", "{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return QCoreApplication.translate("Durations", "{seconds} s").format(seconds=rest)


def percent(done: float, total: float) -> int:
    """How much of it, 0 to 100; 100 only when all of it."""
    if total <= 0:
        return 0
    return min(99, int(done * 100 / total)) if done < total else 100


def to_the_second(at: datetime) -> str:
    """ "10:31:07", in this PC's time zone."""
    return at.astimezone().strftime("%H:%M:%S")
