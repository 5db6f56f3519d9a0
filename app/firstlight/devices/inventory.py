# SPDX-License-Identifier: Apache-2.0
"""Who is plugged in: phones in whatever mode, practice phones, and what other rooms list (cards, routers); and whom to talk
to them through.

A device is known by its serial number. Addresses change (a practice phone gets a new port at each start), so nothing keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from firstlight.base.errors import BadInput
from firstlight.base.work import Work
from firstlight.devices.adb import Adb
from firstlight.devices.address import Way, parse
from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import DeviceError, DeviceNotFound, DeviceUnauthorised, ToolMissing
from firstlight.devices.fastboot import ASK_S, Fastboot
from firstlight.devices.fastboot_program import FastbootProgram
from firstlight.devices.fastboot_tcp import FastbootTcp, Presence, presence, split_address
from firstlight.devices.tool import Tool

_LISTED = re.compile(r"^(?P<serial>\S{1,128})\s+fastboot(?:d)?\b", re.MULTILINE)
_LOOK_EVERY_S = 0.5
_BY_ADB = (Mode.SYSTEM, Mode.RECOVERY, Mode.SIDELOAD)
Listing = Callable[[Work], Sequence[Device]]
"""What another room finds: cards of this PC, routers of the network."""


def _no_tool() -> Tool | None:
    return None


def _no_addresses() -> tuple[str, ...]:
    return ()


class Inventory:
    """Asks anew at each call; keeps nothing but which serial number last stood at an adb address, as a phone that waits for a
    package tells none. `fastboot` and `adb` find the programs, `network` names addresses of phones (`tcp:HOST:PORT`, `adb:HOST:PORT`),
    `adb_port` is that of an adb server of our own, `others` are the listings of other rooms.
    """

    def __init__(
        self,
        *,
        fastboot: Callable[[], Tool | None] = _no_tool,
        adb: Callable[[], Tool | None] = _no_tool,
        network: Callable[[], tuple[str, ...]] = _no_addresses,
        adb_port: int = 0,
        others: Sequence[Listing] = (),
    ) -> None:
        self._fastboot = fastboot
        self._adb = adb
        self._network = network
        self._adb_port = adb_port
        self._others = tuple(others)
        self._serials: dict[str, str] = {}

    # -- who is there --------------------------------------------------------------------------------------------------

    def devices(self, work: Work) -> tuple[Device, ...]:
        """Every phone that answers now, practice phones last. A device that goes away while it is asked is left out."""
        found: dict[str, Device] = {}
        for look in (self._by_adb, self._by_fastboot, self._by_network):
            work.check()
            for device in look():
                known = found.get(device.serial)
                if known is None or known.mode not in _BY_ADB:  # started, it may answer to both; adb knows more
                    found[device.serial] = device
        is_shy = any(d.mode is Mode.UNAUTHORISED for d in found.values())
        return tuple(d for d in found.values() if not (is_shy and _is_second_door(d)))

    def everything(self, work: Work) -> tuple[Device, ...]:
        """Phones, and what the other rooms list; a room that cannot list is left out."""
        found = list(self.devices(work))
        for listing in self._others:
            work.check()
            with suppress(DeviceError):
                found += listing(work)
        return tuple(found)

    def find(self, serial: str, work: Work) -> Device:
        """The device of this serial number, as it is now; DeviceNotFound."""
        looks = [self._by_network, self._by_fastboot, self._by_adb]
        if self._adb_addresses():
            looks = [self._by_adb, self._by_network, self._by_fastboot]
        for look in looks:
            work.check()
            for device in look():
                if serial in (device.serial, device.address):
                    return device
                if self._must_be(device):
                    return replace(device, serial=serial)
        raise DeviceNotFound(serial=serial, tail=serial[-4:])

    def _must_be(self, device: Device) -> bool:
        """Whether a phone that can tell no serial number now is the one that is meant: the tester named its address, and no other."""
        is_mute = device.mode not in (Mode.SYSTEM, Mode.RECOVERY) and device.serial == device.address
        return is_mute and self._adb_addresses() == [device.address]

    def wait(self, serial: str, mode: Mode, seconds: float, work: Work) -> Device:
        """The device once it stands in `mode`; DeviceNotFound when it has not within `seconds`. Work says how long it waits."""
        return self.wait_any(serial, (mode,), seconds, work)

    def wait_any(self, serial: str, modes: Sequence[Mode], seconds: float, work: Work) -> Device:
        """As `wait`, for whichever of `modes` comes first."""
        waited = 0.0
        while True:
            try:
                device = self.find(serial, work)
                if device.mode in modes:
                    return device
                if device.mode is Mode.UNAUTHORISED and waited >= seconds:
                    raise DeviceUnauthorised(address=device.address)
            except DeviceNotFound:
                pass
            if waited >= seconds:
                raise DeviceNotFound(serial=serial, tail=serial[-4:], seconds=int(seconds))
            work.say("wait", int(waited), int(seconds))
            work.wait(_LOOK_EVERY_S)
            waited += _LOOK_EVERY_S

    # -- whom to talk through ------------------------------------------------------------------------------------------

    def open(self, device: Device) -> Fastboot:
        """Whom to talk fastboot through: the tester's program, else our client for TCP; ToolMissing for a USB phone without it."""
        tool = self._fastboot()
        if tool is not None:
            return FastbootProgram(tool, device.address)
        if split_address(device.address):
            return FastbootTcp(device.address)
        raise ToolMissing(tool="fastboot")

    def adb(self) -> Adb:
        """Whom to talk adb through; ToolMissing."""
        tool = self._adb()
        if tool is None:
            raise ToolMissing(tool="adb")
        return Adb(tool, self._adb_port)

    def to_bootloader(self, device: Device) -> None:
        """Ask a started phone to go into its bootloader; it is away for a while then."""
        if split_address(device.address):
            self.open(device).reboot("bootloader")
        else:
            self.adb().reboot(device.address, "bootloader")

    # -- looking -------------------------------------------------------------------------------------------------------

    def _adb_addresses(self) -> list[str]:
        found = []
        for text in self._network():
            with suppress(BadInput):
                address = parse(text)
                if address.way is Way.ADB and address.port:
                    found.append(address.where)
        return found

    def _by_network(self) -> list[Device]:
        found = []
        for text in self._network():
            address = text.removeprefix("fastboot:")
            if split_address(address) and presence(address) is Presence.FREE:
                with suppress(DeviceError):  # it went away between the two questions
                    found.append(look(FastbootTcp(address)))
        return found

    def _by_fastboot(self) -> list[Device]:
        tool = self._fastboot()
        if tool is None:
            return []
        found = []
        for match in _LISTED.finditer(tool.run("devices", deadline_s=ASK_S).output):
            with suppress(DeviceError):  # as above
                found.append(look(FastbootProgram(tool, match["serial"])))
        return found

    def _by_adb(self) -> list[Device]:
        tool = self._adb()
        if tool is None:
            return []
        adb = Adb(tool, self._adb_port)
        for address in self._adb_addresses():
            with suppress(DeviceError):  # it is not there now, or waits for its tester: the listing says so
                adb.connect(address)
        try:
            return [self._named(d) for d in adb.devices()]
        except DeviceError:
            return []

    def _named(self, device: Device) -> Device:
        """With the serial number that it told when it last could."""
        if device.serial != device.address:
            self._serials[device.address] = device.serial
        return replace(device, serial=self._serials.get(device.address, device.serial))


