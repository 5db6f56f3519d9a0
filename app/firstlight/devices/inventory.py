# SPDX-License-Identifier: Apache-2.0
"""Who is plugged in: phones in their bootloader, started phones, practice phones; and whom to talk to them through.

A device is known by its serial number. Addresses change (a practice phone gets a new port at each start), so nothing keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from firstlight.base.work import Work
from firstlight.devices.adb import Adb
from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceError, DeviceNotFound, ToolMissing
from firstlight.devices.fastboot import ASK_S, Fastboot
from firstlight.devices.fastboot_program import FastbootProgram
from firstlight.devices.fastboot_tcp import FastbootTcp, Presence, presence, split_address
from firstlight.devices.tool import Tool

_LISTED = re.compile(r"^(?P<serial>\S+)\s+fastboot\b", re.MULTILINE)
_LOOK_EVERY_S = 0.5


def _no_tool() -> Tool | None:
    return None


def _no_addresses() -> tuple[str, ...]:
    return ()


class Inventory:
    """Asks anew at each call; keeps nothing. `fastboot` and `adb` find the programs, `network` names TCP addresses of phones."""

    def __init__(
        self,
        *,
        fastboot: Callable[[], Tool | None] = _no_tool,
        adb: Callable[[], Tool | None] = _no_tool,
        network: Callable[[], tuple[str, ...]] = _no_addresses,
    ) -> None:
        self._fastboot = fastboot
        self._adb = adb
        self._network = network

    def devices(self, work: Work) -> tuple[Device, ...]:
        """Everybody who answers now, practice phones last. A device that goes away while it is asked is left out."""
        found: list[Device] = []
        for look in (self._by_adb, self._by_fastboot, self._by_network):
            work.check()
            found += look()
        return tuple({d.serial: d for d in found}.values())

    def find(self, serial: str, work: Work) -> Device:
        """The device of this serial number, as it is now; DeviceNotFound."""
        for look in (self._by_network, self._by_fastboot, self._by_adb):
            work.check()
            for device in look():
                if device.serial == serial:
                    return device
        raise DeviceNotFound(serial=serial, tail=serial[-4:])

    def wait(self, serial: str, mode: Mode, seconds: float, work: Work) -> Device:
        """The device once it stands in `mode`; DeviceNotFound when it has not within `seconds`. Work says how long it waits."""
        waited = 0.0
        while True:
            try:
                device = self.find(serial, work)
                if device.mode is mode:
                    return device
            except DeviceNotFound:
                pass
            if waited >= seconds:
                raise DeviceNotFound(serial=serial, tail=serial[-4:], seconds=int(seconds))
            work.say("wait", int(waited), int(seconds))
            work.wait(_LOOK_EVERY_S)
            waited += _LOOK_EVERY_S

    def open(self, device: Device) -> Fastboot:
        """Whom to talk through: the tester's program, else our client for TCP addresses; ToolMissing for a USB phone without it."""
        tool = self._fastboot()
        if tool is not None:
            return FastbootProgram(tool, device.address)
        if split_address(device.address):
            return FastbootTcp(device.address)
        raise ToolMissing(tool="fastboot")

    def to_bootloader(self, device: Device) -> None:
        """Ask a started phone to go into its bootloader; it is away for a while then."""
        if split_address(device.address):
            self.open(device).reboot("bootloader")
            return
        tool = self._adb()
        if tool is None:
            raise ToolMissing(tool="adb")
        Adb(tool).reboot(device.serial, "bootloader")

    def _by_network(self) -> list[Device]:
        found = []
        for address in self._network():
            if presence(address) is Presence.FREE:
                try:
                    found.append(_look(FastbootTcp(address)))
                except DeviceError:
                    continue  # it went away between the two questions
        return found

    def _by_fastboot(self) -> list[Device]:
        tool = self._fastboot()
        if tool is None:
            return []
        found = []
        for match in _LISTED.finditer(tool.run("devices", deadline_s=ASK_S).output):
            try:
                found.append(_look(FastbootProgram(tool, match["serial"])))
            except DeviceError:
                continue  # as above
        return found

    def _by_adb(self) -> list[Device]:
        tool = self._adb()
        if tool is None:
            return []
        try:
            return list(Adb(tool).devices())
        except DeviceError:
            return []


def _look(phone: Fastboot) -> Device:
    """Ask a phone what it is."""
    level, rollback = phone.getvar("battery-soc"), phone.getvar("rollback-index")
    unlocked = phone.getvar("unlocked").lower()
    serial = phone.getvar("serialno")
    return Device(
        serial=serial or phone.address,
        address=phone.address,
        mode=Mode.SYSTEM if phone.getvar("mode") == "system" else Mode.BOOTLOADER,
        product=phone.getvar("product"),
        board=phone.getvar("board"),
        build=phone.getvar("build"),
        battery=int(level) if level.isdecimal() and int(level) <= 100 else None,
        is_unlocked={"yes": True, "true": True, "no": False, "false": False}.get(unlocked),
        slot=phone.getvar("current-slot"),
        rollback_index=int(rollback, 0) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}|\d{1,18}", rollback) else None,
        boot_fault=phone.getvar("boot-fault").removeprefix("none"),
    )
