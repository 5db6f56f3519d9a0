# SPDX-License-Identifier: Apache-2.0
"""Kinds of foreign guides -> who reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from firstlight.guides.exchange import ifixit, omanual_read, openwrt, ubports
from firstlight.guides.exchange.draft import Imported

READERS: dict[str, Callable[[Path, Imported], None]] = {
    "ubports": ubports.read,
    "ifixit": ifixit.read,
    "omanual": omanual_read.read,
    "openwrt": openwrt.read,
}
