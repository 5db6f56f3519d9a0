# SPDX-License-Identifier: Apache-2.0
"""Verbs for phones and tablets, what they are asked: `fastboot.*`, `adb.*`, `backup.*`. What is done to them stands in
`android_deeds.py` and `adb_deeds.py`; all join here.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from firstlight_contract.verbs import adb_deeds, android_deeds
from firstlight_contract.verbs.adb_deeds import (
    AdbFormat,
    AdbPush,
    AdbReboot,
    AdbShell,
    AdbSideload,
    AdbWait,
    HeimdallFlash,
    HeimdallWait,
)
from firstlight_contract.verbs.android_deeds import (
    BackupKeep,
    DeviceBack,
    DeviceFind,
    FastbootBoot,
    FastbootContinue,
    FastbootCreateLogical,
    FastbootDeleteLogical,
    FastbootErase,
    FastbootFlash,
    FastbootFormat,
    FastbootLock,
    FastbootReboot,
    FastbootResizeLogical,
    FastbootSetActive,
    FastbootUnlock,
    FastbootUpdate,
    FastbootWait,
    FastbootWipeSuper,
    FlashPart,
)
from firstlight_contract.verbs.doc import CheckDoc, DeedDoc, GuideFileName, Value, Variable

__all__ = [
    "CHECKS",
    "DEEDS",
    "AdbBattery",
    "AdbDevice",
    "AdbExpect",
    "AdbFormat",
    "AdbInstalled",
    "AdbPush",
    "AdbReboot",
    "AdbShell",
    "AdbSideload",
    "AdbWait",
    "BackupKeep",
    "BackupKept",
    "DeviceBack",
    "DeviceFind",
    "FastbootBattery",
    "FastbootBoot",
    "FastbootContinue",
    "FastbootCreateLogical",
    "FastbootDeleteLogical",
    "FastbootDevice",
    "FastbootErase",
    "FastbootExpect",
    "FastbootFlash",
    "FastbootFormat",
    "FastbootLock",
    "FastbootReboot",
    "FastbootResizeLogical",
    "FastbootRollback",
    "FastbootSetActive",
    "FastbootSlot",
    "FastbootUnlock",
    "FastbootUnlocked",
    "FastbootUpdate",
    "FastbootWait",
    "FastbootWipeSuper",
    "FlashPart",
    "HeimdallFlash",
    "HeimdallWait",
]


def _one_or_more(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


_Names = Annotated[tuple[Value, ...], BeforeValidator(_one_or_more)]


class FastbootDevice(CheckDoc):
    """Check: the phone is the one that the build is for, by the code name and board revision that its bootloader tells."""

    short: ClassVar[str] = "product"
    verb: Literal["fastboot.device"]
    product: _Names = Field(min_length=1, max_length=16)
    board: _Names = Field(default=(), max_length=16)


class FastbootUnlocked(CheckDoc):
    """Check: the bootloader takes images."""

    verb: Literal["fastboot.unlocked"]


class FastbootBattery(CheckDoc):
    """Check: charge in percent; the tester may override it."""

    short: ClassVar[str] = "min"
    verb: Literal["fastboot.battery"]
    min: int = Field(default=40, ge=1, le=100)


class FastbootRollback(CheckDoc):
    """Check: the build is not older than what the phone's anti-rollback counter allows. The index is that of the chosen build; a
    guide with files of its own says it, or names the vbmeta image that holds it.
    """

    short: ClassVar[str] = "index"
    verb: Literal["fastboot.rollback"]
    index: int | None = Field(default=None, ge=0, le=(1 << 63) - 1)
    file: GuideFileName | None = None


class _Expect(CheckDoc):
    """A name and the values that it may have."""

    is_: Value | None = Field(default=None, alias="is")
    one_of: tuple[Value, ...] = Field(default=(), max_length=32)

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.is_ is None) == (not self.one_of):
            raise ValueError("say either `is` or `one_of`")
        return self

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every value that is right."""
        return self.one_of if self.is_ is None else (self.is_,)


class FastbootExpect(_Expect):
    """Check: a variable of the bootloader has this value, or one of these."""

    verb: Literal["fastboot.expect"]
    name: Variable


class FastbootSlot(CheckDoc):
    """Check: this slot is the one that starts."""

    short: ClassVar[str] = "is_"
    verb: Literal["fastboot.slot"]
    is_: Literal["a", "b"] = Field(alias="is")


class AdbDevice(CheckDoc):
    """Check: the started phone, or the one in its recovery, is of these models, by the code name that it tells."""

    short: ClassVar[str] = "product"
    verb: Literal["adb.device"]
    product: _Names = Field(min_length=1, max_length=16)


class AdbExpect(_Expect):
    """Check: a property of the started phone (`getprop`) has this value, or one of these."""

    verb: Literal["adb.expect"]
    name: Variable


class AdbBattery(CheckDoc):
    """Check: charge in percent, as the started phone tells it; the tester may override it."""

    short: ClassVar[str] = "min"
    verb: Literal["adb.battery"]
    min: int = Field(default=40, ge=1, le=100)


class AdbInstalled(CheckDoc):
    """Check: the started phone runs what an update package of the guide holds, by the build number or the fingerprint in the package's
    own metadata. For `after` of a step that waits for the phone behind `adb.sideload`: a phone that fell back runs as well.
    """

    short: ClassVar[str] = "file"
    verb: Literal["adb.installed"]
    file: GuideFileName


class BackupKept(CheckDoc):
    """Check: what `backup.keep` fetched lies on this PC with the hash it had; the tester may override it."""

    verb: Literal["backup.kept"]


CHECKS: tuple[type[CheckDoc], ...] = (
    FastbootDevice,
    FastbootUnlocked,
    FastbootBattery,
    FastbootRollback,
    FastbootExpect,
    FastbootSlot,
    AdbDevice,
    AdbExpect,
    AdbBattery,
    AdbInstalled,
    BackupKept,
)
DEEDS: tuple[type[DeedDoc], ...] = (*android_deeds.DEEDS, *adb_deeds.DEEDS)
