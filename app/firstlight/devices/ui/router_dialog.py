# SPDX-License-Identifier: Apache-2.0
"""Name a router: one that runs by its address and password, one that no longer starts by the adapter it hangs on and its MAC."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from firstlight.base.errors import BadInput, FirstlightError
from firstlight.devices.address import Address, Way, parse
from firstlight.devices.errors import HostKeyChanged
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.form import Field
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear

RUNS, BROKEN = "runs", "broken"
ASKS, WAITS = "asks", "waits"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]{0,60}")
_APART = re.compile(r"[\s:.-]+")
_MAC = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Adapter:
    """A network adapter of this PC that a router may hang on; `ip` "" when it has no IPv4 address yet."""

    name: str
    ip: str
    is_wireless: bool = False


@dataclass(frozen=True)
class Naming:
    """What the window does for the page: `add(address, password, work=)` asks and keeps, and answers with the device; `forget` and
    `forget_key` take an address and `work=`; `adapters` are those of this PC now; `ask_anew` drops what was answered before.
    """

    add: Callable[..., object]
    forget: Callable[..., None]
    forget_key: Callable[..., None]
    adapters: Callable[[], tuple[Adapter, ...]]
    ask_anew: Callable[[], None]


class RouterDialog(QDialog):
    """Closes by itself once the router answered. Signals: added(Device).

    `known` is an address that was named before: its password is asked for again.
    """

    added = Signal(object)

    def __init__(self, kit: Kit, naming: Naming, *, known: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit, self._naming = kit, naming
        self._job: Job | None = None
        self.setWindowTitle(self.tr("Add a router"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._inner = QWidget()
        box = QVBoxLayout(self._inner)
        box.setContentsMargins(24, 20, 24, 14)
        box.setSpacing(14)
        box.addWidget(label(self.tr("Add a router"), "title"))
        self.which = Segmented(
            kit,
            ((RUNS, self.tr("It runs")), (BROKEN, self.tr("It no longer starts"))),
            RUNS,
            name=self.tr("How the router is"),
        )
        self.which.chosen.connect(self._show_which)
        box.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        self._runs = self._build_runs()
        self._broken = self._build_broken()
        box.addWidget(self._runs)
        box.addWidget(self._broken)
        self._notes = QVBoxLayout()
        box.addLayout(self._notes)
        box.addStretch(1)
        # At 200 % it is higher than the window: what is asked scrolls, the buttons stay.
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)  # the scroll area switched it on
        outer.addWidget(self._area, 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(24, 0, 24, 20)
        self._state = label("", "small", tone="2")
        foot.addWidget(self._state, 1)
        cancel = Button(kit, self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot.addWidget(cancel)
        self.add_button = Button(kit, self.tr("Connect"), kind="primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._on_add)
        foot.addWidget(self.add_button)
        outer.addWidget(self._foot)
        self.finished.connect(self._stop)
        self._show_which(RUNS)
        if known:
            self._show_known(parse(known))

    def _build_runs(self) -> QWidget:
        panel, box = _panel()
        self.address = QLineEdit()
        self.address.setPlaceholderText("192.168.1.1")
        self.address_field = Field(
            self.tr("Address"),
            self.address,
            self.tr("As its own web page has it. Another port or user than 22 and root: name@192.168.1.1:2222"),
        )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        box.addWidget(self.address_field)
        box.addWidget(
            Field(
                self.tr("Password"),
                self.password,
                self.tr("It stays in memory until Firstlight ends and is written nowhere. Leave it empty when the router has none."),
            )
        )
        return panel

    def _build_broken(self) -> QWidget:
        panel, box = _panel()
        self.adapter = QComboBox()
        self._fill_adapters()
        self.adapter_field = Field(
            self.tr("Adapter that it hangs on"),
            self.adapter,
            self.tr("By cable, and nothing else on that cable: no switch, no other router."),
        )
        if self.adapter.currentIndex() < 0:
            self.adapter.setPlaceholderText(self.tr("None can be used"))
            self.adapter_field.set_hint(self._no_adapter(), "warn")
        self.mac = QLineEdit()
        self.mac.setPlaceholderText("02:0f:1a:00:9a:2e")
        self.mac_field = Field(self.tr("Its MAC"), self.mac, self.tr("The twelve digits on its label; no other device is served."))
        self.mode = QComboBox()
        self.mode.addItem(self.tr("It asks this PC for its image"), ASKS)
        self.mode.addItem(self.tr("It waits at an address of its own"), WAITS)
        self.ip = QLineEdit()
        self.ip_field = Field(self.tr("Address"), self.ip)
        self.mode.currentIndexChanged.connect(self._show_mode)
        box.addWidget(self.adapter_field)
        box.addWidget(self.mac_field)
        box.addWidget(Field(self.tr("How it gets the image"), self.mode, self.tr("The guide says which of both, most routers ask.")))
        box.addWidget(self.ip_field)
        self._show_mode()
        return panel

    def _fill_adapters(self) -> None:
        model = self.adapter.model()
        for found in self._naming.adapters():
            if not found.ip:
                text = self.tr("{name}: no address yet").format(name=found.name)
            elif found.is_wireless:
                text = self.tr("{name}, {ip}: Wi-Fi, no rescue goes over it").format(name=found.name, ip=found.ip)
            else:
                text = self.tr("{name}, {ip}").format(name=found.name, ip=found.ip)
            # A name with spaces (Windows has such) stands in no address; the adapter's own address does as well.
            self.adapter.addItem(text, found.name if _NAME.fullmatch(found.name) else found.ip)
            if isinstance(model, QStandardItemModel) and (not found.ip or found.is_wireless):
                model.item(self.adapter.count() - 1).setEnabled(False)
        usable = (at for at in range(self.adapter.count()) if self._is_usable(at))
        self.adapter.setCurrentIndex(next(usable, -1))

    def _no_adapter(self) -> str:
        return self.tr("No adapter of this PC has a cable and an address. Plug the cable in first.")

    def _is_usable(self, at: int) -> bool:
        return bool(self.adapter.model().flags(self.adapter.model().index(at, 0)) & Qt.ItemFlag.ItemIsEnabled)

    def _show_known(self, known: Address) -> None:
        if known.way is Way.SSH:
            self.address.setText(known.where.removeprefix("root@").removesuffix(":22"))
            self.password.setFocus()
            return
        where, *rest = known.where.split(",")
        told = dict(word.partition("=")[::2] for word in rest)
        self.which.set_current(BROKEN)
        self._show_which(BROKEN)
        self.adapter.setCurrentIndex(self.adapter.findData(where))
        self.mac.setText(told.get("mac", ""))
        self.mode.setCurrentIndex(1 if "router" in told else 0)
        self.ip.setText(told.get("router", told.get("lease", "")))

    # -- showing ---------------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _show_which(self, which: str) -> None:
        clear(self._notes)
        self._runs.setVisible(which == RUNS)
        self._broken.setVisible(which == BROKEN)
        self.add_button.setText(self.tr("Connect") if which == RUNS else self.tr("Add"))
        (self.address if which == RUNS else self.mac).setFocus()
        self._fit()

    def _fit(self) -> None:
        """As high as what is shown now, and no higher than the window behind it or the screen."""
        room = self._room()
        width = min(self._kit.theme.px(560), room.width())
        self.setMinimumWidth(width)
        self.resize(width, self.height())
        inner = self._inner.layout()
        if inner is None:
            return
        for _ in range(2):  # a label that wraps tells its height once it has its width
            inner.activate()
            wanted = max(inner.heightForWidth(width), inner.sizeHint().height() if not inner.hasHeightForWidth() else 0)
            self.resize(width, min(wanted + self._foot.sizeHint().height(), room.height()))

    @Slot()
    def _show_notes(self) -> None:
        self._fit()
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())

    def _room(self) -> QSize:
        behind = self.parentWidget()
        if behind is not None:
            return behind.window().size() - QSize(32, 32)
        return self.screen().availableSize()

    @Slot()
    def _show_mode(self) -> None:
        waits = self.mode.currentData() == WAITS
        self.ip.setPlaceholderText("192.168.0.86" if waits else "192.168.1.1")
        hint = (
            self.tr("Where it waits, as the guide says")
            if waits
            else self.tr("Which one it is given. Leave it empty for the first of the adapter's network.")
        )
        self.ip_field.set_hint(hint)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Fonts are known now, and a moment later how high their lines are."""
        super().showEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    # -- acts of the tester ------------------------------------------------------------------------------------------------

    @Slot()
    def _on_add(self) -> None:
        if self._job is not None:
            return
        clear(self._notes)
        address = self._running() if self._runs.isVisibleTo(self) else self._waiting()
        if address is not None:
            self._start(self._naming.add, address, self.password.text() if address.way is Way.SSH else "")

    def _running(self) -> Address | None:
        text = self.address.text().strip().removeprefix("ssh:").removeprefix("//")
        try:
            found = parse(f"ssh:{text}")
        except BadInput:
            self._refuse(self.address_field, self.tr("This is no address. One looks like 192.168.1.1 or openwrt.lan."))
            return None
        self.address_field.set_hint("")
        return found

    def _waiting(self) -> Address | None:
        where = str(self.adapter.currentData() or "")
        if not where:
            self._refuse(self.adapter_field, self._no_adapter())
            return None
        digits = _APART.sub("", self.mac.text().lower())
        if not _MAC.fullmatch(digits):
            self._refuse(self.mac_field, self.tr("A MAC has twelve digits from 0 to f, such as 02:0f:1a:00:9a:2e."))
            return None
        self.mac_field.set_hint("")
        words = [where, "mac=" + ":".join(digits[i : i + 2] for i in range(0, 12, 2))]
        waits, ip = self.mode.currentData() == WAITS, self.ip.text().strip()
        if ip or waits:
            try:
                words.append(f"{'router' if waits else 'lease'}={ipaddress.IPv4Address(ip)}")
            except ValueError:
                self._refuse(self.ip_field, self.tr("This is no address. One looks like 192.168.1.1."))
                return None
        return parse("recovery:" + ",".join(words))

    def _refuse(self, field: Field, why: str) -> None:
        field.set_hint(why, "danger")
        field.field.setAccessibleDescription(why)
        field.field.setFocus()
        self._area.ensureWidgetVisible(field)

    def _start(self, fn: Callable[..., object], *args: object) -> None:
        self.add_button.setEnabled(False)
        self._state.setText(self.tr("Asking the router"))
        self._job = self._kit.jobs.start(fn, *args, lane="devices.add", owner=self)
        self._job.finished.connect(self._on_added)
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)

    @Slot(object)
    def _on_added(self, device: object) -> None:
        self.added.emit(device)
        self.accept()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        clear(self._notes)
        self._notes.addWidget(ErrorCard(self._kit, error))
        if error.code == HostKeyChanged.code:
            forget = Button(self._kit, self.tr("It was reset or replaced"), size="small")
            forget.setToolTip(self.tr("Forgets its old key and connects again"))
            forget.clicked.connect(self._on_forget_key)
            self._notes.addWidget(forget, 0, Qt.AlignmentFlag.AlignRight)
        QTimer.singleShot(0, self, self._show_notes)  # what was just put in shows, and counts, from then on

    @Slot()
    def _on_ended(self) -> None:
        self._job = None
        self.add_button.setEnabled(True)
        self._state.setText("")

    @Slot()
    def _on_forget_key(self) -> None:
        address = self._running()
        if address is None or self._job is not None:
            return
        clear(self._notes)
        password = self.password.text()

        def forget_and_add(*, work: object) -> object:
            self._naming.forget_key(address, work=work)
            return self._naming.add(address, password, work=work)

        self._start(forget_and_add)

    @Slot()
    def _stop(self) -> None:
        self.password.clear()
        if self._job is not None:
            self._job.cancel()


def _panel() -> tuple[QWidget, QVBoxLayout]:
    panel = QWidget()
    box = QVBoxLayout(panel)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    return panel, box
