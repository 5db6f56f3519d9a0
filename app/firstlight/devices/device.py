# SPDX-License-Identifier: Apache-2.0
"""What is known of one attached device, asked at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PRACTICE_PREFIX = "PRACTICE-"


class Mode(StrEnum):
    """What a device runs."""

    BOOTLOADER = "bootloader"
    SYSTEM = "system"
    UNAUTHORISED = "unauthorised"
    """Started, but its tester has not allowed this PC yet."""


@dataclass(frozen=True)
class Device:
    """Facts as the device told them; None and "" mean that it did not tell."""

    serial: str
    address: str
    """As `fastboot -s` or `adb -s` takes it."""
    mode: Mode
    product: str = ""
    board: str = ""
    build: str = ""
    battery: int | None = None
    is_unlocked: bool | None = None
    slot: str = ""
    rollback_index: int | None = None
    boot_fault: str = ""

    @property
    def is_practice(self) -> bool:
        """An emulated phone of ours."""
        return self.serial.startswith(PRACTICE_PREFIX)

    @property
    def tail(self) -> str:
        """The last four of the serial number, as testers name devices."""
        return self.serial[-4:]
