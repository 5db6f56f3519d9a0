# SPDX-License-Identifier: Apache-2.0
"""The guide library: who is plugged in, what was begun, all guides as cards. Constructor:

    GuidesPage(kit, *, host: RunHost, library: Library, look: Callable[..., tuple[Device, ...]], account_id: Callable[[], int],
               is_online: Callable[[], bool | None])

`run_opened(run_id)`: show `run_pages.build(...)` for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.devices.device import Device, Kind
from firstlight.guides.document import picture
from firstlight.guides.library import Entry, Library
from firstlight.guides.state import RunState
from firstlight.guides.ui import library_words
from firstlight.guides.ui.card_grid import CardGrid, clear, fits
from firstlight.guides.ui.carry_on_card import CarryOnCard
from firstlight.guides.ui.device_banner import DeviceBanner
from firstlight.guides.ui.guide_card import GuideCard
from firstlight.guides.ui.run_host import RunHost
from firstlight.kit.buttons import Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Banner
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.pages import Page

LOOK_EVERY_MS = 4000
SLOW_MS = 400
"""A disk that takes longer is told of: the page would stand empty."""
LARGE = 150
"""From this size of text on, the filter stands below the header."""


class GuidesPage(Page):
    """Signals: run_opened(str run_id)."""

    run_opened = Signal(str)

    def __init__(
        self,
        kit: Kit,
        *,
        host: RunHost,
        library: Library,
        look: Callable[..., tuple[Device, ...]],
        account_id: Callable[[], int],
        is_online: Callable[[], bool | None],
    ) -> None:
        super().__init__(kit, self.tr("Guides"))
        self._host = host
        self._library = library
        self._ask_devices = look
        self._account_id = account_id
        self._is_online = is_online
        self._entries: tuple[Entry, ...] = ()
        self._unfinished: tuple[RunState, ...] = ()
        self._devices: tuple[Device, ...] = ()
        self._first = ""
        """Serial number of the device that the tester came from; its guides come first."""
        self._kind = "all"
        self._only_fitting = False
        self._is_looking = False
        self._has_read = False
        self._fetching = ""
        self._build_header()
        self._build_body()
        host.run_changed.connect(self._on_run_changed)
        host.finished.connect(self._on_run_changed)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(LOOK_EVERY_MS)
        self._look_timer.timeout.connect(self._look)

    # Building

    def _build_header(self) -> None:
        kit = self.kit
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search guides"))
        self.search.setAccessibleName(self.tr("Search guides"))
        self.search.setToolTip(self.tr("Search guides (Ctrl F)"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(kit.icons.icon("magnifying-glass", "text-3", 16), QLineEdit.ActionPosition.LeadingPosition)
        for inner in self.search.findChildren(QToolButton):
            inner.setAccessibleName(self.tr("Clear the search"))
            inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.search.setFixedWidth(kit.theme.px(200))
        self.search.textChanged.connect(self._show_cards)
        self.filter = Segmented(
            kit,
            (
                ("all", self.tr("All")),
                ("phones", self.tr("Phones")),
                ("routers", self.tr("Routers")),
                ("assembly", self.tr("Assembly")),
                ("rescue", self.tr("Rescue")),
            ),
            "all",
            name=self.tr("Which guides"),
        )
        self.filter.chosen.connect(self._on_kind)
        self.header_right.addWidget(self.search)
        if kit.theme.percent < LARGE:
            self.header_right.addWidget(self.filter)
        else:
            self.body.addWidget(self.filter)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.activated.connect(self.search.setFocus)

    def _build_body(self) -> None:
        kit = self.kit
        self.body.setSpacing(14)
        self.banner = DeviceBanner(kit)
        self.banner.setVisible(False)
        self.banner.only_these_asked.connect(self._on_only_fitting)
        self.offline = Banner(
            kit,
            "info",
            self.tr("Guides on this PC work fully. The others can be fetched when you are back online."),
            bold=self.tr("You are offline."),
            icon="cloud-slash",
        )
        self.offline.setVisible(False)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(10)
        self._carry = QVBoxLayout()
        self._carry.setSpacing(10)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label(self.tr("All guides"), "h2", wrap=False), 1)
        self._sorting = label(self.tr("Sorted by what fits your devices"), "cap", tone="2", wrap=False)
        head.addWidget(self._sorting)
        self._head.setVisible(False)
        self._reading = label(self.tr("Reading the guides on this PC"), "small", tone="2", wrap=False)
        self._reading.setVisible(False)
        self.grid = CardGrid(kit)
        self.grid.opened.connect(self.open)
        self.grid.file_asked.connect(self._on_open_file)
        self.grid.all_asked.connect(self._on_show_all)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.offline)
        self.body.addLayout(self._notes)
        self.body.addLayout(self._carry)
        self.body.addWidget(self._reading)
        self.body.addWidget(self._head)
        self.body.addWidget(self.grid)
        self.body.addStretch(1)

    # Showing

    def shown(self) -> None:
        """Read the library again, and look who is plugged in from now on."""
        self._read_again()
        QTimer.singleShot(SLOW_MS, self, lambda: self._reading.setVisible(not self._has_read))
        self._look()
        self._look_timer.start()

    def _read_again(self) -> None:
        clear(self._notes)
        job = self.kit.jobs.start(self._read, self._account_id(), lane="look", owner=self)
        job.finished.connect(self._on_read)
        job.failed.connect(self._on_failed)

    def _read(self, account_id: int, work: Work) -> tuple[tuple[Entry, ...], tuple[RunState, ...]]:
        return self._library.entries(account_id), self._host.unfinished(account_id)

    @Slot(object)
    def _on_read(self, found: tuple[tuple[Entry, ...], tuple[RunState, ...]]) -> None:
        self._entries, self._unfinished = found
        self._has_read = True
        self._reading.setVisible(False)
        self._show_all()
        self._show_runs()

    def _show_all(self) -> None:
        here = [e for e in self._entries if e.is_offline]
        count = len(self._entries)
        text = self.tr("%n guides, {here} ready to use offline", "", count).format(here=len(here))
        self.set_subtitle(text if count else "")
        self.offline.setVisible(self._is_online() is False and any(not e.is_offline for e in self._entries))
        self._show_device()
        self._show_cards()

    @property
    def cards(self) -> list[GuideCard]:
        """The cards that are shown, first to last."""
        return self.grid.cards

    def _fits_any(self, entry: Entry) -> Device | None:
        return next((d for d in self._devices if fits(entry.guide, d)), None)

    def _show_device(self) -> None:
        self.banner.setVisible(bool(self._devices))
        if not self._devices:
            self._only_fitting = False
            return
        device = self._devices[0]
        fitting = [e for e in self._entries if fits(e.guide, device)]
        name = device.model if device.kind is not Kind.PHONE and device.model else device.product
        if fitting:
            name = library_words.model(fitting[0].guide.device)
        self.banner.show_device(device, name, len(fitting), len(self._devices) - 1)

    def _chosen(self) -> list[Entry]:
        found = []
        for entry in self._entries:
            if not library_words.is_of(entry.guide, self._kind):
                continue
            if self._only_fitting and self._fits_any(entry) is None:
                continue
            if library_words.matches(entry.guide, self.search.text(), self.kit.language):
                found.append(entry)
        return sorted(found, key=self._rank)

    def _rank(self, entry: Entry) -> tuple[bool, bool, int]:
        """What fits a device comes first, of that what is here, of that the shortest; the others stay as they are."""
        is_fit = self._fits_any(entry) is not None
        return not is_fit, not entry.is_offline, entry.guide.minutes if is_fit else 0

    @Slot()
    def _show_cards(self) -> None:
        if not self._has_read:
            return
        chosen = self._chosen()
        self._head.setVisible(bool(chosen))
        self._sorting.setVisible(bool(self._devices))
        self.grid.show_entries(
            chosen,
            self._devices,
            has_guides=bool(self._entries),
            fetching=self._fetching,
            is_online=self._is_online(),
        )

    def _show_runs(self) -> None:
        clear(self._carry)
        for state in self._unfinished[:3]:
            card = CarryOnCard(self.kit, state, picture(state.folder, state.guide.cover) if state.guide.cover else None)
            card.opened.connect(self.run_opened)
            card.given_up.connect(self._on_give_up)
            self._carry.addWidget(card)

    # Devices

    @Slot()
    def _look(self) -> None:
        # A device that is being written has no ear for questions, and a page nobody sees asks none.
        if self._is_looking or not self.isVisible() or self._host.is_any_busy:
            return
        self._is_looking = True
        job = self.kit.jobs.start(self._ask_devices, lane="look", owner=self)
        job.finished.connect(self._on_devices)
        job.ended.connect(self._on_looked)

    @Slot(object)
    def _on_devices(self, devices: tuple[Device, ...]) -> None:
        devices = tuple(sorted((d for d in devices if not d.why_hidden), key=lambda d: d.serial != self._first))
        if devices != self._devices:
            self._devices = devices
            self._show_device()
            self._show_cards()

    @Slot()
    def _on_looked(self) -> None:
        self._is_looking = False

    # Acts of the tester

    def show_fitting(self, device: Device) -> None:
        """The guides for this device alone."""
        self._first = device.serial
        self._devices = (device, *(d for d in self._devices if d.serial != device.serial))
        self._show_device()
        self.banner.only_button.setChecked(any(fits(e.guide, device) for e in self._entries))
        self._show_cards()

    def open(self, entry: Entry) -> None:
        """Carry on with an unfinished run of this guide, else start one; fetch the guide first when it is not here."""
        for state in self._unfinished:
            if state.guide.id == entry.slug:
                self.run_opened.emit(state.run_id)
                return
        if not entry.is_offline:
            self._fetch(entry, then_open=True)
            return
        self._start(entry.folder)

    def _fetch(self, entry: Entry, *, then_open: bool = False) -> None:
        if self._fetching:
            return
        clear(self._notes)
        self._fetching = entry.slug
        job = self.kit.jobs.start(self._library.fetch, self._account_id(), entry, lane="net", owner=self)

        def fetched(new: Entry) -> None:
            self._entries = tuple(new if e.slug == new.slug else e for e in self._entries)
            if then_open and new.is_offline:
                self._fetching = ""
                self.open(new)

        job.finished.connect(fetched)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_fetched)
        self._show_cards()

    @Slot()
    def _on_fetched(self) -> None:
        self._fetching = ""
        self._show_all()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        clear(self._notes)
        self._notes.addWidget(ErrorCard(self.kit, error, kind="warn"))

    @Slot(str)
    def _on_give_up(self, run_id: str) -> None:
        self._host.give_up(run_id)
        self._read_again()
        self.kit.toasts.show(self.tr("Given up. Photos and notes stay on this PC."))

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._show_cards()

    @Slot(bool)
    def _on_only_fitting(self, is_on: bool) -> None:
        self._only_fitting = is_on
        self._show_cards()

    @Slot()
    def _on_show_all(self) -> None:
        self._kind = "all"
        self.filter.set_current("all")
        self.search.clear()
        self.banner.only_button.setChecked(False)
        self._show_cards()

    @Slot()
    def _on_open_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a guide file"), "", "guide.yaml (guide.yaml)")
        if not name:
            return
        self._start(Path(name).parent)

    def _start(self, folder: Path) -> None:
        clear(self._notes)
        try:
            self.run_opened.emit(self._host.start(folder, self._account_id()))
        except FirstlightError as error:
            self._on_failed(error)

    @Slot(str)
    def _on_run_changed(self, _run_id: str) -> None:
        if self.isVisible():
            self._read_again()

    def memo(self) -> dict[str, Any]:
        """What was searched and filtered."""
        return {"kind": self._kind, "search": self.search.text()}

    def restore(self, memo: dict[str, Any]) -> None:
        """The same search and filter again."""
        self._kind = str(memo.get("kind", "all"))
        self.filter.set_current(self._kind)
        self.search.setText(str(memo.get("search", "")))
