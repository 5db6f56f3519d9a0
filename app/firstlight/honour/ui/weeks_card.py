# SPDX-License-Identifier: Apache-2.0
"""The year in weeks: painted, and as a table for whoever reads figures or hears them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView

from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Card
from firstlight.kit.heatmap import Days, Heatmap, WeeksModel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.honour import HonourView

_WEEKS = 48
_TABLE_HEIGHT = 240


class WeeksCard(Card):
    """Contributions of a year; one button changes between picture and table."""

    def __init__(self, kit: Kit, honour: HonourView, days: Days) -> None:
        super().__init__(16, 8)
        self._language = kit.language
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("%n contributions in 48 weeks", "", days.total(_WEEKS)), "h2"), 1)
        self.table_button = Button(kit, self.tr("Show as a table"), kind="link", size="small")
        heading.addWidget(self.table_button)
        self.box.addLayout(heading)
        self._map = Heatmap(kit, self.tr("Contributions by day"), weeks=_WEEKS, pitch=12, cell=9, months=True)
        self._map.set_days(days)
        self.box.addWidget(self._map)
        self._table = QTableView()
        self._table.setAccessibleName(self.tr("Contributions by week"))
        model = WeeksModel(kit.language, _WEEKS, self)
        model.set_days(days)
        self._table.setModel(model)
        self._table.setFixedHeight(kit.theme.px(_TABLE_HEIGHT))
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.hide()
        self.box.addWidget(self._table)
        self.box.addWidget(label(self._row_words(honour), "cap", tone="2"))
        self.table_button.clicked.connect(self._on_table_asked)

    @Slot()
    def _on_table_asked(self) -> None:
        as_table = self._map.isVisibleTo(self)
        self._map.setVisible(not as_table)
        self._table.setVisible(as_table)
        self.table_button.setText(self.tr("Show as a picture") if as_table else self.tr("Show as a table"))

    def _row_words(self, honour: HonourView) -> str:
        """The row of weeks in a sentence; rest weeks only when there are some."""
        row = self.tr("%n weeks in a row", "", honour.weeks_in_row)
        said = self.tr("{row}, longest {longest}.").format(row=row, longest=honour.longest_row)
        if not honour.rest_weeks_used:
            return said
        rest = self.tr("%n rest weeks used, between dotted lines.", "", honour.rest_weeks_used)
        return figures.sentences((said, rest), self._language)
