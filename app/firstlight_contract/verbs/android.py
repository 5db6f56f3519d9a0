# SPDX-License-Identifier: Apache-2.0
"""Verbs for phones and tablets: `fastboot.*`, `adb.*`, `device.*`, `backup.*`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, Partition, Seconds, Value, Variable


class FastbootDevice(CheckDoc):
    """Check: the phone is the one that the build is for, by the code name and board revision that its bootloader tells."""

    verb: Literal["fastboot.device"]
    product: tuple[Value, ...] = Field(min_length=1, max_length=16)
    board: tuple[Value, ...] = Field(default=(), max_length=16)


class FastbootUnlocked(CheckDoc):
    """Check: the bootloader takes images."""

    verb: Literal["fastboot.unlocked"]


class FastbootBattery(CheckDoc):
    """Check: charge in percent; the tester may override it."""

    short: ClassVar[str] = "min"
    verb: Literal["fastboot.battery"]
    min: int = Field(default=40, ge=1, le=100)


class FastbootRollback(CheckDoc):
    """Check: the build is not older than what the phone's anti-rollback counter allows."""

    verb: Literal["fastboot.rollback"]


class FastbootExpect(CheckDoc):
    """Check: a variable of the bootloader has this value."""

    verb: Literal["fastboot.expect"]
    name: Variable
    is_: Value = Field(alias="is")


class BackupKept(CheckDoc):
    """Check: what `backup.keep` fetched lies on this PC with the hash it had; the tester may override it."""

    verb: Literal["backup.kept"]


class DeviceFind(DeedDoc):
    """Wait until the run's phone answers and stands in its bootloader; a started phone is asked to go there."""

    short: ClassVar[str] = "seconds"
    verb: Literal["device.find"]
    seconds: Seconds = 60


class DeviceBack(DeedDoc):
    """Wait until the phone has started again."""

    short: ClassVar[str] = "seconds"
    verb: Literal["device.back"]
    seconds: Seconds = 180


class BackupKeep(DeedDoc):
    """Read partitions of the phone and keep them in the run's folder; read twice and compared."""

    short: ClassVar[str] = "parts"
    verb: Literal["backup.keep"]
    parts: tuple[Partition, ...] = Field(min_length=1, max_length=8)


class FastbootFlash(DeedDoc):
    """Write images of the chosen build, part by part, in this order."""

    short: ClassVar[str] = "parts"
    writes: ClassVar[bool] = True
    verb: Literal["fastboot.flash"]
    parts: tuple[Partition, ...] = Field(min_length=1, max_length=64)

    def part_names(self) -> tuple[str, ...]:
        """Each partition is a part."""
        return self.parts


class FastbootReboot(DeedDoc):
    """Leave the bootloader."""

    short: ClassVar[str] = "to"
    verb: Literal["fastboot.reboot"]
    to: Literal["system", "bootloader"] = "system"


CHECKS: tuple[type[CheckDoc], ...] = (
    FastbootDevice,
    FastbootUnlocked,
    FastbootBattery,
    FastbootRollback,
    FastbootExpect,
    BackupKept,
)
DEEDS: tuple[type[DeedDoc], ...] = (DeviceFind, DeviceBack, BackupKeep, FastbootFlash, FastbootReboot)
