# SPDX-License-Identifier: Apache-2.0
"""Devices: who is plugged in and what they say of themselves, what this PC lacks, and devices to practise on.

Constructor: DevicesPage(kit, *, look, start, stop, offers, naming). `look` reads everything in the background; nothing is asked while
the page is not in view. With `naming` the tester can name routers, which no cable tells of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.devices.address import parse
from firstlight.devices.device import Device, Kind
from firstlight.devices.host.preflight import HostRow
from firstlight.devices.named import Met
from firstlight.devices.ui.device_rows import DeviceRow, SilentRow
from firstlight.devices.ui.device_words import DeviceWords
from firstlight.devices.ui.practice_card import PracticeDevices, Running
from firstlight.devices.ui.router_dialog import Naming, RouterDialog
from firstlight.kit.buttons import Button
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Card, IconLabel, Separator
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.kit.pages import Page

LOOK_EVERY_MS = 5_000
SIDE, SIDE_NARROW = 320, 300
LARGE = 150


@dataclass(frozen=True)
class Seen:
    """What one look found."""

    devices: tuple[Device, ...]
    pc: tuple[HostRow, ...]
    running: tuple[Running, ...]
    named: tuple[Met, ...] = ()


class DevicesPage(Page):
    """Signals: guides_asked(Device): show the guides that fit it."""

    guides_asked = Signal(object)

    def __init__(
        self,
        kit: Kit,
        *,
        look: Callable[..., Seen],
        start: Callable[..., None],
        stop: Callable[..., None],
        offers: tuple[tuple[Kind, tuple[str, ...]], ...],
        naming: Naming | None = None,
    ) -> None:
        super().__init__(kit, self.tr("Devices"), self.tr("What is plugged in, and devices to practise on"))
        self._look_fn, self._start_fn, self._stop_fn = look, start, stop
        self._naming = naming
        self.dialog: RouterDialog | None = None
        self._words = DeviceWords()
        self._looking: Job | None = None
        self._busy: frozenset[Kind] = frozenset()
        self._shows_hidden = False
        self.seen: Seen | None = None
        again = Button(kit, self.tr("Look again"), icon="arrow-clockwise")
        again.clicked.connect(self._on_again)
        self.header_right.addWidget(again)
        if naming is not None:
            self.add_button = Button(kit, self.tr("Add a router"), icon="plus")
            self.add_button.clicked.connect(lambda: self._open_dialog())
            self.header_right.addWidget(self.add_button)
        self._notes = QVBoxLayout()
        self.body.addLayout(self._notes)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(16)
        self._plugged = Card(16, 12)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._plugged.box.addWidget(label(self.tr("Plugged in"), "h2"))
        self._plugged.box.addLayout(self._list)
        self._list.addWidget(label(self.tr("Asking who is there"), "small", tone="2"))
        left.addWidget(self._plugged)
        self._pc = Card(16, 10)
        self._pc.box.addWidget(label(self.tr("This PC"), "h2"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._pc.box.addLayout(self._rows)
        self._pc.hide()
        left.addWidget(self._pc)
        left.addStretch(1)
        self._columns.addLayout(left, 1)
        self.practice = PracticeDevices(kit, offers)
        self.practice.start_asked.connect(self._on_start)
        self.practice.stop_asked.connect(self._on_stop)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.practice)
        column.addStretch(1)
        self._side = side
        self._columns.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.width_class_changed.connect(self._on_width)
        self._on_width(self.wide)

    # -- looking ---------------------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        """Look now, and again now and then while the page is in view."""
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Ask nobody while nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Ask who is there; one question at a time."""
        if self._looking is not None:
            return
        self._looking = self.kit.jobs.start(self._look_fn, lane="devices.look", owner=self)
        self._looking.finished.connect(self._on_seen)
        self._looking.failed.connect(self._show_error)
        self._looking.ended.connect(self._on_looked)

    @Slot()
    def _on_looked(self) -> None:
        self._looking = None

    @Slot(object)
    def _on_seen(self, seen: Seen) -> None:
        self.practice.show_running(seen.running, self._busy)
        if self.seen is not None and _facts(seen) == _facts(self.seen):
            self.seen = seen
            return  # nothing moved: what has the keyboard keeps it
        self.seen = seen
        self._show_devices(seen)
        self._show_pc(seen.pc)

    # -- showing ---------------------------------------------------------------------------------------------------------------

    def _show_devices(self, seen: Seen) -> None:
        clear(self._list)
        offered = [d for d in seen.devices if not d.why_hidden]
        hidden = [d for d in seen.devices if d.why_hidden]
        rows: list[QWidget] = [self._device(d, seen) for d in offered]
        rows += [self._silent(met) for met in seen.named if met.device is None]
        for at, row in enumerate(rows or [self._nothing()]):
            if at:
                self._list.addWidget(Separator())
            self._list.addWidget(row)
        if hidden:
            self._list.addWidget(Separator())
            self._list.addWidget(self._hidden(hidden))

    def _device(self, device: Device, seen: Seen) -> QWidget:
        is_named = any(met.address == device.where for met in seen.named)
        row = DeviceRow(self.kit, device, self._words, is_named=is_named)
        row.guides_asked.connect(lambda: self.guides_asked.emit(device))
        row.forget_asked.connect(lambda: self._forget(device.where))
        return row

    def _silent(self, met: Met) -> QWidget:
        row = SilentRow(self.kit, met, self._words)
        row.again_asked.connect(lambda: self._open_dialog(met.address))
        row.forget_asked.connect(lambda: self._forget(met.address))
        return row

    def _nothing(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(IconLabel(self.kit, "plugs", "text-3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for text, role in (
            (self.tr("Nothing is plugged in"), "strong"),
            (
                self.tr(
                    "A phone shows here once USB debugging is on: Settings, About phone, seven taps on the build number, then Developer options. A cable that only charges does not count."
                ),
                "small",
            ),
        ):
            made = label(text, role, tone="" if role == "strong" else "2")
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(made)
        return box

    def _hidden(self, hidden: list[Device]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        words = self.tr("Hide the disks of this PC") if self._shows_hidden else self.tr("My card is not listed")
        toggle = Button(self.kit, words, kind="link", size="small")
        toggle.clicked.connect(self._on_hidden_toggled)
        row = QHBoxLayout()
        row.addWidget(toggle)
        row.addStretch(1)
        column.addLayout(row)
        if self._shows_hidden:
            column.addWidget(label(self.tr("These disks are never written, each for its reason:"), "cap", tone="2"))
            for device in hidden:
                line = self.tr("{disk}: {why}").format(disk=self._words.disk(device), why=self._words.hidden(device.why_hidden))
                column.addWidget(label(line, "small"))
        return box

    @Slot()
    def _on_hidden_toggled(self) -> None:
        self._shows_hidden = not self._shows_hidden
        if self.seen is not None:
            self._show_devices(self.seen)

    def _show_pc(self, rows: tuple[HostRow, ...]) -> None:
        clear(self._rows)
        self._pc.setVisible(bool(rows))
        for row in rows:
            found, advice = self._words.row(row)
            icon, role = ("check-circle", "ok") if row.ok else ("warning", "warn") if row.ok is False else ("info", "info")
            line = QWidget()
            box = QHBoxLayout(line)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(10)
            box.addWidget(IconLabel(self.kit, icon, role, 18), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label(found, "small"))
            if advice:
                words.addWidget(label(advice, "cap", tone="2"))
            box.addLayout(words, 1)
            self._rows.addWidget(line)

    # -- named routers ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_again(self) -> None:
        if self._naming is not None:
            self._naming.ask_anew()
        self.look()

    def _open_dialog(self, known: str = "") -> None:
        if self._naming is None:
            return
        self.dialog = RouterDialog(self.kit, self._naming, known=known, parent=self)
        self.dialog.added.connect(self._on_added)
        self.dialog.finished.connect(self._on_dialog_closed)
        self.dialog.open()

    @Slot(object)
    def _on_added(self, device: Device) -> None:
        self.kit.toasts.show(self.tr("{name} is added. Guides find it now.").format(name=self._words.name(device)), None, 5)
        self.look()

    @Slot()
    def _on_dialog_closed(self) -> None:
        self.dialog = None

    def _forget(self, address: str) -> None:
        if self._naming is None:
            return
        job = self.kit.jobs.start(self._naming.forget, parse(address), lane="devices.add", owner=self)
        job.failed.connect(self._show_error)
        job.ended.connect(self.look)

    # -- practice --------------------------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_start(self, kind: Kind, faults: tuple[str, ...]) -> None:
        self._change(kind, self._start_fn, kind, faults)

    @Slot(object)
    def _on_stop(self, kind: Kind) -> None:
        self._change(kind, self._stop_fn, kind)

    def _change(self, kind: Kind, fn: Callable[..., None], *args: Any) -> None:
        self._show_error(None)
        self._busy |= {kind}
        self.practice.row(kind).switch.setEnabled(False)
        job = self.kit.jobs.start(fn, *args, lane="practice", owner=self)
        job.failed.connect(self._show_error)
        job.ended.connect(lambda: self._on_changed(kind))

    def _on_changed(self, kind: Kind) -> None:
        self._busy -= {kind}
        self.practice.row(kind).switch.setEnabled(True)
        self.look()

    @Slot(object)
    def _show_error(self, error: FirstlightError | None) -> None:
        clear(self._notes)
        if error is not None:
            self._notes.addWidget(ErrorCard(self.kit, error))

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        is_stacked = self.kit.theme.percent >= LARGE
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight)
        if not is_stacked:
            self._side.setFixedWidth(SIDE if wide else SIDE_NARROW)


def _facts(seen: Seen) -> tuple[object, ...]:
    """What the list shows of a look, to be compared with the one before."""
    named = tuple((m.address, m.device, m.error.code if m.error else "") for m in seen.named)
    return (seen.devices, seen.pc, named)
