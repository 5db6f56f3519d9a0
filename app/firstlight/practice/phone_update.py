# SPDX-License-Identifier: Apache-2.0
"""Update packages of practice phones: a zip with `META-INF/com/android/metadata` and images, as a sideload sends them.

Installing writes the slot that does not run and makes it active, as A/B phones do; a package for another model, below the
anti-rollback counter or with a torn image changes nothing.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from firstlight.practice.memory import SIZES, SLOTTED, Memory, Storage
from firstlight_contract.practice import BLOCK, read_label

_METADATA = "META-INF/com/android/metadata"
_MAX_METADATA = 16 * 1024
_MAX_ENTRIES = 64


def make_package(device: str, images: Mapping[str, bytes], build: str = "") -> bytes:
    """A package for `device` with an image per partition name; it says which build it holds when that is given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
        says = f"post-build-incremental={build}\n" if build else ""
        file.writestr(_METADATA, f"ota-type=BLOCK\npre-device={device}\n{says}")
        for partition, image in images.items():
            file.writestr(f"{partition}.img", image)
    return made.getvalue()


def install(package: Path, memory: Memory, storage: Storage) -> tuple[Memory, str]:
    """The facts after the package was installed, or why nothing was."""
    try:
        with zipfile.ZipFile(package) as file:
            return _install(file, memory, storage)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        return memory, f"not an update package: {error}"[:200]


def _install(file: zipfile.ZipFile, memory: Memory, storage: Storage) -> tuple[Memory, str]:
    infos = file.infolist()
    if len(infos) > _MAX_ENTRIES or file.getinfo(_METADATA).file_size > _MAX_METADATA:
        return memory, "package too large"
    facts = dict(line.partition("=")[::2] for line in file.read(_METADATA).decode("utf-8", "replace").splitlines())
    if facts.get("pre-device") not in (memory.product, memory.device):
        return memory, f"this package is for {facts.get('pre-device', '?')[:40]!r}"
    images = {i.filename.removesuffix(".img"): i for i in infos if i.filename.endswith(".img")}
    for partition, info in images.items():
        if partition not in SLOTTED or info.file_size > SLOTTED[partition]:
            return memory, f"no room for {partition[:40]!r}"
        with file.open(info) as image:
            label = read_label(image.read(BLOCK))
        if label and label.rollback_index < memory.rollback_index:
            return memory, "this package is older than the phone allows"
    slot = "b" if memory.slot == "a" else "a"
    sizes = dict(memory.logical)
    for partition in SIZES:
        if partition in images:
            storage.erase(partition, slot, SIZES[partition])
            storage.write(partition, slot, file.read(images[partition]), SIZES[partition])
        else:
            storage.copy(partition, memory.slot, slot)
        if f"{partition}_{slot}" in sizes:
            sizes[f"{partition}_{slot}"] = SIZES[partition]
    return replace(memory, slot=slot, logical=sizes), ""
