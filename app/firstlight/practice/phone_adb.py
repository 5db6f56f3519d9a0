# SPDX-License-Identifier: Apache-2.0
"""The adb side of a practice phone: what it tells, its shell over a folder, and what a sideload installs."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from firstlight.practice import phone_update
from firstlight.practice.adb_services import Services
from firstlight.practice.adb_shell import PhoneSide, Shell
from firstlight.practice.adbd import Adbd, Banner
from firstlight.practice.bootloader import Bootloader
from firstlight.practice.faults import Faults
from firstlight.practice.memory import SINGLE, Memory, Storage
from firstlight.practice.phone_record import Record

STATES = {"system": "device", "recovery": "recovery", "sideload": "sideload"}
"""Modes in which a phone speaks adb, and how it calls them there."""
_ROOM = 64 << 20


@dataclass(frozen=True)
class PhoneParts:
    """What both sides of a phone share: its memory, its faults, and what happens to it."""

    storage: Storage
    bootloader: Bootloader
    record: Record
    memory: Callable[[], Memory]
    keep: Callable[[Memory], None]
    faults: Callable[[], Faults]
    bad_block: Callable[[], str]


class PhoneAdb:
    """`takes(bytes)` is called for each piece of data that comes and may raise Gone, `leaves(mode)` when the phone restarts."""

    def __init__(self, parts: PhoneParts, *, takes: Callable[[int], None], leaves: Callable[[str], None]) -> None:
        self._parts = parts
        root = parts.storage.folder / "files"
        side = PhoneSide(
            root=root,
            properties=self.properties,
            battery=parts.bootloader.battery,
            is_recovery=lambda: parts.memory().mode == "recovery",
            format_data=self._format,
        )
        self.services = Services(
            shell=Shell(side),
            record=parts.record,
            root=root,
            mode=lambda: parts.memory().mode,
            takes=takes,
            leaves=leaves,
            install=self._install,
            room=lambda path: 0 if parts.faults().full_cache and path.startswith("/cache") else _ROOM,
        )

    def talk(self, connection: socket.socket) -> None:
        """One connection of an adb server to its end."""

        def banner() -> Banner:
            state = STATES.get(self._parts.memory().mode, "device")
            return Banner(state, "a1", "Practice_A1", self._parts.bootloader.variables()["product"])

        Adbd(connection, banner=banner, is_allowed=lambda: not self._parts.faults().unauthorised, serve=self.services.serve).talk()

    def properties(self) -> dict[str, str]:
        """What `getprop` tells."""
        memory = self._parts.memory()
        told = self._parts.bootloader.variables()
        return memory.tells | {
            "ro.product.device": told["product"],
            "ro.product.model": "Practice A1",
            "ro.serialno": memory.serial,
            "ro.build.display.id": memory.build,
            "ro.build.version.incremental": memory.build,
            "ro.boot.hardware.revision": told["board"],
            "ro.boot.rollback_index": told["rollback-index"],
            "ro.boot.slot_suffix": f"_{memory.slot}",
            "ro.boot.flash.locked": "1" if told["unlocked"] == "no" else "0",
            "sys.boot_completed": "1" if memory.mode == "system" else "",
        }

    def _format(self, name: str) -> None:
        if name in SINGLE:
            memory = self._parts.memory()
            self._parts.storage.erase(name, "", SINGLE[name])
            self._parts.keep(replace(memory, wipes=memory.wipes + (name == "userdata")))

    def _install(self, package: Path) -> str:
        why = self._parts.bad_block()
        if why:
            return why
        memory = self._parts.memory()
        counter = int(self._parts.bootloader.variables()["rollback-index"])
        changed, why = phone_update.install(package, replace(memory, rollback_index=counter), self._parts.storage)
        if not why:
            self._parts.keep(replace(changed, rollback_index=memory.rollback_index))
        return why
