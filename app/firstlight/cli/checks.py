# SPDX-License-Identifier: Apache-2.0
"""What `firstlight doctor` looks at, one function a thing; each says what it found, what that means and what to do."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from firstlight.base.errors import FirstlightError
from firstlight.cli.core import Core
from firstlight.cli.words import explain
from firstlight.devices.host import preflight
from firstlight.devices.host.awake import awake
from firstlight.store.errors import StoreError

GIB = 1 << 30
_TOOL_LIMIT_S = 10.0
# What Qt's window needs of a Debian that has no desktop yet.
_QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
_XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
}


@dataclass(frozen=True)
class Check:
    """One thing of this PC. `ok` None: it is not needed for everything, and not there."""

    name: str
    ok: bool | None
    found: str
    means: str
    do: str = ""


def screen(core: Core) -> Check:
    """Can a window open?"""
    del core
    if importlib.util.find_spec("PySide6") is None:
        means = "The window cannot open; commands work."
        return Check("screen", False, "PySide6 is not installed", means, "Install it: pip install PySide6-Essentials")
    if sys.platform in {"win32", "darwin"}:
        return Check("screen", True, "the desktop of the system", "The window can open.")
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    wanted = _QT_LIBRARIES | (_XCB_LIBRARIES if x11 and not wayland else {})
    missing = tuple(package for library, package in wanted.items() if not _loads(library))
    if missing:
        do = f"Install what is missing: sudo apt-get install {' '.join(missing)}"
        return Check("screen", False, f"libraries are missing: {', '.join(missing)}", "The window cannot open; commands work.", do)
    if not wayland and not x11:
        means = "The window cannot open here; commands work, and `firstlight tour` draws its pictures without a screen."
        return Check("screen", None, "no display", means, "Start Firstlight from a desktop, or name its display in DISPLAY.")
    return Check("screen", True, f"Wayland {wayland}" if wayland else f"X11 {x11}", "The window can open.")


def keyring(core: Core) -> Check:
    """Is there a safe place for the sign-in?"""
    try:
        core.tokens.probe()
    except FirstlightError as error:
        return Check("keyring", False, error.code, "A sign-in cannot be kept beyond this session.", explain(error))
    return Check("keyring", True, "the system's key ring answers", "A sign-in is kept safely from start to start.")


def adb(core: Core) -> Check:
    """Is adb there?"""
    return _tool("adb", core.settings.adb, ("version",), "Screenshots and logs of phones can be fetched.", "apt-get install adb")


def fastboot(core: Core) -> Check:
    """Is fastboot there?"""
    return _tool("fastboot", core.settings.fastboot, ("--version",), "Phones on USB can be flashed.", "apt-get install fastboot")


def udev(core: Core) -> Check:
    """May this user open phones on USB? A question of Linux alone."""
    del core
    if not sys.platform.startswith("linux"):
        return Check("udev", True, "not needed on this system", "Phones on USB can be opened.")
    folders = (Path("/etc/udev/rules.d"), Path("/lib/udev/rules.d"), Path("/usr/lib/udev/rules.d"))
    rules = [path for folder in folders for path in folder.glob("*android*.rules")]
    if rules:
        return Check("udev", True, str(rules[0]), "Phones on USB can be opened without being root.")
    means = "A phone on USB may be seen and still not be opened. Practice devices work."
    return Check(
        "udev", None, "no rules for phones", means, "sudo apt-get install android-sdk-platform-tools-common, then plug the phone in again"
    )


def power(core: Core) -> Check:
    """May the power go while something is written?"""
    del core
    row = preflight.power(preflight.Places())
    level = row.facts.get("battery", -1)
    if row.ok:
        return Check("power", True, "no battery" if level == -1 else f"mains, battery {level} %", "A flash will not run out of power.")
    do = "Plug the PC in before you write to a device."
    return Check("power", None, f"battery, {level} %", "A PC that goes out in the middle leaves a half written device.", do)


def sleep(core: Core) -> Check:
    """Can sleep be held off while something is written?"""
    del core
    with awake("firstlight doctor") as held:
        if held.is_held:
            return Check("sleep", True, f"held off by {held.by}", "This PC stays awake while a device is written.")
    means = "This PC may fall asleep while a device is written."
    return Check("sleep", None, held.why, means, "Switch sleeping off in the system's settings before you write to a device.")


def fwupd(core: Core) -> Check:
    """Does the system's updater hold phones?"""
    del core
    if preflight.fwupd(preflight.Places()).ok:
        return Check("fwupd", True, "not running", "Nothing else opens phones in their bootloader.")
    means = "fwupd opens every phone in its bootloader, and fastboot then cannot."
    return Check("fwupd", None, "running", means, "Before you flash: sudo systemctl stop fwupd. It starts again by itself.")


