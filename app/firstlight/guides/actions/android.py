# SPDX-License-Identifier: Apache-2.0
"""Phones: verb -> how it runs and how it may be repeated. The functions stand in `android_checks`, `_find`, `_fastboot`, `_adb`."""

from __future__ import annotations

from typing import Any

from firstlight.devices.device import Mode
from firstlight.guides.actions import android_adb as adb
from firstlight.guides.actions import android_fastboot as fastboot
from firstlight.guides.actions import android_find as find
from firstlight.guides.actions import phone
from firstlight.guides.actions.android_checks import ASKS, kept
from firstlight.guides.actions.android_package import installed
from firstlight.guides.actions.verb import Again, CheckVerb, Verb
from firstlight_contract.verbs import android as verbs

DEEDS: dict[type[Any], Verb] = {
    verbs.DeviceFind: Verb(find.find_device, Again.SAFE),
    verbs.DeviceBack: Verb(find.device_back, Again.SAFE),
    verbs.BackupKeep: Verb(find.keep_backup, Again.SAFE),
    verbs.FastbootFlash: Verb(fastboot.flash, Again.FROM_START),
    verbs.FastbootErase: Verb(fastboot.erase, Again.FROM_START),
    verbs.FastbootFormat: Verb(fastboot.make_filesystem, Again.FROM_START),
    verbs.FastbootBoot: Verb(fastboot.boot, Again.PROBE, phone.is_in((Mode.SYSTEM, Mode.RECOVERY))),
    verbs.FastbootSetActive: Verb(fastboot.set_active, Again.FROM_START),
    verbs.FastbootReboot: Verb(fastboot.reboot, Again.PROBE, fastboot.is_rebooted),
    verbs.FastbootContinue: Verb(fastboot.go_on, Again.PROBE, phone.is_in((Mode.SYSTEM,))),
    verbs.FastbootWait: Verb(find.wait_fastboot, Again.SAFE),
    verbs.FastbootCreateLogical: Verb(fastboot.create_logical, Again.PROBE, fastboot.is_made),
    verbs.FastbootResizeLogical: Verb(fastboot.resize_logical, Again.PROBE, fastboot.is_resized),
    verbs.FastbootDeleteLogical: Verb(fastboot.delete_logical, Again.PROBE, fastboot.is_deleted),
    verbs.FastbootWipeSuper: Verb(fastboot.wipe_super, Again.NEVER),
    verbs.FastbootUnlock: Verb(fastboot.unlock, Again.PROBE, fastboot.is_unlocked),
    verbs.FastbootLock: Verb(fastboot.lock, Again.NEVER, fastboot.is_locked),
    verbs.FastbootUpdate: Verb(fastboot.update, Again.PROBE, fastboot.runs_target),
    verbs.AdbReboot: Verb(adb.reboot, Again.PROBE, adb.is_rebooted),
    verbs.AdbWait: Verb(find.wait_adb, Again.SAFE),
    verbs.AdbPush: Verb(adb.push, Again.FROM_START),
    verbs.AdbSideload: Verb(adb.sideload, Again.PROBE, fastboot.runs_target),
    verbs.AdbFormat: Verb(adb.make_filesystem, Again.FROM_START),
    verbs.AdbShell: Verb(adb.shell, Again.NEVER),
    verbs.HeimdallFlash: Verb(adb.heimdall_flash, Again.FROM_START),
    verbs.HeimdallWait: Verb(adb.heimdall_wait, Again.SAFE),
}
CHECKS: dict[type[Any], CheckVerb] = {verb: CheckVerb(name, ask) for verb, (name, ask) in ASKS.items()} | {
    verbs.AdbInstalled: CheckVerb("adb_installed", installed),
    verbs.BackupKept: CheckVerb("backup", kept, is_slow=True),
}
