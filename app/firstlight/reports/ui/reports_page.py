# SPDX-License-Identifier: Apache-2.0
"""My reports: drafts, the outbox with its order and reasons, what needs the tester, what the team has and what is fixed.

Constructor: ReportsPage(kit, *, reports, outbox, inbox, events, reachability, account_id)
Reading happens in the lane "look", so that a long attachment being kept never holds the list back. The list is read in
windows of 200 rows: ten thousand open as fast as ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QFrame, QListView, QStackedLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.base.work import Work
from firstlight.hublink.reachability import Reachability, ReachabilityChanged
from firstlight.kit import figures
from firstlight.kit.bridge import Bridge
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Banner, Card, EmptyState
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page
from firstlight.reports.drafts import Reports, ReportsChanged
from firstlight.reports.report import Counts, Event, Local, ReportRow, Section
from firstlight.reports.ui.detail_view import DetailView
from firstlight.reports.ui.report_delegate import ReportDelegate
from firstlight.reports.ui.report_model import Look, ReportModel, RowLook, SectionLook
from firstlight.reports.ui.row_words import Moving, RowWords
from firstlight.sync.inbox import Inbox
from firstlight.sync.news import InboxChanged, OutboxChanged, Sending
from firstlight.sync.outbox import Outbox

WINDOW = 200
_SIDE, _SIDE_NARROW = 316, 288
_RECHECK_MS = 1_000
_FILTERS: dict[str, Section | None] = {
    "all": None,
    "waiting": Section.OUTBOX,
    "needs_you": Section.NEEDS_YOU,
    "team": Section.TEAM,
    "fixed": Section.FIXED,
}


@dataclass(frozen=True)
class _Listed:
    counts: Counts
    rows: tuple[ReportRow, ...]
    section: Section | None


class ReportsPage(Page):
    """The list and the chosen report beside it.

    Signals: report_opened(id): go on writing; new_report_requested(); sync_requested(): the tester asked to try now.
    """

    report_opened = Signal(str)
    new_report_requested = Signal()
    sync_requested = Signal()

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
        super().__init__(kit, self.tr("Reports"), " ", scroll=False)
        self._reports, self._outbox, self._inbox = reports, outbox, inbox
        self._reachability = reachability
        self._account_id = account_id
        self._words = RowWords(kit.language, kit.now())
        self._rows: tuple[ReportRow, ...] = ()
        self._wanted = WINDOW
        self._counts: Counts | None = None
        self._moving: dict[str, Moving] = {}
        self._filter = "all"
        self._chosen = ""
        self._answer_next = False
        self._reading: Job | None = None
        self._read_again = False
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(_RECHECK_MS)
        self._recheck.timeout.connect(self.reload)
        self._build_header()
        self._build_banners()
        self._build_columns()
        self.width_class_changed.connect(self._on_width_class_changed)
        self._listen(events)
        self._show_network()
        self.reload()

    # -- building --------------------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        choices = tuple((key, self._filter_words(key, 0)) for key in _FILTERS)
        self.filter = Segmented(self.kit, choices, self._filter, name=self.tr("Which reports to show"))
        self.filter.chosen.connect(self._on_filter_chosen)
        self.header_right.addWidget(self.filter)
        self.new_button = Button(self.kit, self.tr("New report"), icon="plus", kind="primary")
        self.new_button.clicked.connect(self.new_report_requested)
        self.header_right.addWidget(self.new_button)

    def _build_banners(self) -> None:
        self.try_button = Button(self.kit, self.tr("Try now"), size="small")
        self.try_button.clicked.connect(self._on_try_now)
        self.offline_banner = Banner(self.kit, "warn", "", icon="cloud-slash", actions=(self.try_button,))
        self.offline_banner.hide()
        self.body.addWidget(self.offline_banner)
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
        card.box.setContentsMargins(1, 9, 1, 9)
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
        is_stacked = self.kit.theme.percent >= 150
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(card, 1)
        self._columns.addWidget(self.detail, 1 if is_stacked else 0)
        if not is_stacked:
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
        self._words = RowWords(self.kit.language, self.kit.now())
        self._show_network()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list again; asked again while it reads, it reads once more after."""
        if self._reading is not None:
            self._read_again = True
            return
        self._read_again = False
        self._reading = self.kit.jobs.start(self._read, _FILTERS[self._filter], self._wanted, lane="look", owner=self)
        self._reading.finished.connect(self._on_listed)
        self._reading.failed.connect(self._on_failed)
        self._reading.ended.connect(self._on_read_ended)

    def _read(self, section: Section | None, limit: int, *, work: Work) -> _Listed:
        work.check()
        counts = self._reports.counts(self._account_id)
        return _Listed(counts, self._reports.listing(self._account_id, section=section, limit=limit), section)

    @Slot()
    def _on_read_ended(self) -> None:
        self._reading = None
        if self._read_again:
            self.reload()

    @Slot(object)
    def _on_listed(self, listed: _Listed) -> None:
        self._show_error(None)
        self._counts = listed.counts
        for key in _FILTERS:
            self.filter.set_text(key, self._filter_words(key, self._count(key)))
        sent = listed.counts.needs_you + listed.counts.team + listed.counts.fixed
        arrived = self.tr("%n arrived", "", sent)
        fixed = self.tr("%n led to a fix", "", listed.counts.fixed)
        self.set_subtitle(self.tr("{arrived}, {fixed}").format(arrived=arrived, fixed=fixed) if sent else self.tr("Nothing sent yet"))
        if listed.section is not _FILTERS[self._filter]:
            return
        self._rows = listed.rows
        self._moving = {id: at for id, at in self._moving.items() if any(row.id == id for row in listed.rows)}
        self._show_rows()
        if any(row.step.can_take_back for row in listed.rows):
            self._recheck.start()

    def _show_rows(self) -> None:
        looks: list[Look] = []
        title = ""
        for row in self._rows:
            words = self._section_words(row.section)
            if words != title:
                title = words
                looks.append(SectionLook(title))
            looks.append(self._words.look(row, self._moving))
        self.model.set_looks(tuple(looks))
        if not self._rows:
            self._show_empty()
            return
        self._places.setCurrentIndex(0)
        self._choose()

    def _choose(self) -> None:
        """Keep the chosen report; without one, take what needs the tester first."""
        index = self.model.index_of(self._chosen)
        if not index.isValid():
            first = next((row.id for row in self._rows if row.section is Section.NEEDS_YOU), "")
            index = self.model.index_of(first)
        if not index.isValid():
            index = self.model.first_row()
        if self.list.currentIndex() != index:
            self.list.setCurrentIndex(index)
        self._read_detail()

    def _show_empty(self) -> None:
        self.detail.show_nothing()
        if self._filter == "all":
            start = Button(self.kit, self.tr("Write the first"), icon="plus")
            start.clicked.connect(self.new_report_requested)
            text = self.tr("Anything odd is worth a line. It is kept here first and goes out when there is a network.")
            state = EmptyState(self.kit, "chat-text", self.tr("Nothing sent yet"), text, start)
        else:
            state = EmptyState(self.kit, "tray", self.tr("Nothing here"), self._nothing_words())
        clear(self._nothing)
        self._nothing.addWidget(state)
        self._places.setCurrentIndex(1)

    def _read_detail(self) -> None:
        id = self._chosen
        if not id:
            self.detail.show_nothing()
            return
        job = self.kit.jobs.start(self._read_timeline, id, lane="look", owner=self)
        job.finished.connect(self._on_timeline)
        job.failed.connect(self._on_failed)

    def _read_timeline(self, id: str, *, work: Work) -> tuple[ReportRow | None, tuple[Event, ...]]:
        work.check()
        return self._reports.row(self._account_id, id), self._reports.timeline(self._account_id, id)

    @Slot(object)
    def _on_timeline(self, found: tuple[ReportRow | None, tuple[Event, ...]]) -> None:
        row, events = found
        if row is None or row.id != self._chosen:
            return
        self.detail.show_report(row, events)
        if self._answer_next:
            self._answer_next = False
            self.detail.start_answer()

    # -- words -----------------------------------------------------------------------------------------------------------------

    def _filter_words(self, key: str, count: int) -> str:
        words = {
            "all": self.tr("All"),
            "waiting": self.tr("Waiting"),
            "needs_you": self.tr("Needs you"),
            "team": self.tr("With the team"),
            "fixed": self.tr("Fixed"),
        }[key]
        return f"{words} {count}" if count and key != "all" else words

    def _count(self, key: str) -> int:
        if self._counts is None:
            return 0
        counts = self._counts
        return {"all": counts.all, "waiting": counts.outbox, "needs_you": counts.needs_you, "team": counts.team, "fixed": counts.fixed}[key]

    def _section_words(self, section: Section) -> str:
        return {
            Section.DRAFT: self.tr("Drafts"),
            Section.OUTBOX: self.tr("In the outbox"),
            Section.NEEDS_YOU: self.tr("Needs you"),
            Section.TEAM: self.tr("With the team and fixed"),
            Section.FIXED: self.tr("With the team and fixed"),
        }[section]

    def _nothing_words(self) -> str:
        return {
            "waiting": self.tr("The outbox is empty: everything you wrote has arrived."),
            "needs_you": self.tr("Nobody waits for you."),
            "team": self.tr("No report is with the team now."),
            "fixed": self.tr("No report of yours was fixed yet. When one is, it says here in which build."),
        }[self._filter]

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
        row = next((row for row in self._rows if row.id == id), None)
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
        row = next((row for row in self._rows if row.id == id), None)
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
        self._chosen = id
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
        job.failed.connect(self._on_failed)

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

    def _run(self, call: Any, *args: object) -> None:
        """A short act of the core that takes no `work`."""
        job = self.kit.jobs.start(lambda *, work: call(*args), lane="disk", owner=self)
        job.finished.connect(self._on_done)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, _answer: object) -> None:
        self.reload()

    @Slot()
    def _on_try_now(self) -> None:
        if self._account_id is not None:
            self._run(self._outbox.hurry, self._account_id)
        self.sync_requested.emit()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self._show_error(error)

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
        self._show_network()
        self._show_rows()

    def _show_network(self) -> None:
        is_offline = self._reachability.is_online is False
        self.offline_banner.setVisible(is_offline)
        if not is_offline:
            return
        since = figures.moment(datetime.fromtimestamp(self._reachability.since, UTC), self.kit.now().date(), self.kit.language)
        if self._reachability.forced_offline:
            bold = self.tr("You work offline since {time}.").format(time=since)
            text = self.tr("Everything below is kept on this PC. It goes out, in this order, once you go online again in Settings.")
        else:
            bold = self.tr("You are offline since {time}.").format(time=since)
            text = self.tr(
                "Nothing is lost: everything below is kept on this PC and goes out by itself, in this order, when the network is back."
            )
        self.try_button.setVisible(not self._reachability.forced_offline)
        self.offline_banner.set_text(text, bold)

    # -- the shape of the window -----------------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        if self.kit.theme.percent < 150:
            self.detail.setFixedWidth(_SIDE if wide else _SIDE_NARROW)

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep() and len(self._rows) == self._wanted:
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
