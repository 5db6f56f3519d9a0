# SPDX-License-Identifier: Apache-2.0
"""One panel for each place that logs come from: what to choose, and what can be fetched or recorded there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from firstlight.base.work import Work
from firstlight.capture import log_sources, logs
from firstlight.capture.log_buffer import LogBuffer
from firstlight.capture.ui.log_means import LogMeans
from firstlight.devices.device import Device, Mode
from firstlight.devices.errors import ToolMissing
from firstlight.devices.tool import Tool
from firstlight.kit.buttons import Button
from firstlight.kit.form import Field
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

TEXT = "text/plain"


class Panel(QWidget):
    """A row of fields and buttons, and a line of words.

    Signals: fetched(fetch(target, work=), name, media); recorded(source, name, follow); failed(error).
    """

    fetched = Signal(object, str, str)
    recorded = Signal(str, str, object)
    failed = Signal(object)

    def __init__(self, kit: Kit, means: LogMeans, hint: str) -> None:
        super().__init__()
        self.kit, self.means = kit, means
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        box.addLayout(self.row)
        self.hint = label(hint, "cap", tone="2")
        box.addWidget(self.hint)
        box.addStretch()  # panels differ in height; each begins at the top

    def look(self) -> None:
        """It is shown: ask who is there."""

    def add_button(self, words: str, icon: str, act: Callable[[], None]) -> Button:
        """A button at the end of the row."""
        button = Button(self.kit, words, icon=icon)
        button.clicked.connect(act)
        column = QVBoxLayout()
        column.addStretch()
        column.addWidget(button)
        self.row.addLayout(column)
        return button

    def stamped(self, stem: str, ending: str = "log") -> str:
        """A file name that says when."""
        return f"{stem}-{self.kit.now().astimezone():%H%M%S}.{ending}"


class _AdbPanel(Panel):
    def __init__(self, kit: Kit, means: LogMeans, hint: str) -> None:
        super().__init__(kit, means, hint)
        self.phone = QComboBox()
        self.phone.setMinimumWidth(kit.theme.px(240))
        self.row.addWidget(Field(self.tr("Phone"), self.phone), 1)
        self.buttons: tuple[Button, ...] = ()
        self._plain_hint = hint

    def look(self) -> None:
        """Ask which phones are started."""
        job = self.kit.jobs.start(lambda *, work: self.means.phones(work), lane="adb look", owner=self)
        job.finished.connect(self._on_phones)
        job.failed.connect(self.failed)

    @Slot(object)
    def _on_phones(self, phones: tuple[Device, ...]) -> None:
        chosen = self.phone.currentData()
        self.phone.clear()
        for phone in phones:
            if phone.mode in (Mode.SYSTEM, Mode.RECOVERY):
                self.phone.addItem(f"{phone.product or self.tr('Phone')}  {phone.serial[-4:]}", phone.address)
        self.phone.setCurrentIndex(max(0, self.phone.findData(chosen)))
        has_one = self.phone.count() > 0
        for button in self.buttons:
            button.setEnabled(has_one)
        nobody = self.tr("No started phone answers. Plug it in, unlock it, and allow USB debugging on its screen.")
        self.hint.setText(self._plain_hint if has_one else nobody)

    def _adb(self) -> tuple[Tool, str] | None:
        tool = self.means.adb()
        if tool is None:
            self.failed.emit(ToolMissing(tool="adb"))
            return None
        return tool, str(self.phone.currentData() or "")


class PhonePanel(_AdbPanel):
    """What the phone's log holds, and recording while the tester tests."""

    def __init__(self, kit: Kit, means: LogMeans) -> None:
        super().__init__(kit, means, "")
        self._plain_hint = self.tr("Record first, then use the phone. Press the button the moment it happens.")
        self.hint.setText(self._plain_hint)
        self.record = self.add_button(self.tr("Record while I test"), "circle", self._on_record)
        self.fetch = self.add_button(self.tr("Take what it holds"), "download-simple", self._on_fetch)
        self.buttons = (self.record, self.fetch)

    def _on_record(self) -> None:
        if found := self._adb():
            tool, serial = found

            def follow(buffer: LogBuffer, work: Work) -> None:
                log_sources.follow_logcat(tool, buffer, work, serial=serial)

            self.recorded.emit("phone", self.phone.currentText(), follow)

    def _on_fetch(self) -> None:
        if found := self._adb():
            tool, serial = found

            def fetch(target: Path, *, work: Work) -> None:
                target.write_bytes(logs.logcat(tool, work, serial=serial))

            self.fetched.emit(fetch, self.stamped("logcat"), TEXT)


