# SPDX-License-Identifier: Apache-2.0
"""A tester's sums side by side: what arrived and what it led to."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from firstlight.kit.frames import Card, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.honour import HonourView


class SumsCard(Card):
    """Five figures side by side; each is read as one phrase ("23 led to a fix")."""

    def __init__(self, kit: Kit, honour: HonourView) -> None:
        super().__init__(14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        columns = 5 if kit.theme.percent < 150 else 2
        locale = QLocale(kit.language)
        figures = (
            (honour.builds, self.tr("builds flashed", "", honour.builds)),
            (honour.reports, self.tr("reports sent", "", honour.reports)),
            (honour.fixes, self.tr("led to a fix", "", honour.fixes)),
            (honour.guides, self.tr("guides finished", "", honour.guides)),
            (honour.routers, self.tr("routers built", "", honour.routers)),
        )
        for at, (count, words) in enumerate(figures):
            row, column = divmod(at, columns)
            if column:
                grid.addWidget(Separator(vertical=True), row, 2 * column - 1)
            grid.addWidget(_Figure(locale.toString(count), words), row, 2 * column)
            grid.setColumnStretch(2 * column, 1)
        self.box.addLayout(grid)


class _Figure(QWidget):
    def __init__(self, count: str, words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(count, "title", wrap=False))
        column.addWidget(label(words, "cap", tone="2"))
        self.setAccessibleName(f"{count} {words}")
