# SPDX-License-Identifier: Apache-2.0
"""My reports: drafts, the outbox with its order and reasons, what needs the tester, what the team has and what is fixed.

Constructor: ReportsPage(kit, *, reports, outbox, inbox, events, reachability, account_id)
The list is read in windows of 200 rows: ten thousand open as fast as ten.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from firstlight.base.errors import FirstlightError
from firstlight.base.events import Events
from firstlight.hublink.reachability import Reachability, ReachabilityChanged
from firstlight.kit.bridge import Bridge
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import EmptyState
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page
from firstlight.reports.drafts import Reports, ReportsChanged
from firstlight.reports.report import Event, Local, ReportRow, Section
from firstlight.reports.ui.detail_view import DetailView
from firstlight.reports.ui.filter_bar import FILTERS, FilterBar
from firstlight.reports.ui.line_banner import LineBanner
from firstlight.reports.ui.moving import Movements
from firstlight.reports.ui.offline_banner import OfflineBanner
from firstlight.reports.ui.report_list import ReportList
from firstlight.reports.ui.report_model import Look, SectionLook
from firstlight.reports.ui.report_reader import Listed, ReportReader
from firstlight.reports.ui.row_words import RowWords
from firstlight.reports.ui.tester_acts import TesterActs
from firstlight.sync.inbox import Inbox
from firstlight.sync.news import InboxChanged, OutboxChanged, Sending
from firstlight.sync.outbox import Outbox

WINDOW = 200
LARGE = 150
"""From this size of text on, the chosen report stands below the list and the page scrolls."""
_SIDE, _SIDE_NARROW = 316, 288
_RECHECK_MS = 1_000
_PROGRESS_MS = 100
"""Progress comes with every piece of a file; the eye needs less."""


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
        self._outbox = outbox
        self._reachability = reachability
        self._account_id = account_id
        self._words = self._new_words()
        self._rows: tuple[ReportRow, ...] | None = None
        """None before the first reading."""
        self._wanted = WINDOW
        self._moving = Movements()
        self._filter = "all"
        self._chosen = ""
        self._answer_next = False
        self.reader = ReportReader(kit, reports, outbox, account_id, self)
        self.reader.listed.connect(self._on_listed)
        self.reader.told.connect(self._on_told)
        self.reader.failed.connect(self._show_error)
        self.acts = TesterActs(kit, reports, outbox, inbox, account_id, self)
        self.acts.done.connect(self.reload)
        self.acts.failed.connect(self._show_error)
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(_RECHECK_MS)
        self._recheck.timeout.connect(self.reload)
        self._progress = QTimer(self)
        self._progress.setSingleShot(True)
        self._progress.setInterval(_PROGRESS_MS)
        self._progress.timeout.connect(self._show_rows)
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
        self.rows = ReportList(self.kit)
        self.model, self.delegate, self.list = self.rows.model, self.rows.delegate, self.rows.view
        self.rows.chosen.connect(self._on_chosen)
        self.rows.acted.connect(self._on_action)
        self.rows.neared_end.connect(self._on_neared_end)
        self.detail = DetailView(self.kit)
        self.detail.answered.connect(self.acts.answer)
        self.detail.judged.connect(self.acts.judge)
        self.detail.opened.connect(self.report_opened)
        self.detail.taken_back.connect(self.acts.take_back)
        self.detail.sent_again.connect(self.acts.send_again)
        self.detail.sent_as_answer.connect(self.acts.send_as_answer)
        is_stacked = self.kit.theme.percent >= LARGE
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self.rows, 1)
        self._columns.addWidget(self.detail, 1 if is_stacked else 0)
        if is_stacked:
            self.rows.setMinimumHeight(self.kit.theme.px(260))
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
        sent = listed.counts.arrived
        arrived = self.tr("%n arrived", "", sent)
        fixed = self.tr("%n led to a fix", "", listed.counts.fixed)
        self.set_subtitle(self.tr("{arrived}, {fixed}").format(arrived=arrived, fixed=fixed) if sent else self.tr("Nothing sent yet"))
        if listed.section is not FILTERS[self._filter]:
            return
        self._rows = listed.rows
        self._moving.keep_only({row.id for row in listed.rows if row.section is Section.OUTBOX})
        self._show_rows()
        if any(row.step.can_take_back for row in listed.rows):
            self._recheck.start()

    @Slot()
    def _show_rows(self) -> None:
        if self._rows is None:
            return
        if not self._rows:
            self._show_empty()
            return
        looks: list[Look] = []
        title = ""
        for row in self._rows:
            words = self._section_words(row.section)
            if words != title:
                title = words
                looks.append(SectionLook(title))
            look = self._words.look(row, self._moving.of)
            looks.append(look)
            if row.id in self._moving.of:
                self.detail.show_state(row.id, look.state)
        self.rows.show_looks(tuple(looks))
        self.detail.show()
        self._choose()

    def _choose(self) -> None:
        """Keep the chosen report; without one, take what needs the tester first."""
        urgent = next((row.id for row in self._rows or () if row.section is Section.NEEDS_YOU), "")
        self.rows.keep_chosen(self._chosen, urgent)
        self._read_detail()

    def _show_empty(self) -> None:
        self.detail.show_nothing()
        self.detail.hide()
        if self._filter == "all":
            start = Button(self.kit, self.tr("Write the first"), icon="plus")
            start.clicked.connect(self.new_report_requested)
            state = EmptyState(self.kit, "chat-text", self.tr("Nothing sent yet"), self.filter.nothing("all"), start)
        else:
            state = EmptyState(self.kit, "tray", self.tr("Nothing here"), self.filter.nothing(self._filter))
        self.rows.show_nothing(state)

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

    @Slot(str)
    def _on_chosen(self, id: str) -> None:
        if id == self._chosen:
            return
        self._chosen = id
        if any(row.id == id and row.is_unseen for row in self._rows or ()):
            self.acts.mark_seen(id)
        self._read_detail()

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
        self._chosen = id
        if self.rows.choose(id):
            self._read_detail()
            return
        self._filter = "all"
        self.filter.set_current("all")
        self.reload()

    @Slot()
    def _on_try_now(self) -> None:
        self.acts.hurry()
        self.sync_requested.emit()

    @Slot()
    def _on_anyway(self) -> None:
        """Every file that waits for a free network goes over this one."""
        self.acts.send_anyway([row.id for row in self._rows or () if row.section is Section.OUTBOX and row.local is Local.QUEUED])
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
            self._moving.forget()
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
        self._moving.saw(event.about, event.done, event.total)
        if self.isVisible() and not self._progress.isActive():
            self._progress.start()

    def _on_reachability_changed(self, _event: ReachabilityChanged) -> None:
        self._moving.forget()
        self._words = self._new_words()
        self.offline_banner.refresh()
        self._show_rows()

    # -- the shape of the window -----------------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_width_class_changed(self, wide: bool) -> None:
        if self.kit.theme.percent < LARGE:
            self.detail.setFixedWidth(_SIDE if wide else _SIDE_NARROW)

    @Slot()
    def _on_neared_end(self) -> None:
        if len(self._rows or ()) == self._wanted:
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
