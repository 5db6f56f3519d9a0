# SPDX-License-Identifier: Apache-2.0
"""All guides as cards, as many beside each other as there is place for; and what is said when there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from firstlight.devices.device import Device
from firstlight.guides.library import Entry
from firstlight.guides.ui import library_words
from firstlight.guides.ui.guide_card import CardFacts, GuideCard
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.frames import EmptyState
from firstlight.kit.kit import Kit
from firstlight_contract.guides import Guide
from firstlight_contract.verbs.android import AdbDevice, FastbootDevice
from firstlight_contract.verbs.router import SshBoard
from firstlight_contract.wire import words_in

CARD_WIDTH = 236
GAP = 14


def fits(guide: Guide, device: Device) -> bool:
    """Whether a check of the guide asks for exactly this device's code name."""
    named = {name for s in guide.steps for c in (*s.gate, *s.after) for name in _names(c)}
    return bool(device.product) and device.product in named


def _names(check: object) -> tuple[str, ...]:
    """The code names that a check asks for: a phone's product, a router's board."""
    if isinstance(check, FastbootDevice | AdbDevice):
        return tuple(check.product)
    return tuple(check.is_) if isinstance(check, SshBoard) else ()


class CardGrid(QWidget):
    """Signals: opened(Entry), file_asked(), all_asked()."""

    opened = Signal(object)
    file_asked = Signal()
    all_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.cards: list[GuideCard] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._cells = QWidget()
        self._grid = QGridLayout(self._cells)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        file_button = Button(kit, self.tr("Open a guide file"), icon="folder-open")
        file_button.clicked.connect(self.file_asked)
        all_button = Button(kit, self.tr("Show all guides"))
        all_button.clicked.connect(self.all_asked)
        self._empty = EmptyState(kit, "book-open", self.tr("No guides yet"), self.tr("Ask your maker, or open a guide file."), file_button)
        nothing = self.tr("Try another word, or show all guides.")
        self._none = EmptyState(kit, "magnifying-glass", self.tr("No guide matches"), nothing, all_button)
        for widget in (self._cells, self._empty, self._none):
            widget.setVisible(False)  # until the library was read
            box.addWidget(widget)

    def show_entries(
        self, entries: list[Entry], devices: tuple[Device, ...], *, has_guides: bool, fetching: str, is_online: bool | None
    ) -> None:
        """These cards, in this order; `fetching` is the slug of the guide that is on its way. The focus stays where it was."""
        focused = next((c.facts.key for c in self.cards if c.hasFocus()), "")
        clear(self._grid)
        self.cards = []
        for entry in entries:
            device = next((d for d in devices if fits(entry.guide, d)), None)
            card = GuideCard(self._kit, self._facts(entry, device, is_fetching=entry.slug == fetching, is_online=is_online))
            card.clicked.connect(lambda _=False, entry=entry: self.opened.emit(entry))
            self.cards.append(card)
        self._place()
        for card in self.cards:
            if card.facts.key == focused:
                card.setFocus()
        self._cells.setVisible(bool(entries))
        self._empty.setVisible(not has_guides)
        self._none.setVisible(has_guides and not entries)

    def _facts(self, entry: Entry, device: Device | None, *, is_fetching: bool, is_online: bool | None) -> CardFacts:
        guide, language = entry.guide, self._kit.language
        level, level_name = library_words.level(guide.difficulty)
        to_fetch = "" if entry.is_offline else self.tr("{size} to fetch").format(size=figures.size(entry.missing_bytes))
        name = library_words.model(guide.device).removeprefix("Aurora ")
        return CardFacts(
            key=entry.slug,
            title=words_in(guide.title, language),
            meta=library_words.meta(guide),
            effect=library_words.effect(guide),
            erases=library_words.erases(guide.effect),
            level=level,
            level_name=level_name,
            cover=entry.cover,
            fits=self.tr("Fits your {device}").format(device=name) if device else "",
            to_fetch=self.tr("Fetching") if is_fetching else to_fetch,
            blocked=self.tr("Needs the network once") if not entry.is_offline and is_online is False else "",
        )

    def _place(self) -> None:
        most = 4 if self.width() >= 1180 else 3
        columns = max(1, min(most, (self.width() + GAP) // (self._kit.theme.px(CARD_WIDTH) + GAP)))
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """As many columns as there is place for."""
        super().resizeEvent(event)
        self._place()


def clear(box: QVBoxLayout | QGridLayout) -> None:
    """Take all widgets out; a click on one of them may still be under way, so they go later."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
