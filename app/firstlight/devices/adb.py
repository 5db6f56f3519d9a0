# SPDX-License-Identifier: Apache-2.0
"""A started phone, by the tester's own adb program. Its exit status is not to be trusted; its text is read."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceLost, ToolFailed
from firstlight.devices.tool import Tool

_ASK_S = 10.0
_LINE = re.compile(r"^(?P<serial>\S+)\s+(?P<state>device|unauthorized|offline|recovery|sideload)\b", re.MULTILINE)
_LEVEL = re.compile(r"^\s*level:\s*(\d{1,3})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Adb:
    """The program `tool`."""

    tool: Tool

    def devices(self) -> tuple[Device, ...]:
        """Phones that are started, with what they tell of themselves."""
        outcome = self.tool.run("devices", deadline_s=_ASK_S)
        found = []
        for match in _LINE.finditer(outcome.output):
            serial, state = match["serial"], match["state"]
            if state == "device":
                with suppress(DeviceLost):  # it went away while it was asked; the others are still there
                    found.append(self.look(serial))
            elif state == "unauthorized":
                found.append(Device(serial=serial, address=serial, mode=Mode.UNAUTHORISED))
        return tuple(found)

    def look(self, serial: str) -> Device:
        """What a started phone tells; facts that it does not tell stay unknown."""
        level = _LEVEL.search(self._shell(serial, "dumpsys battery"))
        rollback = self._shell(serial, "getprop ro.boot.rollback_index").strip()
        return Device(
            serial=serial,
            address=serial,
            mode=Mode.SYSTEM,
            product=self._shell(serial, "getprop ro.product.device").strip(),
            board=self._shell(serial, "getprop ro.boot.hardware.revision").strip(),
            build=self._shell(serial, "getprop ro.build.display.id").strip(),
            battery=int(level.group(1)) if level else None,
            rollback_index=int(rollback) if rollback.isdecimal() else None,
        )

    def reboot(self, serial: str, to: str) -> None:
        """Into `bootloader` or `system`."""
        outcome = self.tool.run("-s", serial, "reboot", *(("bootloader",) if to == "bootloader" else ()), deadline_s=30.0)
        if not outcome.is_ok or "failed" in outcome.output.lower():
            raise ToolFailed(tool="adb", exit=outcome.exit, said=outcome.output.strip()[-300:])

    def _shell(self, serial: str, command: str) -> str:
        """The answer of one of our own fixed commands; nothing of a guide ever comes here."""
        outcome = self.tool.run("-s", serial, "shell", command, deadline_s=_ASK_S)
        if outcome.exit is None or ("not found" in outcome.output[:200] and f"'{serial}'" in outcome.output[:200]):
            raise DeviceLost(address=serial, why=outcome.output.strip()[:200])
        return outcome.output if outcome.is_ok else ""
