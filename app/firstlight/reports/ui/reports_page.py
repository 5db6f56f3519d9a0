# SPDX-License-Identifier: Apache-2.0
"""My reports: drafts, the outbox with its order and reasons, what needs the tester, what the team has and what is fixed.

Constructor: ReportsPage(kit, *, reports, outbox, inbox, events, reachability, account_id)
The list is read in windows of 200 rows: ten thousand open as fast as ten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QFrame, QListView, QStackedLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink.reachability import Reachability, ReachabilityChanged
from firstlight.kit.bridge import Bridge
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, EmptyState
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page
from firstlight.reports.drafts import Reports, ReportsChanged
from firstlight.reports.report import Event, Local, ReportRow, Section
from firstlight.reports.ui.detail_view import DetailView
from firstlight.reports.ui.filter_bar import FILTERS, FilterBar
from firstlight.reports.ui.line_banner import LineBanner
from firstlight.reports.ui.offline_banner import OfflineBanner
from firstlight.reports.ui.report_delegate import ReportDelegate
from firstlight.reports.ui.report_model import Look, ReportModel, RowLook, SectionLook
from firstlight.reports.ui.report_reader import Listed, ReportReader
from firstlight.reports.ui.row_words import Moving, RowWords
from firstlight.sync.inbox import Inbox
from firstlight.sync.news import InboxChanged, OutboxChanged, Sending
from firstlight.sync.outbox import Outbox

WINDOW = 200
LARGE = 150
"""From this size of text on, the chosen report stands below the list and the page scrolls."""
_SIDE, _SIDE_NARROW = 316, 288
_RECHECK_MS = 1_000


class ReportsPage(Page):
    """The list and the chosen report beside it.

    Signals: report_opened(id): go on writing; new_report_requested(); sync_requested(): the tester asked to try now;
    stick_requested(): save what waits; go_on_requested(): end the pause.
    """

    report_opened = Signal(str)
    new_report_requested = Signal()
    sync_requested = Signal()
    stick_requested = Signal()
    go_on_requested = Signal()

    def __init__(
        self,
        kit: Kit,
        *,
        reports: Reports,
        outbox: Outbox,
        inbox: Inbox,
        events: Events,
        reachability: Reachability,
        account_id: int | None,
    ) -> None:
        super().__init__(kit, self.tr("Reports"), " ", scroll=kit.theme.percent >= LARGE)
        self._reports, self._outbox, self._inbox = reports, outbox, inbox
        self._reachability = reachability
        self._account_id = account_id
        self._words = self._new_words()
        self._rows: tuple[ReportRow, ...] | None = None
        """None before the first reading."""
        self._wanted = WINDOW
        self._moving: dict[str, Moving] = {}
        self._filter = "all"
        self._chosen = ""
        self._is_sought = True
        self._answer_next = False
        self.reader = ReportReader(kit, reports, outbox, account_id, self)
        self.reader.listed.connect(self._on_listed)
        self.reader.told.connect(self._on_told)
        self.reader.failed.connect(self._show_error)
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(_RECHECK_MS)
        self._recheck.timeout.connect(self.reload)
        self._build_header()
        self._build_banners()
        self._build_columns()
        self.width_class_changed.connect(self._on_width_class_changed)
        self._listen(events)
        self.offline_banner.refresh()
        self.reload()

    # -- building --------------------------------------------------------------------------------------------------------------

    def _new_words(self) -> RowWords:
        return RowWords(
            self.kit.language, self.kit.now(), is_offline=self._reachability.is_online is False, is_paused=self._outbox.rules().is_paused
        )

    def _build_header(self) -> None:
        self.filter = FilterBar(self.kit)
        self.filter.chosen.connect(self._on_filter_chosen)
        if self.kit.theme.percent < LARGE:
            self.header_right.addWidget(self.filter)
        else:
            self.body.addWidget(self.filter)
        self.new_button = Button(self.kit, self.tr("New report"), icon="plus", kind="primary")
        self.new_button.clicked.connect(self.new_report_requested)
        self.header_right.addWidget(self.new_button)

    def _build_banners(self) -> None:
        self.offline_banner = OfflineBanner(self.kit, self._reachability)
        self.offline_banner.try_button.clicked.connect(self._on_try_now)
        self.offline_banner.stick_button.clicked.connect(self.stick_requested)
        self.body.addWidget(self.offline_banner)
        self.line_banner = LineBanner(self.kit)
        self.line_banner.go_on_asked.connect(self.go_on_requested)
        self.line_banner.anyway_asked.connect(self._on_anyway)
        self.body.addWidget(self.line_banner)
        self._error_place = QVBoxLayout()
        self.body.addLayout(self._error_place)

    def _build_columns(self) -> None:
        self.model = ReportModel(self)
        self.delegate = ReportDelegate(self.kit, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("My reports"))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.activated.connect(self._on_activated)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.delegate.action_asked.connect(self._on_action)
        card = Card(0, 0)
        card.box.setContentsMargins(1, 5, 1, 5)
        places = QWidget()
        self._places = QStackedLayout(places)
        self._places.addWidget(self.list)
        nothing = QWidget()
        self._nothing = QVBoxLayout(nothing)
        self._places.addWidget(nothing)
        card.box.addWidget(places)
        self.detail = DetailView(self.kit)
        self.detail.answered.connect(self._on_answered)
        self.detail.judged.connect(self._on_judged)
        self.detail.opened.connect(self.report_opened)
        self.detail.taken_back.connect(self._on_taken_back)
        is_stacked = self.kit.theme.percent >= LARGE
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(card, 1)
        self._columns.addWidget(self.detail, 1 if is_stacked else 0)
        if is_stacked:
            card.setMinimumHeight(self.kit.theme.px(260))
            self.detail.setMinimumHeight(self.kit.theme.px(280))
        else:
            self.detail.setFixedWidth(_SIDE)
        self.body.addLayout(self._columns, 1)

    def _listen(self, events: Events) -> None:
        bridge = Bridge(events, self)
        bridge.on(OutboxChanged, self._on_outbox_changed)
        bridge.on(InboxChanged, self._on_inbox_changed)
        bridge.on(ReportsChanged, self._on_reports_changed)
        bridge.on(Sending, self._on_sending)
        bridge.on(ReachabilityChanged, self._on_reachability_changed)

    # -- reading ---------------------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        """The tester came here: days and times may have moved on."""
        self._words = self._new_words()
        self.offline_banner.refresh()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list again."""
        self.reader.read(FILTERS[self._filter], self._wanted)

    @Slot(object)
    def _on_listed(self, listed: Listed) -> None:
        self._show_error(None)
        self.filter.show_counts(listed.counts)
        self.line_banner.show_waiting(listed.waiting)
        self.offline_banner.set_waiting(listed.waiting.acts if listed.waiting else 0)
        sent = listed.counts.needs_you + listed.counts.team + listed.counts.fixed
        arrived = self.tr("%n arrived", "", sent)
        fixed = self.tr("%n led to a fix", "", listed.counts.fixed)
        self.set_subtitle(self.tr("{arrived}, {fixed}").format(arrived=arrived, fixed=fixed) if sent else self.tr("Nothing sent yet"))
        if listed.section is not FILTERS[self._filter]:
            return
        self._rows = listed.rows
        self._moving = {id: at for id, at in self._moving.items() if any(row.id == id for row in listed.rows)}
        self._show_rows()
        if any(row.step.can_take_back for row in listed.rows):
            self._recheck.start()

    def _show_rows(self) -> None:
        if self._rows is None:
            return
        looks: list[Look] = []
        title = ""
        for row in self._rows:
            words = self._section_words(row.section)
            if words != title:
                title = words
                looks.append(SectionLook(title))
            looks.append(self._words.look(row, self._moving))
        place = self.list.verticalScrollBar().value()
        self.model.set_looks(tuple(looks))
        # The list lays itself out when Qt is idle; only then it can be where it was.
        QTimer.singleShot(0, self.list, lambda: self._settle(place))
        if not self._rows:
            self._show_empty()
            return
        self._places.setCurrentIndex(0)
        self.detail.show()
        self._choose()

    def _settle(self, place: int) -> None:
        """Where the reader was; or at the report that was asked for."""
        if self._is_sought and self.list.currentIndex().isValid():
            self._is_sought = False
            self.list.scrollTo(self.list.currentIndex())
        else:
            self.list.verticalScrollBar().setValue(place)

    def _choose(self) -> None:
        """Keep the chosen report; without one, take what needs the tester first."""
        index = self.model.index_of(self._chosen)
        if not index.isValid():
            first = next((row.id for row in self._rows or () if row.section is Section.NEEDS_YOU), "")
            index = self.model.index_of(first)
        if not index.isValid():
            index = self.model.first_row()
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)
        self._read_detail()

    def _show_empty(self) -> None:
        self.detail.show_nothing()
        self.detail.setHidden(self._filter == "all")
        if self._filter == "all":
            start = Button(self.kit, self.tr("Write the first"), icon="plus")
            start.clicked.connect(self.new_report_requested)
            state = EmptyState(self.kit, "chat-text", self.tr("Nothing sent yet"), self.filter.nothing("all"), start)
        else:
            state = EmptyState(self.kit, "tray", self.tr("Nothing here"), self.filter.nothing(self._filter))
        clear(self._nothing)
        self._nothing.addWidget(state)
        self._places.setCurrentIndex(1)

    def _read_detail(self) -> None:
        if self._chosen:
            self.reader.read_one(self._chosen)
        else:
            self.detail.show_nothing()

    @Slot(object, object)
    def _on_told(self, row: ReportRow | None, events: tuple[Event, ...]) -> None:
        if row is None or row.id != self._chosen:
            return
        self.detail.is_offline = self._reachability.is_online is False
        self.detail.show_report(row, events)
        if self._answer_next:
            self._answer_next = False
            self.detail.start_answer()

    def _section_words(self, section: Section) -> str:
        return {
            Section.DRAFT: self.tr("Drafts"),
            Section.OUTBOX: self.tr("In the outbox"),
            Section.NEEDS_YOU: self.tr("Needs you"),
            Section.TEAM: self.tr("With the team and fixed"),
            Section.FIXED: self.tr("With the team and fixed"),
        }[section]

    # -- what the tester does --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_filter_chosen(self, key: str) -> None:
        self._filter = key
        self._wanted = WINDOW
        self.reload()

    @Slot(QModelIndex)
    def _on_current_changed(self, current: QModelIndex) -> None:
        look = self.model.look_at(current)
        if isinstance(look, RowLook) and look.key != self._chosen:
            self._chosen = look.key
            self._mark_seen(look.key)
            self._read_detail()

    def _mark_seen(self, id: str) -> None:
        row = next((row for row in self._rows or () if row.id == id), None)
        if row is None or not row.is_unseen or self._account_id is None:
            return
        self.kit.jobs.start(self._see, self._account_id, id, lane="disk", owner=self)

    def _see(self, account_id: int, id: str, *, work: Work) -> None:
        work.check()
        self._inbox.mark_seen(account_id, "report", (id,))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        look = self.model.look_at(index)
        if isinstance(look, RowLook):
            self._on_action(look.key)

    @Slot(str)
    def _on_action(self, id: str) -> None:
        """What the row is for: answer, go on writing; a report with the team has its actions at the side."""
        row = next((row for row in self._rows or () if row.id == id), None)
        if row is None:
            return
        if row.section is Section.DRAFT or row.section is Section.OUTBOX or row.local is Local.NEEDS_YOU:
            self.report_opened.emit(id)
        elif row.section is Section.NEEDS_YOU:
            self.start_answer(id)

    def start_answer(self, id: str) -> None:
        """Choose the report and put the focus into the field for an answer."""
        self.choose(id)
        if self.detail.report_id == id:
            self.detail.start_answer()
        else:
            self._answer_next = True

    def choose(self, id: str) -> None:
        """Choose this report, in whatever filter shows it."""
        index = self.model.index_of(id)
        self._chosen, self._is_sought = id, True
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            self._read_detail()
            return
        self._filter = "all"
        self.filter.set_current("all")
        self.reload()

    @Slot(str, str)
    def _on_answered(self, id: str, text: str) -> None:
        self._answer(id, text, "", self.tr("Your answer is in the outbox."))

    @Slot(str, str)
    def _on_judged(self, id: str, verdict: str) -> None:
        self._answer(id, "", verdict, self.tr("Your word on the fix is in the outbox."))

    def _answer(self, id: str, text: str, verdict: str, said: str) -> None:
        if self._account_id is None:
            return
        job = self.kit.jobs.start(self._say, self._account_id, id, text, verdict, lane="disk", owner=self)
        job.finished.connect(lambda comment: self._offer_undo(str(comment), said))
        job.failed.connect(self._show_error)

    def _say(self, account_id: int, id: str, text: str, verdict: str, *, work: Work) -> str:
        work.check()
        return self._reports.answer(account_id, id, text, verdict)

    def _offer_undo(self, comment: str, said: str) -> None:
        self.kit.toasts.show(said, lambda: self._undo_answer(comment))
        self.reload()

    def _undo_answer(self, comment: str) -> None:
        if self._account_id is not None:
            self._run(self._reports.take_back_answer, self._account_id, comment)

    @Slot(str)
    def _on_taken_back(self, id: str) -> None:
        self._run(self._reports.take_back, id)

    def _run(self, call: Callable[..., object], *args: object) -> None:
        """A short act of the core that takes no `work`."""
        job = self.kit.jobs.start(lambda *, work: call(*args), lane="disk", owner=self)
        job.finished.connect(self._on_done)
        job.failed.connect(self._show_error)

    @Slot(object)
    def _on_done(self, _answer: object) -> None:
        self.reload()

    @Slot()
    def _on_try_now(self) -> None:
        if self._account_id is not None:
            self._run(self._outbox.hurry, self._account_id)
        self.sync_requested.emit()

    @Slot()
    def _on_anyway(self) -> None:
        """Every file that waits for a free network goes over this one."""
        waiting = [row.id for row in self._rows or () if row.section is Section.OUTBOX and row.local is Local.QUEUED]

        def send() -> None:
            for id in waiting:
                self._reports.send_anyway(id)

        self._run(send)
        self.sync_requested.emit()

    def _show_error(self, error: FirstlightError | None) -> None:
        clear(self._error_place)
        if error is not None:
            again = Button(self.kit, self.tr("Read again"), size="small")
            again.clicked.connect(self.reload)
            self._error_place.addWidget(ErrorCard(self.kit, error, (again,)))

    # -- news ------------------------------------------------------------------------------------------------------------------

    def _on_outbox_changed(self, event: OutboxChanged) -> None:
        if event.account_id == self._account_id:
            self._moving.clear()
            self._words = self._new_words()
            self.reload()

    def _on_inbox_changed(self, event: InboxChanged) -> None:
        if event.account_id == self._account_id:
            self.reload()

    def _on_reports_changed(self, _event: ReportsChanged) -> None:
        self.reload()

    def _on_sending(self, event: Sending) -> None:
        if event.account_id != self._account_id or not event.total:
            return
        self._moving[event.about] = Moving(event.done, event.total)
        self._show_rows()

    def _on_reachability_changed(self, _event: ReachabilityChanged) -> None:
        self._moving.clear()
        self._words = self._new_words()
        self.offline_banner.refresh()
        self._show_rows()

    # -- the shape of the window -----------------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        if self.kit.theme.percent < LARGE:
            self.detail.setFixedWidth(_SIDE if wide else _SIDE_NARROW)

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep() and len(self._rows or ()) == self._wanted:
            self._wanted += WINDOW
            self.reload()

    def memo(self) -> dict[str, Any]:
        """The filter, the chosen report and unsent answers."""
        return {"filter": self._filter, "chosen": self._chosen, "unsent": self.detail.answer.unsent()}

    def restore(self, memo: dict[str, Any]) -> None:
        """As the page before this one was."""
        self._filter = memo.get("filter", "all")
        self._chosen = memo.get("chosen", "")
        self.filter.set_current(self._filter)
        self.detail.answer.take_unsent(memo.get("unsent", {}))
        self.reload()
