# SPDX-License-Identifier: Apache-2.0
"""This week: the newest build, what there is to do, what came back from the team, and whether everything has arrived.

Constructor: WeekPage(kit, *, week, outbox, events, reachability, account_id, around)
`around() -> Around` brings what other rooms know: sums and days (honour/ui/contributions.py), guides that were left half way, and
when the hub last told something. It is called in the background.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.community.ui.news_card import NewsCard
from firstlight.community.ui.release_card import NoReleaseCard, ReleaseCard
from firstlight.community.ui.strip_card import StripCard, Sync
from firstlight.community.ui.tasks_card import TasksCard, Unfinished
from firstlight.community.week import Task, TaskKind, ThisWeek, Week
from firstlight.hublink.reachability import Reachability, ReachabilityChanged
from firstlight.kit import figures
from firstlight.kit.bridge import Bridge
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Chip
from firstlight.kit.heatmap import Days
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page
from firstlight.sync.news import InboxChanged, OutboxChanged
from firstlight.sync.outbox import Outbox, Waiting
from firstlight_contract.firmware import Release
from firstlight_contract.honour import HonourView

_SIDE, _SIDE_NARROW = 308, 288
NEWS = 3


@dataclass(frozen=True)
class Around:
    """What other rooms know; `told_at` None when the hub has never told anything."""

    sums: tuple[HonourView, Days] | None = None
    unfinished: tuple[Unfinished, ...] = ()
    told_at: datetime | None = None


@dataclass(frozen=True)
class _Read:
    week: ThisWeek
    waiting: Waiting
    around: Around


class WeekPage(Page):
    """The first page of a signed-in tester; it shows what is on this PC at once and follows the news.

    Signals: flash_requested(guide slug, build); new_report_requested(); report_requested(id); answer_requested(id);
    reports_requested(); guide_resumed(run id).
    """

    flash_requested = Signal(str, str)
    new_report_requested = Signal()
    report_requested = Signal(str)
    answer_requested = Signal(str)
    reports_requested = Signal()
    guide_resumed = Signal(str)

    def __init__(
        self,
        kit: Kit,
        *,
        week: Week,
        outbox: Outbox,
        events: Events,
        reachability: Reachability,
        account_id: int,
        around: Callable[[], Around],
    ) -> None:
        super().__init__(kit, self.tr("This week"), " ")
        self._week, self._outbox = week, outbox
        self._reachability = reachability
        self._account_id = account_id
        self._around = around
        self._shown: tuple[_Read, bool, bool] | None = None
        self._read_now: _Read | None = None
        self._is_reading = self._read_again = False
        self._is_unfolded = False
        self._device: Chip | None = None
        self.release_card: ReleaseCard | None = None
        self._content = QVBoxLayout()
        self._content.setSpacing(16)
        self.body.addLayout(self._content, 1)
        self.width_class_changed.connect(self._on_width_class_changed)
        bridge = Bridge(events, self)
        bridge.on(InboxChanged, self._on_inbox_changed)
        bridge.on(OutboxChanged, self._on_outbox_changed)
        bridge.on(ReachabilityChanged, self._on_reachability_changed)
        self.reload()

    def show_device(self, words: str) -> None:
        """A chip in the header for the device that is connected; "" takes it away."""
        if self._device is not None:
            self._device.deleteLater()
            self._device = None
        if words:
            self._device = Chip(self.kit, words, icon="device-mobile", kind="ok")
            self.header_right.addWidget(self._device)

    # -- reading ---------------------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        """The tester came here: the day may have changed, a guide may be finished."""
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read again what is on this PC."""
        if self._is_reading:
            self._read_again = True
            return
        self._is_reading, self._read_again = True, False
        job = self.kit.jobs.start(self._read, lane="look", owner=self)
        job.finished.connect(self._on_read)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_read_ended)

    def _read(self, *, work: Work) -> _Read:
        work.check()
        return _Read(
            week=self._week.this_week(self._account_id, most_news=NEWS),
            waiting=self._outbox.waiting(self._account_id),
            around=self._around(),
        )

    @Slot()
    def _on_read_ended(self) -> None:
        self._is_reading = False
        if self._read_again:
            self.reload()

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        self._read_now = read
        self._show()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self._shown = None
        clear(self._content)
        again = Button(self.kit, self.tr("Read again"), size="small")
        again.clicked.connect(self.reload)
        self._content.addWidget(ErrorCard(self.kit, error, (again,)))
        self._content.addStretch()

    # -- showing ---------------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        read = self._read_now
        is_offline = self._reachability.is_online is False
        if read is None or self._shown == (read, is_offline, self.wide):
            return
        self._shown = (read, is_offline, self.wide)
        self.set_subtitle(self._days(read, is_offline))
        place = self.scroll_area.verticalScrollBar().value() if self.scroll_area is not None else 0
        had = self.focusWidget()
        focused = had.accessibleName() if isinstance(had, Button) else ""
        clear(self._content)
        self._content.addLayout(self._columns(read), 1)
        waiting = read.waiting
        sync = Sync(is_offline, waiting.acts, waiting.parked, read.week.sent_today)
        self._content.addWidget(StripCard(self.kit, read.around.sums, sync, wide=self.wide))
        if self.scroll_area is not None:
            self.scroll_area.verticalScrollBar().setValue(place)
        if focused:
            # The new widgets show when Qt is idle.
            QTimer.singleShot(0, self, lambda: self._focus_again(focused))

    def _focus_again(self, name: str) -> None:
        """News never take the place of whoever walks by Tab."""
        again = next((b for b in self.findChildren(Button) if b.accessibleName() == name and b.isVisible()), None)
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _days(self, read: _Read, is_offline: bool) -> str:
        language = self.kit.language
        week = read.week
        parts = [self.tr("Week {number}").format(number=week.number), figures.days(week.first, week.last, language)]
        if is_offline and read.around.told_at is not None:
            at = figures.moment(read.around.told_at, self.kit.now().astimezone().date(), language)
            parts.append(self.tr("as of {time}").format(time=at))
        return " · ".join(parts)

    def _columns(self, read: _Read) -> QBoxLayout:
        is_stacked = self.kit.theme.percent >= 150
        columns = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(16)
        columns.addWidget(self._release(read), 1)
        side = QWidget()
        if not is_stacked:
            side.setFixedWidth(_SIDE if self.wide else _SIDE_NARROW)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        tasks = TasksCard(self.kit, read.week, read.around.unfinished)
        tasks.chosen.connect(self._on_task_chosen)
        tasks.guide_resumed.connect(self.guide_resumed)
        box.addWidget(tasks)
        news = NewsCard(self.kit, read.week.news)
        news.report_requested.connect(self.report_requested)
        news.answer_requested.connect(self.answer_requested)
        news.reports_requested.connect(self.reports_requested)
        box.addWidget(news, 1)
        columns.addWidget(side)
        return columns

    def _release(self, read: _Read) -> QWidget:
        release = read.week.release
        if release is None:
            self.release_card = None
            return NoReleaseCard(self.kit)
        is_installed = Task(TaskKind.FLASH, True) in read.week.tasks
        card = ReleaseCard(self.kit, release, is_installed=is_installed, wide=self.wide)
        if self._is_unfolded:
            card.unfold()
        card.flash_requested.connect(self._on_flash)
        card.changes_read.connect(self._on_changes_read)
        self.release_card = card
        return card

    # -- what the tester does --------------------------------------------------------------------------------------------------

    def _the_release(self) -> Release | None:
        return self._read_now.week.release if self._read_now is not None else None

    @Slot()
    def _on_flash(self) -> None:
        release = self._the_release()
        if release is not None:
            self.flash_requested.emit(release.guide, release.version)

    @Slot(object)
    def _on_task_chosen(self, kind: TaskKind) -> None:
        if kind is TaskKind.FLASH:
            self._on_flash()
        elif kind is TaskKind.REPORT:
            self.new_report_requested.emit()
        elif self.release_card is not None:
            self.release_card.unfold()
            self.release_card.all_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_changes_read(self) -> None:
        release = self._the_release()
        self._is_unfolded = True
        if release is None:
            return
        job = self.kit.jobs.start(lambda *, work: self._week.read_changes(self._account_id, release), lane="disk", owner=self)
        job.finished.connect(lambda _none: self.reload())

    # -- news ------------------------------------------------------------------------------------------------------------------

    def _on_inbox_changed(self, event: InboxChanged) -> None:
        if event.account_id == self._account_id:
            self.reload()

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.account_id == self._account_id:
            self.reload()

    def _on_reachability_changed(self, _event: ReachabilityChanged) -> None:
        self._show()

    @Slot(bool)
    def _on_width_class_changed(self, _wide: bool) -> None:
        self._show()
