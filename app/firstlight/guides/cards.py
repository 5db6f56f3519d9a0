# SPDX-License-Identifier: Apache-2.0
"""Cards and sticks as devices of guides: who is in, which one the tester named, and writing to it. No address comes from a guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.errors import DeviceLost, DeviceNotFound
from firstlight.imaging import disks, rights
from firstlight.imaging.check import Checked, check_card
from firstlight.imaging.disk import Disk, Identity, Why
from firstlight.imaging.errors import ImagingError, TargetGone
from firstlight.imaging.pace import Written
from firstlight.imaging.process import Job, Watch, write_apart
from firstlight.imaging.target import is_disk, may_open, open_to_read

WAY = "card"
PRACTICE = "practice card"
"""What a practice card says that it is."""


class Cards:
    """Asks anew at each call. `allow`: reasons against a disk that the tester has overridden; `command`: the writer's, for tests."""

    def __init__(self, *, allow: Callable[[], frozenset[Why]] = frozenset, command: Sequence[str] = ()) -> None:
        self._allow = allow
        self._command = tuple(command)

    def listing(self, work: Work) -> tuple[Device, ...]:
        """Every disk of this PC, those that may be written first; `why_hidden` says why another is not offered."""
        return tuple(_device(d) for d in disks.listing(work, allow_big=Why.TOO_BIG in self._allow()))

    def device(self, address: Address, work: Work) -> Device:
        """The card at this address as it is now; DeviceNotFound, DeviceLost."""
        if is_disk(address.where):
            disk = next((d for d in disks.listing(work, allow_big=Why.TOO_BIG in self._allow()) if d.path == address.where), None)
            if disk is None:
                raise DeviceNotFound(serial=address.where, tail=address.where[-4:], seconds=0)
            return _device(disk)
        try:
            medium = open_to_read(address.where)
        except TargetGone as error:
            raise DeviceLost(address=str(address), why="nobody answers there") from error
        except ImagingError as error:
            raise DeviceNotFound(serial=address.where, tail=address.where[-4:], seconds=0) from error
        try:
            serial = medium.serial or address.where
            # A plain file that is empty grows: it has what its disk has.
            return Device(serial, address.where, Mode.SYSTEM, kind=Kind.CARD, way=WAY, size=medium.capacity, model=PRACTICE)
        finally:
            medium.close()

    def identity(self, address: Address, work: Work) -> Identity:
        """Which card is there, as the writer must find it again."""
        if is_disk(address.where):
            return disks.find(address.where, work, allow=self._allow()).identity
        device = self.device(address, work)
        return Identity(device.serial, device.size or 0) if address.host else Identity("", 0)

    def write(self, image: Path, address: Address, work: Work, watch: Watch, *, bmap: Path | None, expect: Identity) -> Written:
        """Write by the process of its own; ImagingError, Cancelled."""
        job = Job(image, address.where, bmap=bmap, expect=expect, allow=self._allow())
        return write_apart(job, work, watch, command=self._command)

    def check(self, image: Path, address: Address, work: Work, *, bmap: Path | None) -> Checked:
        """Compare what the card holds; ImagingError."""
        fd = rights.open_disk(address.where, work) if is_disk(address.where) and not may_open(address.where) else None
        medium = open_to_read(address.where, fd)
        try:
            return check_card(image, medium, work, bmap=bmap)
        finally:
            medium.close()


def _device(disk: Disk) -> Device:
    name = disk.name or disk.path
    return Device(
        serial=disk.serial or disk.path,
        address=disk.path,
        mode=Mode.SYSTEM,
        kind=Kind.CARD,
        way=WAY,
        model=name,
        size=disk.size,
        why_hidden=str(disk.why),
    )
