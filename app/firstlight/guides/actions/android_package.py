# SPDX-License-Identifier: Apache-2.0
"""Whether a started phone runs what an update package holds: the package's own metadata against what the phone tells.

A recovery says "installed" of the slot that does not run; only a started phone can say that it runs it. A phone that could not start
it has fallen back to the build before, and looks as healthy as ever.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from firstlight.devices.device import Mode
from firstlight.guides.actions import phone
from firstlight.guides.actions.bench import Bench
from firstlight.guides.state import GateResult
from firstlight.guides.words import words
from firstlight_contract.verbs.android import AdbInstalled

_METADATA = "META-INF/com/android/metadata"
_MAX_METADATA = 64 * 1024
_BUILD, _FINGERPRINT = "post-build-incremental", "post-build"
_PROPERTIES = {_BUILD: "ro.build.version.incremental", _FINGERPRINT: "ro.build.fingerprint"}


def installed(check: AdbInstalled, bench: Bench) -> GateResult:
    """By the build's number where the package names it, else by its fingerprint."""
    package = bench.files.path(check.file, bench.work)
    mend = words("adb_installed.mend")
    told = holds(package)
    name = next((n for n in (_BUILD, _FINGERPRINT) if told.get(n)), "")
    if not name:
        return bench.row("adb_installed", None, words("adb_installed.mute"), mend)
    found = phone.standing_in(bench, (Mode.SYSTEM,))
    runs = bench.devices.adb().getprop(found.address, _PROPERTIES[name])
    # A package for several models lists a fingerprint each.
    wanted = told[name].split("|")
    if runs in wanted:
        return bench.row("adb_installed", True, words("adb_installed.is", build=runs), mend)
    return bench.row("adb_installed", False, words("adb_installed.other", build=runs or "?", wanted=told[name][:120]), mend)


def holds(package: Path) -> dict[str, str]:
    """What a package says of itself; empty when it says nothing that can be read."""
    try:
        with zipfile.ZipFile(package) as archive, archive.open(_METADATA) as file:
            text = file.read(_MAX_METADATA).decode("utf-8", "replace")
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return {}
    pairs = (line.partition("=") for line in text.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}
