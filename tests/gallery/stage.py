# SPDX-License-Identifier: Apache-2.0
"""Where a scene is built: a fresh profile on the disk, the look, and the real window with its desk over the real core.

A scene is a function that takes a Stage and answers with the widget whose picture is taken: usually the window, else a dialog.
"""

from __future__ import annotations

import dataclasses
import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QEventLoop, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from fakes import told
from firstlight.base import paths
from firstlight.base.settings import Settings, save
from firstlight.kit.kit import Kit
from firstlight.shell.application import Application, Mode
from firstlight.shell.desk import Desk
from firstlight.shell.window import MainWindow

LIMIT_S = 60.0
HUB = "http://127.0.0.1:9"
"""The account's hub: nobody answers there, and no scene asks."""


class View(NamedTuple):
    """One way to look at a page."""

    language: str = "en"
    theme: str = "light"
    size: str = "1180x760"
    percent: int = 100

    @property
    def name(self) -> str:
        """As it stands in names of files."""
        return f"{self.language}.{self.theme}.{self.size}" + (f".{self.percent}pc" if self.percent != 100 else "")

    @property
    def width_height(self) -> tuple[int, int]:
        """Of the window."""
        width, _, height = self.size.partition("x")
        return int(width), int(height)


class NotSettled(Exception):
    """A page did not come to rest."""


class Stage:
    """One scene's profile and window. `close` ends both, and what `at_end` was given, last first."""

    def __init__(self, app: QApplication, view: View) -> None:
        self.app = app
        self.view = view
        self.home = Path(tempfile.mkdtemp(prefix="firstlight-gallery-"))
        self.settings = Settings(
            language=view.language, theme=view.theme, text_percent=view.percent, work_offline=True, less_motion=True, hub=HUB
        )
        self._locale = QLocale()
        self._application: Application | None = None
        self._ends: list[Callable[[], object]] = []

    # -- the house -----------------------------------------------------------------------------------------------------

    def desk(self, *, signed_in: bool = True, told_week: bool = False, is_online: bool = True, **chosen: object) -> Desk:
        """The whole house over this profile, once: a tester who is signed in (the row alone: no key, no hub) or nobody.

        `told_week` fills the inbox with tests/fakes/told.py; `chosen` are settings. Nothing goes over the network: the tester works
        offline, and where `is_online` the window believes that the hub answered a moment ago.
        """
        if self._application is not None:
            assert self._application.desk is not None
            return self._application.desk
        where = paths.find()._replace(
            data=self.home / "data", cache=self.home / "cache", logs=self.home / "logs", config=self.home / "config"
        )
        profile = where.make()
        self.settings = dataclasses.replace(self.settings, account=0, **chosen)
        save(profile.settings, self.settings)
        application = self._application = Application(self.app, profile, self.settings, version="0.3", mode=Mode())
        application.show()
        application.window.resize(*self.view.width_height)
        self.until(lambda: application.desk is not None, "the store opens")
        assert application.desk is not None
        if signed_in:
            self._sign_in(application.desk, told_week=told_week, is_online=is_online)
        return application.desk

    def _sign_in(self, desk: Desk, *, told_week: bool, is_online: bool) -> None:
        profile = desk.profile
        with profile.db.write() as tx:
            tx.execute(
                "INSERT INTO account (id, hub, subject, name, email, me_json) VALUES (1, ?, 'anna', 'Anna', 'anna@example.org', ?)",
                (HUB, told.ME),
            )
        if told_week:
            told.tell_week(profile.db)
        if is_online:
            profile.reach.forced_offline = False
            profile.reach.answered()
            desk.clockwork.last_checked = time.time()
        desk.keep(account=1)
        if is_online:
            profile.reach.forced_offline = False
            profile.reach.answered()
        desk._enter()

    @property
    def window(self) -> MainWindow:
        """The window of the house."""
        assert self._application is not None, "desk() first"
        return self._application.window

    @property
    def kit(self) -> Kit:
        """What pages and dialogs are built with."""
        return self.desk().kit

    # -- waiting -------------------------------------------------------------------------------------------------------

    def until(self, holds: Callable[[], object], what: str, limit_s: float = LIMIT_S) -> None:
        """Let the window work until `holds`; NotSettled after `limit_s`."""
        end = time.monotonic() + limit_s
        while not holds():
            if time.monotonic() > end:
                raise NotSettled(what)
            self.rest(10)

    def rest(self, ms: int = 60) -> None:
        """Let the window work for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def settle(self, *, lanes: tuple[str, ...] = ("look", "disk")) -> None:
        """Until the jobs that fill pages are done and what they brought is laid out."""
        assert self._application is not None, "desk() first"
        jobs = self._application.look.jobs
        for _ in range(2):
            self.until(lambda: not any(jobs.is_busy(lane) for lane in lanes), "the page is filled")
            self.rest()

    # -- end -----------------------------------------------------------------------------------------------------------

    def at_end(self, end: Callable[[], object]) -> None:
        """Call this when the picture is taken."""
        self._ends.append(end)

    def own(self, made: QObject) -> None:
        """A dialog or page of the scene's own goes with the scene."""
        self.at_end(made.deleteLater)
        if isinstance(made, QWidget):
            self.at_end(made.hide)

    def close(self) -> None:
        """End everything and remove the profile."""
        for end in reversed(self._ends):
            end()
        application, self._application = self._application, None
        if application is not None:
            application.window.hide()
            application.close()
            # A thread that is still at work must find its jobs: then the little that is left stays until the program ends.
            if application.look.jobs._pool.activeThreadCount() == 0:
                for left in (application.window, application.look, application):
                    left.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QLocale.setDefault(self._locale)
        _forget_log(self.home)
        shutil.rmtree(self.home, ignore_errors=True)


def _forget_log(home: Path) -> None:
    """The log of this scene's window is not written on by the next."""
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        if str(getattr(handler, "baseFilename", "")).startswith(str(home)):
            root.removeHandler(handler)
            handler.close()
