# SPDX-License-Identifier: Apache-2.0
"""The one place that says which page shows a run: `build` at each visit, and again when a page says `outgrown`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from firstlight.guides.ui.assembly_player import AssemblyPlayer
from firstlight.guides.ui.before_page import BeforePage
from firstlight.guides.ui.failure_page import FailurePage
from firstlight.guides.ui.finish_page import FinishPage
from firstlight.guides.ui.flash_player import FlashPlayer
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage, stage_of
from firstlight.kit.kit import Kit


def build(kit: Kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path]) -> RunPage:
    """The page for the run as it is now; `photo_path` is where the blob of a photo lies."""
    match stage_of(host.player(run_id).state):
        case Stage.BEFORE:
            return BeforePage(kit, host=host, run_id=run_id)
        case Stage.FINISHED:
            return FinishPage(kit, host=host, run_id=run_id, photo_path=photo_path)
        case Stage.FAILURE:
            return FailurePage(kit, host=host, run_id=run_id)
        case Stage.FLASH:
            return FlashPlayer(kit, host=host, run_id=run_id, photo_path=photo_path)
        case Stage.ASSEMBLY:
            return AssemblyPlayer(kit, host=host, run_id=run_id, photo_path=photo_path)
