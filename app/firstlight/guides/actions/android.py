# SPDX-License-Identifier: Apache-2.0
"""What guides ask and do with phones, one function per verb. Checks only read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceNotFound, DeviceStalled
from firstlight.devices.fastboot import Watch
from firstlight.firmware.errors import Corrupt, NoBuild
from firstlight.firmware.images import file_for
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.build import vouch
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight.guides.errors import WhichDevice
from firstlight.guides.state import GateResult, PartState, RunDevice
from firstlight.guides.words import words
from firstlight_contract.verbs.android import (
    BackupKeep,
    BackupKept,
    DeviceBack,
    DeviceFind,
    FastbootBattery,
    FastbootDevice,
    FastbootExpect,
    FastbootFlash,
    FastbootReboot,
    FastbootRollback,
    FastbootUnlocked,
)

BACKUPS = "backups.json"
_TO_BOOTLOADER_S = 60.0


def _device(check: FastbootDevice, bench: Bench) -> GateResult:
    device = bench.device()
    release = bench.state().release
    facts = {"name": release.device_name if release else device.product, "product": device.product, "board": device.board or "?"}
    ok = device.product in check.product and (not check.board or device.board in check.board)
    wanted = ", ".join(check.product) + (" " + "/".join(check.board) if check.board else "")
    measured = words("device.is", **facts) if ok else words("device.other", **facts, wanted=wanted)
    return bench.row("device", ok, measured, words("device.mend"))


def _unlocked(_: FastbootUnlocked, bench: Bench) -> GateResult:
    device = bench.device()
    known = device.is_unlocked
    measured = words("unknown") if known is None else words("unlocked.yes" if known else "unlocked.no")
    return bench.row("unlocked", known, measured, words("unlocked.mend"))


def _battery(check: FastbootBattery, bench: Bench) -> GateResult:
    device = bench.device()
    level = device.battery
    measured = words("unknown") if level is None else words("battery.is", level=level, min=check.min)
    ok = None if level is None else level >= check.min
    return bench.row("battery", ok, measured, words("battery.mend", min=check.min), overridable=True)


def _rollback(_: FastbootRollback, bench: Bench) -> GateResult:
    device = bench.device()
    build = bench.state().to_write
    if build is None or device.rollback_index is None:
        return bench.row("rollback", None, words("unknown"), words("rollback.mend"))
    measured = words("rollback.is", build=build.rollback_index, phone=device.rollback_index)
    return bench.row("rollback", build.rollback_index >= device.rollback_index, measured, words("rollback.mend"))


def _expect(check: FastbootExpect, bench: Bench) -> GateResult:
    device = bench.device()
    value = bench.devices.open(device).getvar(check.name)
    title = words("expect", name=check.name)
    measured = words("expect.is", value=value or "?", wanted=check.is_)
    ok = value == check.is_
    mend = {} if ok else words("expect.mend")
    return GateResult(id=f"expect:{check.name}", title=title, ok=ok, measured=measured, mend=mend, at=bench.now())


def _kept(_: BackupKept, bench: Bench) -> GateResult:
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


def find_device(deed: DeviceFind, bench: Bench) -> None:
    """Bind the run to its phone and bring that into its bootloader. Two phones and no word which: the tester is asked."""
    serial = bench.serial() or _only_device(deed, bench).serial
    device = bench.devices.find(serial, bench.work)
    if device.mode is Mode.UNAUTHORISED:
        raise DeviceNotFound(serial=serial, tail=device.tail, why="unauthorised")
    if not bench.serial():
        bench.bind(RunDevice.of(device))
    if device.mode is Mode.SYSTEM:
        bench.said("asking the phone to go into its bootloader", "plain")
        bench.devices.to_bootloader(device)
        device = bench.devices.wait(serial, Mode.BOOTLOADER, max(_TO_BOOTLOADER_S, deed.seconds), bench.work)
    bench.said(f"{device.product} {device.tail} answers in its bootloader", "ok")


def _only_device(deed: DeviceFind, bench: Bench) -> Device:
    waited = 0.0
    while True:
        devices = bench.devices.devices(bench.work)
        if len(devices) == 1:
            return devices[0]
        if devices:
            raise WhichDevice(serials=", ".join(d.serial for d in devices))
        if waited >= deed.seconds:
            raise DeviceNotFound(serial="", tail="", seconds=deed.seconds)
        bench.work.say("wait", int(waited), deed.seconds)
        bench.work.wait(0.5)
        waited += 0.5


def device_back(deed: DeviceBack, bench: Bench) -> None:
    """Wait until the phone runs. One that stands in its bootloader again after a start did not take the build: no need to wait."""
    waited = 0.0
    while True:
        try:
            device = bench.devices.find(bench.serial(), bench.work)
            if device.mode is Mode.SYSTEM:
                bench.said(f"the phone has started, it says build {device.build}", "ok")
                return
            if device.boot_fault:
                bench.said(f"the phone did not start: {device.boot_fault}", "error")
                return
        except DeviceNotFound:
            pass
        if waited >= deed.seconds:
            raise DeviceNotFound(serial=bench.serial(), tail=bench.serial()[-4:], seconds=deed.seconds)
        bench.work.say("wait", int(waited), deed.seconds)
        bench.work.wait(0.5)
        waited += 0.5


def keep_backup(deed: BackupKeep, bench: Bench) -> None:
    """Read each partition twice; unequal readings are no backup."""
    phone = bench.devices.open(bench.device())
    bench.kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    files: dict[str, str] = {}
    for name in deed.parts:
        bench.work.check()
        hashes = []
        for pass_ in ("new", "again"):
            path = bench.kept / f"{name}.{pass_}"
            phone.fetch(name, path)
            hashes.append(hashlib.sha256(path.read_bytes()).hexdigest())
        (bench.kept / f"{name}.again").unlink()
        if hashes[0] != hashes[1]:
            raise Corrupt(name=name, expected=hashes[0], got=hashes[1])
        (bench.kept / f"{name}.new").replace(bench.kept / f"{name}.img")
        files[name] = hashes[0]
        bench.said(f"{name} read twice, equal", "ok")
    listed = {"serial": bench.serial(), "at": bench.now().astimezone().strftime("%H:%M"), "files": files}
    (bench.kept / BACKUPS).write_text(json.dumps(listed), "utf-8")


def flash(deed: FastbootFlash, bench: Bench) -> None:
    """Write part by part; parts that this run has written whole stay. A stop is honoured between parts."""
    build = bench.state().to_write
    if build is None:
        raise NoBuild(device=", ".join(bench.state().guide.for_.device))
    vouch(build, bench)
    done = {p.name for p in bench.state().parts if p.state is PartState.DONE}
    bench.said(f"{bench.devices.open(bench.device()).speaker} writes build {build.version}", "plain")
    for name in deed.parts:
        if name in done:
            continue
        bench.work.check()
        file = file_for(build, name)
        image = bench.images.check_file(file, bench.work)
        bench.recheck()
        phone = bench.devices.open(bench.device())
        bench.part(name, PartState.WRITING, 0)

        def moved(sent: int, total: int, name: str = name) -> None:
            bench.moved(name, sent, total)

        phone.flash(name, image, Watch(moved=moved, said=bench.said, silent=bench.silent))
        bench.part(name, PartState.DONE, file.size)


def reboot(deed: FastbootReboot, bench: Bench) -> None:
    """Leave the bootloader. A phone that hangs up instead of answering has most likely obeyed; whoever waits for it will see."""
    try:
        bench.devices.open(bench.device()).reboot(deed.to)
    except DeviceStalled as error:
        bench.said(f"no answer to the reboot: {error.facts.get('seconds')} s", "warn")
    bench.said(f"asked the phone to start {deed.to}", "ok")


def is_rebooted(deed: FastbootReboot, bench: Bench) -> bool:
    """Whether a reboot that began has had its effect."""
    mode = bench.devices.find(bench.serial(), bench.work).mode
    return mode is (Mode.BOOTLOADER if deed.to == "bootloader" else Mode.SYSTEM)


DEEDS: dict[type[Any], Verb] = {
    DeviceFind: Verb(find_device, Again.SAFE),
    DeviceBack: Verb(device_back, Again.SAFE),
    BackupKeep: Verb(keep_backup, Again.SAFE),
    FastbootFlash: Verb(flash, Again.FROM_START),
    FastbootReboot: Verb(reboot, Again.PROBE, is_rebooted),
}
CHECKS: dict[type[Any], CheckVerb] = {
    FastbootDevice: CheckVerb("device", _device),
    FastbootUnlocked: CheckVerb("unlocked", _unlocked),
    FastbootBattery: CheckVerb("battery", _battery),
    FastbootRollback: CheckVerb("rollback", _rollback),
    FastbootExpect: CheckVerb("expect", _expect),
    BackupKept: CheckVerb("backup", _kept, is_slow=True),
}
