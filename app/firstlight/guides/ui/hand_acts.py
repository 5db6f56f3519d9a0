# SPDX-License-Identifier: Apache-2.0
"""What a tester does by hand in a step, on its way to the run: timer, photo, value. The same for both players."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from firstlight.base.errors import FirstlightError
from firstlight.guides.ui.announce import announce
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.step_extras import StepExtras
from firstlight.kit.error_text import explain
from firstlight.kit.kit import Kit
from firstlight_contract.guide_steps import ProofKind


class HandActs(QObject):
    """Owned by a player's page."""

    def __init__(self, kit: Kit, page: QWidget, host: RunHost, run_id: str, refresh: Callable[[], None]) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._host = host
        self._run_id = run_id
        self._player = host.player(run_id)
        self._refresh = refresh

    def connect_to(self, extras: StepExtras) -> None:
        """Listen to the extras of the step that is shown now."""
        step_id = self._player.state.now.step.id
        extras.timer_started.connect(lambda: self.act(self._player.start_timer, step_id))
        extras.timer_paused.connect(lambda: self.act(self._player.pause_timer, step_id))
        extras.timer_ran_out.connect(self._on_ran_out)
        extras.photo_offered.connect(lambda source: self._on_photo(step_id, source))
        extras.photo_refused.connect(self._on_refused)
        extras.value_kept.connect(lambda kind, value: self._on_value(step_id, kind, value))

    def act(self, call: Callable[..., Any], *args: object) -> bool:
        """Do it; a disk that is full or gone is said, and nothing moves on. Whether it was done."""
        try:
            call(*args)
        except FirstlightError as error:
            said = explain(error)
            announce(self._page, said.text, is_urgent=True)
            self._kit.toasts.show(said.text)
            return False
        return True

    def _on_photo(self, step_id: str, source: Path | bytes) -> None:
        job = self._host.add_photo(self._run_id, step_id, source)
        job.failed.connect(self._on_failed)

    def _on_failed(self, error: FirstlightError) -> None:
        said = explain(error)
        announce(self._page, said.text, is_urgent=True)
        self._kit.toasts.show(said.text)

    def _on_value(self, step_id: str, kind: ProofKind, value: str) -> None:
        self.act(self._player.add_proof, step_id, kind, value)

    def _on_refused(self) -> None:
        self._kit.toasts.show(QCoreApplication.translate("HandActs", "That is no picture. Nothing was kept."))

    def _on_ran_out(self) -> None:
        words = QCoreApplication.translate("HandActs", "Time is up")
        announce(self._page, words, is_urgent=True)
        self._kit.toasts.show(words)
        self._refresh()
