# SPDX-License-Identifier: Apache-2.0
"""Empty file systems for phones, made on this PC: the distributions' fastboot cannot, as it comes without its mke2fs.

The image is a file with holes, which becomes a sparse image of a few hundred kilobytes, however large the partition is.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from firstlight.devices import fastboot_sparse
from firstlight.devices.errors import DeviceRefused, ToolFailed, ToolMissing
from firstlight.devices.fastboot import Fastboot
from firstlight.devices.tool import Tool

_MAKE_S = 120.0
_MAKERS = {
    "ext4": ("mke2fs", ("-q", "-F", "-t", "ext4", "-b", "4096", "-m", "0", "-E", "nodiscard,lazy_itable_init=1")),
    "f2fs": ("mkfs.f2fs", ("-q", "-f")),
}
_SYSTEM_FOLDERS = "/usr/sbin:/sbin:/usr/local/sbin"
_MOST = 1 << 42


def ask(client: Fastboot, partition: str, kind: str | None, size: int | None) -> tuple[str, int]:
    """Kind and size of the file system: as the guide says, else as the phone tells. DeviceRefused when neither does."""
    kind = kind or client.getvar(f"partition-type:{partition}").lower()
    if size is None:
        text = client.getvar(f"partition-size:{partition}")
        size = int(text.removeprefix("0x"), 16) if re.fullmatch(r"(0x)?[0-9a-fA-F]{1,12}", text) else 0
    if kind not in _MAKERS or not 1 << 16 <= size <= _MOST:
        raise DeviceRefused(said=f"a partition of type {kind[:20] or '?'} with {size} bytes takes no file system", command="format")
    return kind, size


def make(kind: str, size: int, folder: Path) -> Path:
    """A sparse image in `folder` with an empty file system; ToolMissing when this PC cannot make one of that kind."""
    name, words = _MAKERS[kind]
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), _SYSTEM_FOLDERS)))
    if found is None:
        raise ToolMissing(tool=name)
    plain, image = folder / "plain.img", folder / "sparse.img"
    with plain.open("wb") as file:
        file.truncate(size // fastboot_sparse.BLOCK * fastboot_sparse.BLOCK)
    outcome = Tool(Path(found)).run(*words, str(plain), deadline_s=_MAKE_S)
    if not outcome.is_ok:
        raise ToolFailed(tool=name, exit=outcome.exit, said=outcome.output.strip()[-300:])
    layout = fastboot_sparse.layout(plain, holes_stay=True)
    with plain.open("rb") as source, image.open("wb") as file:
        file.writelines(fastboot_sparse.encode(layout, layout.chunks, source))
    return image
