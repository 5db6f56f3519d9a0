# SPDX-License-Identifier: Apache-2.0
"""Devices to practise on: switch one on, choose what goes wrong, and flash it like a real one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from firstlight.devices.device import Kind
from firstlight.devices.ui.device_words import ICONS, DeviceWords
from firstlight.kit.buttons import Button, IconButton, Switch
from firstlight.kit.frames import Card, IconLabel, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label


@dataclass(frozen=True)
class Running:
    """A practice device that is on: where it answers, as `--device` takes it, and its faults."""

    kind: Kind
    addresses: tuple[str, ...]
    faults: tuple[str, ...] = ()


class PracticeRow(QWidget):
    """One kind. Signals: switched(bool), fault_chosen(str name or "")."""

    switched = Signal(bool)
    fault_chosen = Signal(str)

    def __init__(self, kit: Kit, kind: Kind, names: tuple[str, ...]) -> None:
        super().__init__()
        self._kit = kit
        self._words = DeviceWords()
        self._addresses: tuple[str, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(IconLabel(kit, ICONS[kind], "text-2", 20))
        name = self._words.kind(kind)
        top.addWidget(label(name, "smallstrong"), 1)
        self.switch = Switch(kit, self.tr("Practice device: {name}").format(name=name))
        self.switch.toggled.connect(self.switched)
        top.addWidget(self.switch)
        box.addLayout(top)
        self.fault_button = Button(kit, self._words.fault(""), icon="caret-down", kind="link", size="small", trailing=True)
        self.fault_button.setMenu(self._menu(names))
        below = QHBoxLayout()
        below.setContentsMargins(30, 0, 0, 0)
        below.addWidget(self.fault_button)
        below.addStretch()
        box.addLayout(below)
        self._where = QWidget()
        line = QHBoxLayout(self._where)
        line.setContentsMargins(30, 0, 0, 0)
        line.setSpacing(4)
        self._address = ElidedLabel("", "mono", mode="middle")
        line.addWidget(self._address, 1)
        copy = IconButton(kit, "copy", self.tr("Copy the address of: {name}").format(name=name), size="small")
        copy.clicked.connect(self._on_copy)
        line.addWidget(copy)
        self._where.hide()
        box.addWidget(self._where)

    def _menu(self, names: tuple[str, ...]) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[str, QAction] = {}
        for name in ("", *names):
            action = QAction(self._words.fault(name), menu)
            action.setCheckable(True)
            action.setChecked(not name)
            action.triggered.connect(lambda _=False, name=name: self.fault_chosen.emit(name))
            group.addAction(action)
            menu.addAction(action)
            self._actions[name] = action
        return menu

    def show_running(self, running: Running | None, fault: str, *, is_busy: bool) -> None:
        """On or off, with which fault, where."""
        self.switch.blockSignals(True)
        self.switch.setChecked(running is not None)
        self.switch.blockSignals(False)
        self.switch.setEnabled(not is_busy)
        self.fault_button.setText(self._words.fault(fault))
        if fault in self._actions:
            self._actions[fault].setChecked(True)
        self._addresses = running.addresses if running else ()
        self._address.setText("  ".join(self._addresses))
        self._where.setVisible(bool(self._addresses))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(" ".join(f"--device {address}" for address in self._addresses))
        self._kit.toasts.show(self.tr("The address is copied, as guides take it on the command line."), None, 4)


class PracticeDevices(Card):
    """All kinds. Signals: start_asked(Kind, tuple of fault names), stop_asked(Kind)."""

    start_asked = Signal(object, object)
    stop_asked = Signal(object)

    def __init__(self, kit: Kit, offers: tuple[tuple[Kind, tuple[str, ...]], ...]) -> None:
        super().__init__(16, 12)
        self.box.addWidget(label(self.tr("Practise first"), "h2"))
        self.box.addWidget(
            label(
                self.tr("These devices exist in this program alone. They answer like real ones and nothing of yours can break."),
                "cap",
                tone="2",
            )
        )
        self._rows: dict[Kind, PracticeRow] = {}
        self._faults: dict[Kind, str] = {}
        for kind, names in offers:
            row = PracticeRow(kit, kind, names)
            row.switched.connect(lambda on, kind=kind: self._on_switched(kind, on))
            row.fault_chosen.connect(lambda name, kind=kind: self._on_fault(kind, name))
            self._rows[kind] = row
            self.box.addWidget(Separator())
            self.box.addWidget(row)

    def show_running(self, running: tuple[Running, ...], busy: frozenset[Kind]) -> None:
        """What is on."""
        by_kind = {r.kind: r for r in running}
        for kind, row in self._rows.items():
            found = by_kind.get(kind)
            if found is not None:
                self._faults[kind] = found.faults[0].partition(":")[0] if found.faults else ""
            row.show_running(found, self._faults.get(kind, ""), is_busy=kind in busy)

    def row(self, kind: Kind) -> PracticeRow:
        """The row of a kind."""
        return self._rows[kind]

    def _on_switched(self, kind: Kind, on: bool) -> None:
        if on:
            self._start(kind)
        else:
            self.stop_asked.emit(kind)

    def _on_fault(self, kind: Kind, name: str) -> None:
        self._faults[kind] = name
        if self._rows[kind].switch.isChecked():
            self._start(kind)
        else:
            self._rows[kind].show_running(None, name, is_busy=False)

    def _start(self, kind: Kind) -> None:
        name = self._faults.get(kind, "")
        self.start_asked.emit(kind, (name,) if name else ())
