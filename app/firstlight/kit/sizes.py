# SPDX-License-Identifier: Apache-2.0
"""Bytes as people read them; without Qt, as commands say them too."""

from __future__ import annotations

_UNITS = ("B", "kB", "MB", "GB", "TB")


def size(count: float) -> str:
    """Bytes with three telling digits: "412 kB", "1.42 GB"."""
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = 0 if unit < 2 or value >= 100 else (1 if value >= 10 else 2)
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {_UNITS[unit]}"
