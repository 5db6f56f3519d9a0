# SPDX-License-Identifier: Apache-2.0
"""A step of a run stopped: the fact, the device asked now, what to do next (safest first), the last of the journal. Constructor:

    FailurePage(kit, *, host: RunHost, run_id: str)

Nothing is sent from here: the report is ready, and the tester looks it over first.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.guides.state import Fact, Failure, WayOn
from firstlight.guides.ui import deed_words, durations, kind_words, rescue_way
from firstlight.guides.ui.announce import announce
from firstlight.guides.ui.failure_words import as_error
from firstlight.guides.ui.practice_panel import PracticePanel
from firstlight.guides.ui.report_context import ReportContext
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage
from firstlight.guides.ui.run_report import files_of
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.frames import Banner, Card, Chip, IconLabel, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight_contract.wire import words_in

FEW_LINES, LAST_LINES = 5, 10
"""Of the journal: few where the ways on and the practice phone take the place."""


class FailurePage(RunPage):
    """Signals: those of RunPage."""

    stage = Stage.FAILURE

    def __init__(self, kit: Kit, *, host: RunHost, run_id: str) -> None:
        super().__init__(kit, host, run_id)
        self._ways_shown: tuple[WayOn, ...] = ()
        self._facts_shown: object = ()
        self._rescue = rescue_way.find(host, run_id)
        self._device = Chip(kit, "", icon=kind_words.icon(self.state), kind="warn")
        self.top_right.addWidget(self._device)
        self._build_columns()
        self._build_actions()
        host.facts_changed.connect(self._on_run_changed)
        host.busy_changed.connect(self._on_run_changed)
        self.refresh()
        QTimer.singleShot(0, self, self._ask)

    # Building

    def _build_columns(self) -> None:
        """Side by side; below each other where the text is large."""
        main, side = self._build_main(), self._build_side()
        if self.is_large:
            column = QWidget()
            below = QVBoxLayout(column)
            below.setContentsMargins(0, 0, 14, 0)
            below.setSpacing(0)
            below.addWidget(main)
            side.setContentsMargins(14, 0, 0, 0)
            below.addWidget(side)
            self.columns.addWidget(self._scrolled(column), 1)
            return
        self.columns.addWidget(self._scrolled(main), 1)
        area = self._scrolled(side)
        area.setFixedWidth(396)
        self.columns.addWidget(area)
        self.width_class_changed.connect(lambda wide: area.setFixedWidth(396 if wide else 330))

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area switched it on
        return area

    def _build_main(self) -> QWidget:
        kit, failure = self.kit, self.state.failure
        main = QWidget()
        box = QVBoxLayout(main)
        box.setContentsMargins(24, 16, 10, 16)
        box.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        plate = QFrame()
        plate.setFixedSize(52, 52)
        plate.setProperty("banner", "warn")
        inside = QHBoxLayout(plate)
        inside.setContentsMargins(11, 11, 11, 11)
        inside.addWidget(IconLabel(kit, "warning", "warn", 28))
        side = QVBoxLayout()
        side.addWidget(plate)
        side.addStretch(1)
        head.addLayout(side)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._headline = label("", "page")
        self._told = label("", "lead", tone="2")
        words.addWidget(self._headline)
        words.addWidget(self._told)
        for ask in failure.ask if failure else ():
            words.addWidget(label(words_in(ask, kit.language), "lead", tone="2"))
        head.addLayout(words, 1)
        box.addLayout(head)
        phone = self.host.practice_for(self.run_id)
        self.practice = PracticePanel(kit, phone, is_row=True) if phone is not None else None
        if self.practice is not None:
            box.addWidget(self.practice)
        self._ways = Card(0, 0)
        box.addWidget(self._ways)
        self._journal = Card(16, 4)
        box.addWidget(self._journal)
        box.addStretch(1)
        return main

    def _build_side(self) -> QWidget:
        kit = self.kit
        side = QWidget()
        box = QVBoxLayout(side)
        box.setContentsMargins(10, 16, 24, 16)
        box.setSpacing(12)
        device = Card(16, 0)
        model = "" if kind_words.name(self.state) else deed_words.device_name(self.state)
        head = QHBoxLayout()
        head.addWidget(
            ElidedLabel(self.tr("Your {device} right now").format(device=model) if model else self.tr("The device right now"), "h2"),
            1,
        )
        self.ask_button = Button(kit, self.tr("Ask again"), kind="link", size="small")
        self.ask_button.clicked.connect(self._ask)
        head.addWidget(self.ask_button)
        device.box.addLayout(head)
        device.box.addSpacing(8)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(0)
        device.box.addLayout(self._facts)
        device.box.addSpacing(8)
        self._leave = Banner(kit, "info", kind_words.leave_it(self.state))
        device.box.addWidget(self._leave)
        box.addWidget(device)
        box.addWidget(self._build_report())
        box.addStretch(1)
        return side

    def _build_report(self) -> Card:
        kit = self.kit
        card = Card(16, 8)
        card.box.addWidget(label(self.tr("Tell the team"), "h2"))
        card.box.addWidget(
            label(self.tr("A report is ready and not sent. You look over every file before anything leaves this PC."), "cap", tone="2")
        )
        for path, lines in files_of(self.player):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel(kit, "terminal-window" if path.suffix == ".log" else "file-text", "text-2", 18))
            row.addWidget(ElidedLabel(path.name, "capstrong", mode="middle"), 1)
            row.addWidget(label(self.tr("%n lines", "", lines), "cap", tone="2", wrap=False))
            card.box.addLayout(row)
        self.report_button = Button(kit, self.tr("Look it over and send"))
        self.report_button.clicked.connect(self.ask_report)
        card.box.addWidget(self.report_button)
        return card

    def _build_actions(self) -> None:
        kit = self.kit
        self.save_button = Button(kit, self.tr("Save the journal as a file"), icon="floppy-disk")
        self.save_button.clicked.connect(self._on_save)
        self.action_bar.addWidget(self.save_button)
        safe = QHBoxLayout()
        safe.setSpacing(8)
        safe.addWidget(IconLabel(kit, "check-circle", "text-2", 16))
        safe.addWidget(label(self.tr("You can close Firstlight. It comes back to this page."), "cap", tone="2"), 1)
        self.action_bar.addLayout(safe, 1)

    # Showing

    def refresh(self) -> None:
        """Show the failure and the device as they are known now."""
        state, failure = self.state, self.state.failure
        self.set_title(words_in(state.guide.title, self.kit.language), deed_words.subtitle(state))
        self._device.setVisible(state.device is not None)
        if state.device is not None:
            self._device.set_text(f"{deed_words.device_name(state)} · {state.device.tail}")
        if failure is None:
            return
        said = explain(as_error(failure))
        headline = self._headline_for(failure)
        if headline != self._headline.text():
            self._headline.setText(headline)
            self._told.setText(said.text)
            self._told.setToolTip(said.code)
            announce(self, f"{headline}. {said.text}", is_urgent=True)
            self._show_journal(failure)
        self._show_facts()
        self._show_ways()

    def _headline_for(self, failure: Failure) -> str:
        if failure.code == "cancelled":
            return kind_words.gave_up(self.state)
        if failure.part and failure.total:
            return kind_words.stopped(self.state, failure.percent, failure.part)
        title = words_in(self.state.step(failure.step_id).step.title, self.kit.language)
        return self.tr("Stopped at: {step}").format(step=title)

    def _ways_on(self) -> tuple[WayOn, ...]:
        ways = self.player.ways_on()
        return self._rescue.among(ways, self.kit.language) if self._rescue is not None else ways

    def _show_ways(self) -> None:
        ways = self._ways_on()
        is_busy = self.host.is_busy(self.run_id)
        if ways != self._ways_shown:
            self._ways_shown = ways
            _clear(self._ways.box)
            head = QHBoxLayout()
            head.setContentsMargins(16, 14, 16, 10)
            head.addWidget(label(self.tr("What to do next"), "h2", wrap=False), 1)
            head.addWidget(label(self.tr("Safest first"), "cap", tone="2", wrap=False))
            self._ways.box.addLayout(head)
            self.way_buttons = [self._way_row(way, is_best=at == 0) for at, way in enumerate(ways)]
            if self.way_buttons and not self.isVisible():
                QTimer.singleShot(0, self, lambda: self.way_buttons[0].setFocus())
        for made in self.way_buttons:
            made.setEnabled(not is_busy)

    def _way_row(self, way: WayOn, *, is_best: bool) -> Button:
        kit, language = self.kit, self.kit.language
        self._ways.box.addWidget(Separator())
        row = QFrame()
        row.setObjectName("way")
        if is_best:
            row.setStyleSheet(f"#way {{ background: {kit.theme.hex('accent-soft')}; border: 0; }}")
        box = QHBoxLayout(row)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(14)
        icon = {"again": "arrow-clockwise", "back": "arrow-counter-clockwise", "later": "hourglass-medium"}.get(way.id, "lifebuoy")
        plate = QFrame()
        plate.setObjectName("plate")
        plate.setFixedSize(40, 40)
        plate.setStyleSheet(f"#plate {{ background: {kit.theme.hex('accent' if is_best else 'sunken')}; border: 0; border-radius: 10px; }}")
        inside = QHBoxLayout(plate)
        inside.setContentsMargins(9, 9, 9, 9)
        inside.addWidget(IconLabel(kit, icon, "on-accent" if is_best else "text-2", 22))
        box.addWidget(plate)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(words_in(way.title, language), "strong"))
        words.addWidget(label(words_in(way.text, language), "small", tone="2"))
        if way.erases:
            loses = self._rescue.loses if self._rescue is not None and way.id == rescue_way.ID else self.tr("Erases the device")
            words.addWidget(label(loses, "smallstrong", tone="danger"))
        box.addLayout(words, 1)
        button = Button(kit, words_in(way.button, language), kind="primary" if is_best else "", size="large" if is_best else "")
        button.clicked.connect(lambda _=False, way=way: self._on_way(way))
        box.addWidget(button)
        self._ways.box.addWidget(row)
        return button

    def _show_facts(self) -> None:
        facts = self.host.facts(self.run_id)
        is_asking = self.host.is_asking(self.run_id)
        self.ask_button.setEnabled(not is_asking and not self.host.is_busy(self.run_id))
        self.ask_button.setText(self.tr("Asking") if is_asking else self.tr("Ask again"))
        if (facts, is_asking) == self._facts_shown:
            return
        self._facts_shown = (facts, is_asking)
        _clear(self._facts)
        answers = next((fact.ok for fact in facts if fact.id == "answers"), None)
        self._leave.set_text(kind_words.leave_it(self.state, answers=answers))
        if not facts:
            words = self.tr("Asking the device") if is_asking else self.tr("Not asked yet")
            self._facts.addWidget(label(words, "small", tone="2"))
        for fact in facts:
            self._facts.addWidget(Separator())
            self._facts.addWidget(self._fact_row(fact))

    def _fact_row(self, fact: Fact) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 6, 0, 6)
        box.setSpacing(10)
        icon, role = {True: ("check-circle", "ok"), False: ("warning-circle", "warn"), None: ("question", "text-3")}[fact.ok]
        box.addWidget(IconLabel(self.kit, icon, role, 18))
        title = words_in(fact.title, self.kit.language)
        value = words_in(fact.value, self.kit.language) or self.tr("Not known")
        name = label(title, "small", tone="2")
        name.setFixedWidth(self.kit.theme.px(104))
        box.addWidget(name)
        box.addWidget(label(value, "smallstrong"), 1)
        row.setAccessibleName(f"{title}: {value}")
        return row

    def _show_journal(self, failure: Failure) -> None:
        _clear(self._journal.box)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("The last minute in the journal"), "h2", wrap=False), 1)
        self.journal_button = Button(self.kit, self.tr("Open the whole journal"), kind="link", size="small")
        self.journal_button.clicked.connect(self._on_open)
        head.addWidget(self.journal_button)
        self._journal.box.addLayout(head)
        lines = FEW_LINES if self.practice is not None or len(self._ways_on()) > 2 else LAST_LINES
        for line in self.host.console(self.run_id)[-lines:]:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(label(durations.to_the_second(line.at), "mono", tone="3", wrap=False))
            tone = {"warn": "warn", "error": "danger", "ok": "ok"}.get(line.tone, "2")
            row.addWidget(ElidedLabel(line.text, "mono", tone=tone), 1)
            self._journal.box.addLayout(row)
        if not self.host.console(self.run_id):
            words = self.tr("Stopped at {time}. The journal on this PC has every command.").format(time=figures.clock(failure.at))
            self._journal.box.addWidget(label(words, "small", tone="2"))

    def report_context(self) -> ReportContext:
        """The report begins with the fact."""
        return replace(super().report_context(), title=self._headline.text(), text=self._told.text())

    # Acts of the tester

    @Slot()
    def _ask(self) -> None:
        self.host.ask_facts(self.run_id)

    def _on_way(self, way: WayOn) -> None:
        if way.id == "later":
            self.back_requested.emit()
        elif way.id == rescue_way.ID and self._rescue is not None:
            self._on_rescue(self._rescue)
        else:
            self.host.take_way(self.run_id, way.id)

    def _on_rescue(self, rescue: rescue_way.Rescue) -> None:
        """A run of the guide that leads back; its player opens."""
        try:
            self.run_opened.emit(rescue.begin(self.host, self.state.account_id))
        except FirstlightError as error:
            self.kit.toasts.show(explain(error).text)

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.host.journal(self.run_id))))

    @Slot()
    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the journal as a file"), "flash-journal.jsonl")
        if not name:
            return
        try:
            Path(name).write_bytes(self.host.journal(self.run_id).read_bytes())
        except OSError as error:
            self.kit.toasts.show(
                self.tr("The file could not be written ({why}). The journal is still kept here.").format(why=error.strerror)
            )
            return
        self.kit.toasts.show(self.tr("Journal saved"))


def _clear(box: QVBoxLayout | QHBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            _clear(inner)
