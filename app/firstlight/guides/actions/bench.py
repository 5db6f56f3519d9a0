# SPDX-License-Identifier: Apache-2.0
"""What an action works with: the run's device, images and folder, and where to say what happens. Made by the player for one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.device import Device, Mode
from firstlight.devices.inventory import Inventory
from firstlight.firmware.images import Images
from firstlight.guides.state import PartState, RunDevice, RunState
from firstlight_contract.wire import Words


@dataclass(frozen=True)
class Bench:
    """Everything is a question or an order to the player; an action itself writes no journal."""

    state: Callable[[], RunState]
    devices: Inventory
    images: Images
    kept: Path
    """Folder of the run's backups."""
    work: Work
    now: Callable[[], datetime]
    bind: Callable[[RunDevice], None]
    choose: Callable[[], None]
    """Choose the newest build of the guide's device; NoBuild."""
    part: Callable[[str, PartState, int], None]
    """A part begins or ends: fsync'd."""
    moved: Callable[[str, int, int], None]
    said: Callable[[str, str], None]
    silent: Callable[[int], None]
    ask: Callable[[Words], None]
    """The tester's hands are needed before the next try."""
    recheck: Callable[[], None]
    """The step's quick checks once more; GateClosed. Asked before each part, as facts change."""

    def device(self) -> Device:
        """The run's phone as it is now, in its bootloader; DeviceNotFound."""
        return self.devices.wait(self.serial(), Mode.BOOTLOADER, 0, self.work)

    def serial(self) -> str:
        """Serial number that the run is bound to; "" when it is not yet."""
        bound = self.state().device
        return bound.serial if bound else ""
