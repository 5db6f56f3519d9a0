# SPDX-License-Identifier: Apache-2.0
"""What is known of one attached device, asked at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PRACTICE_PREFIX = "PRACTICE-"


class Kind(StrEnum):
    """What a device is; each kind has ways of its own to be flashed."""

    PHONE = "phone"
    ROUTER = "router"
    RECOVERY = "recovery"
    """A router that waits for a rescue image."""
    CARD = "card"
    """A card or a stick in this PC."""


class Mode(StrEnum):
    """What a device runs."""

    BOOTLOADER = "bootloader"
    FASTBOOTD = "fastbootd"
    """Android's own fastboot, which knows the logical partitions."""
    SYSTEM = "system"
    RECOVERY = "recovery"
    SIDELOAD = "sideload"
    """The recovery waits for an update package."""
    UNAUTHORISED = "unauthorised"
    """Started, but its tester has not allowed this PC yet."""
    OFFLINE = "offline"
    """It is there and does not answer."""


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
    kind: Kind = Kind.PHONE
    way: str = ""
    """The first word of its address (`devices/address.py`): fastboot, adb, ssh, recovery, card."""
    model: str = ""
    """Its name for people, as it tells it."""
    size: int | None = None
    """Of a card, in bytes."""
    why_hidden: str = ""
    """Not offered as a target, for this reason: a code of the room that found it ("system", "big")."""

    @property
    def where(self) -> str:
        """Its whole address, as `--device` takes it; "" when it has none."""
        return f"{self.way}:{self.address}" if self.way and self.address else ""

    @property
    def is_practice(self) -> bool:
        """An emulated phone of ours."""
        return self.serial.startswith(PRACTICE_PREFIX)

    @property
    def tail(self) -> str:
        """The last four of the serial number, as testers name devices."""
        return self.serial[-4:]