def _is_second_door(device: Device) -> bool:
    """A started phone that answers to fastboot too: only practice phones do, so it is the one that adb may not talk to yet."""
    return device.mode is Mode.SYSTEM and device.way == "fastboot"


def look(phone: Fastboot) -> Device:
    """Ask a phone in its bootloader or in fastbootd what it is."""
    level, rollback = phone.getvar("battery-soc"), phone.getvar("rollback-index")
    unlocked = phone.getvar("unlocked").lower()
    serial = phone.getvar("serialno")
    return Device(
        serial=serial or phone.address,
        address=phone.address,
        mode=_mode(phone),
        product=phone.getvar("product"),
        board=phone.getvar("board"),
        build=phone.getvar("build"),
        battery=int(level) if level.isdecimal() and int(level) <= 100 else None,
        is_unlocked={"yes": True, "true": True, "no": False, "false": False}.get(unlocked),
        slot=phone.getvar("current-slot").removeprefix("_"),
        rollback_index=int(rollback, 0) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}|0|[1-9][0-9]{0,17}", rollback) else None,
        boot_fault=phone.getvar("boot-fault").removeprefix("none"),
        way="fastboot",
    )


def _mode(phone: Fastboot) -> Mode:
    """Only practice phones tell `mode`; fastbootd says that it is no bootloader."""
    if phone.getvar("mode") == "system":
        return Mode.SYSTEM
    return Mode.FASTBOOTD if phone.getvar("is-userspace").lower() == "yes" else Mode.BOOTLOADER
