# SPDX-License-Identifier: Apache-2.0
"""The guide library: who is plugged in, what was begun, all guides as cards. Constructor:

    GuidesPage(kit, *, host: RunHost, library: Library, inventory: Inventory, account_id: Callable[[], int],
               is_online: Callable[[], bool | None])

`run_opened(run_id)`: show `run_pages.build(...)` for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Work
from firstlight.devices.device import Device
from firstlight.devices.inventory import Inventory
from firstlight.guides.document import picture
from firstlight.guides.library import Entry, Library
from firstlight.guides.state import RunState
from firstlight.guides.ui import library_words
from firstlight.guides.ui.carry_on_card import CarryOnCard
from firstlight.guides.ui.device_banner import DeviceBanner
from firstlight.guides.ui.guide_card import CardFacts, GuideCard
from firstlight.guides.ui.run_host import RunHost
from firstlight.kit import figures
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Banner, EmptyState
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.pages import Page
from firstlight_contract.actions import FastbootDevice
from firstlight_contract.guides import Guide
from firstlight_contract.wire import words_in

LOOK_EVERY_MS = 4000
CARD_WIDTH = 236


def fits(guide: Guide, device: Device) -> bool:
    """Whether a check of the guide asks for exactly this device's code name."""
    checks = [c for s in guide.steps for c in (*s.gate, *s.after) if isinstance(c, FastbootDevice)]
    return bool(device.product) and any(device.product in c.product for c in checks)


