# SPDX-License-Identifier: Apache-2.0
"""How would you like to start? The three ways in as cards, what each still lacks, and what the tester wishes in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from firstlight.account.ui.code_entry import CodeEntry
from firstlight.account.ui.way_card import WayCard
from firstlight.kit.form import Field
from firstlight.kit.frames import IconLabel, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class SignInWish(NamedTuple):
    """What the tester chose: `code` is "" for a programme joined before; `session_only` keeps the key off the key ring."""

    hub: str
    code: str
    session_only: bool = False


class Ways(NamedTuple):
    """What the welcome page may ask of the core. Each blocks and takes `work`; `sign_in` also gets `show_address(str)`."""

    look_up: Callable[..., Any]
    sign_in: Callable[..., Any]
    start_demo: Callable[..., Any] | None


class WaysIn(QWidget):
    """One card per way; the chosen one is open. `way` is "code", "hub" or "demo".

    Signals: changed() whenever another way or other words stand there, entered() by Return in a field.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, kit: Kit, ways: Ways, hub: str) -> None:
        super().__init__()
        self.way = "code"
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(label(self.tr("How would you like to start?"), "smallstrong"))
        self._entry = CodeEntry(kit, ways.look_up, hub)
        self._hub = QLineEdit(hub)
        self._hub.setPlaceholderText("https://hub.example")
        self._cards = self._make_cards(kit, has_demo=ways.start_demo is not None)
        for key, card in self._cards.items():
            card.chosen.connect(lambda key=key: self.choose(key))
            box.addWidget(card)
        box.addSpacing(2)
        box.addLayout(self._hint(kit))
        self._entry.changed.connect(self._on_code_changed)
        self._entry.entered.connect(self.entered)
        self._hub.returnPressed.connect(self.entered)
        self._hub.textChanged.connect(self.changed)

    def _make_cards(self, kit: Kit, *, has_demo: bool) -> dict[str, WayCard]:
        cards = {
            "code": WayCard(
                kit,
                self.tr("I have an invite code (F-code)"),
                self.tr("From the maker’s letter, e-mail or the slip in your kit box."),
                self._entry,
                is_chosen=True,
            ),
            "hub": WayCard(
                kit,
                self.tr("Sign in to a programme I already joined"),
                self.tr("Enter the address of the maker’s hub."),
                Field(self.tr("Address of the maker’s hub"), self._hub),
            ),
        }
        if has_demo:
            cards["demo"] = WayCard(
                kit,
                self.tr("Try it on this computer"),
                self.tr(
                    "Starts a small private hub here with sample builds, guides and testers. No account of a maker, nothing leaves this computer."
                ),
                None,
                tag=Tag(self.tr("about 100 MB")),
            )
        return cards

    def _hint(self, kit: Kit) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(kit, "lock-key", "text-2", 16), 0, Qt.AlignmentFlag.AlignTop)
        words = self.tr(
            "Your web browser opens for sign-in, so Firstlight never sees your password. The key it gets back is stored in your system’s key ring."
        )
        row.addWidget(label(words, "cap", tone="2"), 1)
        return row

    def choose(self, way: str) -> None:
        """Open the card of `way`, close the others."""
        self.way = way
        for key, card in self._cards.items():
            card.set_chosen(key == way)
        self.changed.emit()

    @Slot()
    def _on_code_changed(self) -> None:
        self.choose("code")

    def why_not(self) -> str:
        """What must be there before the chosen way can be gone; "" when all is."""
        if self.way == "code" and not self._entry.is_filled:
            return self.tr("F-code and address first")
        if self.way == "hub" and not self._hub.text().strip():
            return self.tr("The hub’s address comes first")
        return ""

    def wish(self) -> SignInWish:
        """Whom to sign in to, and by which code."""
        if self.way == "code":
            return SignInWish(self._entry.hub, self._entry.code)
        return SignInWish(self._hub.text().strip(), "")

    def fill(self, code: str, hub: str) -> None:
        """Put in a code and its hub, the latter for both ways of signing in."""
        self._entry.fill(code, hub)
        self._hub.setText(hub)

    def has_programme(self) -> bool:
        """Whether the F-code was looked up and its programme is shown."""
        return self._entry.has_programme

    def memo(self) -> dict[str, Any]:
        """What was typed."""
        code, code_hub = self._entry.memo()
        return {"way": self.way, "code": code, "code_hub": code_hub, "hub": self._hub.text()}

    def restore(self, memo: dict[str, Any]) -> None:
        """What `memo` gave."""
        self._entry.fill(str(memo.get("code", "")), str(memo.get("code_hub", "")))
        self._hub.setText(str(memo.get("hub", "")))
        way = str(memo.get("way", "code"))
        self.choose(way if way in self._cards else "code")
