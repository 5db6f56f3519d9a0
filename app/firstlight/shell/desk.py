# SPDX-License-Identifier: Apache-2.0
"""The desk of a tester: once the store is open, it gives the window its sections and wires page to page.

Pages are made by shell/pages.py; shell/entrance.py lets people in and out, shell/hub_line.py says how the hub answers. What leads from one
page to another stands here.
"""

from __future__ import annotations

import dataclasses
import logging
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMessageBox

from firstlight.account.ui.welcome_page import WelcomePage
from firstlight.guides.ui.report_context import ReportContext
from firstlight.guides.ui.run_host import RunHost
from firstlight.hublink.local import LocalHubInfo
from firstlight.kit.bare_page import BarePage
from firstlight.kit.kit import Kit
from firstlight.kit.pages import Page
from firstlight.profile import Profile
from firstlight.shell.bench import Bench
from firstlight.shell.clockwork import Clockwork
from firstlight.shell.entrance import Entrance
from firstlight.shell.hub_line import HubLine
from firstlight.shell.navigation import Navigation, Section
from firstlight.shell.pages import Pages
from firstlight.shell.parts import House
from firstlight.shell.run_notices import RUN
from firstlight.store.sweep import sweep

log = logging.getLogger(__name__)

STALE_S = 20.0
"""A visit to a section asks the hub when it was asked longer ago than this."""
SECTIONS = ("week", "guides", "devices", "reports", "honour")


