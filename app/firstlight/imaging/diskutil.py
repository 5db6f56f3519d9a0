# SPDX-License-Identifier: Apache-2.0
"""Disks of macOS, as `diskutil list -plist` and `diskutil info -plist diskN` tell them. Untested on a real Mac."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from firstlight.base.work import Work
from firstlight.imaging.disk import Disk
from firstlight.imaging.system import answer, plain

_MAX_DISKS = 64


def ask(work: Work) -> tuple[Disk, ...]:
    """All whole physical disks."""
    found = []
    for name in whole_disks(answer("diskutil", "list", "-plist", work=work))[:_MAX_DISKS]:
        disk = read(answer("diskutil", "info", "-plist", name, work=work))
        if disk:
            found.append(disk)
    return tuple(found)


def whole_disks(text: bytes) -> list[str]:
    """Identifiers ("disk2") of `diskutil list`."""
    return [d for d in _plist(text).get("WholeDisks", []) if isinstance(d, str) and d.isalnum()]


def read(text: bytes) -> Disk | None:
    """One disk of `diskutil info`; None when it is not understood."""
    info = _plist(text)
    identifier = info.get("DeviceIdentifier")
    if not isinstance(identifier, str) or not identifier.isalnum():
        return None
    mount = info.get("MountPoint")
    is_internal = info.get("Internal") is not False
    return Disk(
        # The raw node is many times faster than the buffered one.
        path=f"/dev/r{identifier}",
        size=info["TotalSize"] if isinstance(info.get("TotalSize"), int) else 0,
        name=plain(info.get("MediaName")),
        serial=plain(info.get("DiskUUID")),
        bus={"USB": "usb", "Secure Digital": "mmc"}.get(str(info.get("BusProtocol")), plain(info.get("BusProtocol")).lower()),
        is_removable=info.get("RemovableMediaOrExternalDevice") is True or info.get("RemovableMedia") is True,
        is_read_only=info.get("WritableMedia") is False,
        is_virtual=info.get("VirtualOrPhysical") == "Virtual" or info.get("BusProtocol") == "Disk Image",
        volumes=tuple(v for v in (plain(info.get("VolumeName")),) if v),
        mounts=(mount,) if isinstance(mount, str) and mount else (),
        is_system=info.get("SystemImage") is True or (is_internal and info.get("RemovableMedia") is not True),
    )


def _plist(text: bytes) -> Mapping[str, Any]:
    try:
        data = plistlib.loads(text, fmt=plistlib.FMT_XML)
    except (ValueError, ExpatError, TypeError, AttributeError, IndexError, KeyError, plistlib.InvalidFileException):
        return {}
    return data if isinstance(data, dict) else {}
