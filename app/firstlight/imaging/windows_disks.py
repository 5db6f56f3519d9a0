# SPDX-License-Identifier: Apache-2.0
"""Disks of Windows, as PowerShell's storage cmdlets tell them in JSON. Untested on a real Windows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from firstlight.base.work import Work
from firstlight.imaging.disk import Disk
from firstlight.imaging.system import answer, plain

_ASK = (
    "$p = Get-Partition | Select-Object DiskNumber, DriveLetter; "
    "Get-Disk | ForEach-Object { $d = $_; [pscustomobject]@{ Number=$d.Number; FriendlyName=$d.FriendlyName; SerialNumber=$d.SerialNumber; "
    "Size=$d.Size; BusType=[string]$d.BusType; IsSystem=$d.IsSystem; IsBoot=$d.IsBoot; IsReadOnly=$d.IsReadOnly; "
    "OperationalStatus=[string]$d.OperationalStatus; "
    "Letters=@($p | Where-Object DiskNumber -eq $d.Number | ForEach-Object { [string]$_.DriveLetter }) } } | ConvertTo-Json -Depth 3"
)
_REMOVABLE = ("USB", "SD", "MMC")
_VIRTUAL = ("File Backed Virtual", "Virtual", "Storage Spaces")
_MAX_DISKS = 64


def ask(work: Work) -> tuple[Disk, ...]:
    """All disks."""
    return read(answer("powershell", "-NoProfile", "-NonInteractive", "-Command", _ASK, work=work))


def read(text: bytes) -> tuple[Disk, ...]:
    """Disks of the answer. PowerShell writes one object without a list when there is one disk, and may begin with a mark of order."""
    try:
        data = json.loads(text.decode("utf-8-sig") or "[]")
    except (ValueError, UnicodeDecodeError):
        return ()
    rows = data if isinstance(data, list) else [data]
    return tuple(_disk(r) for r in rows[:_MAX_DISKS] if isinstance(r, dict) and isinstance(r.get("Number"), int))


def _disk(row: Mapping[str, Any]) -> Disk:
    bus = str(row.get("BusType", ""))
    letters = row.get("Letters")
    found = letters if isinstance(letters, list) else [letters]
    mounts = tuple(f"{x}:\\" for x in found if isinstance(x, str) and len(x) == 1 and x.isalpha())
    has_medium = row.get("OperationalStatus") != "No Media"
    size = row.get("Size")
    return Disk(
        path=rf"\\.\PhysicalDrive{row['Number']}",
        size=size if isinstance(size, int) and has_medium else 0,
        name=plain(row.get("FriendlyName")),
        serial=plain(row.get("SerialNumber")),
        bus=bus.lower(),
        is_removable=bus in _REMOVABLE,
        is_read_only=row.get("IsReadOnly") is True,
        is_virtual=bus in _VIRTUAL,
        mounts=mounts,
        # The page file's disk is a boot or system disk on every PC but the oddest; the drive of Windows itself is one always.
        is_system=row.get("IsSystem") is True or row.get("IsBoot") is True or "C:\\" in mounts,
    )
