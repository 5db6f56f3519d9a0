# SPDX-License-Identifier: Apache-2.0
"""Which reports to show, with how many there are of each."""

from __future__ import annotations

from firstlight.kit.buttons import Segmented
from firstlight.kit.kit import Kit
from firstlight.reports.report import Counts, Section

FILTERS: dict[str, Section | None] = {
    "all": None,
    "waiting": Section.OUTBOX,
    "needs_you": Section.NEEDS_YOU,
    "team": Section.TEAM,
    "fixed": Section.FIXED,
}


class FilterBar(Segmented):
    """Signals: chosen(key of FILTERS), by the tester's act."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, tuple((key, key) for key in FILTERS), "all")
        self.setAccessibleName(self.tr("Which reports to show"))
        self.show_counts(Counts(0, 0, 0, 0, 0))

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers behind the names; nothing behind an empty one."""
        sizes = {"waiting": counts.outbox, "needs_you": counts.needs_you, "team": counts.team, "fixed": counts.fixed}
        for key, words in self._names().items():
            self.set_text(key, f"{words} {sizes[key]}" if sizes.get(key) else words)

    def _names(self) -> dict[str, str]:
        return {
            "all": self.tr("All"),
            "waiting": self.tr("Waiting"),
            "needs_you": self.tr("Needs you"),
            "team": self.tr("With the team"),
            "fixed": self.tr("Fixed"),
        }

    def nothing(self, key: str) -> str:
        """What an empty list says in this filter."""
        return {
            "all": self.tr("Anything odd is worth a line. It is kept here first and goes out when there is a network."),
            "waiting": self.tr("The outbox is empty: everything you wrote has arrived."),
            "needs_you": self.tr("Nobody waits for you."),
            "team": self.tr("No report is with the team now."),
            "fixed": self.tr("No report of yours was fixed yet. When one is, it says here in which build."),
        }[key]
