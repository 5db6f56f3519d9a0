# SPDX-License-Identifier: Apache-2.0
"""What a tester did and what came of it: sums, badges, the year in weeks, the builds of their devices.

Constructor: ProfilePage(kit, *, honour, events, account_id, devices=None)
- `devices() -> tuple[DeviceStory, ...]`: finished runs by device, read in the background; without it that card is left out.
No signals: nothing on this page leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.honour.badges import Honour, Standing
from firstlight.honour.ui.avatar import Avatar
from firstlight.honour.ui.badges_card import BadgesCard
from firstlight.honour.ui.contributions import contributions
from firstlight.honour.ui.device_card import DeviceCard, DeviceStory
from firstlight.honour.ui.sums_card import SumsCard
from firstlight.honour.ui.weeks_card import WeeksCard
from firstlight.kit import figures
from firstlight.kit.bridge import Bridge
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, EmptyState
from firstlight.kit.heatmap import Days
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page
from firstlight.sync.news import InboxChanged
from firstlight_contract.honour import BadgeView, HonourView

_SIDE = 288
_KINDS = {"badge", "honour"}


@dataclass(frozen=True)
class _Board:
    standing: Standing | None
    badges: tuple[BadgeView, ...]
    sums: tuple[HonourView, Days] | None
    devices: tuple[DeviceStory, ...]


class ProfilePage(Page):
    """The tester's own page; built again from the store whenever the hub told something new."""

    def __init__(
        self,
        kit: Kit,
        *,
        honour: Honour,
        events: Events,
        account_id: int | None,
        devices: Callable[[], tuple[DeviceStory, ...]] | None = None,
    ) -> None:
        super().__init__(kit, self.tr("Honour"), " ")
        self._honour = honour
        self._account_id = account_id
        self._devices = devices
        self._board: _Board | None = None
        self._avatar: Avatar | None = None
        self._content = QVBoxLayout()
        self.body.addLayout(self._content, 1)
        self._columns: QBoxLayout | None = None
        self.width_class_changed.connect(self._on_width_class_changed)
        Bridge(events, self).on(InboxChanged, self._on_inbox_changed)
        self.reload()

    def shown(self) -> None:
        """The tester came here: what was earned is seen from now on."""
        self.reload()
        if self._account_id is not None:
            account_id = self._account_id
            self.kit.jobs.start(lambda *, work: self._honour.looked_at(account_id), lane="disk", owner=self)

    @Slot()
    def reload(self) -> None:
        """Read everything again."""
        if self._account_id is None:
            self._show_nothing()
            return
        job = self.kit.jobs.start(self._read, self._account_id, lane="look", owner=self)
        job.finished.connect(self._on_read)
        job.failed.connect(self._on_failed)

    def _read(self, account_id: int, *, work: Work) -> _Board:
        work.check()
        return _Board(
            standing=self._honour.standing(account_id),
            badges=self._honour.badges(account_id),
            sums=contributions(self._honour, account_id, self.kit.now),
            devices=self._devices() if self._devices is not None else (),
        )

    @Slot(object)
    def _on_read(self, board: _Board) -> None:
        if board == self._board:
            return
        self._board = board
        self._show_standing(board.standing)
        if not board.badges and board.sums is None:
            self._show_nothing()
            return
        clear(self._content)
        self._content.addLayout(self._cards(board), 1)

    def _show_standing(self, standing: Standing | None) -> None:
        if standing is None:
            return
        self.set_title(standing.name)
        if standing.joined_at is not None and standing.number:
            since = figures.day_of_year(standing.joined_at, self.kit.language)
            words = self.tr("Tester no. {number} of {programme}, since {day}")
            self.set_subtitle(words.format(number=standing.number, programme=standing.programme, day=since))
        else:
            self.set_subtitle(standing.programme)
        if self._avatar is None:
            self._avatar = Avatar(self.kit, standing.name)
            row = self.header.layout()
            if isinstance(row, QBoxLayout):
                row.insertWidget(0, self._avatar)

    def _cards(self, board: _Board) -> QBoxLayout:
        main = QVBoxLayout()
        main.setSpacing(16)
        if board.sums is not None:
            main.addWidget(SumsCard(self.kit, board.sums[0]))
        if board.badges:
            main.addWidget(BadgesCard(self.kit, board.badges))
        if board.sums is not None:
            main.addWidget(WeeksCard(self.kit, *board.sums))
        main.addStretch()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(16)
        columns.addLayout(main, 1)
        if board.devices:
            side = QWidget()
            box = QVBoxLayout(side)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(16)
            for story in board.devices:
                box.addWidget(DeviceCard(self.kit, story))
            box.addStretch()
            self._side: QWidget | None = side
            columns.addWidget(side)
        else:
            self._side = None
        self._columns = columns
        self._on_width_class_changed(self.wide)
        return columns

    _side: QWidget | None = None

    def _show_nothing(self) -> None:
        clear(self._content)
        card = Card()
        text = self.tr("Your badges and sums come with the first answer of the hub. What you do meanwhile counts all the same.")
        card.box.addWidget(EmptyState(self.kit, "medal", self.tr("Nothing from the hub yet"), text))
        self._content.addWidget(card)
        self._content.addStretch()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self._board = None
        clear(self._content)
        again = Button(self.kit, self.tr("Read again"), size="small")
        again.clicked.connect(self.reload)
        self._content.addWidget(ErrorCard(self.kit, error, (again,)))
        self._content.addStretch()

    def _on_inbox_changed(self, event: InboxChanged) -> None:
        if event.account_id == self._account_id and event.kinds & _KINDS:
            self.reload()

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        """The device column stands beside the rest, or below it where there is less room."""
        if self._columns is None or self._side is None:
            return
        is_wide = wide and self.kit.theme.percent < 150
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumWidth(_SIDE if is_wide else 0)
        self._side.setMaximumWidth(_SIDE if is_wide else 16_777_215)
