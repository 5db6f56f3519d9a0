# SPDX-License-Identifier: Apache-2.0
"""What the machine part of a step is called on buttons and in sentences, by the verbs that it holds."""

from __future__ import annotations

import re
from types import UnionType

from PySide6.QtCore import QCoreApplication

from firstlight.guides.state import GateResult, RunState
from firstlight.guides.ui import kind_words
from firstlight.kit.sentences import QT_TRANSLATE_NOOP
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
from firstlight_contract.verbs.card import CardFind, ImageVerify, ImageWrite
from firstlight_contract.verbs.files import FilesFetch
from firstlight_contract.verbs.router import (
    RouterBack,
    SshBackup,
    SshFind,
    SshSysupgrade,
    SshUpload,
    SshWait,
    TftpFind,
    TftpPush,
    TftpServe,
)


def writes(step: Step) -> bool:
    """Whether the step writes to a device."""
    return step.writes


def device_name(state: RunState) -> str:
    """The device's name for testers, else what it calls itself; "" while nothing is known."""
    if state.release is not None:
        return state.release.device_name
    return kind_words.name(state) or (state.device.model if state.device else "")


_BUTTONS: tuple[tuple[type | UnionType, str], ...] = (
    (FastbootFlash | SshSysupgrade, QT_TRANSLATE_NOOP("DeedWords", "Flash {device}")),
    (ImageWrite, QT_TRANSLATE_NOOP("DeedWords", "Write {device}")),
    (BuildFetch, QT_TRANSLATE_NOOP("DeedWords", "Fetch the build")),
    (FilesFetch, QT_TRANSLATE_NOOP("DeedWords", "Fetch the files")),
    (BackupKeep, QT_TRANSLATE_NOOP("DeedWords", "Keep a backup")),
    (SshBackup, QT_TRANSLATE_NOOP("DeedWords", "Keep a copy")),
    (DeviceFind | AdbWait | FastbootWait, QT_TRANSLATE_NOOP("DeedWords", "Look for the phone")),
    (SshFind | TftpFind, QT_TRANSLATE_NOOP("DeedWords", "Look for the router")),
    (CardFind, QT_TRANSLATE_NOOP("DeedWords", "Look for the card")),
    (AdbSideload, QT_TRANSLATE_NOOP("DeedWords", "Install the update")),
    (FastbootUnlock, QT_TRANSLATE_NOOP("DeedWords", "Unlock the bootloader")),
    (SshUpload | TftpPush, QT_TRANSLATE_NOOP("DeedWords", "Send the image")),
    (TftpServe, QT_TRANSLATE_NOOP("DeedWords", "Wait for the router and give it the image")),
    (SshWait | RouterBack, QT_TRANSLATE_NOOP("DeedWords", "Wait for the router")),
)
_APART = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_START = AdbReboot | FastbootReboot | FastbootBoot | FastbootContinue | DeviceBack


def with_device(words: str, state: RunState) -> str:
    """`words` with {device} as its name and last four. A Chinese name stands close to the Chinese word before it."""
    name = f"{device_name(state)} {state.device.tail}" if state.device else ""
    return _APART.sub("", words.format(device=name)).strip()


def button(step: Step, state: RunState) -> str:
    """What starts the step's machine part: by its first action that has a name."""
    for deed in step.do:
        known = next((words for kinds, words in _BUTTONS if isinstance(deed, kinds)), "")
        if known:
            return with_device(QCoreApplication.translate("DeedWords", known), state)
        if deed.writes and deed.verb.startswith(("fastboot.", "adb.", "heimdall.")):
            return QCoreApplication.translate("DeedWords", "Change the phone")
        if isinstance(deed, _START):
            return QCoreApplication.translate("DeedWords", "Start the phone")
    if any(isinstance(check, BuildBooted) for check in (*step.gate, *step.after)):
        return QCoreApplication.translate("DeedWords", "Ask which build it runs")
    if any(isinstance(check, ImageVerify) for check in step.gate):
        return QCoreApplication.translate("DeedWords", "Compare the card")
    return kind_words.ask(state)


IN_SECONDS = ("wait", "back", "pause", "probe")
"""Stages that count the time which has passed and the most that it may take; the others count bytes."""


def stage(name: str) -> str:
    """What the work is doing, from the stable name that it says."""
    known = {
        "fetch": QCoreApplication.translate("DeedWords", "Fetching files"),
        "hash": QCoreApplication.translate("DeedWords", "Comparing the files with what the hub listed"),
        "wait": QCoreApplication.translate("DeedWords", "Waiting for the device"),
        "find": QCoreApplication.translate("DeedWords", "Looking for the device"),
        "back": QCoreApplication.translate("DeedWords", "Waiting until it has started"),
        "backup": QCoreApplication.translate("DeedWords", "Keeping a backup"),
        "reboot": QCoreApplication.translate("DeedWords", "Restarting the device"),
        "flash": QCoreApplication.translate("DeedWords", "Writing"),
        "send": QCoreApplication.translate("DeedWords", "Sending"),
        "gate": QCoreApplication.translate("DeedWords", "Asking the device"),
        "format": QCoreApplication.translate("DeedWords", "Making an empty file system"),
        "boot": QCoreApplication.translate("DeedWords", "Sending what the device starts"),
        "wipe_super": QCoreApplication.translate("DeedWords", "Making the partitions afresh"),
        "heimdall": QCoreApplication.translate("DeedWords", "Writing"),
        "probe": QCoreApplication.translate("DeedWords", "Asking the device where it stands"),
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
    """The safety checks to show: of this step, or the last that were asked before it, unless this step asks others of its own."""
    own = {check.verb for check in state.now.step.gate}
    for step in reversed(state.steps[: state.current + 1]):
        if step.gates:
            is_all = own <= {check.verb for check in step.step.gate}
            return step.gates if step is state.now or is_all else ()
    return ()


def checks_ahead(state: RunState) -> int:
    """How many checks the next step asks that writes; 0 when none is ahead."""
    ahead = (s.step for s in state.steps[state.current :] if s.applies and s.step.gate and (s.step.writes or s is state.now))
    return next((len(step.gate) for step in ahead), 0)
