# SPDX-License-Identifier: Apache-2.0
"""What the machine part of a step is called on buttons and in sentences, by the verbs that it holds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from firstlight.guides.state import GateResult, RunState
from firstlight_contract.guide_steps import Step
from firstlight_contract.verbs.android import (
    AdbReboot,
    AdbSideload,
    AdbWait,
    BackupKeep,
    DeviceBack,
    DeviceFind,
    FastbootBoot,
    FastbootContinue,
    FastbootFlash,
    FastbootReboot,
    FastbootUnlock,
    FastbootWait,
)
from firstlight_contract.verbs.build import BuildBooted, BuildFetch


def writes(step: Step) -> bool:
    """Whether the step writes to a device."""
    return step.writes


def device_name(state: RunState) -> str:
    """The device's name for testers, else what it calls itself; "" while nothing is known."""
    if state.release is not None:
        return state.release.device_name
    return state.device.model if state.device else ""


def button(step: Step, state: RunState) -> str:
    """What starts the step's machine part."""
    device = state.device
    for deed in step.do:
        if isinstance(deed, FastbootFlash):
            name = f"{device_name(state)} {device.tail}" if device else ""
            return QCoreApplication.translate("DeedWords", "Flash {device}").format(device=name).strip()
        if isinstance(deed, BuildFetch):
            return QCoreApplication.translate("DeedWords", "Fetch the build")
        if isinstance(deed, BackupKeep):
            return QCoreApplication.translate("DeedWords", "Keep a backup")
        if isinstance(deed, DeviceFind):
            return QCoreApplication.translate("DeedWords", "Look for the phone")
        if isinstance(deed, AdbSideload):
            return QCoreApplication.translate("DeedWords", "Install the update")
        if isinstance(deed, FastbootUnlock):
            return QCoreApplication.translate("DeedWords", "Unlock the bootloader")
        if deed.writes and deed.verb.startswith(("fastboot.", "adb.", "heimdall.")):
            return QCoreApplication.translate("DeedWords", "Change the phone")
        if isinstance(deed, AdbReboot | FastbootReboot | FastbootBoot | FastbootContinue | DeviceBack):
            return QCoreApplication.translate("DeedWords", "Start the phone")
        if isinstance(deed, AdbWait | FastbootWait):
            return QCoreApplication.translate("DeedWords", "Look for the phone")
    if any(isinstance(check, BuildBooted) for check in (*step.gate, *step.after)):
        return QCoreApplication.translate("DeedWords", "Ask which build it runs")
    return QCoreApplication.translate("DeedWords", "Ask the phone")


def stage(name: str) -> str:
    """What the work is doing, from the stable name that it says."""
    known = {
        "fetch": QCoreApplication.translate("DeedWords", "Fetching the build"),
        "hash": QCoreApplication.translate("DeedWords", "Comparing the files with what the hub listed"),
        "wait": QCoreApplication.translate("DeedWords", "Waiting for the phone"),
        "find": QCoreApplication.translate("DeedWords", "Looking for the phone"),
        "back": QCoreApplication.translate("DeedWords", "Waiting until the phone has started"),
        "backup": QCoreApplication.translate("DeedWords", "Keeping a backup"),
        "reboot": QCoreApplication.translate("DeedWords", "Restarting the phone"),
        "flash": QCoreApplication.translate("DeedWords", "Writing"),
        "gate": QCoreApplication.translate("DeedWords", "Asking the phone"),
        "format": QCoreApplication.translate("DeedWords", "Making an empty file system"),
        "boot": QCoreApplication.translate("DeedWords", "Sending what the phone starts"),
        "wipe_super": QCoreApplication.translate("DeedWords", "Making the partitions afresh"),
        "heimdall": QCoreApplication.translate("DeedWords", "Writing"),
        "probe": QCoreApplication.translate("DeedWords", "Asking the phone where it stands"),
    }
    return known.get(name.partition(":")[0], QCoreApplication.translate("DeedWords", "At work"))


def subtitle(state: RunState) -> str:
    """ "Aurora A1, build 26.46 to 26.47", as far as it is known."""
    model = device_name(state)
    if state.release is None:
        return model
    target = state.to_write or state.release
    before = state.device.build if state.device and state.device.build else state.release.from_version
    if not before or before == target.version:
        return QCoreApplication.translate("DeedWords", "{model}, build {build}").format(model=model, build=target.version)
    return QCoreApplication.translate("DeedWords", "{model}, build {before} to {build}").format(
        model=model, before=before, build=target.version
    )


def gates_of(state: RunState) -> tuple[GateResult, ...]:
    """The safety checks to show: of this step, or the last that were asked before it."""
    for step in reversed(state.steps[: state.current + 1]):
        if step.gates:
            return step.gates
    return ()


def danger(state: RunState, *, erases: bool) -> str:
    """What a tester agrees to before a write, whole sentences."""
    target = state.to_write
    build = target.version if target else ""
    if erases:
        return QCoreApplication.translate(
            "DeedWords",
            "This erases everything on the phone: apps, photos, settings. It cannot be taken back. Build {build} is written afterwards.",
        ).format(build=build)
    return QCoreApplication.translate(
        "DeedWords",
        "Build {build} is written over the system. Your data stays. Until the end the phone cannot start, so the cable must stay in.",
    ).format(build=build)
