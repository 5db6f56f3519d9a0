# SPDX-License-Identifier: Apache-2.0
"""What takes space on this PC, part by part, and clearing what may go. What has not arrived is no choice here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.shell.settings_card import SettingLine, SettingsCard
from firstlight.store.usage import Part, Use


@dataclass(frozen=True)
class StorageFacts:
    """Parts with their sizes, and what is free on the disk, in bytes."""

    parts: tuple[Use, ...]
    free: int


class StorageCard(SettingsCard):
    """Empty until `refresh`. Signals: failed(FirstlightError)."""

    failed = Signal(object)

    def __init__(self, kit: Kit, *, folder: Path, measure: Callable[..., StorageFacts], wipe: Callable[..., int]) -> None:
        super().__init__(self.tr("Storage"))
        self._kit = kit
        self._measure, self._wipe = measure, wipe
        open_it = Button(kit, self.tr("Open the folder"), icon="folder-open")
        open_it.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.row(self.tr("Where it lies"), str(folder), open_it)
        holder = QWidget()
        self._parts = QVBoxLayout(holder)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(10)
        self._parts.addWidget(label(self.tr("Measuring"), "small", tone="2"))
        self.box.addWidget(holder)

    @Slot()
    def refresh(self) -> None:
        """Measure again."""
        job = self._kit.jobs.start(self._measure, lane="look", owner=self)
        job.finished.connect(self._on_measured)
        job.failed.connect(self.failed)

    @Slot(object)
    def _on_measured(self, facts: StorageFacts) -> None:
        clear(self._parts)
        for use in facts.parts:
            if use.size or use.part is Part.UNSENT:
                self._parts.addWidget(self._part(use))
        free = figures.size(facts.free)
        self._parts.addWidget(label(self.tr("{free} are free on this disk.").format(free=free), "cap", tone="2"))

    def _part(self, use: Use) -> QWidget:
        name, text = self._words(use.part)
        button = None
        if use.can_clear and use.size:
            button = Button(self._kit, self.tr("Clear"), icon="trash", size="small")
            button.setAccessibleName(self.tr("Clear: {part}").format(part=name))
            button.clicked.connect(lambda _=False, part=use.part: self._clear(part))
        size = figures.size(use.size)
        return SettingLine(self.tr("{part}, {size}").format(part=name, size=size), text, button)

    def _words(self, part: Part) -> tuple[str, str]:
        return {
            Part.UNSENT: (self.tr("Not arrived yet"), self.tr("Drafts, the outbox and what needs you. Always stays.")),
            Part.DELIVERED: (
                self.tr("Arrived at the hub"),
                self.tr("Kept 30 days, should the hub need it again after a restore; then it goes by itself."),
            ),
            Part.DISCARDED: (self.tr("Thrown away today"), self.tr("Can still be brought back with Undo.")),
            Part.KEPT: (
                self.tr("Photos of your builds"),
                self.tr("Albums and evidence of guides. They stay on this PC unless you share or delete them."),
            ),
            Part.DATABASE: (self.tr("The store"), self.tr("Words, states and badges.")),
            Part.BACKUPS: (self.tr("Backups of the store"), self.tr("Made before updates and each day. The newest always stays.")),
            Part.CACHE: (self.tr("Fetched builds"), self.tr("Fetched again when a guide needs them.")),
        }[part]

    def _clear(self, part: Part) -> None:
        job = self._kit.jobs.start(self._wipe, part, lane="disk", owner=self)
        job.finished.connect(self._on_cleared)
        job.failed.connect(self.failed)

    @Slot(object)
    def _on_cleared(self, freed: Any) -> None:
        self._kit.toasts.show(self.tr("{size} are free again.").format(size=figures.size(int(freed))), None, 6)
        self.refresh()
