# SPDX-License-Identifier: Apache-2.0
"""The strip below: weeks in a row, 26 weeks of contributions, and whether everything has arrived."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.frames import Card, IconLabel, Separator
from firstlight.kit.heatmap import Days, HeatLegend, Heatmap
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.honour import HonourView

WEEKS = 26


@dataclass(frozen=True)
class Sync:
    """Where a tester's things are: `waiting` acts in the outbox, `parked` need them, `sent_today` reports went out today."""

    is_offline: bool
    waiting: int
    parked: int
    sent_today: int


class StripCard(Card):
    """Three parts side by side; below each other when the text is large."""

    def __init__(self, kit: Kit, sums: tuple[HonourView, Days] | None, sync: Sync, *, wide: bool) -> None:
        super().__init__(16)
        self._kit = kit
        self.box.setContentsMargins(20, 14, 20, 14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        is_stacked = kit.theme.percent >= 150
        direction = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(direction)
        row.setSpacing(28 if wide else 16)
        if sums is not None:
            row.addWidget(self._row_of_weeks(sums[0]), 3)
            if not is_stacked:
                row.addWidget(Separator(vertical=True))
            row.addWidget(self._map(sums[1], wide), 0)
            if not is_stacked:
                row.addWidget(Separator(vertical=True))
        row.addWidget(self._sync(sync), 3)
        self.box.addLayout(row)

    def _row_of_weeks(self, honour: HonourView) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(str(honour.weeks_in_row), "page", wrap=False))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self.tr("weeks in a row", "", honour.weeks_in_row), "smallstrong", wrap=False))
        if honour.rest_weeks_used:
            words.addWidget(label(self.tr("%n rest weeks used", "", honour.rest_weeks_used), "small", tone="2", wrap=False))
        top.addLayout(words)
        top.addStretch()
        column.addLayout(top)
        text = self.tr("A rest week keeps the row. Missing one loses nothing you have earned.")
        column.addWidget(label(text, "cap", tone="2"))
        column.addStretch()
        return part

    def _map(self, days: Days, wide: bool) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heading = QHBoxLayout()
        title = self.tr("Your contributions, last 26 weeks") if wide else self.tr("Last 26 weeks")
        heading.addWidget(label(title, "smallstrong", wrap=False))
        heading.addStretch()
        heading.setSpacing(5)
        heading.addWidget(label(self.tr("fewer"), "cap", tone="2", wrap=False))
        heading.addWidget(HeatLegend(self._kit))
        heading.addWidget(label(self.tr("more"), "cap", tone="2", wrap=False))
        column.addLayout(heading)
        heat = Heatmap(self._kit, title, weeks=WEEKS, pitch=14 if wide else 11, cell=11 if wide else 9)
        heat.set_days(days)
        column.addWidget(heat, 0, Qt.AlignmentFlag.AlignHCenter)
        return part

    def _sync(self, sync: Sync) -> QWidget:
        icon, tone, title, text = self._sync_words(sync)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(IconLabel(self._kit, icon, tone, 18))
        top.addWidget(label(title, "smallstrong"), 1)
        column.addLayout(top)
        column.addWidget(label(text, "cap", tone="2"))
        column.addStretch()
        return part

    def _sync_words(self, sync: Sync) -> tuple[str, str, str, str]:
        if sync.parked:
            title = self.tr("%n things need you", "", sync.parked)
            return "warning", "warn", title, self.tr("They are kept on this PC. Reports says what to do.")
        if sync.waiting and sync.is_offline:
            title = self.tr("Kept here, %n waiting", "", sync.waiting)
            return "cloud-slash", "warn", title, self.tr("It goes out by itself when the network is back.")
        if sync.waiting:
            title = self.tr("Kept here, %n on the way", "", sync.waiting)
            return "cloud-arrow-up", "info", title, self.tr("You can close the window: it goes on with the next start.")
        went = self.tr("%n reports went out today.", "", sync.sent_today) if sync.sent_today else ""
        nothing = self.tr("Nothing is waiting. Everything here can be read offline.")
        title = self.tr("Kept here and sent")
        return "cloud-check", "ok", title, figures.sentences((went, nothing), self._kit.language)
