# SPDX-License-Identifier: Apache-2.0
"""The practice phone beside the player: what it is doing, and its cable to pull. It stands for the hands of the tester."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from firstlight.kit.buttons import Button
from firstlight.kit.frames import Card, IconLabel, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class PracticeFacts(Protocol):
    """What the panel reads of the phone."""

    @property
    def mode(self) -> str:
        """ "system", "bootloader", …"""

    @property
    def build(self) -> str:
        """The build that it starts."""

    @property
    def is_plugged(self) -> bool:
        """Whether the cable is in."""


class Practice(Protocol):
    """The practice phone, as the panel uses it."""

    def facts(self) -> PracticeFacts:
        """What it is doing."""

    def pull_cable(self) -> None:
        """Take the cable out now."""

    def plug_in(self) -> None:
        """Put it back in."""

    def into_bootloader(self) -> None:
        """Hold power and volume down."""


class PracticePanel(Card):
    """Drawn only when the run's device is a practice phone; `is_row` puts all of it in one line."""

    def __init__(self, kit: Kit, phone: Practice, *, is_row: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(12 if is_row else 14, 8, parent)
        self._phone = phone
        self.setProperty("card", "sunken")
        self._tag = Tag("", "", kit=kit)
        self._words = label("", "cap", tone="2")
        self.cable_button = Button(kit, self.tr("Pull the cable"), icon="plug", size="small")
        self.cable_button.clicked.connect(self._on_cable)
        self.keys_button = Button(kit, self.tr("Hold the keys"), size="small", kind="link")
        self.keys_button.setToolTip(self.tr("Holds power and volume down, so that it starts its bootloader"))
        self.keys_button.clicked.connect(self._call(phone.into_bootloader))
        head, below = QHBoxLayout(), QHBoxLayout()
        for row in (head, below):
            row.setSpacing(8)
            self.box.addLayout(row)
        head.addWidget(IconLabel(kit, "device-mobile", "text", 18))
        head.addWidget(label(self.tr("Practice phone"), "smallstrong", wrap=False), 0 if is_row else 1)
        if is_row:
            head.addWidget(self._tag)
            head.addWidget(self._words, 1)
            head.addWidget(self.keys_button)
            head.addWidget(self.cable_button)
            self.box.removeItem(below)
        else:
            head.addWidget(self._tag)
            self.box.insertWidget(1, self._words)
            below.addWidget(self.cable_button)
            below.addWidget(self.keys_button)
            below.addStretch(1)
        self._tick = QTimer(self)
        self._tick.setInterval(700)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the phone again."""
        facts = self._phone.facts()
        self._tag.set_text(self.tr("cable in") if facts.is_plugged else self.tr("cable out"))
        modes = {
            "bootloader": self.tr("In its bootloader, build {build}."),
            "system": self.tr("Started, build {build}."),
            "fastbootd": self.tr("In its fastboot mode, build {build}."),
            "recovery": self.tr("In its recovery, build {build}."),
            "sideload": self.tr("Waits for an update package."),
            "starting": self.tr("Starting."),
        }
        self._words.setText(modes.get(facts.mode, self.tr("Switched off.")).format(build=facts.build))
        self.cable_button.setText(self.tr("Pull the cable") if facts.is_plugged else self.tr("Plug it in"))
        self.keys_button.setVisible(facts.mode == "system" and facts.is_plugged)

    @Slot()
    def _on_cable(self) -> None:
        if self._phone.facts().is_plugged:
            self._phone.pull_cable()
        else:
            self._phone.plug_in()
        self.refresh()

    def _call(self, act: Callable[[], None]) -> Callable[[], None]:
        def call() -> None:
            act()
            self.refresh()

        return call
