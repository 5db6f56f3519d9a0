# SPDX-License-Identifier: Apache-2.0
"""How much more memory this process holds at most while something runs, whatever ran in it before.

`ru_maxrss` alone would not do: it never falls, and behind a test that once needed much it hides all that comes after.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc/self")
_FORGET_THE_PEAK = "5"


@dataclass
class Grown:
    """What came on top; told when the block has ended."""

    mb: float = 0.0


@contextmanager
def growth() -> Iterator[Grown]:
    """Measures the block. Where the system cannot forget an older peak, from that peak on."""
    if _PROC.is_dir():
        (_PROC / "clear_refs").write_text(_FORGET_THE_PEAK)
    told, before = Grown(), _peak_mb()
    yield told
    told.mb = _peak_mb() - before


def _peak_mb() -> float:
    if _PROC.is_dir():
        lines = (_PROC / "status").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
