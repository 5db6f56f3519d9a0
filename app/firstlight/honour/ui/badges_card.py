# SPDX-License-Identifier: Apache-2.0
"""All badges of the programme: earned ones in colour with their day, the others as dials with how far they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from firstlight.honour.ui import dial
from firstlight.kit import figures
from firstlight.kit.frames import Card
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.honour import BadgeView
from firstlight_contract.wire import words_in

_ART = 78
_TILE = 96
"""Least width of a tile, before the text size is applied."""


class BadgeTile(QWidget):
    """One badge with its name and its day or how far it is; reachable by Tab, read as one sentence."""

    def __init__(self, kit: Kit, badge: BadgeView, art: Path) -> None:
        super().__init__()
        self.badge = badge
        name = words_in(badge.name, kit.language)
        what_for = words_in(badge.what_for, kit.language)
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ratio = self.devicePixelRatioF()
        if badge.earned_at is not None:
            below = figures.day(badge.earned_at, kit.language)
            spoken = self.tr("{name}, earned on {day}. {what_for}").format(
                name=name, day=figures.long_day(badge.earned_at, kit.language), what_for=what_for
            )
            picture.setPixmap(dial.earned(art, _ART, ratio))
        else:
            below = self.tr("{done} of {goal}").format(done=badge.progress, goal=badge.goal) if badge.goal > 1 else self.tr("open")
            spoken = self.tr("{name}, not earned yet, {done} of {goal}. {what_for}").format(
                name=name, done=badge.progress, goal=badge.goal, what_for=what_for
            )
            picture.setPixmap(dial.locked(art, _ART, ratio, dial.lit_ticks(badge.progress, badge.goal)))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(2)
        column.addWidget(picture)
        for text, role, tone in ((name, "capstrong", ""), (below, "cap", "2")):
            line = label(text, role, tone=tone)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(line)
        column.addStretch()
        # Names wrap: a tile never keeps the grid from having fewer columns.
        self.setMinimumWidth(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(spoken)
        self.setToolTip(what_for)


class BadgesCard(Card):
    """The grid of badges; as many columns as fit."""

    def __init__(self, kit: Kit, badges: tuple[BadgeView, ...]) -> None:
        super().__init__(16)
        self._kit = kit
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Badges"), "h2"))
        heading.addStretch()
        got = sum(badge.earned_at is not None for badge in badges)
        heading.addWidget(label(self.tr("{got} of {all} earned").format(got=got, all=len(badges)), "cap", tone="2", wrap=False))
        self.box.addLayout(heading)
        self._tiles = tuple(BadgeTile(kit, badge, _art(kit.resources, badge.picture)) for badge in badges)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(14)
        self._columns = 0
        self.box.addLayout(self._grid)
        self._lay_out(6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay the tiles out anew when another number of columns fits."""
        super().resizeEvent(event)
        self._lay_out(max(2, min(6, (self.width() - 32) // self._kit.theme.px(_TILE))))

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)


def _art(resources: Path, picture: str) -> Path:
    """The badge's own art; a badge whose picture this version does not have shows the start badge's dial."""
    folder = resources / "images" / "badges"
    art = folder / f"{picture}.svg"
    return art if art.is_file() else folder / "badge-first-light.svg"
