# SPDX-License-Identifier: Apache-2.0
"""What the pages of a run share: the host that outlives them, and the news that another page is due."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Signal, Slot

from firstlight.guides import aftermath
from firstlight.guides.state import Failure, PartState, RunState
from firstlight.guides.ui import deed_words
from firstlight.guides.ui.report_context import ReportContext
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_report import context_of
from firstlight.kit.kit import Kit
from firstlight.kit.pages import PlayerPage
from firstlight_contract.guides import GuideKind
from firstlight_contract.wire import words_in

LARGE = 150
"""From this size of text on, side columns stand below, and bars keep to short words."""


class Stage(StrEnum):
    """Which page a run wants."""

    BEFORE = "before"
    ASSEMBLY = "assembly"
    FLASH = "flash"
    FAILURE = "failure"
    FINISHED = "finished"


def stage_of(state: RunState) -> Stage:
    """The page for this state."""
    if state.finished_at is not None:
        return Stage.FINISHED
    if not state.is_answered or state.unmet:
        return Stage.BEFORE
    touched = any(p.state not in (PartState.WAITING, PartState.UNTOUCHED) for p in state.parts)
    if state.failure is not None and touched and _is_about_what_was_written(state, state.failure):
        return Stage.FAILURE
    is_for_hands = state.guide.kind in (GuideKind.ASSEMBLE, GuideKind.CHECK) and not any(s.is_for_machine for s in state.guide.steps)
    return Stage.ASSEMBLY if is_for_hands else Stage.FLASH


def _is_about_what_was_written(state: RunState, failure: Failure) -> bool:
    """While it was written, or afterwards, when the device does not run as it should; what hands are asked for stands on the step."""
    if deed_words.writes(state.step(failure.step_id).step):
        return True
    return not failure.ask and aftermath.writer_before(state) is not None


class RunPage(PlayerPage):
    """Base of the four pages.

    Signals: report_requested(ReportContext); outgrown(str run_id) when the run wants another page: the shell builds it by
    `run_pages.build` and shows it instead; run_opened(str run_id) when another run was begun from here and is to be shown.
    """

    report_requested = Signal(object)
    outgrown = Signal(str)
    run_opened = Signal(str)
    stage: Stage

    def __init__(self, kit: Kit, host: RunHost, run_id: str) -> None:
        self.host = host
        self.run_id = run_id
        self.player = host.player(run_id)
        self._has_outgrown = False
        super().__init__(kit, words_in(self.player.state.guide.title, kit.language))
        host.run_changed.connect(self._on_run_changed)

    @property
    def is_large(self) -> bool:
        """Whether the text is so large that there is place for one column only."""
        return self.kit.theme.percent >= LARGE

    @property
    def state(self) -> RunState:
        """The run as it is now."""
        return self.player.state

    def refresh(self) -> None:
        """Show the run as it is now."""

    def ask_report(self) -> None:
        """Hand over where the tester stands."""
        self.report_requested.emit(self.report_context())

    def ask_me_too(self) -> None:
        """Others met this at the same step: the report starts with the step's name, so that theirs are found and joined."""
        context = self.report_context()
        self.report_requested.emit(replace(context, title=context.title or context.step_title))

    def report_context(self) -> ReportContext:
        """Where the tester stands, for a report from anywhere in the window."""
        return context_of(self.player, self.kit.language)

    @Slot(str)
    def _on_run_changed(self, run_id: str) -> None:
        if run_id != self.run_id or self._has_outgrown:
            return
        if stage_of(self.state) is not self.stage:
            self._has_outgrown = True
            self.outgrown.emit(run_id)
        else:
            self.refresh()
