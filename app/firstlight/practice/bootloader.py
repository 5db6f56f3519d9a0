# SPDX-License-Identifier: Apache-2.0
"""The bootloader of a practice phone: fastboot commands in, answers out. What it takes and refuses is what real ones do.

It accepts a download before it looks at lock and battery, as real bootloaders do: gates on the PC must not rely on it. In the
mode `fastbootd` it is Android's own fastboot, which knows the logical partitions (`bootloader_logical.py`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from firstlight.practice import bootloader_logical as logical
from firstlight.practice.faults import Faults
from firstlight.practice.memory import LOGICAL, SINGLE, SIZES, SLOTTED, Memory, Storage
from firstlight_contract.practice import read_label

MAX_DOWNLOAD = 1 << 20
"""Larger images come in sparse pieces."""
_LOW_POWER = 20
_UNLOCKS = ("oem unlock", "flashing unlock")
_LOCKS = ("oem lock", "flashing lock")
REBOOTS = {"reboot": "system", "reboot-bootloader": "bootloader", "reboot-fastboot": "fastbootd", "reboot-recovery": "recovery"}


@dataclass(frozen=True)
class Answer:
    """One packet to the PC; `data` follows a DATA packet of an upload. `leaves`: the phone goes away and starts this."""

    text: str
    data: bytes = b""
    leaves: str = ""


class Bootloader:
    """Interprets commands on a phone's storage. `bad_block` says why the next write does not stick; "" when it does."""

    def __init__(
        self,
        storage: Storage,
        memory: Callable[[], Memory],
        keep: Callable[[Memory], None],
        faults: Callable[[], Faults],
        bad_block: Callable[[], str],
        unlocked: Callable[[bool], None],
    ) -> None:
        self._storage = storage
        self._memory = memory
        self._keep = keep
        self._faults = faults
        self._bad_block = bad_block
        self._unlocked = unlocked
        self._downloaded = b""

    def take(self, data: bytes) -> Answer:
        """A download has arrived."""
        self._downloaded = data
        return Answer("OKAY")

    def variables(self) -> dict[str, str]:
        """What `getvar` tells."""
        memory, faults = self._memory(), self._faults()
        is_fastbootd = memory.mode == "fastbootd"
        values = {
            "version": "0.4",
            "product": "a1_lite" if faults.wrong_product else memory.product,
            "board": "B" if faults.wrong_board else memory.board,
            "serialno": memory.serial,
            "unlocked": "no" if faults.locked or not memory.is_unlocked else "yes",
            "secure": "yes",
            "version-bootloader": "A1-BL-7",
            "version-baseband": "A1-BB-3",
            "battery-soc": str(self.battery()),
            "max-download-size": hex(MAX_DOWNLOAD),
            "slot-count": "2",
            "current-slot": memory.slot,
            "rollback-index": str(99 if faults.newer_rollback else memory.rollback_index),
            "mode": memory.mode,
            "build": memory.build,
            "boot-fault": memory.boot_fault or "none",
            "is-userspace": "yes" if memory.mode in ("system", "fastbootd") else "no",
        }
        if is_fastbootd:
            values["super-partition-name"] = "super"
        for name, size in SLOTTED.items():
            values[f"has-slot:{name}"] = "yes"
            for whole in (name, f"{name}_a", f"{name}_b"):
                in_super = is_fastbootd and name in LOGICAL
                if not in_super or whole == name or whole in memory.logical:
                    values |= _about(whole, size, is_logical=in_super)
        for name, size in (SINGLE | memory.extra).items():
            values[f"has-slot:{name}"] = "no"
            values |= _about(name, size, kind="ext4" if name in ("userdata", "cache") or name in memory.extra else "raw")
        if is_fastbootd:
            for name, size in memory.logical.items():
                values |= _about(name, size, is_logical=True)
        return memory.tells | values

    def battery(self) -> int:
        """Charge in percent."""
        low = self._faults().low_battery
        return self._memory().battery if low is None else low

    def answer(self, command: str) -> Iterator[Answer]:
        """The packets that answer `command`, except `download:`, which the phone's wire handles."""
        verb, _, rest = command.partition(":")
        if verb == "getvar":
            yield from self._getvar(rest)
        elif verb.startswith("reboot"):
            yield self._reboot(verb)
        elif self._memory().mode == "system":
            yield Answer("FAILnot in the bootloader")
        elif verb == "flash":
            yield self._flash(rest)
        elif verb == "erase":
            yield self._erase(rest)
        elif verb == "set_active":
            yield self._set_active(rest)
        elif verb == "fetch":
            yield from self._fetch(rest)
        elif command.startswith(("oem ", "flashing ")):
            yield from self._lock(command)
        elif self._memory().mode == "fastbootd":
            yield self._in_super(command)
        elif verb == "boot":
            yield self._boot()
        elif verb == "continue":
            yield Answer("OKAY", leaves="system")
        else:
            yield Answer("FAILunknown command")

    def _getvar(self, name: str) -> Iterator[Answer]:
        values = self.variables()
        if name == "all":
            yield from (Answer(f"INFO{k}: {v}") for k, v in sorted(values.items()))
            yield Answer("OKAY")
        elif name in values:
            yield Answer("OKAY" + values[name])
        else:
            yield Answer("FAILunknown variable")

    def _reboot(self, verb: str) -> Answer:
        to = REBOOTS.get(verb)
        return Answer("OKAY", leaves=to) if to else Answer("FAILunknown reboot target")

    def _place(self, name: str) -> tuple[str, str, int] | None:
        """Partition, slot and room of a name like `boot_a`; a bare name means the current slot."""
        memory = self._memory()
        if name in SLOTTED:
            name = f"{name}_{memory.slot}"
        base, _, slot = name.rpartition("_")
        is_whole = base in SLOTTED and slot in ("a", "b")
        if memory.mode == "fastbootd" and (name in memory.logical or (is_whole and base in LOGICAL)):
            room = memory.logical.get(name)
            return None if room is None else ((base, slot, room) if is_whole else (name, "", room))
        if is_whole:
            return base, slot, memory.logical.get(name, SLOTTED[base])
        room = (SINGLE | memory.extra).get(name)
        return None if room is None else (name, "", room)

    def _refusal(self) -> str:
        if self.variables()["unlocked"] == "no":
            return "FAILFlashing is not allowed in Lock State"
        return "FAILlow power, need battery charging" if self.battery() < _LOW_POWER else ""

    def _flash(self, name: str) -> Answer:
        place, refusal = self._place(name), self._refusal() or self._bad_block()
        if refusal or place is None:
            return Answer(refusal or "FAILno such partition")
        if not self._downloaded:
            return Answer("FAILno image downloaded")
        why = self._storage.write(place[0], place[1], self._downloaded, place[2])
        return Answer(f"FAIL{why}" if why else "OKAY")

    def _erase(self, name: str) -> Answer:
        place, refusal = self._place(name), self._refusal()
        if refusal or place is None:
            return Answer(refusal or "FAILno such partition")
        self._storage.erase(*place)
        if place[0] == "userdata":
            self._keep(replace(self._memory(), wipes=self._memory().wipes + 1))
        return Answer("OKAY")

    def _set_active(self, slot: str) -> Answer:
        slot = slot.removeprefix("_")
        refusal = self._refusal()
        if refusal or slot not in ("a", "b"):
            return Answer(refusal or "FAILno such slot")
        self._keep(replace(self._memory(), slot=slot))
        return Answer("OKAY")

    def _boot(self) -> Answer:
        refusal = self._refusal()
        label = read_label(_kernel(self._downloaded))
        if refusal or label is None:
            return Answer(refusal or "FAILno bootable image downloaded")
        return Answer("OKAY", leaves="recovery" if label.partition == "recovery" else "system")

    def _lock(self, command: str) -> Iterator[Answer]:
        memory = self._memory()
        is_open = self.variables()["unlocked"] == "yes"
        if command == "flashing get_unlock_ability":
            yield Answer(f"INFOget_unlock_ability: {int(memory.can_unlock)}")
            yield Answer("OKAY")
        elif command.startswith(_UNLOCKS):
            if is_open:
                yield Answer("FAILAlready Unlocked")
            elif not memory.can_unlock:
                yield Answer("FAILUnlock operation is not allowed, enable OEM unlocking in the developer options")
            else:
                yield Answer("INFOall data is erased")
                self._set_lock(is_open=True)
                yield Answer("OKAY")
        elif command.startswith(_LOCKS):
            if is_open:
                self._set_lock(is_open=False)
            yield Answer("OKAY" if is_open else "FAILAlready Locked")
        else:
            yield Answer("FAILunknown command")

    def _set_lock(self, *, is_open: bool) -> None:
        memory = self._memory()
        self._unlocked(is_open)
        self._storage.erase("userdata", "", SINGLE["userdata"])
        self._keep(replace(memory, is_unlocked=is_open, wipes=memory.wipes + 1))

    def _in_super(self, command: str) -> Answer:
        refusal = self._refusal()
        if refusal:
            return Answer(refusal)
        changed, why = logical.change(command, self._memory(), self._storage)
        if why:
            return Answer(f"FAIL{why}")
        self._keep(changed)
        return Answer("OKAY")

    def _fetch(self, rest: str) -> Iterator[Answer]:
        name, *numbers = rest.split(":")
        place = self._place(name)
        if place is None or not self._storage.path(*place[:2]).exists():
            yield Answer("FAILno such partition")
            return
        data = self._storage.path(*place[:2]).read_bytes()
        try:
            offset, size = (int(n, 16) for n in numbers) if numbers else (0, len(data))
        except ValueError:
            yield Answer("FAILbad range")
            return
        piece = data[offset : offset + size]
        if len(piece) != size or size > MAX_DOWNLOAD:
            yield Answer("FAILbad range")
            return
        yield Answer(f"DATA{len(piece):08x}", piece)
        yield Answer("OKAY")


def _kernel(image: bytes) -> bytes:
    """What a boot image starts with; the fastboot program packs a plain file into one."""
    if image[:8] != b"ANDROID!" or len(image) < 40:
        return image
    (page,) = struct.unpack_from("<I", image, 36)
    return image[page:]


def _about(name: str, size: int, *, is_logical: bool = False, kind: str = "raw") -> dict[str, str]:
    return {
        f"partition-size:{name}": hex(size),
        f"partition-type:{name}": kind,
        f"is-logical:{name}": "yes" if is_logical else "no",
    }


WHOLE_BUILD = sum(SIZES.values())
"""Bytes of a whole build: what the faults' percentages are of."""
