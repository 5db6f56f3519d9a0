# SPDX-License-Identifier: Apache-2.0
"""The first page a stranger sees: three ways in, sign-in through the system's browser, and what went wrong if it did.

Takes plain functions, so that it can be painted before anything heavy is imported.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.account.ui.dawn_art import NARROW_ART, WIDE_ART, DawnArt
from firstlight.account.ui.waiting_card import WaitingCard
from firstlight.account.ui.ways_in import SignInWish, Ways, WaysIn
from firstlight.base.errors import FirstlightError
from firstlight.kit.bare_page import BarePage
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Banner, IconLabel, Separator
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label


class DemoHint(NamedTuple):
    """In the demo: where its hub is, its F-code, and an account to sign in with."""

    hub: str
    code: str
    name: str
    password: str


class WelcomePage(BarePage):
    """Three ways in.

    Signals: signed_in(object) with what `sign_in` answered, language_chosen(str), demo_started(object).
    """

    signed_in = Signal(object)
    demo_started = Signal(object)
    language_chosen = Signal(str)
    _address_came = Signal(str)

    def __init__(self, kit: Kit, *, ways: Ways, version: str, where: str, demo: DemoHint | None = None, hub: str = "") -> None:
        super().__init__(kit)
        self._ways = ways
        self._demo = demo
        self._where = where
        self._job: Job | None = None
        self._wish: SignInWish | None = None
        self._demo_card: Banner | None = None
        self._waiting: WaitingCard | None = None
        self._address_came.connect(self._on_address)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._art = DawnArt(kit)
        self._art.setFixedWidth(WIDE_ART)
        row.addWidget(self._art)
        row.addWidget(self._right(version, hub), 1)
        self.body.addLayout(row, 1)
        self.width_class_changed.connect(self._on_width)
        if demo:
            self._fill_demo(demo)

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        self._art.setFixedWidth(WIDE_ART if wide else NARROW_ART)

    # -- building ------------------------------------------------------------------------------------------------------

    def _right(self, version: str, hub: str) -> QWidget:
        inner = QWidget()
        inner.setObjectName("pageBody")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)  # while it is empty: later, all of it would be measured twice
        box = QVBoxLayout(inner)
        box.setContentsMargins(40, 20, 40, 20)
        box.setSpacing(10)
        box.addLayout(self._language_row())
        box.addSpacing(8)
        box.addWidget(label(self.tr("Welcome to Firstlight"), "page"))
        box.addWidget(
            label(
                self.tr(
                    "Flash early builds, put your own hardware together, and tell the makers what you find. Everything you do is kept on this computer first."
                ),
                tone="2",
            )
        )
        box.addSpacing(4)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(10)
        box.addLayout(self._notes)
        self._choice = WaysIn(self.kit, self._ways, hub)
        self._choice.changed.connect(self._update_button)
        self._choice.entered.connect(self._on_continue)
        box.addWidget(self._choice)
        self._middle = box
        box.addStretch(1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(self._foot(version))
        return whole

    def _language_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(IconLabel(self.kit, "globe", "text", 18))
        self._languages = Segmented(self.kit, (("en", "English"), ("zh_CN", "简体中文")), self.kit.language, name=self.tr("Language"))
        self._languages.chosen.connect(self.language_chosen)
        row.addWidget(self._languages)
        return row

    def _foot(self, version: str) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        foot = QVBoxLayout(holder)
        foot.setContentsMargins(40, 0, 40, 20)
        foot.setSpacing(14)
        foot.addWidget(Separator())
        row = QHBoxLayout()
        row.addWidget(label(f"Firstlight {version}", "cap", tone="2", wrap=False))
        where = Button(self.kit, self.tr("What is stored where"), kind="link", size="small")
        where.clicked.connect(self._on_where)
        row.addWidget(where)
        self._why_not = ElidedLabel("", "cap", tone="2")
        self._why_not.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._why_not, 1)
        self.continue_button = Button(
            self.kit, self.tr("Continue in browser"), icon="arrow-up-right", kind="primary", size="large", trailing=True
        )
        self.continue_button.clicked.connect(self._on_continue)
        row.addWidget(self.continue_button)
        foot.addLayout(row)
        self._update_button()
        return holder

    def set_demo(self, demo: DemoHint) -> None:
        """The practice hub runs now: fill in its address and code, and say who can sign in."""
        if self._demo_card is not None:
            self._demo_card.hide()
            self._demo_card.deleteLater()
        self._demo = demo
        self._fill_demo(demo)

    def set_demo_starting(self) -> None:
        """The practice hub is on its way."""
        self._demo_card = Banner(
            self.kit,
            "info",
            self.tr("It is set up on this computer the first time. That takes about 10 s."),
            bold=self.tr("The practice hub starts"),
        )
        self._notes.addWidget(self._demo_card)

    def show_error(self, error: FirstlightError) -> None:
        """Say what went wrong before the tester did anything."""
        if self._demo_card is not None:
            self._demo_card.hide()
        self._notes.insertWidget(0, ErrorCard(self.kit, error))

    def _fill_demo(self, demo: DemoHint) -> None:
        self._choice.fill(demo.code, demo.hub)
        copy = Button(self.kit, self.tr("Copy the password"), size="small")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(demo.password))
        self._demo_card = Banner(
            self.kit,
            "info",
            self.tr("Sign in as {name} with the password {password}. Everything stays on this computer.").format(
                name=demo.name, password=demo.password
            ),
            bold=self.tr("The practice hub is running here."),
            actions=(copy,),
        )
        self._notes.addWidget(self._demo_card)

    # -- acting --------------------------------------------------------------------------------------------------------

    @Slot()
    def _update_button(self) -> None:
        why = self._choice.why_not()
        self._why_not.setText(why)
        self.continue_button.setEnabled(not why and self._job is None)
        self.continue_button.setText(self.tr("Start it here") if self._choice.way == "demo" else self.tr("Continue in browser"))

    @Slot()
    def _on_continue(self) -> None:
        if self._job is not None or not self.continue_button.isEnabled():
            return
        if self._choice.way == "demo":
            self._start_demo()
        else:
            self.begin(self._choice.wish())

    def begin(self, wish: SignInWish) -> None:
        """Start signing in as wished."""
        self._wish = wish
        self._forget_errors()
        self._job = self.kit.jobs.start(self._ways.sign_in, wish, lane="net", owner=self, show_address=self._address_came.emit)
        self._job.finished.connect(self._on_signed_in)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_stopped)
        self._show_waiting(True)

    def ask_back(self, hub: str) -> None:
        """Sign in once more at the hub where the tester was."""
        self._choice.restore({"way": "hub", "hub": hub})
        self.begin(SignInWish(hub, ""))

    def _start_demo(self) -> None:
        if self._ways.start_demo is None:
            return
        self._forget_errors()
        self._job = self.kit.jobs.start(self._ways.start_demo, lane="disk", owner=self)
        self._job.finished.connect(self._on_demo)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_stopped)
        self._show_waiting(True, for_hub=True)

    @Slot(object)
    def _on_demo(self, info: object) -> None:
        self._on_stopped()
        self.demo_started.emit(info)

    @Slot(str)
    def _on_address(self, address: str) -> None:
        if self._waiting is not None:
            self._waiting.set_address(address)

    @Slot()
    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def _on_stopped(self) -> None:
        self._job = None
        self._show_waiting(False)

    @Slot(object)
    def _on_signed_in(self, answer: object) -> None:
        self._on_stopped()
        self.signed_in.emit(answer)

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        self._on_stopped()
        actions: tuple[Button, ...] = ()
        if error.code.startswith("account.keyring"):
            once = Button(self.kit, self.tr("This session only"), size="small")
            once.clicked.connect(self.session_only)
            actions = (once,)
        self._notes.insertWidget(0, ErrorCard(self.kit, error, actions))

    @property
    def is_waiting(self) -> bool:
        """Whether the browser, or the practice hub, is waited for."""
        return self._job is not None

    @property
    def has_error(self) -> bool:
        """Whether the page says that something went wrong."""
        return bool(self._errors())

    def has_programme(self) -> bool:
        """Whether the F-code was looked up and its programme is shown."""
        return self._choice.has_programme()

    @Slot()
    def session_only(self) -> None:
        """Sign in once more, and keep the key in memory alone."""
        if self._wish is not None:
            self.begin(SignInWish(self._wish.hub, self._wish.code, session_only=True))

    def _forget_errors(self) -> None:
        for card in self._errors():
            self._notes.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _errors(self) -> list[ErrorCard]:
        items = [self._notes.itemAt(at) for at in range(self._notes.count())]
        return [w for item in items if item is not None and isinstance(w := item.widget(), ErrorCard)]

    def _show_waiting(self, on: bool, *, for_hub: bool = False) -> None:
        if self._waiting is not None:
            self._waiting.hide()
            self._waiting.deleteLater()
            self._waiting = None
        if on:
            self._waiting = WaitingCard(self.kit, for_hub=for_hub)
            self._waiting.cancel_requested.connect(self._on_cancel)
            self._middle.insertWidget(self._middle.indexOf(self._choice) + 1, self._waiting)
        self._choice.setVisible(not on)
        self._languages.setEnabled(not on)  # another page would not hear the browser's answer
        self._update_button()

    @Slot()
    def _on_where(self) -> None:
        self.kit.toasts.show(
            self.tr("Reports, pictures and builds: {where}. The key for signing in: your system’s key ring.").format(where=self._where),
            None,
            12,
        )

    def memo(self) -> dict[str, Any]:
        """What was typed."""
        return self._choice.memo()

    def restore(self, memo: dict[str, Any]) -> None:
        """What was typed before the language changed."""
        self._choice.restore(memo)