class BugreportPanel(_AdbPanel):
    """Everything the phone can say of itself."""

    def __init__(self, kit: Kit, means: LogMeans) -> None:
        super().__init__(kit, means, "")
        self._plain_hint = self.tr(
            "It takes minutes and much of it is private. Lists of Wi-Fi networks near you are hidden; pictures and data files stay out."
        )
        self.hint.setText(self._plain_hint)
        self.fetch = self.add_button(self.tr("Make a bug report"), "file-zip", self._on_fetch)
        self.buttons = (self.fetch,)

    def _on_fetch(self) -> None:
        if found := self._adb():
            tool, serial = found

            def fetch(target: Path, *, work: Work) -> None:
                made = log_sources.bugreport(tool, target.with_name(f"{target.name}.parts"), work, serial=serial)
                made.replace(target)
                made.parent.rmdir()

            self.fetched.emit(fetch, self.stamped("bugreport", "zip"), "application/zip")


class RouterPanel(Panel):
    """What a router wrote, and what its kernel wrote."""

    def __init__(self, kit: Kit, means: LogMeans) -> None:
        super().__init__(kit, means, "")
        self.hint.setText(self.tr("The first time, Firstlight keeps the router's key; from then on only that router is asked."))
        self.address = QLineEdit("192.168.1.1")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.row.addWidget(Field(self.tr("Address"), self.address), 1)
        self.row.addWidget(Field(self.tr("Password, if it has one"), self.password), 1)
        self.logread = self.add_button(self.tr("Its log"), "router", lambda: self._on_fetch("logread"))
        self.dmesg = self.add_button(self.tr("Its kernel's log"), "terminal-window", lambda: self._on_fetch("dmesg"))

    def _on_fetch(self, what: str) -> None:
        address, password = self.address.text().strip(), self.password.text()

        def fetch(target: Path, *, work: Work) -> None:
            with self.means.router(address, password) as router:
                router.facts(work)
                target.write_bytes(log_sources.router_log(router, what, work))

        self.fetched.emit(fetch, self.stamped(what, "txt"), TEXT)


class SerialPanel(Panel):
    """A serial line is only listened to."""

    def __init__(self, kit: Kit, means: LogMeans) -> None:
        super().__init__(kit, means, "")
        self.port = QComboBox()
        self.port.setEditable(True)
        self.port.setMinimumWidth(kit.theme.px(240))
        self.speed = QComboBox()
        for speed in log_sources.SPEEDS:
            self.speed.addItem(str(speed), speed)
        self.row.addWidget(Field(self.tr("Port"), self.port), 1)
        self.row.addWidget(Field(self.tr("Speed"), self.speed))
        self.record = self.add_button(self.tr("Record while I test"), "circle", self._on_record)
        self.hint.setText(self.tr("Each line gets this PC's time. Nothing is ever written to the line."))

    def look(self) -> None:
        """Ask which ports this PC has."""
        job = self.kit.jobs.start(lambda *, work: self.means.ports(), lane="look", owner=self)
        job.finished.connect(self._on_ports)

    @Slot(object)
    def _on_ports(self, ports: tuple[tuple[str, str], ...]) -> None:
        typed = self.port.currentText()
        self.port.clear()
        for port, words in ports:
            self.port.addItem(port)
            self.port.setItemData(self.port.count() - 1, words)
        if typed:
            self.port.setCurrentText(typed)
        if (line := self.port.lineEdit()) is not None:
            line.setPlaceholderText("" if ports else self.tr("No port was found; plug the adapter in"))

    def _on_record(self) -> None:
        port, speed = self.port.currentText().strip(), int(self.speed.currentData())
        if not port:
            self.port.setFocus()
            return
        now = self.kit.now

        def follow(buffer: LogBuffer, work: Work) -> None:
            log_sources.follow_serial(port, speed, buffer, work, now=lambda: now().timestamp())

        self.recorded.emit("serial", port, follow)


class OwnPanel(Panel):
    """The program's own log."""

    def __init__(self, kit: Kit, means: LogMeans) -> None:
        super().__init__(kit, means, "")
        self.hint.setText(self.tr("What Firstlight itself did and met, the last 2 MB. It helps where the program is at fault."))
        self.fetch = self.add_button(self.tr("Take it"), "download-simple", self._on_fetch)
        self.row.addStretch()

    def _on_fetch(self) -> None:
        own = self.means.own_log

        def fetch(target: Path, *, work: Work) -> None:
            work.check()
            target.write_bytes(own())

        self.fetched.emit(fetch, self.stamped("firstlight"), TEXT)
