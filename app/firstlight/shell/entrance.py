# SPDX-License-Identifier: Apache-2.0
"""In and out of the house: the welcome, signing in and out, another programme, the practice hub of this PC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from firstlight.account import programme
from firstlight.account.ui.welcome_page import DemoHint, WelcomePage
from firstlight.base.errors import FirstlightError
from firstlight.hublink.local import LocalHub, LocalHubInfo
from firstlight.kit.bare_page import BarePage
from firstlight.kit.error_text import explain
from firstlight.kit.pages import Page
from firstlight.profile import Profile
from firstlight.shell.parts import DeskTop, House

if TYPE_CHECKING:
    from firstlight.shell.ways import SignedIn


class Entrance(QObject):
    """Signals: entered(): somebody is signed in; returned(): the same tester once more; left(account row); joined(): another programme; hub_started(): the practice hub answers."""

    entered = Signal()
    returned = Signal()
    left = Signal(int)
    joined = Signal()
    hub_started = Signal()

    def __init__(self, application: House, desk: DeskTop, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        self._desk = desk
        self.hub: LocalHub | None = None
        self.hub_info: LocalHubInfo | None = None
        self._is_hub_starting = False

    def say(self, error: FirstlightError, seconds: float = 15) -> None:
        """A fault that keeps nobody from going on."""
        self._application.look.toasts.show(explain(error).text, None, seconds)

    # -- the welcome ---------------------------------------------------------------------------------------------------

    def show_welcome(self, error: FirstlightError | None = None) -> WelcomePage:
        """The three ways in, with what went wrong before."""
        window = self._desk.window
        window.set_navigation(None)
        window.forget("welcome")
        page = window.visit("welcome", remember=False)
        assert isinstance(page, WelcomePage)
        if error is not None:
            page.show_error(error)
        if self.hub_info is not None:
            page.set_demo(_hint(self.hub_info))
        return page

    def sign_in_again(self) -> None:
        """The sign-in has ended, or its key is out of reach: the way in is one page among the others, and nobody has to leave for it."""
        account = self._desk.profile.account()
        page = self._desk.window.visit("welcome", section="settings")
        assert isinstance(page, WelcomePage)
        if not page.is_waiting:
            page.ask_back(account.hub)

    def new_page(self) -> WelcomePage:
        """A welcome page that leads here, and says how the practice hub is doing."""
        page = self._application.welcome_page()
        self.wire(page)
        if self.hub_info is not None:
            page.set_demo(_hint(self.hub_info))
        elif self._is_hub_starting:
            page.set_demo_starting()
        return page

    def wire(self, page: WelcomePage) -> None:
        """Take over a welcome page that is shown already."""
        page.signed_in.connect(self._on_signed_in)
        page.demo_started.connect(self._on_demo_started)

    def _shown(self) -> WelcomePage | None:
        page = self._desk.window.page("welcome")
        return page if isinstance(page, WelcomePage) else None

    @Slot(object)
    def _on_signed_in(self, answer: SignedIn) -> None:
        is_back = answer.account.id == self._desk.account_id
        self._desk.keep(account=answer.account.id, hub=answer.account.hub)
        self._desk.profile.reports.adopt(answer.account.id)
        (self.returned if is_back else self.entered).emit()
        if answer.code_problem is not None:
            self.say(answer.code_problem, 20)

    # -- the practice hub ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_demo_started(self, answer: tuple[LocalHub, LocalHubInfo]) -> None:
        self.hub, self.hub_info = answer
        page = self._shown()
        if page is not None:
            page.set_demo(_hint(self.hub_info))

    def start_hub(self, first: Page | BarePage | None) -> None:
        """The practice hub of `firstlight demo`."""
        if isinstance(first, WelcomePage):
            first.set_demo_starting()
        self._is_hub_starting = True
        paths = self._desk.profile.paths
        self.hub = LocalHub(data=paths.demo_hub, resources=paths.resources)
        job = self._application.look.jobs.start(self.hub.start, lane="hub", owner=self)
        job.finished.connect(self._on_hub_started)
        job.failed.connect(self._on_hub_failed)
        job.ended.connect(self._on_hub_ended)

    @Slot()
    def _on_hub_ended(self) -> None:
        self._is_hub_starting = False

    @Slot(object)
    def _on_hub_started(self, info: LocalHubInfo) -> None:
        self.hub_info = info
        if info.moved_from:
            self._desk.profile.sessions.move_hub(info.moved_from, info.url)
            self._desk.keep(hub=info.url)
        page = self._shown()
        if page is not None:
            page.set_demo(_hint(info))
        self.hub_started.emit()

    @Slot(object)
    def _on_hub_failed(self, error: FirstlightError) -> None:
        page = self._shown()
        if page is not None:
            page.show_error(error)
        else:
            self.say(error, 30)

    def stop_hub(self) -> None:
        """At the end of the window."""
        if self.hub is not None:
            self.hub.stop()

    # -- out, and into another programme -------------------------------------------------------------------------------

    def sign_out(self) -> None:
        """Drop the key; everything else stays."""
        account = self._desk.account_id
        job = self._application.look.jobs.start(_sign_out, self._desk.profile, account, lane="net", owner=self)
        job.ended.connect(lambda: self.left.emit(account))
        job.failed.connect(self.say)

    def join(self, code: str) -> None:
        """Join another programme of the same hub."""
        job = self._application.look.jobs.start(_join, self._desk.profile, self._desk.account_id, code, lane="net", owner=self)
        job.finished.connect(lambda name: self._on_joined(str(name)))
        job.failed.connect(self.say)

    def _on_joined(self, name: str) -> None:
        self._application.look.toasts.show(self.tr("You are in: {programme}").format(programme=name), None, 6)
        self.joined.emit()


def _hint(info: LocalHubInfo) -> DemoHint:
    who = next(a for a in info.accounts if not a.staff)
    return DemoHint(info.url, info.code, who.email, who.password)


def _sign_out(profile: Profile, account: int, *, work: Any) -> None:
    work.check()
    profile.sessions.sign_out(account)


def _join(profile: Profile, account: int, code: str, *, work: Any) -> str:
    work.check()
    enrolment = programme.join(profile.sessions.client(account), code)
    profile.sessions.refresh_me(account)
    return f"{enrolment.programme.name} · {enrolment.programme.ring}"
