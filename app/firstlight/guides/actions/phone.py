# SPDX-License-Identifier: Apache-2.0
"""The run's phone: found, bound to the run, and in the state that an action needs. Every action on phones begins here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from firstlight.devices.adb import Adb
from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceNotFound, DeviceUnauthorised
from firstlight.devices.fastboot import Fastboot, Watch
from firstlight.guides.actions.bench import Bench
from firstlight.guides.errors import WhichDevice
from firstlight.guides.state import RunDevice

IN_FASTBOOT = (Mode.BOOTLOADER, Mode.FASTBOOTD)
IN_ADB = (Mode.SYSTEM, Mode.RECOVERY)
ARRIVE_S = 90.0
_LOOK_EVERY_S = 0.5


def only_device(bench: Bench, seconds: float) -> Device:
    """The one phone that is attached; with several the tester is asked. WhichDevice, DeviceNotFound after `seconds`."""
    waited = 0.0
    while True:
        devices = bench.devices.devices(bench.work)
        if len(devices) == 1:
            return devices[0]
        if devices:
            raise WhichDevice(serials=", ".join(d.serial for d in devices))
        if waited >= seconds:
            raise DeviceNotFound(serial="", tail="", seconds=int(seconds))
        bench.work.say("wait", int(waited), int(seconds))
        bench.work.wait(_LOOK_EVERY_S)
        waited += _LOOK_EVERY_S


def target(bench: Bench) -> Device:
    """The run's phone as it is now; a run that has none yet is bound to the only one."""
    if not bench.serial():
        bench.bind(RunDevice.of(_allowed(bench, 0)))
    return bench.target()


def _allowed(bench: Bench, seconds: float) -> Device:
    """The one phone, once it has allowed this PC: before, it tells no name that a run could be bound to. DeviceUnauthorised."""
    waited = 0.0
    while True:
        device = only_device(bench, max(seconds - waited, 0))
        if device.mode is not Mode.UNAUTHORISED:
            return device
        if waited >= seconds:
            raise DeviceUnauthorised(address=device.address)
        bench.work.say("wait", int(waited), int(seconds))
        bench.work.wait(_LOOK_EVERY_S)
        waited += _LOOK_EVERY_S


def standing_in(bench: Bench, modes: Sequence[Mode]) -> Device:
    """The run's phone, which must be in one of `modes` now; DeviceNotFound, DeviceUnauthorised."""
    device = target(bench)
    if device.mode is Mode.UNAUTHORISED:
        raise DeviceUnauthorised(address=device.address)
    if device.mode not in modes:
        raise DeviceNotFound(serial=device.serial, tail=device.tail, seconds=0, mode=device.mode.value)
    return device


def in_fastboot(bench: Bench) -> Fastboot:
    """The run's phone by fastboot."""
    return bench.devices.open(standing_in(bench, IN_FASTBOOT))


def in_adb(bench: Bench, modes: Sequence[Mode] = IN_ADB) -> tuple[Adb, str]:
    """The program and the run's phone as it takes it."""
    device = standing_in(bench, modes)
    return bench.devices.adb(), device.address


def wait_for(bench: Bench, modes: Sequence[Mode], seconds: float) -> Device:
    """The run's phone once it is in one of `modes`; bound to the only phone when the run has none."""
    if not bench.serial():
        bench.bind(RunDevice.of(_allowed(bench, seconds)))
    return bench.devices.wait_any(bench.serial(), modes, seconds, bench.work)


def arrive(bench: Bench, mode: Mode, *, is_sure: bool) -> None:
    """Wait for the phone where it was told to restart into, so that the next action finds it. A recovery may speak no adb at all:
    without `is_sure` nobody is blamed for that.
    """
    try:
        bench.devices.wait_any(bench.serial(), (mode,), ARRIVE_S, bench.work)
    except DeviceNotFound:
        if is_sure:
            raise
        bench.said(f"the phone does not answer from its {mode.value} yet", "warn")


def watch(bench: Bench, part: str) -> Watch:
    """What a transfer tells, as progress of one part of the run."""

    def moved(done: int, total: int) -> None:
        bench.moved(part, done, total)

    return Watch(moved=moved, said=bench.said, silent=bench.silent)


def plain_watch(bench: Bench, stage: str) -> Watch:
    """As above, for what is no part of a build."""

    def moved(done: int, total: int) -> None:
        bench.work.say(stage, done, total)

    return Watch(moved=moved, said=bench.said, silent=bench.silent)


def is_in(modes: Sequence[Mode]) -> Callable[[object, Bench], bool]:
    """Asks whether the phone stands in one of `modes` now."""

    def ask(_: object, bench: Bench) -> bool:
        return bench.devices.find(bench.serial(), bench.work).mode in modes

    return ask
