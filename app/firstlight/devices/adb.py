# SPDX-License-Identifier: Apache-2.0
"""A started phone, or one in its recovery, by the tester's own adb program. Its exit status is not to be trusted; its text is read.

Learned from the real one: `connect` ends with 0 on failure and calls a dead line "already connected"; `wait-for-*` never gives
up; a sideload's percentage ends at 47 or 94. So every call has a deadline, waiting is ours, and what moves bytes goes straight to
the adb server (`adb_server.py`).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices import adb_server
from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceError, DeviceLost, DeviceRefused, ToolFailed, adb_trouble
from firstlight.devices.fastboot import Watch, flash_deadline_s
from firstlight.devices.tool import Outcome, Tool

ASK_S = 10.0
_REBOOT_S = 30.0
_INSTALL_S = 900.0
"""What a recovery may take for installing, above the time of sending."""
_LINE = re.compile(
    r"^(?P<serial>\S{1,128})\s+(?P<state>device|unauthorized|authorizing|offline|recovery|sideload|rescue|bootloader)\b(?P<rest>.*)$",
    re.MULTILINE,
)
_DEVICE = re.compile(r"\bdevice:(\S{1,64})")
_LEVEL = re.compile(r"^\s*level:\s*(\d{1,3})\s*$", re.MULTILINE)
_MODES = {
    "device": Mode.SYSTEM,
    "recovery": Mode.RECOVERY,
    "sideload": Mode.SIDELOAD,
    "rescue": Mode.SIDELOAD,
    "unauthorized": Mode.UNAUTHORISED,
    "authorizing": Mode.UNAUTHORISED,
    "offline": Mode.OFFLINE,
}
REBOOTS = ("system", "bootloader", "fastboot", "recovery", "sideload", "download", "edl")
_PROPERTIES = (
    "ro.serialno",
    "ro.product.device",
    "ro.product.model",
    "ro.boot.hardware.revision",
    "ro.build.display.id",
    "ro.boot.rollback_index",
    "ro.boot.slot_suffix",
    "ro.boot.flash.locked",
)
_MARK = "[:]"


@dataclass(frozen=True)
class Listed:
    """One line of `adb devices -l`."""

    serial: str
    state: str
    product: str


@dataclass(frozen=True)
class Adb:
    """The program `tool`, and the server that it starts on `port`; 0 is the tester's own."""

    tool: Tool
    port: int = 0

    @property
    def server_port(self) -> int:
        """Where its server listens."""
        return self.port or adb_server.server_port()

    # -- who is there --------------------------------------------------------------------------------------------------

    def listed(self) -> tuple[Listed, ...]:
        """What adb knows of, without asking the phones."""
        outcome = self._run("devices", "-l", deadline_s=ASK_S)
        found = []
        for match in _LINE.finditer(outcome.output):
            product = _DEVICE.search(match["rest"])
            found.append(Listed(match["serial"], match["state"], product.group(1) if product else ""))
        return tuple(found)

    def devices(self) -> tuple[Device, ...]:
        """Phones that are started or in their recovery, with what they tell of themselves."""
        found = []
        for listed in self.listed():
            with suppress(DeviceLost):  # it went away while it was asked; the others are still there
                found.append(self.look(listed))
        return tuple(d for d in found if d.mode is not Mode.OFFLINE)

    def connect(self, address: str) -> None:
        """Have adb talk to a phone at HOST:PORT. An old line to it is dropped first. Raises DeviceLost, DeviceUnauthorised."""
        known = {d.serial: d.state for d in self.listed()}
        if known.get(address) not in (None, "offline"):
            return
        if address in known:
            self._run("disconnect", address, deadline_s=ASK_S)
        outcome = self._run("connect", address, deadline_s=ASK_S)
        if not outcome.output.lower().lstrip().startswith(("connected to", "already connected")):
            raise adb_trouble(outcome.output or "closed", address, "connect")

    def look(self, listed: Listed) -> Device:
        """What a phone tells; facts that it does not tell stay unknown. In one call, as each costs a process."""
        mode = _MODES.get(listed.state, Mode.OFFLINE)
        if mode not in (Mode.SYSTEM, Mode.RECOVERY):
            return Device(serial=listed.serial, address=listed.serial, mode=mode, product=listed.product, way="adb")
        questions = [f"getprop {name}" for name in _PROPERTIES] + ["dumpsys battery"]
        said = self._shell(listed.serial, f"; echo '{_MARK}'; ".join(questions)).split(_MARK)
        told = dict(zip(_PROPERTIES, (_word(s) for s in said), strict=False))
        level = _LEVEL.search(said[len(_PROPERTIES)]) if len(said) > len(_PROPERTIES) else None
        rollback = told.get("ro.boot.rollback_index", "")
        locked = told.get("ro.boot.flash.locked", "")
        return Device(
            serial=told.get("ro.serialno") or listed.serial,
            address=listed.serial,
            mode=mode,
            product=told.get("ro.product.device") or listed.product,
            board=told.get("ro.boot.hardware.revision", ""),
            build=told.get("ro.build.display.id", ""),
            battery=int(level.group(1)) if level and int(level.group(1)) <= 100 else None,
            is_unlocked={"0": True, "1": False}.get(locked),
            slot=told.get("ro.boot.slot_suffix", "").removeprefix("_"),
            rollback_index=int(rollback) if re.fullmatch(r"[0-9]{1,18}", rollback) else None,
            way="adb",
            model=told.get("ro.product.model", ""),
        )

    # -- what it does --------------------------------------------------------------------------------------------------

    def shell(self, serial: str, words: Sequence[str], *, deadline_s: float, work: Work | None = None) -> str:
        """What a command on the phone says; each word is quoted. Raises DeviceRefused when its exit status is not 0."""
        command = " ".join(shlex.quote(word) for word in words)
        outcome = self._run("-s", serial, "shell", command, deadline_s=deadline_s, work=work)
        self._check(outcome, serial, deadline_s)
        if not outcome.is_ok:
            raise DeviceRefused(said=outcome.output.strip()[-300:] or f"exit status {outcome.exit}", command=words[0])
        return outcome.output

    def getprop(self, serial: str, name: str) -> str:
        """A property; "" when it is not set."""
        return _word(self._shell(serial, f"getprop {shlex.quote(name)}"))

    def reboot(self, serial: str, to: str) -> None:
        """Into one of REBOOTS."""
        words = () if to == "system" else (to,)
        outcome = self._run("-s", serial, "reboot", *words, deadline_s=_REBOOT_S)
        self._check(outcome, serial, _REBOOT_S)
        if not outcome.is_ok or "failed" in outcome.output.lower():
            raise ToolFailed(tool="adb", exit=outcome.exit, said=outcome.output.strip()[-300:])

    def push(self, serial: str, source: Path, target: str, watch: Watch) -> None:
        """A file to a path of the phone."""
        self._start()
        deadline_s = flash_deadline_s(source.stat().st_size)
        adb_server.push(self.server_port, serial, source, target, deadline_s=deadline_s, watch=watch)

    def sideload(self, serial: str, package: Path, watch: Watch) -> None:
        """An update package to a recovery that waits for one; when this returns, the recovery has said that it is installed."""
        self._start()
        deadline_s = flash_deadline_s(package.stat().st_size) + _INSTALL_S
        adb_server.sideload(self.server_port, serial, package, deadline_s=deadline_s, watch=watch)

    def _start(self) -> None:
        self._run("start-server", deadline_s=ASK_S)

    def _run(self, *arguments: str, deadline_s: float, work: Work | None = None) -> Outcome:
        where = ("-P", str(self.port)) if self.port else ()
        return self.tool.run(*where, *arguments, deadline_s=deadline_s, work=work)

    def _check(self, outcome: Outcome, serial: str, deadline_s: float) -> None:
        if outcome.exit is None:
            raise DeviceLost(address=serial, why=f"no answer for {int(deadline_s)} s")
        head = outcome.output[:300]
        if not outcome.is_ok and (head.startswith(("error:", "adb: error:", "adb: device", "* ")) or f"'{serial}'" in head):
            trouble = adb_trouble(head, serial, "adb")
            if not isinstance(trouble, DeviceRefused):
                raise trouble

    def _shell(self, serial: str, command: str) -> str:
        """The answer of one of our own fixed commands; nothing of a guide ever comes here unquoted."""
        outcome = self._run("-s", serial, "shell", command, deadline_s=ASK_S)
        try:
            self._check(outcome, serial, ASK_S)
        except DeviceLost:
            raise
        except DeviceError as error:
            raise DeviceLost(address=serial, why=error.code) from error
        return outcome.output if outcome.is_ok else ""


def _word(text: str) -> str:
    """One line of a phone's answer, of a length that fits into a row."""
    return (text.strip().splitlines() or [""])[0][:120]
