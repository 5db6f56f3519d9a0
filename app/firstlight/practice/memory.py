# SPDX-License-Identifier: Apache-2.0
"""What a practice phone keeps without power: a state file and one file per partition and slot, in the phone's own folder."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from firstlight.practice import sparse
from firstlight_contract.practice import BLOCK, Label, make_image, read_label

SIZES = {"boot": 2 << 20, "vendor": 4 << 20, "system": 16 << 20, "product": 2 << 20}
"""Partitions that a build fills, in the order of writing."""
SETTINGS = 64 * 1024
"""Bytes of the partition that keeps the phone's settings."""
SLOTTED = SIZES | {"recovery": 512 << 10, "dtbo": 64 << 10, "vbmeta": 64 << 10}
"""Partitions that exist once per slot."""
SINGLE = {"settings": SETTINGS, "userdata": 4 << 20, "cache": 1 << 20, "metadata": 64 << 10}
"""Partitions that exist once."""
LOGICAL = ("vendor", "system", "product")
"""Lie inside super, so that fastbootd can make, resize and delete them."""
SUPER = 64 << 20
"""Bytes of super: what all logical partitions of both slots may take together."""


def _logical() -> dict[str, int]:
    return {f"{name}_{slot}": SIZES[name] for name in LOGICAL for slot in ("a", "b")}


@dataclass(frozen=True)
class Memory:
    """Facts of the phone that survive a restart of the program."""

    serial: str
    device: str = "a1"
    product: str = "a1_eng"
    board: str = "C"
    slot: str = "a"
    is_unlocked: bool = True
    battery: int = 78
    rollback_index: int = 0
    mode: str = "bootloader"
    """bootloader | fastbootd | starting | system | recovery | sideload"""
    build: str = ""
    """The build that started last; what a started phone tells."""
    boot_fault: str = ""
    """The part for which the last start failed."""
    can_unlock: bool = True
    """The switch "OEM unlocking" in the developer options."""
    wipes: int = 0
    """How often its data was erased."""
    logical: dict[str, int] = field(default_factory=_logical)
    """Logical partitions and their sizes."""
    extra: dict[str, int] = field(default_factory=dict)
    """More partitions and their sizes, for guides of other models."""
    tells: dict[str, str] = field(default_factory=dict)
    """More variables of the bootloader and properties of the system, for guides of other models."""
    starts_anything: bool = False
    """Starts whatever was written, for guides whose images are not practice images."""


class Storage:
    """The folder of one phone. Not thread-safe: the phone's server uses it from one connection at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = folder / "phone.json"

    def load(self) -> Memory | None:
        """The facts; None for a phone that was never switched on."""
        try:
            raw = json.loads(self._state.read_text("utf-8"))
        except FileNotFoundError:
            return None
        known = {name: raw[name] for name in Memory.__dataclass_fields__ if name in raw}
        return Memory(**known)

    def save(self, memory: Memory) -> None:
        """Replace the facts as a whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self._state.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(memory), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._state)

    def make_in_factory(self, memory: Memory, build: str, rollback_index: int = 0) -> Memory:
        """A new phone with `build` on it, started once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for partition, size in SIZES.items():
            with self.path(partition, memory.slot).open("wb") as file:
                file.writelines(
                    make_image(device=memory.device, partition=partition, build=build, rollback_index=rollback_index, size=size)
                )
        settings = f"serial={memory.serial}\nlanguage=en\nwallpaper=dawn\n".encode()
        self.path("settings", "").write_bytes(settings.ljust(SETTINGS, b"\0"))
        memory = replace(memory, build=build, rollback_index=rollback_index)
        self.save(memory)
        return memory

    def path(self, partition: str, slot: str) -> Path:
        """The file of a partition; `slot` "" for one that exists once."""
        return self.folder / (f"{partition}_{slot}.img" if slot else f"{partition}.img")

    def write(self, partition: str, slot: str, data: bytes, room: int) -> str:
        """Write an image, plain or sparse, into a partition of `room` bytes; the answer is "" or why it cannot be."""
        path = self.path(partition, slot)
        path.touch()
        with path.open("r+b") as file:
            if sparse.is_sparse(data):
                try:
                    sparse.write(data, file, room)
                except sparse.SparseError as error:
                    return f"Invalid sparse image: {error}"
            elif len(data) > room:
                return "Image larger than the partition"
            else:
                file.write(data)
            file.truncate(room)
        return ""

    def erase(self, partition: str, slot: str, room: int) -> None:
        """All bytes of a partition zero."""
        self.path(partition, slot).write_bytes(bytes(room))

    def resize(self, partition: str, slot: str, room: int) -> None:
        """Make the file so long; new bytes are zero."""
        path = self.path(partition, slot)
        path.touch()
        os.truncate(path, room)

    def copy(self, partition: str, slot: str, to: str) -> None:
        """What lies in one slot into the other too."""
        self.path(partition, to).write_bytes(self.path(partition, slot).read_bytes())

    def remove(self, partition: str, slot: str) -> None:
        """A partition that exists no longer."""
        self.path(partition, slot).unlink(missing_ok=True)

    def label(self, partition: str, slot: str) -> Label | None:
        """The label of a partition that is whole; None when it is half written or no image."""
        try:
            with self.path(partition, slot).open("rb") as file:
                head = file.read(BLOCK)
                body = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None
        label = read_label(head)
        return label if label and label.partition == partition and label.body_sha256 == body else None

    def start(self, memory: Memory) -> Memory:
        """Start what is in the slot, as verified boot would: into the system, or back into the bootloader with the reason."""
        if memory.starts_anything:
            label = self.label("boot", memory.slot)
            return replace(memory, mode="system", boot_fault="", build=label.build if label else "other")
        builds: set[str] = set()
        index = memory.rollback_index
        for partition in SIZES:
            label = self.label(partition, memory.slot)
            if label is None or label.device != memory.device or label.rollback_index < memory.rollback_index:
                return replace(memory, mode="bootloader", boot_fault=partition)
            builds.add(label.build)
            index = max(index, label.rollback_index)
        if len(builds) > 1:
            return replace(memory, mode="bootloader", boot_fault="mixed")
        return replace(memory, mode="system", boot_fault="", build=builds.pop(), rollback_index=index)
