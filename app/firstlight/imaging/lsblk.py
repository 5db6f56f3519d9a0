# SPDX-License-Identifier: Apache-2.0
"""Disks of Linux, as `lsblk --json -O -b` tells them. The kernel's words are cleaned: a stick chooses its own model name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from firstlight.base.work import Work
from firstlight.imaging.disk import Disk
from firstlight.imaging.system import answer, plain

_VIRTUAL_NAMES = ("zram", "ram", "dm-", "md", "nbd", "sr", "fd", "loop")
_MAX_DISKS = 256


def ask(work: Work) -> tuple[Disk, ...]:
    """All whole disks; () when there is no lsblk or it does not answer."""
    return read(answer("lsblk", "--json", "-O", "-b", work=work))


def read(text: bytes) -> tuple[Disk, ...]:
    """Disks of lsblk's answer; what is not understood is left out, as a disk that is half known must not be offered."""
    try:
        rows = json.loads(text or b"{}").get("blockdevices", [])
    except (ValueError, AttributeError):
        return ()
    if not isinstance(rows, list):
        return ()
    return tuple(_disk(row) for row in rows[:_MAX_DISKS] if isinstance(row, dict) and isinstance(row.get("path"), str))


def _disk(row: Mapping[str, Any]) -> Disk:
    name = " ".join(w for w in (plain(row.get("vendor")), plain(row.get("model"))) if w and not w.startswith("0x"))
    below = list(_with_children(row))
    mounts = tuple(dict.fromkeys(m for r in below for m in _mounts(r)))
    bus = plain(row.get("tran")) or ("mmc" if str(row.get("kname", "")).startswith("mmcblk") else "")
    kname = str(row.get("kname", ""))
    return Disk(
        path=row["path"],
        size=_number(row.get("size")),
        name=name,
        serial=plain(row.get("serial")),
        bus=bus,
        # A card slot says neither rm nor hotplug: an mmc disk is a card when its type file says SD, not MMC (a soldered chip).
        is_removable=_yes(row.get("rm")) or _yes(row.get("hotplug")) or (bus == "mmc" and _is_sd(kname)),
        is_read_only=_yes(row.get("ro")),
        is_virtual=row.get("type") not in ("disk", "rom") or kname.startswith(_VIRTUAL_NAMES),
        volumes=tuple(dict.fromkeys(v for r in below if (v := plain(r.get("label"))))),
        mounts=mounts,
        # Whatever stacks on a disk (LVM, RAID, encryption) and is mounted counts for the disk itself; so does swap.
        seq=_number(row.get("disk-seq")) or _seq(kname),
        is_system=any(m in ("/", "[SWAP]", "/boot", "/boot/efi", "/home") for m in mounts),
    )


def _with_children(row: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    yield row
    children = row.get("children", [])
    if depth < 8 and isinstance(children, list):
        for child in children[:128]:
            if isinstance(child, dict):
                yield from _with_children(child, depth + 1)


def _mounts(row: Mapping[str, Any]) -> tuple[str, ...]:
    places = row.get("mountpoints")
    found = places if isinstance(places, list) else [row.get("mountpoint")]
    return tuple(p for p in found if isinstance(p, str) and p)


def _is_sd(kname: str) -> bool:
    """Whether the kernel calls it an SD card."""
    try:
        with open(f"/sys/block/{kname}/device/type", encoding="ascii", errors="replace") as file:  # noqa: PTH123  a kernel file
            return file.read(16).strip() == "SD"
    except OSError:
        return False


def _seq(kname: str) -> int:
    """The kernel's count of media (5.15 and newer), which lsblk before 2.39 does not tell."""
    try:
        with open(f"/sys/block/{kname}/diskseq", encoding="ascii", errors="replace") as file:  # noqa: PTH123  a kernel file
            return _number(file.read(20).strip())
    except OSError:
        return 0


def _number(raw: object) -> int:
    return int(raw) if isinstance(raw, int | str) and str(raw).isdecimal() else 0


def _yes(raw: object) -> bool:
    # Older lsblk writes "1" where newer ones write true.
    return raw is True or raw == "1" or raw == 1
