# SPDX-License-Identifier: Apache-2.0
"""The rows of the list of devices: one that answers, and one that the tester named and that does not answer now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.devices.device import Device, Kind, Mode
from firstlight.devices.named import Met
from firstlight.devices.ui.device_words import ICONS, DeviceWords
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.frames import IconLabel, Tag
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class _Row(QWidget):
    """Signals: forget_asked(), guides_asked(), again_asked()."""

    forget_asked = Signal()
    guides_asked = Signal()
    again_asked = Signal()

    def __init__(self, kit: Kit, icon: str, role: str) -> None:
        super().__init__()
        self.kit = kit
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(IconLabel(kit, icon, role, 24), 0, Qt.AlignmentFlag.AlignTop)
        self.words = QVBoxLayout()
        self.words.setSpacing(2)
        self._row.addLayout(self.words, 1)

    def add(self, button: Button, spoken: str) -> None:
        """A button at the end; `spoken` says for which device."""
        button.setAccessibleName(spoken)
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def add_forget(self, name: str) -> None:
        """For those that were named."""
        forget = Button(self.kit, self.tr("Forget"), kind="link", size="small")
        forget.clicked.connect(self.forget_asked)
        self.add(forget, self.tr("Forget {name}").format(name=name))


class DeviceRow(_Row):
    """One that answers."""

    def __init__(self, kit: Kit, device: Device, words: DeviceWords, *, is_named: bool) -> None:
        super().__init__(kit, ICONS[device.kind], "accent-text")
        name = words.name(device)
        title = QHBoxLayout()
        title.setSpacing(8)
        is_practice = device.is_practice or device.model == "practice card"
        title.addWidget(label(name, "strong", wrap=not is_practice), 0 if is_practice else 1)
        if is_practice:
            title.addWidget(Tag(self.tr("practice"), "accent"))
            title.addStretch(1)
        self.words.addLayout(title)
        facts = words.facts(device)
        if facts:
            self.words.addWidget(label(facts, "small", tone="2"))
        if is_named or device.kind is Kind.RECOVERY:
            self.words.addWidget(label(words.where(device.where), "cap", tone="2"))
        advice = words.help(device)
        if advice:
            self.words.addWidget(label(advice, "small", tone="warn"))
        if is_named:
            self.add_forget(name)
        if device.mode in (Mode.UNAUTHORISED, Mode.OFFLINE):
            return  # what it is, only it can tell
        guides = Button(kit, self.tr("Guides for it"), icon="book-open", size="small")
        guides.clicked.connect(self.guides_asked)
        self.add(guides, self.tr("Guides for {name}").format(name=name))


class SilentRow(_Row):
    """One that was named and cannot be used as it is."""

    def __init__(self, kit: Kit, met: Met, words: DeviceWords) -> None:
        kind = words.kind_at(met.address)
        super().__init__(kit, ICONS[kind], "text-3")
        where = words.where(met.address)
        self.words.addWidget(label(words.kind(kind), "strong"))
        self.words.addWidget(label(where, "cap", tone="2"))
        if met.error is not None:
            said = explain(met.error)
            self.words.addWidget(label(said.happened, "small", tone="warn"))
        self.add_forget(where)
        again = Button(kit, self.tr("Connect"), size="small")
        again.clicked.connect(self.again_asked)
        self.add(again, self.tr("Connect to {name}").format(name=where))
