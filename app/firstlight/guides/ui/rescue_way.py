# SPDX-License-Identifier: Apache-2.0
"""The last way on after a failure: the guide that leads back (`way_back:`), as a run of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from firstlight.devices.device import Kind
from firstlight.guides.state import WayOn
from firstlight.guides.ui import kind_words, library_words
from firstlight.guides.ui.run_host import RunHost
from firstlight_contract.guides import Guide, GuideKind
from firstlight_contract.wire import words_in

ID = "rescue"


@dataclass(frozen=True)
class Rescue:
    """The guide that leads back, on this PC. Looked for once per page: it is read from the disk."""

    guide: Guide
    folder: Path

    @property
    def loses(self) -> str:
        """What becomes of the device's data in it."""
        return library_words.effect(self.guide)

    def among(self, ways: tuple[WayOn, ...], language: str) -> tuple[WayOn, ...]:
        """The ways on with this one before "later", where there is something to try again: else the device runs as it did."""
        if not any(way.id == "again" for way in ways):
            return ways
        title = QCoreApplication.translate("RescueWay", "Open “{guide}”").format(guide=words_in(self.guide.title, language))
        text = QCoreApplication.translate("RescueWay", "For a device that does not come back by itself. It begins with its first step.")
        button = QCoreApplication.translate("RescueWay", "Open the guide")
        own = WayOn(ID, {language: title}, {language: text}, {language: button}, erases=library_words.erases(self.guide.effect))
        return (*(way for way in ways if way.id != "later"), own, *(way for way in ways if way.id == "later"))

    def begin(self, host: RunHost, account_id: int) -> str:
        """The id of its run: one that was begun before, else a new one. GuideInvalid, StoreError."""
        begun = (state.run_id for state in host.unfinished(account_id) if state.guide.id == self.guide.id)
        return next(begun, "") or host.start(self.folder, account_id)


def find(host: RunHost, run_id: str) -> Rescue | None:
    """None when the run's guide names none, or it is not on this PC."""
    state = host.player(run_id).state
    # What a card failed to become is no reason to rescue the device that it is for.
    if state.guide.kind is GuideKind.RECOVER or not state.guide.way_back or kind_words.kind_of(state) is Kind.CARD:
        return None
    found = host.other_guide(state.guide.way_back)
    return Rescue(*found) if found is not None else None
