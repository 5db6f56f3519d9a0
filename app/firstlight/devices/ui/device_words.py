# SPDX-License-Identifier: Apache-2.0
"""Devices, faults and what this PC lacks, in the tester's words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from firstlight.devices.address import parse
from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.host.preflight import HostRow
from firstlight.kit import figures

ICONS = {Kind.PHONE: "device-mobile", Kind.ROUTER: "router", Kind.RECOVERY: "lifebuoy", Kind.CARD: "sd-card"}


class DeviceWords(QObject):
    """A QObject for `tr` alone."""

    def name(self, device: Device) -> str:
        """What people call it."""
        # A router in its bootloader has no name but its MAC, which stands below.
        model = "" if device.model == "practice card" or device.kind is Kind.RECOVERY else device.model
        if model:
            return model
        # A code name says little to people: what it is stands before it.
        code = device.product if device.kind is not Kind.RECOVERY else ""
        return f"{self.kind(device.kind)} {code}".strip()

    def kind(self, kind: Kind) -> str:
        """A kind of device."""
        return {
            Kind.PHONE: self.tr("Phone"),
            Kind.ROUTER: self.tr("Router"),
            Kind.RECOVERY: self.tr("Router that wants a rescue"),
            Kind.CARD: self.tr("Card or USB stick"),
        }[kind]

    def kind_at(self, address: str) -> Kind:
        """What stands at a named address."""
        return parse(address).kind

    def where(self, address: str) -> str:
        """A named address as people read it."""
        found = parse(address)
        if found.kind is not Kind.RECOVERY:
            return found.where.removeprefix("root@").removesuffix(":22")
        adapter, *rest = found.where.split(",")
        told = dict(word.partition("=")[::2] for word in rest)
        return self.tr("{mac} at {adapter}").format(mac=told.get("mac", ""), adapter=adapter)

    def facts(self, device: Device) -> str:
        """What it told of itself, in one line."""
        facts = [self.mode(device.mode)] if device.kind is Kind.PHONE else []
        if device.build:
            facts.append(self.tr("build {build}").format(build=device.build))
        if device.battery is not None:
            facts.append(self.tr("battery {level} %").format(level=device.battery))
        if device.is_unlocked is not None:
            facts.append(self.tr("unlocked") if device.is_unlocked else self.tr("locked"))
        if device.slot:
            facts.append(self.tr("slot {slot}").format(slot=device.slot))
        if device.size:
            facts.append(figures.size(device.size))
        if device.serial and device.kind not in (Kind.CARD, Kind.RECOVERY):
            facts.append(self.tr("serial ends in {tail}").format(tail=device.tail))
        line = self.tr(", ").join(facts)
        return line[:1].upper() + line[1:]

    def disk(self, device: Device) -> str:
        """A disk of this PC: its name, and its size where it has a medium."""
        return self.tr(", ").join(part for part in (self.name(device), self.facts(device)) if part)

    def mode(self, mode: Mode) -> str:
        """What a phone runs."""
        return {
            Mode.BOOTLOADER: self.tr("in its bootloader"),
            Mode.FASTBOOTD: self.tr("in fastbootd"),
            Mode.SYSTEM: self.tr("started"),
            Mode.RECOVERY: self.tr("in its recovery"),
            Mode.SIDELOAD: self.tr("waits for a package"),
            Mode.UNAUTHORISED: self.tr("has not allowed this PC"),
            Mode.OFFLINE: self.tr("does not answer"),
        }[mode]

    def help(self, device: Device) -> str:
        """What the tester should do before it can be used; "" when nothing."""
        if device.mode is Mode.UNAUTHORISED:
            return self.tr("Unlock its screen and answer “Allow USB debugging?” with Allow.")
        if device.mode is Mode.OFFLINE:
            return self.tr("Pull the cable, wait a moment, and put it back in. Another cable or port often helps.")
        return ""

    def hidden(self, why: str) -> str:
        """Why a disk of this PC is not offered."""
        return {
            "system": self.tr("your system or your files live on it"),
            "mounted_system": self.tr("your system uses a part of it"),
            "holds_image": self.tr("the image lies on it"),
            "fixed": self.tr("it is built in"),
            "virtual": self.tr("it is no real disk"),
            "read_only": self.tr("it is write-protected"),
            "no_medium": self.tr("no card is in the reader"),
            "too_small": self.tr("it is too small"),
            "too_big": self.tr("it is larger than 128 GB"),
        }.get(why, self.tr("it is not a card ({why})").format(why=why))

    def row(self, row: HostRow) -> tuple[str, str]:
        """A row about this PC: what was found, and what to do about it."""
        facts: Mapping[str, str | int] = row.facts
        free = figures.size(int(facts.get("free", 0)))
        good = {
            "space": self.tr("{free} are free").format(free=free),
            "power": self.tr("Power from the mains"),
            "adb": self.tr("adb {version} is here").format(version=facts.get("version", "")),
            "fastboot": self.tr("fastboot {version} is here").format(version=facts.get("version", "")),
            "udev": self.tr("This user may open phones on USB"),
            "fwupd": self.tr("Nothing else holds phones"),
            "vpn": self.tr("No tunnel is up"),
            "firewall": self.tr("No firewall in the way"),
        }
        if row.ok is True:
            return good.get(row.id, row.id), ""
        return {
            "space": (self.tr("Only {free} are free").format(free=free), self.tr("Free some room on this disk first.")),
            "power": (
                self.tr("This PC runs from its battery"),
                self.tr("Plug it in before you flash: a PC that goes out half-way leaves half a system."),
            ),
            "adb": (
                self.tr("adb is missing or too old"),
                self.tr("On Debian and Ubuntu: sudo apt install adb. Firstlight finds it by itself then."),
            ),
            "fastboot": (self.tr("fastboot is missing or too old"), self.tr("On Debian and Ubuntu: sudo apt install fastboot.")),
            "udev": (
                self.tr("This user may not open phones on USB yet"),
                self.tr("On Debian and Ubuntu: sudo apt install android-sdk-platform-tools-common, then plug the phone in again."),
            ),
            "fwupd": (self.tr("fwupd holds phones in their bootloader"), self.tr("While you flash: sudo systemctl stop fwupd.")),
            "vpn": (
                self.tr("A tunnel is up: {names}").format(names=facts.get("names", "")),
                self.tr("Routers are reached better without it."),
            ),
            "firewall": (
                self.tr("A firewall may keep a router from asking"),
                self.tr("For a rescue, let UDP ports 67 and 69 in on the wired adapter."),
            ),
        }.get(row.id, (row.id, row.reason))

    def fault(self, name: str) -> str:
        """What goes wrong, as a tester would say it."""
        return {
            "": self.tr("Nothing goes wrong"),
            "cable-out": self.tr("The cable comes loose half-way"),
            "stall": self.tr("It stops answering half-way"),
            "bad-block": self.tr("A part of its memory is worn"),
            "low-battery": self.tr("Its battery is low"),
            "locked": self.tr("Its bootloader is locked"),
            "wrong-product": self.tr("It is a look-alike model"),
            "wrong-board": self.tr("It has another board"),
            "newer-rollback": self.tr("It refuses older builds"),
            "boot-fails": self.tr("The new build does not start"),
            "reboot-loop": self.tr("It starts again and again"),
            "full-cache": self.tr("It has no room for the image"),
            "never-back": self.tr("It never comes back"),
            "wrong-mac": self.tr("Another router asks"),
            "asks-outside": self.tr("It asks for a file it must not have"),
            "unauthorised": self.tr("It has not allowed this PC"),
            "fake-size": self.tr("It holds less than it says"),
            "full": self.tr("It is full before the end"),
            "too-small": self.tr("It is too small"),
            "read-only": self.tr("It is write-protected"),
            "swapped": self.tr("Somebody changes the card"),
        }.get(name, name)
