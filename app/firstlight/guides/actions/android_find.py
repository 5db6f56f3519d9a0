# SPDX-License-Identifier: Apache-2.0
"""Finding a phone, waiting for it, and keeping what it holds before anything is written."""

from __future__ import annotations

import hashlib
import json

from firstlight.devices.device import Mode
from firstlight.devices.errors import DeviceNotBack, DeviceNotFound, DeviceUnauthorised
from firstlight.firmware.errors import Corrupt
from firstlight.guides.actions import phone
from firstlight.guides.actions.android_checks import BACKUPS
from firstlight.guides.actions.bench import Bench
from firstlight.guides.state import RunDevice
from firstlight.store.disk import Disk, settle
from firstlight_contract.verbs.android import AdbWait, BackupKeep, DeviceBack, DeviceFind, FastbootWait

_TO_BOOTLOADER_S = 60.0
_MODES = {
    "any": (Mode.SYSTEM, Mode.RECOVERY, Mode.SIDELOAD),
    "system": (Mode.SYSTEM,),
    "recovery": (Mode.RECOVERY,),
    "sideload": (Mode.SIDELOAD,),
}


def find_device(deed: DeviceFind, bench: Bench) -> None:
    """Bind the run to its phone and bring that into its bootloader. Two phones and no word which: the tester is asked."""
    serial = bench.serial() or phone.only_device(bench, deed.seconds).serial
    device = bench.devices.find(serial, bench.work)
    if device.mode is Mode.UNAUTHORISED:
        raise DeviceUnauthorised(address=device.address)
    if not bench.serial():
        bench.bind(RunDevice.of(device))
    if device.mode is not Mode.BOOTLOADER:
        bench.said("asking the phone to go into its bootloader", "plain")
        bench.devices.to_bootloader(device)
        device = bench.devices.wait(serial, Mode.BOOTLOADER, max(_TO_BOOTLOADER_S, deed.seconds), bench.work)
    bench.said(f"{device.product} {device.tail} answers in its bootloader", "ok")


def device_back(deed: DeviceBack, bench: Bench) -> None:
    """Wait until the phone runs. One that stands in its bootloader again after a start did not take the build: no need to wait, and
    never an end that is well, whatever the guide asks afterwards.
    """
    waited, shut_at = 0.0, ""
    while True:
        try:
            device = bench.devices.find(bench.serial(), bench.work)
            if device.mode is Mode.UNAUTHORISED and not shut_at:
                bench.said("the phone has started; touch Allow on its screen, so that it can be asked which build it runs", "warn")
            shut_at = device.address if device.mode is Mode.UNAUTHORISED else ""
            if device.mode is Mode.SYSTEM:
                bench.said(f"the phone has started, it says build {device.build}", "ok")
                return
            if device.boot_fault:
                tail = device.serial[-4:]
                raise DeviceNotBack(serial=device.serial, tail=tail, seconds=int(waited), reason="fell_back", fault=device.boot_fault[:40])
        except DeviceNotFound:
            pass
        if waited >= deed.seconds and shut_at:
            raise DeviceUnauthorised(address=shut_at, reason="started")
        if waited >= deed.seconds:
            raise DeviceNotBack(serial=bench.serial(), tail=bench.serial()[-4:], seconds=deed.seconds)
        bench.work.say("back", int(waited), deed.seconds)
        bench.work.wait(0.5)
        waited += 0.5


def wait_adb(deed: AdbWait, bench: Bench) -> None:
    """Wait for a phone that speaks adb."""
    device = phone.wait_for(bench, _MODES[deed.mode], deed.seconds)
    bench.said(f"{device.product} {device.tail} answers, it is in {device.mode.value}", "ok")


def wait_fastboot(deed: FastbootWait, bench: Bench) -> None:
    """Wait for a phone that speaks fastboot."""
    device = phone.wait_for(bench, phone.IN_FASTBOOT, deed.seconds)
    bench.said(f"{device.product} {device.tail} answers in {device.mode.value}", "ok")


def keep_backup(deed: BackupKeep, bench: Bench) -> None:
    """Read each partition twice; unequal readings are no backup."""
    client = phone.in_fastboot(bench)
    Disk().make_folder(bench.kept)
    files: dict[str, str] = {}
    for name in deed.parts:
        bench.work.check()
        hashes = []
        for pass_ in ("new", "again"):
            path = bench.kept / f"{name}.{pass_}"
            client.fetch(name, path)
            hashes.append(hashlib.sha256(path.read_bytes()).hexdigest())
        (bench.kept / f"{name}.again").unlink()
        if hashes[0] != hashes[1]:
            raise Corrupt(name=name, expected=hashes[0], got=hashes[1])
        settle(bench.kept / f"{name}.new", bench.kept / f"{name}.img")
        files[name] = hashes[0]
        bench.said(f"{name} read twice, equal", "ok")
    listed = {"serial": bench.serial(), "at": bench.now().astimezone().strftime("%H:%M"), "files": files}
    new = bench.kept / f"{BACKUPS}.new"
    new.write_text(json.dumps(listed), "utf-8")
    settle(new, bench.kept / BACKUPS)
