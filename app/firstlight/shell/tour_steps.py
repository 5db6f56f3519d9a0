# SPDX-License-Identifier: Apache-2.0
"""The steps of the tour, in order. Each does what a tester does with the window, and answers with what it saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from firstlight.account.ui.welcome_page import WelcomePage
from firstlight.devices.device import Kind
from firstlight.devices.ui.devices_page import DevicesPage
from firstlight.guides.ui.guides_page import GuidesPage
from firstlight.shell.settings_page import SettingsPage
from firstlight.shell.tour_guide import Guide, TourStopped
from firstlight.shell.tour_hands import click
from firstlight.shell.tour_people import TesterBrowser
from firstlight.shell.tour_report import go_online, status_back, write_report
from firstlight.shell.tour_runs import build_router, flash_phone


@dataclass(frozen=True)
class TourStep:
    """`do` answers with one sentence about what happened, or raises TourStopped."""

    name: str
    do: Callable[[Guide, TesterBrowser], str]


def sign_in(guide: Guide, browser: TesterBrowser) -> str:
    """Through the welcome page and the hub's own sign-in page."""
    desk = guide.desk
    info = desk.hub_info
    assert info is not None, "the hub runs"
    browser.account = next(a for a in info.accounts if not a.staff)
    desk.keep(work_offline=False)  # a tour that was killed may have left it on
    desk.clockwork.now()
    if desk.account_id and desk.profile.sessions.current() is not None:
        if _has_key(guide):
            guide.until(lambda: desk.clockwork.last_checked, "the hub was asked")
            return "signed in before, and still"
        desk.keep(account=0)
        desk.show_welcome()
    page = desk.window.page("welcome")
    if not isinstance(page, WelcomePage):
        raise TourStopped(step="sign in", why="there is no welcome page", out=str(guide.out))
    guide.until(page.has_programme, "the F-code is looked up")
    guide.picture("01-welcome")
    click(page.continue_button)
    guide.until(lambda: desk.account_id or page.is_waiting or page.has_error, "the browser opens")
    guide.until(lambda: desk.account_id or page.has_error, "the browser comes back")
    if not desk.account_id and page.has_error:
        guide.picture("01-welcome-keyring")
        page.session_only()  # no key ring here: the tester says so
        guide.until(lambda: desk.account_id, "signed in for this session")
    guide.until(lambda: desk.clockwork.last_checked, "the hub was asked")
    account = desk.profile.account()
    return f"{account.name} at {account.hub} through {browser.seen[-1] if browser.seen else 'no page'}"


def _has_key(guide: Guide) -> bool:
    """Whether the sign-in outlived the restart; without a key ring it does not."""
    profile = guide.desk.profile
    account = profile.account()
    guide.until(lambda: guide.desk.clockwork.last_checked or guide.desk.notices.has_asked, "the hub was asked", 20)
    return guide.desk.clockwork.last_checked is not None and bool(account)


def this_week(guide: Guide, _browser: TesterBrowser) -> str:
    """The first page, with the build of Friday."""
    desk = guide.desk
    guide.until(lambda: desk.bench.releases(desk.account_id), "the builds are here")
    desk.window.visit("week")
    guide.picture("02-week")
    newest = max(desk.bench.releases(desk.account_id), key=lambda r: r.published_at)
    return f"build {newest.version}, {len(newest.changes)} changes"


# -- guides ------------------------------------------------------------------------------------------------------------


def library(guide: Guide, _browser: TesterBrowser) -> str:
    """The guides as cards."""
    desk = guide.desk
    page = desk.window.visit("guides")
    assert isinstance(page, GuidesPage)
    entries = desk.bench.library.entries(desk.account_id)
    guide.picture("03-guides")
    return ", ".join(e.slug for e in entries)


def devices(guide: Guide, _browser: TesterBrowser) -> str:
    """Who is plugged in; a practice router is switched on, found and switched off again."""
    page = guide.desk.window.visit("devices")
    assert isinstance(page, DevicesPage)
    guide.until(lambda: page.seen is not None and bool(page.seen.devices), "the practice phone is found", 60)
    switch = page.practice.row(Kind.ROUTER).switch
    click(switch)
    guide.until(lambda: page.seen is not None and any(d.kind is Kind.ROUTER for d in page.seen.devices), "the practice router is found", 60)
    guide.picture("10-devices")
    found = sorted(d.kind.value for d in page.seen.devices if not d.why_hidden) if page.seen else []
    click(switch)
    guide.until(lambda: guide.desk.bench.rack.addresses() == (), "the practice router is off", 30)
    return ", ".join(found)


def badges(guide: Guide, _browser: TesterBrowser) -> str:
    """The badges that the hub gave for all this."""
    desk = guide.desk
    wanted = {"first-light", "first-flash", "hand-built", "bug-spotter"}

    def earned() -> set[str]:
        return {b.slug for b in desk.pages.honour.badges(desk.account_id) if b.earned_at is not None}

    desk.clockwork.now()
    guide.until(lambda: wanted <= earned() or desk.clockwork.send() or desk.clockwork.ask(), "the badges are earned", 60)
    desk.window.visit("honour")
    guide.rest(300)
    guide.picture("11-profile")
    return ", ".join(sorted(wanted & earned()))


def _to_end(page: SettingsPage) -> None:
    """Where sending and storage are set."""
    area = page.scroll_area
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() // 2)


def the_rest(guide: Guide, _browser: TesterBrowser) -> str:
    """Settings, and the week once more with everything done."""
    desk = guide.desk
    page = desk.window.visit("settings")
    assert isinstance(page, SettingsPage)
    guide.rest(300)
    guide.picture("12-settings")
    _to_end(page)
    guide.picture("12-settings-storage")
    desk.window.visit("week")
    guide.picture("13-week-done")
    return "settings, the week at its end"


STEPS: tuple[TourStep, ...] = (
    TourStep("signed in", sign_in),
    TourStep("this week", this_week),
    TourStep("guide library", library),
    TourStep("devices", devices),
    TourStep("guide finished", build_router),
    TourStep("flashed", flash_phone),
    TourStep("report queued offline", write_report),
    TourStep("arrived", go_online),
    TourStep("status back", status_back),
    TourStep("badge earned", badges),
    TourStep("settings", the_rest),
)
