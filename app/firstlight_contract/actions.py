# SPDX-License-Identifier: Apache-2.0
"""What a step of a guide may ask a machine for: one frozen model per verb, written in YAML as a map with one key.

    gate: [{fastboot.battery: {min: 40}}]
    do:   [{fastboot.flash: {parts: [boot, system]}}]

A verb that is not here does not exist: there is no shell, no path, no address that a guide could name. Checks only read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Partition = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,35}$")]
Variable = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9:_-]{0,63}$")]
Value = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[\x20-\x7e]+$")]
Seconds = Annotated[int, Field(ge=1, le=3600)]


class Doc(BaseModel):
    """Base of what stands in a guide file: frozen, and an unknown key is a mistake, for it would silently not happen."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class FastbootDevice(Doc):
    """Check: the phone is the one that the build is for, by the code name and board revision that its bootloader tells."""

    verb: Literal["fastboot.device"]
    product: tuple[Value, ...] = Field(min_length=1, max_length=16)
    board: tuple[Value, ...] = Field(default=(), max_length=16)


class FastbootUnlocked(Doc):
    """Check: the bootloader takes images."""

    verb: Literal["fastboot.unlocked"]


class FastbootBattery(Doc):
    """Check: charge in percent; the tester may override it."""

    verb: Literal["fastboot.battery"]
    min: int = Field(default=40, ge=1, le=100)


class FastbootRollback(Doc):
    """Check: the build is not older than what the phone's anti-rollback counter allows."""

    verb: Literal["fastboot.rollback"]


class FastbootExpect(Doc):
    """Check: a variable of the bootloader has this value."""

    verb: Literal["fastboot.expect"]
    name: Variable
    is_: Value = Field(alias="is")


class BackupKept(Doc):
    """Check: what `backup.keep` fetched lies on this PC with the hash it had; the tester may override it."""

    verb: Literal["backup.kept"]


class BuildGenuine(Doc):
    """Check: every image has the size and SHA-256 that the hub listed, read from the disk now."""

    verb: Literal["build.genuine"]


class BuildBooted(Doc):
    """Check: the phone has started and names the build that was written."""

    verb: Literal["build.booted"]


class DeviceFind(Doc):
    """Wait until the run's phone answers and stands in its bootloader; a started phone is asked to go there."""

    verb: Literal["device.find"]
    seconds: Seconds = 60


class DeviceBack(Doc):
    """Wait until the phone has started again."""

    verb: Literal["device.back"]
    seconds: Seconds = 180


class BuildFetch(Doc):
    """Bring the images of the chosen build and of the one before it (the way back) to this PC, and compare their hashes."""

    verb: Literal["build.fetch"]


class BackupKeep(Doc):
    """Read partitions of the phone and keep them in the run's folder; read twice and compared."""

    verb: Literal["backup.keep"]
    parts: tuple[Partition, ...] = Field(min_length=1, max_length=8)


class FastbootFlash(Doc):
    """Write images of the chosen build, part by part, in this order."""

    verb: Literal["fastboot.flash"]
    parts: tuple[Partition, ...] = Field(min_length=1, max_length=64)


class FastbootReboot(Doc):
    """Leave the bootloader."""

    verb: Literal["fastboot.reboot"]
    to: Literal["system", "bootloader"] = "system"


class HumanDo(Doc):
    """Something only hands can do. In `else` or `rescue`: what the tester is asked for before trying again."""

    verb: Literal["human.do"]
    what: dict[str, str] = Field(min_length=1, max_length=8)


def _unwrap(raw: object) -> object:
    """`{verb: parameters}` of the YAML as the flat map that the models read."""
    if isinstance(raw, BaseModel):
        return raw
    if isinstance(raw, str):
        return {"verb": raw}
    if not isinstance(raw, Mapping):
        raise ValueError("an action is a map with one key, the verb")
    if "verb" in raw:
        return raw
    if len(raw) != 1:
        raise ValueError("an action is a map with exactly one key, the verb")
    ((verb, parameters),) = raw.items()
    if parameters is None:
        parameters = {}
    if not isinstance(parameters, Mapping):
        raise ValueError("the parameters of a verb are a map of names and values")
    flat: dict[str, Any] = {str(k): v for k, v in parameters.items()}
    return flat | {"verb": verb}


AnyCheck = (
    FastbootDevice | FastbootUnlocked | FastbootBattery | FastbootRollback | FastbootExpect | BackupKept | BuildGenuine | BuildBooted
)
AnyDeed = DeviceFind | DeviceBack | BuildFetch | BackupKeep | FastbootFlash | FastbootReboot | HumanDo

Check = Annotated[Annotated[AnyCheck, Field(discriminator="verb")], BeforeValidator(_unwrap)]
"""Reads, never changes anything."""
Deed = Annotated[Annotated[AnyDeed, Field(discriminator="verb")], BeforeValidator(_unwrap)]
"""Does something; how it may be repeated after a crash is fixed per verb in code."""
Action = AnyCheck | AnyDeed
