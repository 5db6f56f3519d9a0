# SPDX-License-Identifier: Apache-2.0
"""The application from its first paint on: a window at once, the rest of the house behind it.

Until the first paint nothing heavy is imported (no pydantic, no requests, no yaml). Then a thread imports the desk and opens the
store; the desk takes over the window.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from firstlight.base.errors import FirstlightError
from firstlight.base.paths import Paths
from firstlight.base.settings import Settings
from firstlight.shell.look import Look
from firstlight.shell.window import MainWindow

if TYPE_CHECKING:
    from datetime import datetime

    from firstlight.account.ui.welcome_page import WelcomePage
    from firstlight.kit.bare_page import BarePage
    from firstlight.profile import Profile
    from firstlight.shell.desk import Desk

log = logging.getLogger(__name__)


class Mode(NamedTuple):
    """How the program was started: with the demo's hub, and with a browser of another kind (the tour's)."""

    is_demo: bool = False
    open_browser: Callable[[str], bool] | None = None
    photos: Path | None = None


def local_now() -> datetime:
    """The wall clock with its zone."""
    clock = importlib.import_module("datetime")
    now: datetime = clock.datetime.now().astimezone()
    return now


class Application(QObject):
    """Owns window, look and, once it is there, the desk.

    Signals: ready(Desk) when the whole house stands; failed(FirstlightError) when the store cannot be opened.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, app: QApplication, paths: Paths, settings: Settings, *, version: str, mode: Mode) -> None:
        super().__init__(app)
        self.app = app
        self.paths = paths
        self.settings = settings
        self.version = version
        self.mode = mode
        self.desk: Desk | None = None
        self.profile: Profile | None = None
        self.look = Look(app, paths.resources, local_now)
        self.kit = self.look.prepare(settings)
        geometry = QSettings(str(paths.config / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(self.kit, geometry)
        self.window.setWindowTitle("Firstlight")
        self._first: BarePage | None = None
        self._wished_language = ""

    def close(self) -> None:
        """Close in the reverse order: the line to the hub, the pages (they keep what was typed), jobs, the store."""
        if self.desk is not None:
            self.desk.end()
        self.window.set_navigation(None)
        for key in self.window.built():
            self.window.forget(key)
        self.app.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
        self.look.jobs.close()
        if self.profile is not None:
            self.profile.close()

    @property
    def is_demo(self) -> bool:
        """Whether the hub of this PC is meant."""
        return self.mode.is_demo

    def show(self) -> None:
        """Paint the window now, and let the rest follow."""
        self._first = self._first_page()
        self.window.show_first(self._first)
        self.look.dress(self.kit)
        self.window.show()
        QTimer.singleShot(0, self, self._load)

    def _first_page(self) -> BarePage:
        if self.settings.account:
            quiet = importlib.import_module("firstlight.shell.quiet_start")
            page: BarePage = quiet.QuietStart(self.kit, self.tr("This week"), self.tr("Opening what is kept on this PC"))
            return page
        opening: BarePage = importlib.import_module("firstlight.account.ui.dawn_art").OpeningPage(self.kit)
        return opening

    def _complete_first(self) -> None:
        """The window stands: the ways in take the place of the page that opened it."""
        if not self.settings.account:
            self.window.forget("")
            self._first = self.welcome_page()
            self.window.show_first(self._first, "welcome")
        self.window.complete()

    def welcome_page(self, hub: str = "") -> WelcomePage:
        """The page with the three ways in; its acts wait for the profile where it is still being opened."""
        welcome = importlib.import_module("firstlight.account.ui.welcome_page")
        ways = welcome.Ways(look_up=self._look_up, sign_in=self._sign_in, start_demo=None if self.mode.is_demo else self._start_demo)
        page: WelcomePage = welcome.WelcomePage(
            self.kit, ways=ways, version=self.version, where=str(self.paths.data), hub=hub or self.settings.hub
        )
        page.language_chosen.connect(self._on_language)
        return page

    @Slot()
    def _load(self) -> None:
        """After the first paint: the log, the net for bugs, the door for a second start; then the rest, in a thread."""
        self._complete_first()
        self.look.show_icon()
        log_module = importlib.import_module("firstlight.base.log")
        log_file = log_module.start(self.paths.logs)
        self._crash_box = importlib.import_module("firstlight.shell.crash_box").CrashBox(lambda: self.window, log_file, self)
        self._door = importlib.import_module("firstlight.shell.single_instance").Door(self.paths.data, self)
        self._door.knocked.connect(self.window.raise_up)
        job = self.look.jobs.start(_open_house, self.paths, self.settings, lane="look", owner=self)
        job.finished.connect(self._on_loaded)
        job.failed.connect(self._on_load_failed)

    @Slot(object)
    def _on_loaded(self, profile: Any) -> None:
        self.profile = profile
        desk_module = importlib.import_module("firstlight.shell.desk")
        self.desk = desk_module.Desk(self, profile, self)
        self.desk.begin(self._first)
        if self._wished_language:
            self.desk.change_look(language=self._wished_language)
        self.ready.emit(self.desk)

    @Slot(object)
    def _on_load_failed(self, error: FirstlightError) -> None:
        log.warning("the store did not open: %s", error.code)
        if self._first is not None:
            view = importlib.import_module("firstlight.kit.error_view")
            self._first.body.insertWidget(0, view.ErrorCard(self.kit, error))
        self.failed.emit(error)

    def _ways(self) -> tuple[Any, Profile]:
        """In a job's thread: the functions and the profile; the store may still be opening."""
        ways = importlib.import_module("firstlight.shell.ways")
        if self.profile is None:
            raise NotReady
        return ways, self.profile

    def _look_up(self, *, hub: str, code: str, work: Any) -> Any:
        ways, profile = self._ways()
        return ways.look_up(profile, hub=hub, code=code, work=work)

    def _sign_in(self, wish: Any, *, work: Any, show_address: Callable[[str], object]) -> Any:
        ways, profile = self._ways()
        if self.mode.open_browser is not None:
            return ways.sign_in(profile, wish, work=work, show_address=show_address, open_browser=self.mode.open_browser)
        return ways.sign_in(profile, wish, work=work, show_address=show_address)

    def _start_demo(self, *, work: Any) -> Any:
        _, profile = self._ways()
        hub = importlib.import_module("firstlight.hublink.local")
        local = hub.LocalHub(data=profile.paths.demo_hub, resources=profile.paths.resources)
        info = local.start(work)
        return local, info

    @Slot(str)
    def _on_language(self, language: str) -> None:
        if self.desk is not None:
            self.desk.change_look(language=language)
        else:
            self._wished_language = language  # faster than the store: it follows as soon as there is one to keep it in


class NotReady(FirstlightError):
    """The tester was faster than the store."""

    code = "shell.not_ready"
    retryable = True


def _open_house(paths: Paths, settings: Settings, *, work: Any) -> Any:
    """In a thread: import everything that pages need, and open the store."""
    work.check()
    profile_module = importlib.import_module("firstlight.profile")
    importlib.import_module("firstlight.shell.desk")
    flatten = importlib.import_module("firstlight.annotate.ui.flatten").flatten
    profile = profile_module.Profile(paths, settings, flatten=flatten)
    profile.db  # noqa: B018  opened here, so that the window's thread does not wait for it
    return profile
