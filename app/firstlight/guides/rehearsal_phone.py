# SPDX-License-Identifier: Apache-2.0
"""A practice phone that says what a guide's checks want to hear, for rehearsals."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from firstlight.devices.address import Address, parse
from firstlight.guides.rehearsal_provider import PUBLISHED
from firstlight.guides.rehearsal_stand import NEW_BUILD, OLD_BUILD, SMALL, Stand, noise
from firstlight.practice.faults import Faults
from firstlight.practice.memory import SIZES, SLOTTED
from firstlight.practice.phone import PracticePhone
from firstlight.practice.phone_update import make_package
from firstlight.practice.super_image import SIZE as SUPER_SIZE
from firstlight.practice.super_image import empty_super
from firstlight_contract.firmware import Release
from firstlight_contract.guides import Guide
from firstlight_contract.practice import make_image
from firstlight_contract.verbs.adb_deeds import AdbSideload, HeimdallFlash
from firstlight_contract.verbs.android import AdbDevice, AdbExpect, FastbootDevice, FastbootExpect
from firstlight_contract.verbs.android_deeds import FastbootFlash, FastbootWipeSuper
from firstlight_contract.verbs.provider import ProviderInstall

_KNOWN = frozenset(("product", "unlocked", "serialno", "current-slot", "battery-soc", "rollback-index", "mode", "is-userspace", "build"))
_LOOK_S, _STARTS_IN = 0.05, 60
_BUILD_PROPERTIES = ("ro.build.display.id", "ro.build.version.incremental")


class PhoneStand(Stand):
    """A phone that says what the guide's checks want to hear."""

    kind = "phone"

    def __init__(self, guide: Guide, folder: Path, faults: Faults) -> None:
        super().__init__(guide, folder, faults)
        self._tells: dict[str, str] = {}
        self._made_as: dict[str, object] = {}
        self.build = guide.for_.to_build or NEW_BUILD
        self._listen_to_checks()
        parts = [p for _, deed in guide.deeds() if isinstance(deed, FastbootFlash) for p in deed.parts]
        self._partition_of = {p.file: p.partition for p in parts if p.file}
        extra = {p.partition: SMALL for p in parts if p.partition.removesuffix("_a").removesuffix("_b") not in SLOTTED}
        if any(isinstance(deed, FastbootWipeSuper) for _, deed in guide.deeds()):
            extra["super"] = SUPER_SIZE  # the fastboot program writes the image there as it is
        first = next((d.verb for s in guide.steps for d in s.do if d.verb.startswith(("fastboot.", "adb.", "device.", "heimdall."))), "")
        self._writes_build = not self._partition_of and not self._has_foreign_files() and any(d.writes for _, d in guide.deeds())
        self._pause = threading.Event()
        self._is_by_adb = first.startswith(("adb.", "heimdall."))
        if self._is_by_adb:
            self._made_as["mode"] = "system"
        self._made_as |= {"tells": self._tells, "extra": extra, "starts_anything": bool(self._partition_of) or self._has_foreign_files()}
        self.phone = PracticePhone(folder / "phone", faults=faults, factory_build=OLD_BUILD, boot_s=0.2, made_as=self._made_as)

    def _has_foreign_files(self) -> bool:
        return any(deed.file_names() and not isinstance(deed, AdbSideload) for _, deed in self.guide.deeds() if deed.writes)

    def _listen_to_checks(self) -> None:
        for step in self.guide.steps:
            for check in (*step.gate, *step.after):
                if isinstance(check, FastbootDevice):
                    self._made_as |= {"product": check.product[0]} | ({"board": check.board[0]} if check.board else {})
                elif isinstance(check, AdbDevice):
                    self._made_as["product"] = check.product[0]
                elif isinstance(check, FastbootExpect | AdbExpect):
                    self._listen(check.name, check.wanted[0])

    def _listen(self, name: str, value: str) -> None:
        if name in ("product", "ro.product.device"):
            self._made_as["product"] = value
        elif name in _BUILD_PROPERTIES:
            self.build = value
        elif name not in _KNOWN:
            self._tells[name] = value

    def __enter__(self) -> PhoneStand:
        self.phone.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.phone.stop()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Both of its doors."""
        return (parse(f"fastboot:{self.phone.address}"), parse(f"adb:{self.phone.adb_address}"))

    @property
    def bytes_taken(self) -> int:
        """By both."""
        return self.phone.image_bytes

    @property
    def standing(self) -> str:
        """The mode that it is in."""
        return self.phone.memory.mode

    def ails(self) -> str:
        """Whether it starts, and what is on it."""
        for _ in range(_STARTS_IN):
            if self.phone.memory.mode != "starting":
                break
            self._pause.wait(_LOOK_S)
        memory = self.phone.memory
        if memory.mode == "starting":
            return "dead"
        if memory.boot_fault:
            return "fell_back"
        if memory.mode == "system" and self._writes_build and memory.build != self.build:
            return "other_build"
        return "" if all(self._holds(partition, name) for partition, name in self._last_written().items()) else "other_bytes"

    def _last_written(self) -> dict[str, str]:
        """Partition -> the file that was written there last, as far as it stays as it was written."""
        found: dict[str, str] = {}
        for _, deed in self.guide.deeds():
            if isinstance(deed, FastbootFlash):
                found |= {p.partition: "" if p.raw or p.disable_verity or p.disable_verification else p.file or "" for p in deed.parts}
            elif isinstance(deed, FastbootWipeSuper | ProviderInstall):
                found = {}
            elif of_one := getattr(deed, "partition", ""):
                found.pop(of_one, None)
        return {partition: name for partition, name in found.items() if name}

    def _holds(self, partition: str, name: str) -> bool:
        wanted = (self.files / name).read_bytes()
        base, _, slot = partition.rpartition("_")
        places = [self.phone.storage.path(partition, s) for s in ("", "a", "b")]
        places += [self.phone.storage.path(base, slot)] if slot in ("a", "b") else []
        return any(place.is_file() and place.read_bytes().startswith(wanted) for place in places)

    def mend(self, stood: str = "") -> None:
        """All of it; one that does not start is brought by its keys to where this guide can talk to it."""
        does_not_start = self.phone.faults.reboot_loop or bool(self.phone.memory.boot_fault)
        self.phone.faults = Faults()
        self.phone.allow()
        is_by_adb = stood in ("system", "recovery", "sideload") if stood else self._is_by_adb
        if does_not_start and is_by_adb:
            self.phone.into_recovery()
        elif does_not_start:
            self.phone.into_bootloader()
        self.phone.pull_cable()
        self.phone.plug_in()

    def hands(self, awaited: str) -> None:
        """Hold the keys that bring it there."""
        mode = self.phone.facts().mode
        if awaited == "adb.wait" and mode == "bootloader":
            self.phone.into_recovery()
        elif awaited in ("fastboot.wait", "device.find") and mode != "bootloader":
            self.phone.into_bootloader()

    def pull(self) -> None:
        """Of the phone."""
        self.phone.pull_cable()

    def document(self) -> dict[str, Any]:
        """Percentages of faults are of the bytes that this guide sends, as its stand-ins are small."""
        data = super().document()
        deeds = [deed for _, deed in self.guide.deeds() if deed.writes and not isinstance(deed, HeimdallFlash)]
        sent = sum((self.files / name).stat().st_size for name in {name for deed in deeds for name in deed.file_names()})
        if any(isinstance(deed, ProviderInstall) for deed in deeds) and not sent:
            sent = PUBLISHED
        if sent:
            self.phone.whole_bytes = sent
        return data

    def content(self, name: str) -> bytes:
        """An image for its partition, a package for the recovery, else any bytes."""
        if any(isinstance(deed, AdbSideload) and deed.file == name for _, deed in self.guide.deeds()):
            device = str(self._made_as.get("product", "a1_eng"))
            images = {p: b"".join(self._image(p, self.build)) for p in ("boot", "vendor", "system", "product")}
            return make_package(device, images, self.build)
        if any(isinstance(deed, FastbootWipeSuper) and deed.file == name for _, deed in self.guide.deeds()):
            return empty_super()
        partition = self._partition_of.get(name, "").removesuffix("_a").removesuffix("_b")
        return b"".join(self._image(partition, self.build)) if partition in SIZES else noise(name, SMALL)

    def _image(self, partition: str, build: str, rollback_index: int = 0) -> Any:
        return make_image(device="a1", partition=partition, build=build, rollback_index=rollback_index, size=SIZES[partition])

    def releases(self) -> tuple[Release, ...]:
        """The build that runs and the one to write."""
        old, new = ({p: b"".join(self._image(p, build)) for p in SIZES} for build in (OLD_BUILD, self.build))
        return (self.release(OLD_BUILD, "", 0, old), self.release(self.build, OLD_BUILD, 1, new))
