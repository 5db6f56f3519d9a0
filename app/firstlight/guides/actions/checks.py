# SPDX-License-Identifier: Apache-2.0
"""The read-only checks of guides: each asks a machine and answers with a row of the gate list. None ever writes to a device."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from firstlight.devices.device import Device
from firstlight.devices.errors import DeviceError
from firstlight.firmware.errors import Corrupt, ImageMissing
from firstlight.guides.actions.bench import Bench
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.actions import (
    AnyCheck,
    BackupKept,
    BuildBooted,
    BuildGenuine,
    FastbootBattery,
    FastbootDevice,
    FastbootExpect,
    FastbootRollback,
    FastbootUnlocked,
)
from firstlight_contract.wire import Words

BACKUPS = "backups.json"


def _row(bench: Bench, name: str, ok: bool | None, measured: Words, mend: Words, **more: Any) -> GateResult:
    return GateResult(id=name, title=words(name), ok=ok, measured=measured, mend={} if ok else mend, at=bench.now(), **more)


def _device(check: FastbootDevice, bench: Bench, device: Device) -> GateResult:
    release = bench.state().release
    facts = {"name": release.device_name if release else device.product, "product": device.product, "board": device.board or "?"}
    ok = device.product in check.product and (not check.board or device.board in check.board)
    wanted = ", ".join(check.product) + (" " + "/".join(check.board) if check.board else "")
    measured = words("device.is", **facts) if ok else words("device.other", **facts, wanted=wanted)
    return _row(bench, "device", ok, measured, words("device.mend"))


def _unlocked(_: FastbootUnlocked, bench: Bench, device: Device) -> GateResult:
    known = device.is_unlocked
    measured = words("unknown") if known is None else words("unlocked.yes" if known else "unlocked.no")
    return _row(bench, "unlocked", known, measured, words("unlocked.mend"))


def _battery(check: FastbootBattery, bench: Bench, device: Device) -> GateResult:
    level = device.battery
    measured = words("unknown") if level is None else words("battery.is", level=level, min=check.min)
    ok = None if level is None else level >= check.min
    return _row(bench, "battery", ok, measured, words("battery.mend", min=check.min), overridable=True)


def _rollback(_: FastbootRollback, bench: Bench, device: Device) -> GateResult:
    build = bench.state().to_write
    if build is None or device.rollback_index is None:
        return _row(bench, "rollback", None, words("unknown"), words("rollback.mend"))
    measured = words("rollback.is", build=build.rollback_index, phone=device.rollback_index)
    return _row(bench, "rollback", build.rollback_index >= device.rollback_index, measured, words("rollback.mend"))


def _expect(check: FastbootExpect, bench: Bench, device: Device) -> GateResult:
    value = bench.devices.open(device).getvar(check.name)
    title = words("expect", name=check.name)
    measured = words("expect.is", value=value or "?", wanted=check.is_)
    ok = value == check.is_
    mend = {} if ok else words("expect.mend")
    return GateResult(id=f"expect:{check.name}", title=title, ok=ok, measured=measured, mend=mend, at=bench.now())


def _kept(_: BackupKept, bench: Bench) -> GateResult:
    backup = read_backup(bench.kept, bench.serial())
    measured = words("backup.none") if backup is None else words("backup.is", size=f"{round(backup[0] / 1000)} kB", at=backup[1])
    return _row(bench, "backup", backup is not None, measured, words("backup.mend"), overridable=True)


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


def _genuine(_: BuildGenuine, bench: Bench) -> GateResult:
    build = bench.state().to_write
    mend = words("genuine.mend")
    if build is None:
        return _row(bench, "genuine", None, words("unknown"), mend)
    try:
        bench.images.check(build, bench.work)
    except Corrupt as error:
        return _row(bench, "genuine", False, words("genuine.not", name=error.facts["name"]), mend)
    except ImageMissing as error:
        return _row(bench, "genuine", False, words("genuine.missing", name=error.facts["name"]), mend)
    return _row(bench, "genuine", True, words("genuine.is", count=len(build.files)), mend)


def _booted(_: BuildBooted, bench: Bench) -> GateResult:
    build = bench.state().to_write
    wanted = build.version if build else "?"
    mend = words("booted.mend")
    device = bench.devices.find(bench.serial(), bench.work)
    if device.mode != "system":
        return _row(bench, "booted", False, words("booted.no", wanted=wanted), mend)
    ok = device.build == wanted
    measured = words("booted.is", build=device.build) if ok else words("booted.other", build=device.build or "?", wanted=wanted)
    return _row(bench, "booted", ok, measured, mend)


_OF_DEVICE: dict[type[Any], tuple[str, Callable[[Any, Bench, Device], GateResult]]] = {
    FastbootDevice: ("device", _device),
    FastbootUnlocked: ("unlocked", _unlocked),
    FastbootBattery: ("battery", _battery),
    FastbootRollback: ("rollback", _rollback),
    FastbootExpect: ("expect", _expect),
}
_OF_PC: dict[type[Any], tuple[str, Callable[[Any, Bench], GateResult]]] = {
    BackupKept: ("backup", _kept),
    BuildGenuine: ("genuine", _genuine),
    BuildBooted: ("booted", _booted),
}
IS_SLOW = (BackupKept, BuildGenuine)
"""Checks that read much; asked before the others, so that the others are as fresh as can be."""


def _ask(check: AnyCheck, bench: Bench, device: Callable[[], Device]) -> GateResult:
    """Ask one check. A device that does not answer makes a row that says so, and is not known to be right."""
    name, _ = _OF_DEVICE.get(type(check)) or _OF_PC[type(check)]
    try:
        if type(check) in _OF_DEVICE:
            return _OF_DEVICE[type(check)][1](check, bench, device())
        return _OF_PC[type(check)][1](check, bench)
    except DeviceError:
        title = words(name, **({"name": check.name} if isinstance(check, FastbootExpect) else {}))
        name = f"expect:{check.name}" if isinstance(check, FastbootExpect) else name
        return GateResult(id=name, title=title, ok=None, measured=words("no_answer"), mend=words("no_answer.mend"), at=bench.now())


def ask_all(checks: tuple[AnyCheck, ...], bench: Bench, *, quick_only: bool = False) -> tuple[GateResult, ...]:
    """All checks in the guide's order; the slow ones are asked first, then the device once, so that its facts are fresh."""
    device = cache(bench.device)
    results: dict[int, GateResult] = {}
    order = sorted(range(len(checks)), key=lambda i: not isinstance(checks[i], IS_SLOW))
    for i in order:
        if quick_only and isinstance(checks[i], IS_SLOW):
            continue
        results[i] = _ask(checks[i], bench, device)
    return tuple(results[i] for i in sorted(results))
