# SPDX-License-Identifier: Apache-2.0
"""What fastbootd does with the logical partitions inside super: make, resize, delete, start afresh."""

from __future__ import annotations

import re
from dataclasses import replace

from firstlight.practice.memory import LOGICAL, SUPER, Memory, Storage

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,35}")
_MOST = 64


def change(command: str, memory: Memory, storage: Storage) -> tuple[Memory, str]:
    """The facts after `command`, or why it cannot be done."""
    verb, *words = command.split(":")
    if verb == "update-super" and words[-1:] == ["wipe"]:
        return _wipe(memory, storage), ""
    if not words or not _NAME.fullmatch(words[0]):
        return memory, "invalid partition name"
    name, is_there = words[0], words[0] in memory.logical
    if verb == "delete-logical-partition" and len(words) == 1:
        if not is_there:
            return memory, "Partition does not exist"
        storage.remove(*_file(name))
        return replace(memory, logical={k: v for k, v in memory.logical.items() if k != name}), ""
    if verb not in ("create-logical-partition", "resize-logical-partition") or len(words) != 2 or not words[1].isdecimal():
        return memory, "unknown command"
    if is_there is (verb == "create-logical-partition"):
        return memory, "Partition already exists" if is_there else "Partition does not exist"
    size = int(words[1][:15])
    sizes = memory.logical | {name: size}
    if sum(sizes.values()) > SUPER or len(sizes) > _MOST:
        return memory, "Not enough space to resize partition"
    storage.resize(*_file(name), size)
    return replace(memory, logical=sizes), ""


def _wipe(memory: Memory, storage: Storage) -> Memory:
    """Only the partitions of the factory, all empty."""
    for name in memory.logical:
        storage.remove(*_file(name))
    sizes = {f"{name}_{slot}": 0 for name in LOGICAL for slot in ("a", "b")}
    return replace(memory, logical=sizes)


def _file(name: str) -> tuple[str, str]:
    base, _, slot = name.rpartition("_")
    return (base, slot) if base in LOGICAL and slot in ("a", "b") else (name, "")