def network(core: Core) -> Check:
    """Is there a way out of this PC?"""
    if core.settings.work_offline:
        return Check("network", None, "you work offline", "Nothing is asked of the network.", "Switch working offline off in the settings.")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing; it only asks the system for a way. The address is one for documentation.
            probe.connect(("192.0.2.1", 9))
        except OSError as error:
            means = "Hubs elsewhere cannot be reached; everything is kept and goes out later. A hub on this PC works."
            return Check("network", None, error.strerror or "no way out", means, "Check the cable or the Wi-Fi.")
        address: str = probe.getsockname()[0]
    return Check("network", True, f"this PC is {address}", "Hubs elsewhere can be reached, if they answer.")


def hub(core: Core) -> Check:
    """Does the hub answer, and does it take our sign-in?"""
    try:
        account = core.sessions.current()
    except StoreError:  # that is told by the look at the store
        account = None
    address = account.hub if account else core.settings.hub
    if not address:
        return Check("hub", None, "none is set", "Reports are kept on this PC.", "firstlight sign-in --hub URL")
    client = core.connect(address, None)
    try:
        client.raw("GET", "/health", is_public=True)
        if account:
            core.sessions.refresh_me(account.id)
    except FirstlightError as error:
        return Check("hub", False, f"{address}: {error.code}", "Reports are kept on this PC until it answers.", explain(error))
    skew_s = abs(client.skew_ms or 0) / 1000
    if skew_s > 300:
        means = f"The clock of this PC differs from the hub's by {skew_s / 60:.0f} min; times in reports will look odd."
        return Check("hub", True, f"{urlsplit(address).netloc} answers", means, "Set the clock of this PC.")
    who = f"as {account.name}" if account else "nobody is signed in"
    return Check(
        "hub", True, f"{urlsplit(address).netloc} answers, {who}", "What waits can go out.", "" if account else "firstlight sign-in"
    )


def disk(core: Core) -> Check:
    """Is there room?"""
    free = shutil.disk_usage(core.paths.data).free
    found = f"{free / GIB:.1f} GB free in {core.paths.data}"
    if free < GIB // 4:
        return Check("disk", False, found, "Words can still be saved, attachments hardly.", "Make at least 2 GB free.")
    if free < 2 * GIB:
        return Check("disk", None, found, "Builds may not fit; reports do.", "Make at least 2 GB free before you fetch a build.")
    return Check("disk", True, found, "Builds and reports fit.")


def store(core: Core) -> Check:
    """Can what is kept be read?"""
    try:
        core.db.check()
    except FirstlightError as error:
        return Check("store", False, error.code, "What is kept cannot be read as it is.", explain(error))
    return Check("store", True, str(core.paths.database), "Everything that is kept can be read.")


ALL: tuple[Callable[[Core], Check], ...] = (screen, keyring, adb, fastboot, udev, fwupd, power, sleep, network, hub, disk, store)


def _tool(name: str, chosen: str, arguments: tuple[str, ...], means: str, package: str) -> Check:
    path = chosen or shutil.which(name)
    lacks = "Practice devices work; real phones on USB need it."
    if not path:
        return Check(
            name,
            None,
            "not found",
            lacks,
            f"sudo {package}" if sys.platform.startswith("linux") else f"Install {name} and name its path in the settings.",
        )
    try:
        told = subprocess.run((path, *arguments), capture_output=True, timeout=_TOOL_LIMIT_S, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        return Check(name, False, f"{path} does not run ({type(error).__name__})", lacks, "Name another one in the settings.")
    first = told.stdout.decode("utf-8", "replace").partition("\n")[0].strip()
    return Check(name, True, f"{first} ({path})", means)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
