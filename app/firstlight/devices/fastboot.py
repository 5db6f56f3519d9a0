# SPDX-License-Identifier: Apache-2.0
"""A phone in its bootloader, by whatever speaks fastboot: the tester's own program, else our client for TCP addresses.

Every call has a deadline: questions 10 s, a reboot 30 s, a flash one second a megabyte and 60 s. A flash is never cut off by a
cancel: half a part does not start; whoever wants to stop waits for its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ASK_S = 10.0
REBOOT_S = 30.0


def flash_deadline_s(size: int) -> float:
    """How long writing `size` bytes may take."""
    return 60.0 + size / 1_000_000


def _ignore(*_: object) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Watch:
    """Who wants to know how a flash goes: bytes, console lines (text, tone), silence in seconds (0: it speaks again)."""

    moved: Callable[[int, int], None] = _ignore
    said: Callable[[str, str], None] = _ignore
    silent: Callable[[int], None] = _ignore


class Fastboot(Protocol):
    """One phone at one address. Raises DeviceLost, DeviceStalled, DeviceRefused (Locked, BatteryLow), ToolMissing, ToolFailed."""

    @property
    def address(self) -> str:
        """As `fastboot -s` takes it: a serial number or tcp:HOST:PORT."""

    @property
    def speaker(self) -> str:
        """What talks to it, for the console's heading: "fastboot 35.0.2" or "Firstlight"."""

    def getvar(self, name: str) -> str:
        """A variable of the bootloader; "" when it knows none of that name."""

    def flash(self, partition: str, image: Path, watch: Watch) -> None:
        """Write an image; when this returns, the phone has said OKAY to all of it."""

    def fetch(self, partition: str, target: Path) -> int:
        """Read a partition into a file; the answer is its size."""

    def reboot(self, to: str) -> None:
        """Leave for `system` or `bootloader`."""
