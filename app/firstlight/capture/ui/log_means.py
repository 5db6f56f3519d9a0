# SPDX-License-Identifier: Apache-2.0
"""What the log dialog reaches devices with; the shell gives it, tests give real programs of their own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from firstlight.base.work import Work
from firstlight.devices.device import Device
from firstlight.devices.ssh import Router
from firstlight.devices.tool import Tool


@dataclass(frozen=True)
class LogMeans:
    """`adb` finds the program, `phones` asks who is started, `router(address, password)` opens a line to a known key.

    `own_log` is the program's own, `folder` holds what was fetched until it is attached.
    """

    adb: Callable[[], Tool | None]
    phones: Callable[[Work], tuple[Device, ...]]
    router: Callable[[str, str], AbstractContextManager[Router]]
    own_log: Callable[[], bytes]
    ports: Callable[[], tuple[tuple[str, str], ...]]
    folder: Path
