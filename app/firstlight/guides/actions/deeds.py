# SPDX-License-Identifier: Apache-2.0
"""What guides do to machines, one function per verb. Each may raise DeviceError, FirmwareError, HubError, StoreError, Cancelled."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceNotFound, DeviceStalled
from firstlight.devices.fastboot import Watch
from firstlight.firmware.errors import Corrupt, NoBuild
from firstlight.firmware.images import file_for
from firstlight.guides.actions.bench import Bench
from firstlight.guides.actions.checks import BACKUPS
from firstlight.guides.errors import WhichDevice
from firstlight.guides.state import PartState, RunDevice
from firstlight_contract.actions import BackupKeep, BuildFetch, DeviceBack, DeviceFind, FastbootFlash, FastbootReboot, HumanDo

_TO_BOOTLOADER_S = 60.0


def find_device(deed: DeviceFind, bench: Bench) -> None:
    """Bind the run to its phone and bring that into its bootloader. Two phones and no word which: the tester is asked."""
    serial = bench.serial() or _only_device(deed, bench).serial
    device = bench.devices.find(serial, bench.work)
    if device.mode is Mode.UNAUTHORISED:
        raise DeviceNotFound(serial=serial, tail=device.tail, why="unauthorised")
    if not bench.serial():
        bench.bind(bound(device))
    if device.mode is Mode.SYSTEM:
        bench.said("asking the phone to go into its bootloader", "plain")
        bench.devices.to_bootloader(device)
        device = bench.devices.wait(serial, Mode.BOOTLOADER, max(_TO_BOOTLOADER_S, deed.seconds), bench.work)
    bench.said(f"{device.product} {device.tail} answers in its bootloader", "ok")


def bound(device: Device) -> RunDevice:
    """What a run remembers of a device."""
    return RunDevice(serial=device.serial, model=device.product, product=device.product, board=device.board, build=device.build)


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


def fetch_build(_: BuildFetch, bench: Bench) -> None:
    """Way back first: nothing may be written before the build that runs now lies on this PC."""
    if bench.state().release is None:
        bench.choose()
    state = bench.state()
    if state.release is None:
        raise NoBuild(device=", ".join(state.guide.for_.device))
    for release in (state.previous, state.release):
        if release is not None:
            came = bench.images.fetch(release, state.account_id, bench.work)
            bench.images.check(release, bench.work)
            bench.said(f"build {release.version}: {came // 1024} KB fetched, hashes match", "ok")


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


def human(deed: HumanDo, bench: Bench) -> None:
    """Ask for hands."""
    bench.ask(dict(deed.what))


def is_rebooted(deed: FastbootReboot, bench: Bench) -> bool:
    """Whether a reboot that began has had its effect."""
    mode = bench.devices.find(bench.serial(), bench.work).mode
    return mode is (Mode.BOOTLOADER if deed.to == "bootloader" else Mode.SYSTEM)


def device_record(device: RunDevice) -> dict[str, str]:
    """As it stands in the journal."""
    return asdict(device)
