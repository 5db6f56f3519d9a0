# SPDX-License-Identifier: Apache-2.0
"""The first page a stranger sees: three ways in, sign-in through the system's browser, and what went wrong if it did.

Takes plain functions, so that it can be painted before anything heavy is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.account.ui.way_card import WayCard
from firstlight.base.errors import FirstlightError
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.form import Field
from firstlight.kit.frames import Banner, Card, IconLabel, Separator, Tag
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight.kit.pages import Page

CODE_LETTERS = 11
"""Letters of an F-code, as in F-XXXX-XXXX-XX."""
LOOK_MS, LOOK_AGAIN_MS = 500, 15_000


class SignInWish(NamedTuple):
    """What the tester chose: `code` is "" for a programme joined before; `session_only` keeps the key off the key ring."""

    hub: str
    code: str
    session_only: bool = False


class Ways(NamedTuple):
    """What the page may ask of the core. Each blocks and takes `work`; `sign_in` also gets `show_address(str)`."""

    look_up: Callable[..., Any]
    sign_in: Callable[..., Any]
    start_demo: Callable[..., Any] | None


class DemoHint(NamedTuple):
    """In the demo: where its hub is, its F-code, and an account to sign in with."""

    hub: str
    code: str
    name: str
    password: str


class DawnArt(QFrame):
    """The picture of the first column; it keeps its proportions and fills the column from below."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._art = QSvgRenderer(str(kit.resources / "images" / "welcome-dawn.svg"))
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 32, 32, 32)
        box.addStretch()
        title = label(self.tr("See it before everyone else does."), "title")
        title.setStyleSheet("color: #FFFFFF;")
        text = label(
            self.tr(
                "Astronomers call the first picture from a new telescope “first light”. The dial has one hundred ticks: one for each of the first hundred testers."
            ),
            "small",
        )
        text.setStyleSheet("color: #B9BCCB;")
        box.addWidget(title)
        box.addSpacing(6)
        box.addWidget(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Night above, art in the middle, water below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#12141F"))
        size = self._art.defaultSize()
        height = max(self.height() - 20, 1)
        width = height * size.width() / max(1, size.height())
        if width < self.width():
            width = self.width()
            height = round(width * size.height() / max(1, size.width()))
        corner = QPointF((self.width() - width) / 2, 0)
        self._art.render(painter, QRectF(corner.x(), corner.y(), width, height))


class WelcomePage(Page):
    """Three ways in.

    Signals: signed_in(object) with what `sign_in` answered, language_chosen(str), demo_started(object).
    """

    signed_in = Signal(object)
    demo_started = Signal(object)
    language_chosen = Signal(str)
    _address_came = Signal(str)
    hides_sidebar = True

    def __init__(self, kit: Kit, *, ways: Ways, version: str, where: str, demo: DemoHint | None = None, hub: str = "") -> None:
        super().__init__(kit, "", scroll=False)
        self._ways = ways
        self._demo = demo
        self._where = where
        self._job: Job | None = None
        self._address = ""
        self._wish: SignInWish | None = None
        self._demo_card: Banner | None = None
        self._waiting: Card | None = None
        self._address_came.connect(self._on_address)
        self._clear_frame()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._art = DawnArt(kit)
        self._art.setFixedWidth(428)
        row.addWidget(self._art)
        row.addWidget(self._right(version, hub), 1)
        self.body.addLayout(row, 1)
        self.width_class_changed.connect(self._on_width)
        if demo:
            self._fill_demo(demo)

    def _clear_frame(self) -> None:
        self.header.hide()
        self.body.setContentsMargins(0, 0, 0, 0)

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        self._art.setFixedWidth(428 if wide else 268)

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
        self._choice = QWidget()
        ways = QVBoxLayout(self._choice)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(10)
        ways.addWidget(label(self.tr("How would you like to start?"), "smallstrong"))
        self._cards = self._make_cards(hub)
        for card in self._cards.values():
            ways.addWidget(card)
        hint = QHBoxLayout()
        hint.setSpacing(10)
        hint.addWidget(IconLabel(self.kit, "lock-key", "text-2", 16), 0, Qt.AlignmentFlag.AlignTop)
        hint.addWidget(
            label(
                self.tr(
                    "Your web browser opens for sign-in, so Firstlight never sees your password. The key it gets back is stored in your system’s key ring."
                ),
                "cap",
                tone="2",
            ),
            1,
        )
        ways.addSpacing(2)
        ways.addLayout(hint)
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
        languages = Segmented(self.kit, (("en", "English"), ("zh_CN", "简体中文")), self.kit.language, name=self.tr("Language"))
        languages.chosen.connect(self.language_chosen)
        row.addWidget(languages)
        return row

    def _make_cards(self, hub: str) -> dict[str, WayCard]:
        kit = self.kit
        self._code = QLineEdit()
        self._code.setProperty("mono", True)
        self._code.setPlaceholderText("F-XXXX-XXXX-XX")
        self._code.setMaxLength(60)
        self._code_hub = QLineEdit(hub)
        self._code_hub.setPlaceholderText("hub.example")
        code_row = QHBoxLayout()
        code_row.setSpacing(12)
        code_row.addWidget(Field(self.tr("F-code"), self._code), 2)
        code_row.addWidget(Field(self.tr("Address of the maker’s hub"), self._code_hub), 3)
        inside = QWidget()
        code_box = QVBoxLayout(inside)
        code_box.setContentsMargins(0, 4, 0, 0)
        code_box.setSpacing(8)
        code_box.addLayout(code_row)
        self._code_state = label("", "small", tone="2")
        self._code_state.hide()
        code_box.addWidget(self._code_state)
        self._programme = QVBoxLayout()
        code_box.addLayout(self._programme)
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(LOOK_MS)
        self._look_timer.timeout.connect(self._look_up)
        for field in (self._code, self._code_hub):
            field.textChanged.connect(self._on_code_changed)
            field.returnPressed.connect(self._on_continue)
        self._hub = QLineEdit(hub)
        self._hub.setPlaceholderText("https://hub.example")
        self._hub.returnPressed.connect(self._on_continue)
        self._hub.textChanged.connect(self._update_button)
        cards = {
            "code": WayCard(
                kit,
                self.tr("I have an invite code (F-code)"),
                self.tr("From the maker’s letter, e-mail or the slip in your kit box."),
                inside,
                is_chosen=True,
            ),
            "hub": WayCard(
                kit,
                self.tr("Sign in to a programme I already joined"),
                self.tr("Enter the address of the maker’s hub."),
                Field(self.tr("Address of the maker’s hub"), self._hub),
            ),
        }
        if self._ways.start_demo is not None:
            cards["demo"] = WayCard(
                kit,
                self.tr("Try it on this computer"),
                self.tr(
                    "Starts a small private hub here with sample builds, guides and testers. No account of a maker, nothing leaves this computer."
                ),
                None,
                tag=Tag(self.tr("about 100 MB")),
            )
        for key, card in cards.items():
            card.chosen.connect(lambda key=key: self._choose(key))
        self._way = "code"
        return cards

    def _waiting_card(self) -> Card:
        card = Card(20)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(IconLabel(self.kit, "hourglass-medium", "accent-text", 24), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._wait_title = label(self.tr("Sign in in your web browser"), "h2")
        words.addWidget(self._wait_title)
        self._wait_text = label(
            self.tr("A page of the maker’s hub has opened there. Come back when it says that you can. Firstlight waits three minutes."),
            "small",
            tone="2",
        )
        words.addWidget(self._wait_text)
        top.addLayout(words, 1)
        card.box.addLayout(top)
        self._address_line = QLineEdit()
        self._address_line.setReadOnly(True)
        self._address_line.setProperty("mono", True)
        self._address_field = Field(self.tr("No page opened? Copy this address into any browser of this computer"), self._address_line)
        card.box.addWidget(self._address_field)
        row = QHBoxLayout()
        self._copy = Button(self.kit, self.tr("Copy the address"), icon="copy")
        self._copy.clicked.connect(self._on_copy)
        row.addWidget(self._copy)
        row.addStretch()
        cancel = Button(self.kit, self.tr("Cancel"))
        cancel.clicked.connect(self._on_cancel)
        row.addWidget(cancel)
        card.box.addLayout(row)
        return card

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
        self._code.setText(demo.code)
        self._code_hub.setText(demo.hub)
        self._hub.setText(demo.hub)
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

    def _choose(self, way: str) -> None:
        self._way = way
        for key, card in self._cards.items():
            card.set_chosen(key == way)
        self._update_button()

    @Slot()
    def _update_button(self) -> None:
        if not hasattr(self, "continue_button"):
            return
        why = ""
        if self._way == "code" and not (self._code.text().strip() and self._hub_of_code()):
            why = self.tr("The F-code and the hub’s address come first")
        elif self._way == "hub" and not self._hub.text().strip():
            why = self.tr("The hub’s address comes first")
        self._why_not.setText(why)
        self.continue_button.setEnabled(not why and self._job is None)
        self.continue_button.setText(self.tr("Start it here") if self._way == "demo" else self.tr("Continue in browser"))

    def _hub_of_code(self) -> str:
        text = self._code.text().strip()
        return text.split("@", 1)[1] if "@" in text else self._code_hub.text().strip()

    @Slot()
    def _on_code_changed(self) -> None:
        self._choose("code")
        self._look_timer.start(LOOK_MS)

    @Slot()
    def _look_up(self) -> None:
        code, hub = self._code.text().split("@")[0].strip(), self._hub_of_code()
        self._clear_programme()
        # Whole codes alone: the hub lets nobody try codes without end, and a slow hand is no guesser.
        if sum(letter.isalnum() for letter in code) < CODE_LETTERS or not hub:
            self._code_state.hide()
            return
        self._say_code(self.tr("Looking the code up"), "2")
        job = self.kit.jobs.start(self._ways.look_up, hub=hub, code=code, lane="net", owner=self)
        job.finished.connect(self._on_looked_up)
        job.failed.connect(self._on_look_failed)

    @Slot(object)
    def _on_looked_up(self, info: Any) -> None:
        words = {
            "valid": (self.tr("Valid, not used up"), "ok"),
            "used": (self.tr("This code has been used. Ask the maker for another."), "danger"),
            "expired": (self.tr("This code has run out. Ask the maker for another."), "danger"),
            "full": (self.tr("The programme is full. The code stays good if a place comes free."), "warn"),
        }
        self._say_code(*words[str(info.state)])
        self._clear_programme()
        card = Card(12)
        card.setProperty("card", "sunken")
        row = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(f"{info.programme.name} · {info.programme.ring}", "smallstrong"))
        names.addWidget(label(self._hub_of_code(), "cap", tone="2"))
        row.addLayout(names, 1)
        places = self.tr("{left} of {all} places left").format(left=info.programme.seats_left, all=info.programme.seats)
        row.addWidget(Tag(places, "honour"))
        card.box.addLayout(row)
        self._programme.addWidget(card)

    @Slot(object)
    def _on_look_failed(self, error: FirstlightError) -> None:
        if error.code == "hub.busy":
            self._look_timer.start(LOOK_AGAIN_MS)  # "Looking the code up" stays: the hub asked for a moment
            return
        words = {
            "account.code_refused": self.tr("This code is not known at that hub. Check the letters, or ask the maker."),
            "hub.unreachable": self.tr("The hub does not answer. You can go on all the same, or try it on this computer."),
        }
        self._say_code(words.get(error.code, self.tr("The code could not be looked up at that address.")), "danger")

    def _say_code(self, text: str, tone: str) -> None:
        self._code_state.setProperty("tone", tone)
        self._code_state.style().unpolish(self._code_state)
        self._code_state.style().polish(self._code_state)
        self._code_state.setText(text)
        self._code_state.show()

    def _clear_programme(self) -> None:
        while self._programme.count():
            item = self._programme.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()

    @Slot()
    def _on_continue(self) -> None:
        if self._job is not None or not self.continue_button.isEnabled():
            return
        if self._way == "demo":
            self._start_demo()
            return
        code = self._code.text().split("@")[0].strip() if self._way == "code" else ""
        hub = self._hub_of_code() if self._way == "code" else self._hub.text().strip()
        self.begin(SignInWish(hub, code))

    def begin(self, wish: SignInWish) -> None:
        """Start signing in as wished."""
        self._wish = wish
        self._forget_errors()
        self._job = self.kit.jobs.start(self._ways.sign_in, wish, lane="net", owner=self, show_address=self._address_came.emit)
        self._job.finished.connect(self._on_signed_in)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_stopped)
        self._show_waiting(True)

    def _start_demo(self) -> None:
        if self._ways.start_demo is None:
            return
        self._forget_errors()
        self._job = self.kit.jobs.start(self._ways.start_demo, lane="disk", owner=self)
        self._job.finished.connect(self._on_demo)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_stopped)
        self._show_waiting(True)
        self._wait_title.setText(self.tr("The practice hub starts"))
        self._wait_text.setText(self.tr("It is set up on this computer the first time. That takes about 10 s."))
        self._address_field.hide()
        self._copy.hide()

    @Slot(object)
    def _on_demo(self, info: object) -> None:
        self._on_stopped()
        self.demo_started.emit(info)

    @Slot(str)
    def _on_address(self, address: str) -> None:
        self._address = address
        if self._waiting is not None:
            self._address_line.setText(address)
            self._address_line.setCursorPosition(0)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self.kit.toasts.show(self.tr("The address is copied"), None, 3)

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
        return self._programme.count() > 0

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

    def _show_waiting(self, on: bool) -> None:
        if self._waiting is not None:
            self._waiting.hide()
            self._waiting.deleteLater()
            self._waiting = None
        if on:
            self._waiting = self._waiting_card()
            self._middle.insertWidget(self._middle.indexOf(self._choice) + 1, self._waiting)
        self._choice.setVisible(not on)
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
        return {"way": self._way, "code": self._code.text(), "code_hub": self._code_hub.text(), "hub": self._hub.text()}

    def restore(self, memo: dict[str, Any]) -> None:
        """What was typed before the language changed."""
        self._code.setText(str(memo.get("code", "")))
        self._code_hub.setText(str(memo.get("code_hub", "")))
        self._hub.setText(str(memo.get("hub", "")))
        way = str(memo.get("way", "code"))
        self._choose(way if way in self._cards else "code")
