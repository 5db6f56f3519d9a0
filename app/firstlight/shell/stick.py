# SPDX-License-Identifier: Apache-2.0
"""The outbox on a USB stick: choose a folder, write signed bundles; choose a file, bring it to the hub."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from firstlight.base.errors import FirstlightError
from firstlight.kit import figures
from firstlight.kit.error_text import explain
from firstlight.shell.parts import DeskTop
from firstlight.sync.usb import Carried, Saved, sticks


class Stick(QObject):
    """Both directions, each in the background; says what came of it in a notice."""

    def __init__(self, desk: DeskTop, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    @Slot()
    def save(self) -> None:
        """Ask where, then write what waits."""
        begin = next(iter(sticks()), Path.home())
        chosen = QFileDialog.getExistingDirectory(self._desk.window, self.tr("A folder on the stick"), str(begin))
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, folder: Path) -> None:
        """Write what waits into this folder."""
        desk = self._desk
        job = desk.kit.jobs.start(desk.profile.bundles.save, desk.account_id, folder, lane="disk", owner=self)
        job.finished.connect(self._on_saved)
        job.failed.connect(self._on_failed)

    @Slot()
    def bring(self) -> None:
        """Ask which bundle, then put it into the outbox."""
        begin = next(iter(sticks()), Path.home())
        chosen, _ = QFileDialog.getOpenFileName(
            self._desk.window, self.tr("A bundle from a stick"), str(begin), self.tr("Firstlight bundles (*.firstlight)")
        )
        if chosen:
            self.bring_from(Path(chosen))

    def bring_from(self, path: Path) -> None:
        """Put this bundle into the outbox."""
        desk = self._desk
        job = desk.kit.jobs.start(desk.profile.bundles.take_in, desk.account_id, path, lane="disk", owner=self)
        job.finished.connect(self._on_brought)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        size = figures.size(saved.size)
        said = self.tr("%n reports and answers are on the stick", "", saved.acts)
        more = self.tr("{size}, in {name}. Whoever finds the stick can read them. They stay in the outbox too; the hub counts each once.")
        self._desk.kit.toasts.show(f"{said}: {more.format(size=size, name=saved.paths[0].name)}", None, 20)

    @Slot(object)
    def _on_brought(self, carried: Carried) -> None:
        if carried.is_own:
            said = self.tr("%n of your own reports and answers are in the outbox. The hub counts each once.", "", carried.acts)
        else:
            said = self.tr("%n reports and answers of another tester are in the outbox, for the hub.", "", carried.acts)
        self._desk.kit.toasts.show(said, None, 12)
        self._desk.clockwork.send()

    @Slot(object)
    def _on_failed(self, error: FirstlightError | Any) -> None:
        self._desk.kit.toasts.show(explain(error).text, None, 20)
