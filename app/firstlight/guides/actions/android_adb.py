# SPDX-License-Identifier: Apache-2.0
"""What guides do to phones by adb and heimdall: each asks the step's checks once more in the second before it sends anything."""

from __future__ import annotations

import re

from firstlight.devices import heimdall
from firstlight.devices.device import Mode
from firstlight.devices.errors import DeviceRefused
from firstlight.guides.actions import phone
from firstlight.guides.actions.bench import Bench
from firstlight.guides.state import PartState
from firstlight_contract.verbs.android import AdbFormat, AdbPush, AdbReboot, AdbShell, AdbSideload, HeimdallFlash, HeimdallWait

_TO_SIDELOAD_S = 90.0
_ASK_S = 10.0
_FORMAT_S = 300.0
_MODES = {
    "system": Mode.SYSTEM,
    "bootloader": Mode.BOOTLOADER,
    "fastboot": Mode.FASTBOOTD,
    "recovery": Mode.RECOVERY,
    "sideload": Mode.SIDELOAD,
}
_SEEN = ("bootloader", "fastboot", "sideload", "recovery")
"""Where a phone that restarts can be seen to arrive. A system may be without adb: who needs it waits for it by name."""
_FSTABS = ("/etc/recovery.fstab", "/system/etc/recovery.fstab")
_BLOCK_DEVICE = re.compile(r"/dev/block/[A-Za-z0-9._/-]{1,120}")
_MAKERS = (("make_ext4fs",), ("mke2fs", "-F", "-t", "ext4"))


def reboot(deed: AdbReboot, bench: Bench) -> None:
    """Restart it into another mode."""
    adb, where = phone.in_adb(bench, (*phone.IN_ADB, Mode.SIDELOAD))
    adb.reboot(where, deed.to)
    bench.said(f"asked the phone to start {deed.to}", "ok")
    if deed.to in _SEEN:
        phone.arrive(bench, _MODES[deed.to], is_sure=deed.to != "recovery")


def is_rebooted(deed: AdbReboot, bench: Bench) -> bool:
    """Whether it stands there. Download mode and EDL speak neither adb nor fastboot: a phone that is gone from both went there."""
    wanted = _MODES.get(deed.to)
    if wanted is None:
        return all(d.serial != bench.serial() for d in bench.devices.devices(bench.work))
    return bench.devices.find(bench.serial(), bench.work).mode is wanted


def push(deed: AdbPush, bench: Bench) -> None:
    """Files, one after the other; a stop is honoured between them."""
    for name in deed.files:
        bench.work.check()
        source = bench.files.path(name, bench.work)
        size = source.stat().st_size
        bench.recheck()
        adb, where = phone.in_adb(bench)
        to = deed.to + name if deed.to.endswith("/") else deed.to
        bench.part(name, PartState.WRITING, 0, size)
        adb.push(where, source, to, phone.watch(bench, name))
        bench.part(name, PartState.DONE, size, size)
        bench.said(f"{name} is on the phone", "ok")


def sideload(deed: AdbSideload, bench: Bench) -> None:
    """A package to the recovery. The checks are asked while the phone can still answer them, and what it still tells once more."""
    package = bench.files.path(deed.file, bench.work)
    size = package.stat().st_size
    bench.recheck()
    device = phone.standing_in(bench, (*phone.IN_ADB, Mode.SIDELOAD))
    adb = bench.devices.adb()
    if device.mode is not Mode.SIDELOAD:
        bench.said("asking the phone to wait for a package", "plain")
        adb.reboot(device.address, "sideload")
        device = bench.devices.wait(bench.serial(), Mode.SIDELOAD, _TO_SIDELOAD_S, bench.work)
        bench.recheck()
    bench.part(deed.file, PartState.WRITING, 0, size)
    adb.sideload(device.address, package, phone.watch(bench, deed.file))
    bench.part(deed.file, PartState.DONE, size, size)
    bench.said("the recovery says that the package is installed", "ok")


def make_filesystem(deed: AdbFormat, bench: Bench) -> None:
    """In the recovery, at the place that its fstab names."""
    bench.recheck()
    adb, where = phone.in_adb(bench, (Mode.RECOVERY,))
    device = ""
    for fstab in _FSTABS:
        try:
            listed = adb.shell(where, ("cat", fstab), deadline_s=_ASK_S, work=bench.work)
        except DeviceRefused:
            continue
        device = block_device(listed, deed.partition)
        if device:
            break
    if not device:
        raise DeviceRefused(said=f"its recovery.fstab names no {deed.partition}", command=f"format {deed.partition}")
    _quietly(bench, ("umount", device))
    for index, maker in enumerate(_MAKERS):
        try:
            adb.shell(where, (*maker, device), deadline_s=_FORMAT_S)
            break
        except DeviceRefused:
            if index == len(_MAKERS) - 1:
                raise
    _quietly(bench, ("mount", device))
    bench.said(f"{deed.partition} holds an empty file system", "ok")


def _quietly(bench: Bench, words: tuple[str, ...]) -> None:
    """What may fail: it is not mounted, or is already."""
    adb, where = phone.in_adb(bench, (Mode.RECOVERY,))
    try:
        adb.shell(where, words, deadline_s=_ASK_S)
    except DeviceRefused as error:
        bench.said(f"{words[0]}: {error.facts.get('said')}", "plain")


def block_device(fstab: str, partition: str) -> str:
    """The block device that a recovery's fstab has for a partition, by its mount point or by its own name; "" when none.

    The text comes from the phone: only a plain path under /dev/block is taken.
    """
    points = {partition, {"userdata": "data", "data": "userdata"}.get(partition, partition)}
    for line in fstab.splitlines()[:500]:
        fields = line.split()
        if len(fields) < 2 or fields[0].startswith("#"):
            continue
        devices = [f for f in fields[:3] if _BLOCK_DEVICE.fullmatch(f) and ".." not in f.split("/")]
        mounts = {f.strip("/") for f in fields[:2] if f.startswith("/") and not f.startswith("/dev/")}
        if devices and (mounts & points or devices[0].rpartition("/")[2] in points):
            return devices[0]
    return ""


def shell(deed: AdbShell, bench: Bench) -> None:
    """A command of a signed guide, each word quoted."""
    bench.recheck()
    adb, where = phone.in_adb(bench)
    said = adb.shell(where, deed.run, deadline_s=deed.seconds)
    for line in said.splitlines()[:20]:
        bench.said(line[:300], "plain")


def heimdall_flash(deed: HeimdallFlash, bench: Bench) -> None:
    """All parts in one call, as the program wants it."""
    images = {part.partition: bench.files.path(part.file, bench.work) for part in deed.parts}
    bench.recheck()
    sizes = {name: image.stat().st_size for name, image in images.items()}
    program = heimdall.find()
    for name in deed.part_names():
        bench.part(name, PartState.WRITING, 0, sizes[name])
    program.flash(images, phone.plain_watch(bench, "heimdall"))
    for name in deed.part_names():
        bench.part(name, PartState.DONE, sizes[name], sizes[name])


def heimdall_wait(deed: HeimdallWait, bench: Bench) -> None:
    """Until a phone in its download mode is there."""
    heimdall.find().wait(deed.seconds, bench.work)
