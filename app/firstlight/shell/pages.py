# SPDX-License-Identifier: Apache-2.0
"""Builds each page when it is first visited and connects its signals. Only construction and `connect` in here.

Keys: week, guides, devices, reports, honour, settings, welcome; report (the composer), picture (the editor), run:ID (a guide's players).
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from firstlight.base.errors import FirstlightError
from firstlight.community.ui.tasks_card import Unfinished
from firstlight.community.ui.week_page import Around, WeekPage
from firstlight.community.week import Week
from firstlight.devices.device import Device, Kind
from firstlight.devices.ui.devices_page import DevicesPage
from firstlight.devices.ui.router_dialog import Naming
from firstlight.guides.ui import run_pages
from firstlight.guides.ui.guides_page import GuidesPage
from firstlight.guides.ui.run_page import RunPage
from firstlight.honour.badges import Honour
from firstlight.honour.ui.contributions import contributions
from firstlight.honour.ui.profile_page import ProfilePage
from firstlight.kit.error_text import explain
from firstlight.practice.faults import names_for
from firstlight.reports.ui.outgoing_card import Address
from firstlight.reports.ui.report_page import WAYS, ReportPage
from firstlight.reports.ui.reports_page import ReportsPage
from firstlight.shell.evidence import Evidence
from firstlight.shell.log_collecting import LogCollecting
from firstlight.shell.parts import DeskTop
from firstlight.shell.settings_page import AccountFacts, SettingsPage
from firstlight.shell.stick import Stick
from firstlight.shell.storage_card import StorageFacts
from firstlight.shell.stories import stories
from firstlight.shell.window import AnyPage
from firstlight.store.usage import Part, usage
from firstlight.store.usage import clear as clear_parts
from firstlight_contract.wire import words_in


class Pages(QObject):
    """The maker of pages."""

    def __init__(self, desk: DeskTop, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        profile = desk.profile
        self.honour = Honour(profile.db, profile.inbox)
        self._week = Week(profile.db, profile.inbox, now=lambda: desk.kit.now().timestamp(), installed=desk.bench.installed)
        self._evidence = Evidence(desk, self, failed=self._on_error, left=self._back_in_report)
        self._logs = LogCollecting(desk, self, failed=self._on_error, attached=self._on_attached)
        self.stick = Stick(desk, self)

    def make(self, key: str) -> AnyPage:
        """The page of that name."""
        kind, _, rest = key.partition(":")
        makers: dict[str, Callable[[str], AnyPage]] = {
            "week": self._week_page,
            "guides": self._guides_page,
            "reports": self._reports_page,
            "devices": self._devices_page,
            "honour": self._honour_page,
            "settings": self._settings_page,
            "welcome": self._welcome_page,
            "report": self._report_page,
            "picture": self._picture_page,
            "run": self._run_page,
        }
        return makers[kind](rest)

    # -- sections ------------------------------------------------------------------------------------------------------

    def _week_page(self, _rest: str) -> AnyPage:
        desk, profile = self._desk, self._desk.profile
        page = WeekPage(
            desk.kit,
            week=self._week,
            outbox=profile.outbox,
            events=profile.events,
            reachability=profile.reach,
            account_id=desk.account_id,
            around=self._around,
        )
        page.flash_requested.connect(self._on_flash)
        page.new_report_requested.connect(desk.new_report)
        page.report_requested.connect(self.show_report)
        page.answer_requested.connect(self._answer)
        page.reports_requested.connect(lambda: desk.window.visit("reports"))
        page.guide_resumed.connect(self.open_run)
        return page

    def _around(self) -> Around:
        """What the week's page shows of other rooms; called in the background."""
        desk = self._desk
        language = desk.kit.language
        unfinished = tuple(
            Unfinished(s.run_id, words_in(s.guide.title, language), s.current + 1, len(s.steps), desk.host.is_busy(s.run_id))
            for s in desk.bench.unfinished()
        )
        told = desk.clockwork.last_checked
        told_at = datetime.fromtimestamp(told, UTC) if told else None
        return Around(contributions(self.honour, desk.account_id, desk.kit.now), unfinished, told_at)

    def _guides_page(self, _rest: str) -> AnyPage:
        desk, profile = self._desk, self._desk.profile
        page = GuidesPage(
            desk.kit,
            host=desk.host,
            library=desk.bench.library,
            look=desk.bench.answering,
            account_id=lambda: desk.account_id,
            is_online=lambda: profile.reach.is_online,
        )
        page.run_opened.connect(self.open_run)
        return page

    def _devices_page(self, _rest: str) -> AnyPage:
        bench = self._desk.bench
        offers = tuple((kind, names_for(kind.value)) for kind in Kind)
        bench.is_at_work = lambda: self._desk.host.is_any_busy
        naming = Naming(bench.name, bench.forget, bench.forget_key, bench.adapters, bench.named.ask_anew)
        page = DevicesPage(self._desk.kit, look=bench.look, start=bench.practise, stop=bench.end_practice, offers=offers, naming=naming)
        page.guides_asked.connect(self._guides_for)
        return page

    def _guides_for(self, device: Device) -> None:
        """The library with the guides that fit this device."""
        page = self._desk.window.visit("guides")
        assert isinstance(page, GuidesPage)
        page.show_fitting(device)

    def _reports_page(self, _rest: str) -> AnyPage:
        desk, profile = self._desk, self._desk.profile
        page = ReportsPage(
            desk.kit,
            reports=profile.reports,
            outbox=profile.outbox,
            inbox=profile.inbox,
            events=profile.events,
            reachability=profile.reach,
            account_id=desk.account_id,
        )
        page.report_opened.connect(self.open_report)
        page.new_report_requested.connect(desk.new_report)
        page.sync_requested.connect(desk.clockwork.now)
        page.stick_requested.connect(self.stick.save)
        page.go_on_requested.connect(lambda: desk.on_settings_changed(dataclasses.replace(profile.settings, pause_sending=False)))
        return page

    def _honour_page(self, _rest: str) -> AnyPage:
        desk = self._desk
        return ProfilePage(
            desk.kit,
            honour=self.honour,
            events=desk.profile.events,
            account_id=desk.account_id,
            devices=lambda: stories(desk.bench.finished()),
        )

    def _settings_page(self, _rest: str) -> AnyPage:
        desk, profile = self._desk, self._desk.profile
        account = profile.sessions.current()
        facts = None
        if account is not None:
            enrolments = account.me.enrolments if account.me else ()
            number = enrolments[0].number if enrolments else 0
            facts = AccountFacts(account.name, account.email, account.hub, number, profile.signed.pin(account.id))
        page = SettingsPage(
            desk.kit,
            settings=profile.settings,
            account=facts,
            measure=self._measure,
            wipe=self._wipe,
            tools=lambda work: desk.bench.found_tools(),
            folder=profile.paths.data,
            version=desk.version,
        )
        page.changed.connect(desk.on_settings_changed)
        page.sign_out_asked.connect(desk.sign_out)
        page.join_asked.connect(desk.join)
        page.save_asked.connect(self.stick.save)
        page.bring_asked.connect(self.stick.bring)
        return page

    def _measure(self, work: Any) -> StorageFacts:
        work.check()
        profile = self._desk.profile
        return StorageFacts(usage(profile.db, profile.blobs, caches=self._caches()), shutil.disk_usage(profile.paths.data).free)

    def _wipe(self, part: Part, work: Any) -> int:
        profile = self._desk.profile
        return clear_parts(profile.db, profile.blobs, frozenset({part}), work, caches=self._caches())

    def _caches(self) -> dict[str, Path]:
        return {"builds": self._desk.profile.paths.builds}

    def _welcome_page(self, _rest: str) -> AnyPage:
        return self._desk.new_welcome_page()

    # -- reports -------------------------------------------------------------------------------------------------------

    def open_new_report(self, words: Any, files: tuple[Path, ...]) -> None:
        """The composer with a new report."""
        page = self._desk.window.visit("report", section="reports")
        assert isinstance(page, ReportPage)
        page.start(words, files)

    @Slot(str)
    def open_report(self, report_id: str) -> None:
        """The composer with a report of this PC."""
        page = self._desk.window.visit("report", section="reports")
        assert isinstance(page, ReportPage)
        page.open(report_id)

    @Slot(str)
    def show_report(self, report_id: str) -> None:
        """The list with this report chosen."""
        page = self._desk.window.visit("reports")
        assert isinstance(page, ReportsPage)
        page.choose(report_id)

    def _answer(self, report_id: str) -> None:
        """The list with this report chosen and its answer begun."""
        page = self._desk.window.visit("reports")
        assert isinstance(page, ReportsPage)
        page.start_answer(report_id)

    def _report_page(self, _rest: str) -> AnyPage:
        desk, profile = self._desk, self._desk.profile
        account = profile.sessions.current()
        enrolments = account.me.enrolments if account and account.me else ()
        page = ReportPage(
            desk.kit,
            reports=profile.reports,
            blobs=profile.blobs,
            events=profile.events,
            reachability=profile.reach,
            account_id=desk.account_id,
            address=Address(
                maker=enrolments[0].programme.maker if enrolments else "",
                tester=enrolments[0].display_name if enrolments else (account.name if account else ""),
            ),
            ways=WAYS if desk.bench.found_tools()["adb"] else tuple(way for way in WAYS if way != "phone"),
        )
        page.form.about_row.known = desk.bench.tested
        page.closed.connect(lambda: desk.window.visit("reports"))
        page.queued.connect(self._on_queued)
        page.reopened.connect(self.open_report)
        page.picture_opened.connect(self._evidence.open)
        page.similar_opened.connect(self.show_report)
        page.screenshot_requested.connect(lambda: self._evidence.take_screenshot(page.report_id))
        page.phone_screen_requested.connect(lambda: self._evidence.take_phone_screen(page.report_id))
        page.phone_photos_requested.connect(lambda: self._evidence.take_phone_photos(page.report_id))
        page.log_requested.connect(lambda: self._logs.collect(page.report_id))
        return page

    @Slot(str)
    def _on_queued(self, report_id: str) -> None:
        self.show_report(report_id)

    def _on_error(self, error: FirstlightError) -> None:
        self._desk.kit.toasts.show(explain(error).text, None, 15)

    def _picture_page(self, _rest: str) -> AnyPage:
        return self._evidence.editor()

    def _back_in_report(self, report_id: str) -> None:
        """From the editor to the composer."""
        self._desk.window.visit("report", section="reports", remember=False)
        composer = self._desk.window.page("report")
        if isinstance(composer, ReportPage):
            composer.open(report_id)

    def _on_attached(self, report_id: str) -> None:
        """A log was kept while the composer stood there."""
        composer = self._desk.window.page("report")
        if isinstance(composer, ReportPage) and composer.report_id == report_id:
            composer.shown()

    # -- guides --------------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def _on_flash(self, slug: str, _build: str) -> None:
        """From the week's card: carry on the run of this guide, or begin one."""
        desk = self._desk
        for state in desk.bench.unfinished():
            if state.guide.id == slug:
                self.open_run(state.run_id)
                return
        page = desk.window.visit("guides")
        entry = desk.bench.library.entry(desk.account_id, slug)
        if isinstance(page, GuidesPage) and entry is not None:
            page.open(entry)

    @Slot(str)
    def open_run(self, run_id: str) -> None:
        """The player of a run, at the step where it stands."""
        try:
            self._desk.host.player(run_id)
        except FirstlightError as error:
            self._on_error(error)
            return
        self._desk.window.visit(f"run:{run_id}", section="guides")

    def _run_page(self, run_id: str) -> AnyPage:
        desk = self._desk
        page: RunPage = run_pages.build(desk.kit, host=desk.host, run_id=run_id, photo_path=desk.bench.photo_path)
        page.back_requested.connect(lambda: self._leave_run(run_id))
        page.report_requested.connect(desk.report_from_run)
        page.outgrown.connect(self._on_outgrown)
        page.run_opened.connect(self.open_run)
        if hasattr(page, "closed"):
            page.closed.connect(lambda: self._leave_run(run_id))
        if hasattr(page, "honour_requested"):
            page.honour_requested.connect(lambda: desk.window.visit("honour"))
        return page

    def _leave_run(self, run_id: str) -> None:
        self._desk.window.visit("guides")
        if not self._desk.host.is_busy(run_id):
            self._desk.window.forget(f"run:{run_id}")

    @Slot(str)
    def _on_outgrown(self, run_id: str) -> None:
        """Another page is due for the run; when it is in view, show it."""
        key = f"run:{run_id}"
        is_in_view = self._desk.window.current == key
        self._desk.window.forget(key)
        if is_in_view:
            self._desk.window.visit(key, section="guides", remember=False)