class GuidesPage(Page):
    """Signals: run_opened(str run_id)."""

    run_opened = Signal(str)

    def __init__(
        self,
        kit: Kit,
        *,
        host: RunHost,
        library: Library,
        inventory: Inventory,
        account_id: Callable[[], int],
        is_online: Callable[[], bool | None],
    ) -> None:
        super().__init__(kit, self.tr("Guides"))
        self._host = host
        self._library = library
        self._inventory = inventory
        self._account_id = account_id
        self._is_online = is_online
        self._entries: tuple[Entry, ...] = ()
        self._unfinished: tuple[RunState, ...] = ()
        self._devices: tuple[Device, ...] = ()
        self._kind = "all"
        self._only_fitting = False
        self._is_looking = False
        self._fetching = ""
        self.cards: list[GuideCard] = []
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
        self.header_right.addWidget(self.filter)
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
        head = QHBoxLayout()
        head.addWidget(label(self.tr("All guides"), "h2", wrap=False), 1)
        self._sorting = label(self.tr("Sorted by what fits your devices"), "cap", tone="2", wrap=False)
        head.addWidget(self._sorting)
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._empty = EmptyState(
            kit, "book-open", self.tr("No guides yet"), self.tr("Ask your maker, or open a guide file."), self._file_button()
        )
        self._none = EmptyState(
            kit, "magnifying-glass", self.tr("No guide matches"), self.tr("Try another word, or show all guides."), self._all_button()
        )
        self.body.addWidget(self.banner)
        self.body.addWidget(self.offline)
        self.body.addLayout(self._notes)
        self.body.addLayout(self._carry)
        self.body.addLayout(head)
        for widget in (self._grid_box, self._empty, self._none):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _file_button(self) -> Button:
        button = Button(self.kit, self.tr("Open a guide file"), icon="folder-open")
        button.clicked.connect(self._on_open_file)
        return button

    def _all_button(self) -> Button:
        button = Button(self.kit, self.tr("Show all guides"))
        button.clicked.connect(self._on_show_all)
        return button

    # Showing

    def shown(self) -> None:
        """Read the library again, and look who is plugged in from now on."""
        self._read_again()
        self._look()
        self._look_timer.start()

    def _read_again(self) -> None:
        job = self.kit.jobs.start(self._read, self._account_id(), lane="look", owner=self)
        job.finished.connect(self._on_read)
        job.failed.connect(self._on_failed)

    def _read(self, account_id: int, work: Work) -> tuple[tuple[Entry, ...], tuple[RunState, ...]]:
        return self._library.entries(account_id), self._host.unfinished(account_id)

    @Slot(object)
    def _on_read(self, found: tuple[tuple[Entry, ...], tuple[RunState, ...]]) -> None:
        self._entries, self._unfinished = found
        self._show_all()
        self._show_runs()

    def _show_all(self) -> None:
        here = [e for e in self._entries if e.is_offline]
        count = len(self._entries)
        text = self.tr("%n guides, {here} ready to use offline", "", count).format(here=len(here))
        self.set_subtitle(text if count else "")
        self.offline.setVisible(self._is_online() is False and any(not e.is_offline for e in self._entries))
        _clear(self._notes)
        self._show_device()
        self._show_cards()

    def _fits_any(self, entry: Entry) -> Device | None:
        return next((d for d in self._devices if fits(entry.guide, d)), None)

    def _show_device(self) -> None:
        self.banner.setVisible(bool(self._devices))
        if not self._devices:
            self._only_fitting = False
            return
        device = self._devices[0]
        fitting = [e for e in self._entries if fits(e.guide, device)]
        name = device.product
        if fitting:
            name = library_words.model(fitting[0].guide.for_.device[0])
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
        return sorted(found, key=lambda e: (self._fits_any(e) is None, not e.is_offline))

    @Slot()
    def _show_cards(self) -> None:
        entries = self._chosen()
        focused = next((c.facts.key for c in self.cards if c.hasFocus()), "")
        _clear(self._grid)
        self.cards = []
        for entry in entries:
            card = GuideCard(self.kit, self._facts(entry))
            card.clicked.connect(lambda _=False, entry=entry: self.open(entry))
            self.cards.append(card)
            if card.facts.key == focused:
                card.setFocus()
        self._place_cards()
        self._grid_box.setVisible(bool(entries))
        has_guides = bool(self._entries)
        self._empty.setVisible(not has_guides)
        self._none.setVisible(has_guides and not entries)

    def _place_cards(self) -> None:
        columns = self._columns()
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _columns(self) -> int:
        room = self.width() - 48
        return max(1, min(4 if room >= 1180 else 3, (room + 14) // (self.kit.theme.px(CARD_WIDTH) + 14)))

    def _facts(self, entry: Entry) -> CardFacts:
        guide = entry.guide
        level, level_name = library_words.level(guide.difficulty)
        device = self._fits_any(entry)
        blocked = self.tr("Needs the network once") if not entry.is_offline and self._is_online() is False else ""
        fetch = "" if entry.is_offline else self.tr("{size} to fetch").format(size=figures.size(entry.missing_bytes))
        if self._fetching == entry.slug:
            fetch = self.tr("Fetching")
        name = library_words.model(guide.for_.device[0])
        return CardFacts(
            key=entry.slug,
            title=words_in(guide.title, self.kit.language),
            meta=library_words.meta(guide),
            effect=library_words.effect(guide.effect),
            erases=library_words.erases(guide.effect),
            level=level,
            level_name=level_name,
            cover=entry.cover,
            fits=self.tr("Fits your {device}").format(device=name.removeprefix("Aurora ")) if device else "",
            to_fetch=fetch,
            blocked=blocked,
        )

    def _show_runs(self) -> None:
        _clear(self._carry)
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
        job = self.kit.jobs.start(self._inventory.devices, lane="look", owner=self)
        job.finished.connect(self._on_devices)
        job.ended.connect(self._on_looked)

    @Slot(object)
    def _on_devices(self, devices: tuple[Device, ...]) -> None:
        if devices != self._devices:
            self._devices = devices
            self._show_device()
            self._show_cards()

    @Slot()
    def _on_looked(self) -> None:
        self._is_looking = False

    # Acts of the tester

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
        _clear(self._notes)
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
        try:
            self.run_opened.emit(self._host.start(folder, self._account_id()))
        except FirstlightError as error:
            self._on_failed(error)

    @Slot(str)
    def _on_run_changed(self, _run_id: str) -> None:
        if self.isVisible():
            self._read_again()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """As many columns as there is place for."""
        super().resizeEvent(event)
        self._place_cards()

    def memo(self) -> dict[str, Any]:
        """What was searched and filtered."""
        return {"kind": self._kind, "search": self.search.text()}

    def restore(self, memo: dict[str, Any]) -> None:
        """The same search and filter again."""
        self._kind = str(memo.get("kind", "all"))
        self.filter.set_current(self._kind)
        self.search.setText(str(memo.get("search", "")))


def _clear(box: QVBoxLayout | QGridLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
