# SPDX-License-Identifier: Apache-2.0
"""Settings of the line to the hub: pause, pace, networks that cost money, the USB stick, notices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from firstlight.base.settings import Settings
from firstlight.kit.buttons import Button, Segmented, Switch
from firstlight.kit.kit import Kit
from firstlight.shell.settings_card import SettingsCard

PACES = (0, 128, 512, 2048)
"""KiB a second; 0 is as fast as it goes."""
BIG = (1, 5, 20, 100)
"""MB: larger files wait for a free network."""


class SendingCard(SettingsCard):
    """Signals: changed(str field, object value), save_asked(), bring_asked()."""

    changed = Signal(str, object)
    save_asked = Signal()
    bring_asked = Signal()

    def __init__(self, kit: Kit, settings: Settings) -> None:
        super().__init__(self.tr("Sending"))
        self._kit = kit
        pause = Switch(kit, self.tr("Pause sending"), settings.pause_sending)
        pause.toggled.connect(lambda on: self.changed.emit("pause_sending", on))
        self.row(
            self.tr("Pause sending"),
            self.tr("What you write stays here and keeps its order. News of the hub still come."),
            pause,
        )
        pace = self._choice(self.tr("Pace"), PACES, settings.upload_kib_s, self._pace)
        pace.chosen.connect(lambda key: self.changed.emit("upload_kib_s", int(key)))
        self.row(self.tr("Pace"), self.tr("The most that sending takes of your line. Holds at once, also in the middle of a file."), pace)
        metered = Segmented(
            kit,
            (("system", self.tr("As the system says")), ("yes", self.tr("Metered")), ("no", self.tr("Free"))),
            settings.metered,
            name=self.tr("This network is"),
        )
        metered.chosen.connect(lambda key: self.changed.emit("metered", key))
        self.row(
            self.tr("This network is"),
            self.tr("On a metered network, words and small files go out and large files wait."),
            metered,
        )
        big = self._choice(self.tr("A file is large from"), BIG, settings.big_file_mb, self._megabytes)
        big.chosen.connect(lambda key: self.changed.emit("big_file_mb", int(key)))
        self.row(self.tr("A file is large from"), self.tr("Each file of a report can also be sent or held back by itself."), big)
        self.row(
            self.tr("USB stick"),
            self.tr("Without any network: save what waits, and let another PC’s Firstlight or the team bring it. Nothing arrives twice."),
            self._stick(),
        )
        quiet = Switch(kit, self.tr("No notices of the system"), settings.quiet)
        quiet.toggled.connect(lambda on: self.changed.emit("quiet", on))
        self.row(
            self.tr("No notices of the system"),
            self.tr("Answers, fixes and badges are then said in this window alone."),
            quiet,
        )

    def _choice(self, name: str, values: tuple[int, ...], now: int, words: object) -> Segmented:
        nearest = min(values, key=lambda value: abs(value - now))
        assert callable(words)
        return Segmented(self._kit, tuple((str(value), words(value)) for value in values), str(nearest), name=name)

    def _pace(self, kib: int) -> str:
        if not kib:
            return self.tr("As it goes")
        return self.tr("{count} KB/s").format(count=kib) if kib < 1024 else self.tr("{count} MB/s").format(count=kib // 1024)

    def _megabytes(self, count: int) -> str:
        return self.tr("{count} MB").format(count=count)

    def _stick(self) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        save = Button(self._kit, self.tr("Save to a stick"), icon="usb")
        save.clicked.connect(self.save_asked)
        bring = Button(self._kit, self.tr("Bring from a stick"))
        bring.clicked.connect(self.bring_asked)
        row.addWidget(save)
        row.addWidget(bring)
        return both
