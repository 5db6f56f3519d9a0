# SPDX-License-Identifier: Apache-2.0
"""The bootloader of a practice phone: fastboot commands in, answers out. What it takes and refuses is what real ones do.

It accepts a download before it looks at lock and battery, as real bootloaders do: gates on the PC must not rely on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from firstlight.practice.faults import Faults
from firstlight.practice.memory import SETTINGS, SIZES, Memory, Storage

MAX_DOWNLOAD = 1 << 20
"""Larger images come in sparse pieces."""
_LOW_POWER = 20


@dataclass(frozen=True)
class Answer:
    """One packet to the PC; `data` follows a DATA packet of an upload."""

    text: str
    data: bytes = b""


class Bootloader:
    """Interprets commands on a phone's storage. `leave(mode)` is called when the phone goes away from the bus."""

    def __init__(
        self, storage: Storage, memory: Callable[[], Memory], keep: Callable[[Memory], None], faults: Callable[[], Faults]
    ) -> None:
        self._storage = storage
        self._memory = memory
        self._keep = keep
        self._faults = faults
        self._downloaded = b""

    def take(self, data: bytes) -> Answer:
        """A download has arrived."""
        self._downloaded = data
        return Answer("OKAY")

    def variables(self) -> dict[str, str]:
        """What `getvar` tells."""
        memory, faults = self._memory(), self._faults()
        values = {
            "version": "0.4",
            "product": "a1_lite" if faults.wrong_product else memory.product,
            "board": "B" if faults.wrong_board else memory.board,
            "serialno": memory.serial,
            "unlocked": "no" if faults.locked or not memory.is_unlocked else "yes",
            "secure": "yes",
            "battery-soc": str(self.battery()),
            "max-download-size": hex(MAX_DOWNLOAD),
            "slot-count": "2",
            "current-slot": memory.slot,
            "rollback-index": str(99 if faults.newer_rollback else memory.rollback_index),
            "mode": memory.mode,
            "build": memory.build,
            "boot-fault": memory.boot_fault or "none",
            "is-userspace": "yes" if memory.mode == "system" else "no",
        }
        for name, size in (SIZES | {"settings": SETTINGS}).items():
            values[f"has-slot:{name}"] = "yes" if name in SIZES else "no"
            for whole in (name, f"{name}_a", f"{name}_b"):
                values[f"partition-size:{whole}"] = hex(size)
                values[f"partition-type:{whole}"] = "raw"
                values[f"is-logical:{whole}"] = "no"
        return values

    def battery(self) -> int:
        """Charge in percent."""
        low = self._faults().low_battery
        return self._memory().battery if low is None else low

    def answer(self, command: str) -> Iterator[Answer]:
        """The packets that answer `command`, except `download:`, which the phone's wire handles."""
        verb, _, rest = command.partition(":")
        if verb == "getvar":
            yield from self._getvar(rest)
        elif self._memory().mode == "system":
            yield Answer("FAILnot in the bootloader")
        elif verb == "flash":
            yield from self._flash(rest)
        elif verb == "erase":
            yield self._erase(rest)
        elif verb == "set_active":
            yield self._set_active(rest)
        elif verb == "fetch":
            yield from self._fetch(rest)
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

    def _place(self, name: str) -> tuple[str, str] | None:
        """Partition and slot of a name like `boot_a`; a bare name means the current slot."""
        base, _, slot = name.rpartition("_")
        if base in SIZES and slot in ("a", "b"):
            return base, slot
        if name in SIZES:
            return name, self._memory().slot
        return (name, "") if name == "settings" else None

    def _refusal(self) -> str:
        if self.variables()["unlocked"] == "no":
            return "FAILFlashing is not allowed in Lock State"
        return "FAILlow power, need battery charging" if self.battery() < _LOW_POWER else ""

    def _flash(self, name: str) -> Iterator[Answer]:
        place, refusal = self._place(name), self._refusal()
        if refusal:
            yield Answer(refusal)
        elif place is None:
            yield Answer("FAILno such partition")
        elif not self._downloaded:
            yield Answer("FAILno image downloaded")
        else:
            why = self._storage.write(*place, self._downloaded)
            yield Answer(f"FAIL{why}" if why else "OKAY")

    def _erase(self, name: str) -> Answer:
        place, refusal = self._place(name), self._refusal()
        if refusal or place is None:
            return Answer(refusal or "FAILno such partition")
        self._storage.erase(*place)
        return Answer("OKAY")

    def _set_active(self, slot: str) -> Answer:
        slot = slot.removeprefix("_")
        if slot not in ("a", "b"):
            return Answer("FAILno such slot")
        self._keep(replace(self._memory(), slot=slot))
        return Answer("OKAY")

    def _fetch(self, rest: str) -> Iterator[Answer]:
        name, *numbers = rest.split(":")
        place = self._place(name)
        if place is None or not self._storage.path(*place).exists():
            yield Answer("FAILno such partition")
            return
        data = self._storage.path(*place).read_bytes()
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
