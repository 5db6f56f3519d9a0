# SPDX-License-Identifier: Apache-2.0
"""Verb -> function and resume class. The class is fixed here, by what the verb does; a guide cannot loosen it.

SAFE        may be repeated without a thought (it reads, or writes on this PC only)
FROM_START  half done is not done: the whole action again (for a flash: the part that has no end in the journal)
PROBE       ask the device first whether the goal is reached already
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from firstlight.guides.actions import deeds
from firstlight.guides.actions.bench import Bench
from firstlight_contract.actions import BackupKeep, BuildFetch, DeviceBack, DeviceFind, FastbootFlash, FastbootReboot, HumanDo


class Again(StrEnum):
    """Resume class."""

    SAFE = "safe"
    FROM_START = "from_start"
    PROBE = "probe"


@dataclass(frozen=True)
class Verb:
    """How a verb runs, how it may be repeated, and how to ask whether it has happened."""

    run: Callable[[Any, Bench], None]
    again: Again
    has_happened: Callable[[Any, Bench], bool] | None = None


VERBS: dict[type[Any], Verb] = {
    DeviceFind: Verb(deeds.find_device, Again.SAFE),
    DeviceBack: Verb(deeds.device_back, Again.SAFE),
    BuildFetch: Verb(deeds.fetch_build, Again.SAFE),
    BackupKeep: Verb(deeds.keep_backup, Again.SAFE),
    FastbootFlash: Verb(deeds.flash, Again.FROM_START),
    FastbootReboot: Verb(deeds.reboot, Again.PROBE, deeds.is_rebooted),
    HumanDo: Verb(deeds.human, Again.SAFE),
}