class Desk(QObject):
    """Lives from the open store to the closed window."""

    def __init__(self, application: House, profile: Profile, parent: QObject) -> None:
        super().__init__(parent)
        self.application = application
        self.profile = profile
        self.window = application.window
        self.bench = Bench(profile, is_demo=application.is_demo)
        self.host = RunHost(
            application.look.jobs,
            profile.events,
            self.bench.runs,
            now=lambda: application.kit.now(),
            practice=self.bench.practice,
            parent=self,
        )
        self.clockwork = Clockwork(
            jobs=application.look.jobs,
            events=profile.events,
            outbox=profile.outbox,
            drain=profile.sender.drain,
            pull=profile.signed.catch_up,
            account_id=lambda: profile.settings.account,
            is_offline=lambda: profile.settings.work_offline,
            parent=self,
        )
        self.pages = Pages(self, self)
        self.line = HubLine(self, self)
        self.line.opened.connect(self._on_tray_opened)
        self.tray, self.notices, self.network = self.line.tray, self.line.notices, self.line.network
        self.show_network = self.line.show
        self.entrance = Entrance(application, self, self)
        self.entrance.entered.connect(self._enter)
        self.entrance.returned.connect(self._on_returned)
        self.entrance.left.connect(self._on_left)
        self.entrance.joined.connect(self._on_joined)
        self.entrance.hub_started.connect(self.clockwork.start)
        self.show_welcome, self.new_welcome_page = self.entrance.show_welcome, self.entrance.new_page
        self.sign_in_again = self.entrance.sign_in_again
        self.sign_out, self.join = self.entrance.sign_out, self.entrance.join
        self.window.page_shown.connect(self._on_page_shown)
        self.host.finished.connect(lambda _run_id: self.clockwork.send())
        self.host.busy_changed.connect(self._on_run_moved)
        application.app.applicationStateChanged.connect(self._on_state_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        self._keys()

    @property
    def kit(self) -> Kit:
        """The look of now."""
        return self.application.kit

    @property
    def account_id(self) -> int:
        """Row of the account in use; 0 when nobody is signed in."""
        return self.profile.settings.account

    # -- begin and end -------------------------------------------------------------------------------------------------

    def begin(self, first: Page | BarePage | None) -> None:
        """Take over the window from its first page."""
        self.window.use(self.pages.make, self._may_close)
        recovery = self.profile.db.recovery
        if recovery is not None:
            self.application.look.toasts.show(
                self.tr(
                    "The store of this PC was damaged and has been rebuilt from what could be read and the last backup. The damaged file is kept."
                ),
                None,
                30,
            )
        if self.account_id and self.profile.sessions.current() is None:
            self.keep(account=0)
        if self.application.is_demo:
            self.entrance.start_hub(first)
        if self.account_id:
            self._enter()
        elif isinstance(first, WelcomePage):
            self.entrance.wire(first)
        else:
            self.show_welcome()

    def end(self) -> None:
        """Close in the reverse order: the line to the hub, the devices, the hub of this PC."""
        self.tray.end()
        self.clockwork.stop()
        self.bench.close()
        self.entrance.stop_hub()

    def _may_close(self) -> bool:
        if not self.host.is_writing:
            return True
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self.tr("A device is being written. Firstlight stays open until that is done."))
        box.setInformativeText(self.tr("A half-written system does not start. You can make the window small meanwhile."))
        small = box.addButton(self.tr("Make it small"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Back"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is small:
            self.window.showMinimized()
        return False

    @property
    def version(self) -> str:
        """Of Firstlight."""
        return self.application.version

    @property
    def hub_info(self) -> LocalHubInfo | None:
        """The practice hub of this PC, while it runs."""
        return self.entrance.hub_info

    @Slot(int)
    def _on_left(self, account: int) -> None:
        if self.account_id == account:
            acts = self.profile.outbox.waiting(account).acts
            self.keep(account=0)
            for key in tuple(self.window.built()):
                self.window.forget(key)
            self.show_welcome()
            stays = self.tr("You are signed out. Your reports, drafts and builds stay on this PC.")
            waits = self.tr("%n waiting to go out leave when you sign in again.", "", acts) if acts else ""
            self.application.look.toasts.show(f"{stays} {waits}".strip(), None, 12)

    @Slot()
    def _on_returned(self) -> None:
        """The same tester signed in again: on with what they were at."""
        self.window.set_navigation(self._navigation())
        if not self.window.go_back():
            self.window.visit("week", remember=False)
        self.window.forget("welcome")
        self.notices.has_asked = False
        self.clockwork.start()
        self.show_network()

    @Slot()
    def _on_joined(self) -> None:
        self.window.set_navigation(self._navigation())
        self.clockwork.ask()
        self.show_network()

    # -- moving about --------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        """A tester is signed in: sections, first page, the line to the hub; what a crash kept from being told is told."""
        account = self.account_id
        self.profile.sender.wake(account)
        self.application.look.jobs.start(_catch_up, self.profile, self.bench, account, self.kit.now().timestamp(), lane="disk", owner=self)
        for key in set(self.window.built()) - {"", "welcome"}:
            self.window.forget(key)  # somebody else's: who signed in in a tester's place sees their own
        self.window.set_navigation(self._navigation())
        self.window.visit("week", remember=False)
        self.window.forget("welcome")
        self.window.forget("")
        self.show_network()
        self.clockwork.start()
        self.clockwork.wake()

    def _navigation(self) -> Navigation:
        names = {
            "week": (self.tr("This week"), "house"),
            "guides": (self.tr("Guides"), "book-open"),
            "devices": (self.tr("Devices"), "device-mobile"),
            "reports": (self.tr("Reports"), "chat-text"),
            "honour": (self.tr("Honour"), "medal"),
            "settings": (self.tr("Settings"), "gear-six"),
        }
        sections = tuple(Section(key, name, icon) for key, (name, icon) in names.items())
        account = self.profile.sessions.current()
        enrolments = account.me.enrolments if account and account.me else ()
        programme = (
            (enrolments[0].programme.name, enrolments[0].programme.ring) if enrolments else ("Firstlight", self.tr("No programme yet"))
        )
        who = account.name if account else ""
        menu = (
            ("", who),
            ("", ""),
            ("settings", self.tr("Join another programme")),
            ("settings", self.tr("Settings")),
            ("sign_out", self.tr("Sign out")),
        )
        navigation = Navigation(self.kit, sections, programme, menu)
        navigation.chosen.connect(self.window.visit)
        navigation.report_asked.connect(self.report_problem)
        navigation.network_asked.connect(self._on_network_asked)
        navigation.menu_chosen.connect(self._on_menu)
        return navigation

    @Slot()
    def _on_network_asked(self) -> None:
        if self.clockwork.trouble is not None and not self.profile.settings.work_offline:
            self.sign_in_again()
        else:
            self.window.visit("reports")

    @Slot(str)
    def _on_menu(self, key: str) -> None:
        if key == "sign_out":
            self.sign_out()
        else:
            self.window.visit(key)

    def _keys(self) -> None:
        def on(keys: str, act: Any) -> None:
            QShortcut(QKeySequence(keys), self.window).activated.connect(act)

        for at, key in enumerate(SECTIONS, 1):
            on(f"Ctrl+{at}", lambda key=key: self.window.visit(key) if self.account_id else None)
        on("Ctrl+,", lambda: self.window.visit("settings") if self.account_id else None)
        on("Ctrl+N", self.new_report)
        on("Ctrl+Shift+R", self.report_problem)
        on("F1", lambda: self.window.visit("settings") if self.account_id else None)
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            on(keys, lambda step=step: self._zoom(step))

    def _zoom(self, step: int) -> None:
        sizes = (90, 100, 125, 150, 200)
        now = min(range(len(sizes)), key=lambda i: abs(sizes[i] - self.profile.settings.text_percent))
        self.change_look(text_percent=100 if step == 0 else sizes[max(0, min(len(sizes) - 1, now + step))])

    @Slot()
    def new_report(self) -> None:
        """An empty report."""
        if self.account_id:
            self.pages.open_new_report({}, ())

    @Slot()
    def report_problem(self) -> None:
        """A report that knows where the tester stands."""
        page = self.window.page(self.window.current)
        context = getattr(page, "report_context", None)
        if callable(context):
            self.report_from_run(context())
        else:
            self.new_report()

    @Slot(object)
    def report_from_run(self, context: ReportContext) -> None:
        """A report from a step of a guide, with its journal attached; every file is looked at before it leaves."""
        step = f"{context.guide_title}: {context.step_title}"
        words = {
            "guide_step": step[:200],
            "device_model": context.device_model,
            "build": context.build,
            "title": context.title,
            "text": context.text,
        }
        self.pages.open_new_report({k: v for k, v in words.items() if v}, context.files)

    # -- look and network ----------------------------------------------------------------------------------------------

    def keep(self, **what: object) -> None:
        """Change settings, on the disk first."""
        self.profile.keep_settings(dataclasses.replace(self.profile.settings, **what))  # type: ignore[arg-type]
        self.application.settings = self.profile.settings

    def change_look(self, **what: object) -> None:
        """Another language, theme or text size: kept, then everything is built again in it."""
        self.keep(**what)
        self.application.kit = self.application.look.apply(self.profile.settings)
        self.window.rebuild(self.kit, self._navigation() if self.account_id else None)
        self.tray.set_kit(self.kit)
        self.show_network()

    @Slot(object)
    def on_settings_changed(self, changed: Any) -> None:
        """The settings page changed something."""
        old = self.profile.settings
        looks = ("language", "theme", "text_percent")
        what = {f.name: getattr(changed, f.name) for f in dataclasses.fields(changed) if getattr(changed, f.name) != getattr(old, f.name)}
        if any(name in what for name in looks):
            self.change_look(**what)
        else:
            self.keep(**what)
        if "pause_sending" in what and "settings" in self.window.built() and self.window.current != "settings":
            self.window.forget("settings")  # its switch stands as it was
        if what.keys() & {"work_offline", "pause_sending"}:
            self.show_network()
            if not (changed.work_offline or changed.pause_sending):
                self.clockwork.now()

    @Slot()
    def _on_system_theme(self) -> None:
        if self.profile.settings.theme == "system":
            self.change_look()

    @Slot(str)
    def _on_page_shown(self, key: str) -> None:
        """Whoever looks at a section wants to see what is new there."""
        if key in SECTIONS:
            self.clockwork.ask_if_older_than(STALE_S)

    @Slot(str)
    def _on_run_moved(self, _run_id: str) -> None:
        """A step began or ended while the tester looks at the week, which says how their guides stand."""
        page = self.window.page("week")
        if page is not None and self.window.current == "week":
            page.shown()

    @Slot(object)
    def _on_state_changed(self, _state: object) -> None:
        if self.account_id and self.window.isVisible() and not self.window.isMinimized():
            self.clockwork.wake()
        else:
            self.clockwork.rest()

    @Slot(str)
    def _on_tray_opened(self, about: str) -> None:
        """From the tray: the window, at what a notice was about."""
        self.window.raise_up()
        if not (about and self.account_id):
            return
        if about in SECTIONS:
            self.window.visit(about)
        elif about.startswith(RUN):
            self.pages.open_run(about.removeprefix(RUN))
        else:
            self.pages.show_report(about)


def _catch_up(profile: Profile, bench: Bench, account: int, started: float, *, work: Any) -> None:
    """In the background after the start: tell what is untold, then tidy and back up the store."""
    bench.runs.tell_untold(account)
    profile.reports.drop_empty(started)
    sweep(profile.db, profile.blobs, work)
