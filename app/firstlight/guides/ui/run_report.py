# SPDX-License-Identifier: Apache-2.0
"""A run as the beginning of a report of the window: where the tester stands, and the files that help the team."""

from __future__ import annotations

from firstlight.guides.player import Player
from firstlight.guides.standing import files_of as files_of
from firstlight.guides.standing import standing
from firstlight.guides.ui.report_context import ReportContext


def context_of(player: Player, language: str) -> ReportContext:
    """Where the tester stands, in the tester's language."""
    state = player.state
    where = standing(state, language)
    return ReportContext(
        run_id=state.run_id,
        guide=state.guide.id,
        guide_title=where.guide_title,
        step=where.step,
        step_title=where.step_title,
        device_model=where.device_model,
        device_serial=state.device.serial if state.device else "",
        build=where.build,
        files=tuple(path for path, _ in files_of(player)),
    )
