# SPDX-License-Identifier: Apache-2.0
"""What an action works with: the run's device, images and folder, and where to say what happens. Made by the player for one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from firstlight.base.work import Work
from firstlight.devices.address import Address
from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.errors import DeviceNotFound
from firstlight.devices.inventory import Inventory
from firstlight.firmware.images import Images
from firstlight.guides.backends import BackEnds
from firstlight.guides.state import GateResult, PartState, RunDevice, RunState
from firstlight.guides.words import words
from firstlight_contract.guides import NamedFile
from firstlight_contract.wire import Words


class Files(Protocol):
    """The files that the guide names, each checked by size and SHA-256 when it is asked for."""

    def path(self, name: str, work: Work) -> Path:
        """Where the file lies on this PC, sound; FileMissing, Corrupt."""

    def begin(self) -> None:
        """Another action begins: what was given out before may change from now on."""

    def fetch(self, name: str, work: Work) -> Path:
        """As `path`, and brought to this PC first when it is not there."""

    def place(self, name: str) -> Path:
        """Where an action puts a file that it makes, under a name of the guide."""

    def compare(self, path: Path, name: str, file: NamedFile, work: Work) -> None:
        """Whether a file that was just brought is what somebody said of it; Corrupt."""

    def is_known(self, name: str) -> bool:
        """Whether the guide says what the file must be, so that a wrong one is refused."""

    def size(self, name: str) -> int:
        """Its size in bytes as far as known; 0 when it is not."""


class TellPart(Protocol):
    """A part begins or ends: fsync'd. `total` where the build does not tell the part's size."""

    def __call__(self, name: str, state: PartState, done: int, total: int = 0) -> None: ...


@dataclass(frozen=True)
class Bench:
    """Everything is a question or an order to the player; an action itself writes no journal."""

    state: Callable[[], RunState]
    target: Callable[[], Device]
    """The run's device as it is now, whatever its kind and mode; DeviceNotFound."""
    devices: Inventory
    images: Images
    files: Files
    kept: Path
    """Folder of the run's backups."""
    work: Work
    now: Callable[[], datetime]
    bind: Callable[[RunDevice], None]
    choose: Callable[[], None]
    """Choose the newest build of the guide's device; NoBuild."""
    part: TellPart
    moved: Callable[[str, int, int], None]
    """Name of the part, bytes done, bytes in all; cheap, several times a second."""
    said: Callable[[str, str], None]
    """A line for the console and its tone: plain | ok | warn | error."""
    silent: Callable[[int], None]
    """The device has not moved for so many seconds; 0: it moves again."""
    ask: Callable[[Words], None]
    """The tester's hands are needed before the next try: one sentence each."""
    recheck: Callable[[], None]
    """The step's quick checks once more; GateClosed. Asked right before the first byte and before each part, as facts change."""
    keep_way_back: Callable[[], None]
    """Bring what the guide that leads back needs, as far as the maker signed it; what does not come is said."""
    backends: BackEnds
    """Phones, routers, recoveries, cards and this PC: each back-end's own object."""
    answers: Mapping[str, object] = field(default_factory=dict)
    """What the tester chose under `ask:` of the guide, by id."""

    @property
    def routers(self) -> Any:
        """Opens routers by SSH."""
        return self.backends.routers

    @property
    def recoveries(self) -> Any:
        """The DHCP and TFTP side of router recovery."""
        return self.backends.recoveries

    @property
    def cards(self) -> Any:
        """Cards and sticks, and the writer of images."""
        return self.backends.cards

    def address(self, kind: Kind) -> Address:
        """Where the run's device of this kind is: what it is bound to, else the only one that the tester named. WhichDevice."""
        return self.backends.address(kind, self.state().device, self.state().chosen)

    def device(self) -> Device:
        """The run's phone as it is now, in its bootloader; DeviceNotFound."""
        device = self.target()
        if device.mode is not Mode.BOOTLOADER:
            raise DeviceNotFound(serial=device.serial, tail=device.tail, seconds=0)
        return device

    def serial(self) -> str:
        """Serial number that the run is bound to; "" when it is not yet."""
        bound = self.state().device
        return bound.serial if bound else ""

    def row(self, name: str, ok: bool | None, measured: Words, mend: Words, *, overridable: bool = False) -> GateResult:
        """A row of the gate list, titled by the vocabulary's `name`."""
        return GateResult(
            id=name, title=words(name), ok=ok, measured=measured, mend={} if ok else mend, at=self.now(), overridable=overridable
        )
