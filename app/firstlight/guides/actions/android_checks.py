# SPDX-License-Identifier: Apache-2.0
"""What guides ask phones. Each answers with a row of the gate list; none ever writes to a device.

A phone that waits for a package tells nothing but its model: there the row of a moment ago stands, with its time, if it was right.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from firstlight.devices.device import Device, Mode
from firstlight.guides.actions import phone
from firstlight.guides.actions.bench import Bench
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.verbs.android import (
    AdbBattery,
    AdbDevice,
    AdbExpect,
    BackupKept,
    FastbootBattery,
    FastbootDevice,
    FastbootExpect,
    FastbootRollback,
    FastbootSlot,
    FastbootUnlocked,
)

BACKUPS = "backups.json"
_STILL_HOLDS = timedelta(minutes=10)
_IN_ADB = (*phone.IN_ADB, Mode.SIDELOAD)
_VBMETA_HEAD, _VBMETA_INDEX = 256, 112


def device(check: FastbootDevice, bench: Bench) -> GateResult:
    """Code name and board as the bootloader tells them."""
    found = phone.standing_in(bench, phone.IN_FASTBOOT)
    release = bench.state().release
    facts = {"name": release.device_name if release else found.product, "product": found.product or "?", "board": found.board or "?"}
    ok = found.product in check.product and (not check.board or found.board in check.board)
    wanted = ", ".join(check.product) + (" " + "/".join(check.board) if check.board else "")
    measured = words("device.is", **facts) if ok else words("device.other", **facts, wanted=wanted)
    return bench.row("device", ok, measured, words("device.mend"))


def unlocked(_: FastbootUnlocked, bench: Bench) -> GateResult:
    """Whether the bootloader takes images."""
    known = phone.standing_in(bench, phone.IN_FASTBOOT).is_unlocked
    measured = words("unknown") if known is None else words("unlocked.yes" if known else "unlocked.no")
    return bench.row("unlocked", known, measured, words("unlocked.mend"))


def battery(check: FastbootBattery, bench: Bench) -> GateResult:
    """Charge in the bootloader."""
    return _charge(bench, phone.standing_in(bench, phone.IN_FASTBOOT), check.min)


def adb_battery(check: AdbBattery, bench: Bench) -> GateResult:
    """Charge of a started phone."""
    found = phone.standing_in(bench, _IN_ADB)
    return _before(bench, "battery", found) or _charge(bench, found, check.min)


def _charge(bench: Bench, found: Device, least: int) -> GateResult:
    level = found.battery
    measured = words("unknown") if level is None else words("battery.is", level=level, min=least)
    ok = None if level is None else level >= least
    return bench.row("battery", ok, measured, words("battery.mend", min=least), overridable=True)


def rollback(check: FastbootRollback, bench: Bench) -> GateResult:
    """The build's index against the phone's counter."""
    found = phone.standing_in(bench, phone.IN_FASTBOOT)
    build = bench.state().to_write
    index = check.index
    if check.file is not None:
        index = vbmeta_index(bench.files.path(check.file, bench.work))
    elif index is None and build is not None:
        index = build.rollback_index
    if index is None or found.rollback_index is None:
        return bench.row("rollback", None, words("unknown"), words("rollback.mend"))
    measured = words("rollback.is", build=index, phone=found.rollback_index)
    return bench.row("rollback", index >= found.rollback_index, measured, words("rollback.mend"))


def vbmeta_index(image: Path) -> int | None:
    """The rollback index in the head of a vbmeta image; None when it is none."""
    with image.open("rb") as file:
        head = file.read(_VBMETA_HEAD)
    if len(head) < _VBMETA_HEAD or head[:4] != b"AVB0":
        return None
    (index,) = struct.unpack_from(">Q", head, _VBMETA_INDEX)
    return int(index)


def expect(check: FastbootExpect, bench: Bench) -> GateResult:
    """A variable of the bootloader."""
    value = phone.in_fastboot(bench).getvar(check.name)
    return _expected(bench, "expect", check.name, value, check.wanted)


def slot(check: FastbootSlot, bench: Bench) -> GateResult:
    """The slot that starts."""
    value = phone.standing_in(bench, phone.IN_FASTBOOT).slot
    measured = words("slot.is", slot=value or "?", wanted=check.is_)
    return bench.row("slot", value == check.is_ if value else None, measured, words("slot.mend", wanted=check.is_))


def adb_device(check: AdbDevice, bench: Bench) -> GateResult:
    """Code name as the started phone tells it, also while it waits for a package."""
    found = phone.standing_in(bench, _IN_ADB)
    wanted = ", ".join(check.product)
    ok = found.product in check.product if found.product else None
    measured = words("adb_device.is" if ok else "adb_device.other", product=found.product or "?", wanted=wanted)
    return bench.row("adb_device", ok, measured, words("device.mend"))


def adb_expect(check: AdbExpect, bench: Bench) -> GateResult:
    """A property of the started phone."""
    found = phone.standing_in(bench, _IN_ADB)
    if found.mode is Mode.SIDELOAD and check.name == "ro.product.device":
        return _expected(bench, "adb_expect", check.name, found.product, check.wanted)
    before = _before(bench, f"adb_expect:{check.name}", found)
    if before:
        return before
    if found.mode is Mode.SIDELOAD:
        return _expected(bench, "adb_expect", check.name, "", check.wanted)
    return _expected(bench, "adb_expect", check.name, bench.devices.adb().getprop(found.address, check.name), check.wanted)


def _expected(bench: Bench, key: str, name: str, value: str, wanted: tuple[str, ...]) -> GateResult:
    ok = value in wanted
    measured = words("expect.is", value=value or "?", wanted=", ".join(wanted))
    title = words(key, name=name)
    return GateResult(f"{key}:{name}", title=title, ok=ok, measured=measured, mend={} if ok else words("expect.mend"), at=bench.now())


def _before(bench: Bench, gate_id: str, found: Device) -> GateResult | None:
    """The row of this check from before the phone began to wait for a package; None when it can be asked, or is too old."""
    if found.mode is not Mode.SIDELOAD:
        return None
    for step in reversed(bench.state().steps):
        for gate in step.gates:
            if gate.id == gate_id and gate.is_passed and gate.at and bench.now() - gate.at < _STILL_HOLDS:
                return gate
    return None


def kept(_: BackupKept, bench: Bench) -> GateResult:
    """Whether a backup of this phone lies here."""
    backup = read_backup(bench.kept, bench.serial())
    measured = words("backup.none") if backup is None else words("backup.is", size=f"{round(backup[0] / 1000)} kB", at=backup[1])
    return bench.row("backup", backup is not None, measured, words("backup.mend"), overridable=True)


def read_backup(folder: Path, serial: str) -> tuple[int, str] | None:
    """Size and time of a backup of this phone whose files still have the hashes they were kept with; None when there is none."""
    try:
        listed = json.loads((folder / BACKUPS).read_text("utf-8"))
        size = 0
        for name, sha256 in listed["files"].items():
            data = (folder / f"{name}.img").read_bytes()
            if hashlib.sha256(data).hexdigest() != sha256:
                return None
            size += len(data)
        return (size, str(listed["at"])) if listed["serial"] == serial else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


ASKS: dict[type[Any], tuple[str, Callable[[Any, Bench], GateResult]]] = {
    FastbootDevice: ("device", device),
    FastbootUnlocked: ("unlocked", unlocked),
    FastbootBattery: ("battery", battery),
    FastbootRollback: ("rollback", rollback),
    FastbootExpect: ("expect", expect),
    FastbootSlot: ("slot", slot),
    AdbDevice: ("adb_device", adb_device),
    AdbExpect: ("adb_expect", adb_expect),
    AdbBattery: ("battery", adb_battery),
}
