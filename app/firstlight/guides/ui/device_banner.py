# SPDX-License-Identifier: Apache-2.0
"""Who is plugged in, above the guides: the device's own facts, and how many guides fit it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from firstlight.devices.device import Device, Mode
from firstlight.kit.buttons import Button
from firstlight.kit.frames import IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class DeviceBanner(QFrame):
    """Signals: only_these_asked(bool)."""

    only_these_asked = Signal(bool)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setProperty("banner", "ok")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(IconLabel(kit, "device-mobile", "ok", 20))
        self._bold = label("", "smallstrong", wrap=False)
        self._words = label("", "small", tone="2")
        row.addWidget(self._bold)
        row.addWidget(self._words, 1)
        self.only_button = Button(kit, self.tr("Show only these"), size="small")
        self.only_button.setCheckable(True)
        self.only_button.toggled.connect(self._on_toggled)
        row.addWidget(self.only_button)

    def show_device(self, device: Device, name: str, fitting: int, others: int) -> None:
        """Facts of the device, as it told them; `others` are further devices that answer."""
        practice = device.is_practice
        self._bold.setText((self.tr("Practice {name} is plugged in.") if practice else self.tr("{name} is plugged in.")).format(name=name))
        parts = [self.tr("serial ends in {tail}").format(tail=device.tail)]
        if device.build:
            parts.append(self.tr("build {build}").format(build=device.build))
        if device.battery is not None:
            parts.append(self.tr("battery {level} %").format(level=device.battery))
        if device.mode is Mode.UNAUTHORISED:
            parts.append(self.tr("allow this PC on its screen"))
        if others:
            parts.append(self.tr("%n more answer", "", others))
        facts = self.tr(", ").join(parts)
        fit = self.tr("%n guides fit it.", "", fitting) if fitting else self.tr("No guide fits it.")
        self._words.setText(self.tr("{facts}. {fit}").format(facts=facts[:1].upper() + facts[1:], fit=fit))
        self.only_button.setVisible(fitting > 0)
        self.setAccessibleName(f"{self._bold.text()} {self._words.text()}")

    def _on_toggled(self, is_on: bool) -> None:
        self.only_button.setText(self.tr("Show all") if is_on else self.tr("Show only these"))
        self.only_these_asked.emit(is_on)
