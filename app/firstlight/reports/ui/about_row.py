# SPDX-License-Identifier: Apache-2.0
"""Which device a report is about: chosen from those that this PC has worked on, for a report that was not begun from a step of a guide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from firstlight.kit.kit import Kit
from firstlight.reports.report import Draft
from firstlight.reports.ui.choice_box import ChoiceBox

Known = Callable[..., Sequence[tuple[str, str]]]
"""Called in the background: device and build ("" where nobody knows it) of what this PC worked on, newest first."""
_NONE = ("", "")


def can_choose(draft: Draft) -> bool:
    """Where a step of a guide does not say it already, and what has arrived is not about another device all at once."""
    return not draft.guide_step and not draft.sent_rev


class AboutRow(QWidget):
    """Hidden where there is nothing to choose. One device alone is chosen for a report with no words yet; of several the tester says which.

    `known` is what it asks. Signals: changed().
    """

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._jobs = kit.jobs
        self.known: Known = lambda work: ()
        self._draft: Draft | None = None
        self.box = ChoiceBox(kit, ())
        self.box.currentIndexChanged.connect(self.changed)
        self.box.setAccessibleName(self.tr("Which device"))
        self.box.setToolTip(self.tr("Which device"))
        self.box.setMinimumContentsLength(8)  # a long name is cut, the column is not widened
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        self.hide()

    def fill(self, draft: Draft) -> None:
        """Show this draft's device, and look which others there are."""
        self.hide()
        self._draft = draft
        if not can_choose(draft):
            return
        job = self._jobs.start(self.known, lane="look", owner=self)
        job.finished.connect(lambda found: self._offer(draft, found))

    def applied(self, draft: Draft) -> Draft:
        """`draft` with the device that is chosen."""
        if self.isHidden() or self._draft is None or self._draft.id != draft.id:
            return draft
        model, build = self.box.currentData()
        return replace(draft, device_model=model, build=build)

    @Slot(object)
    def _offer(self, draft: Draft, found: Any) -> None:
        if self._draft is not draft:
            return  # another report was opened meanwhile
        own = (draft.device_model, draft.build)
        known = [*dict.fromkeys(pair for pair in (own, *found) if pair != _NONE)]
        if not known:
            return
        with QSignalBlocker(self.box):
            self.box.clear()
            for model, build in known:
                self.box.addItem(self._words(model, build), (model, build))
            self.box.addItem(self.tr("Which device?"), _NONE)
            is_sure = own != _NONE or (len(known) == 1 and draft.is_empty)
            self.box.setCurrentIndex(0 if is_sure else len(known))
        self.show()
        if own == _NONE and is_sure:
            self.changed.emit()

    def _words(self, model: str, build: str) -> str:
        return self.tr("{device}, build {build}").format(device=model, build=build) if build else model
