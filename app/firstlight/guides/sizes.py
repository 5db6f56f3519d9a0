# SPDX-License-Identifier: Apache-2.0
"""Bytes as people read them, for sentences that the core makes: the same figures as the window shows beside them."""

from __future__ import annotations

_UNITS = ("B", "kB", "MB", "GB", "TB")


def told(size: int) -> str:
    """With three telling digits: 412 kB, 8.39 MB, 31.9 GB."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = 0 if unit < 2 or value >= 100 else (1 if value >= 10 else 2)
    return f"{value:.{digits}f} {_UNITS[unit]}"
