# SPDX-License-Identifier: Apache-2.0
"""Where a tester is at home: the welcome, this week, their own page, settings, the tray, and what a bug looks like."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QScrollArea, QToolButton, QWidget

from firstlight.account.errors import CodeRefused, KeyringLocked, KeyringUnavailable, SignInCancelled, SignInRefused, SignInTimedOut
from firstlight.account.ui.welcome_page import DemoHint, SignInWish, WelcomePage
from firstlight.base.errors import FirstlightError
from firstlight.hublink.errors import NotAHub, Unreachable
from firstlight.shell.crash_box import CrashBox
from firstlight.shell.settings_page import SettingsPage
from firstlight.sync.inbox import learn
from firstlight_contract.reports import State
from gallery.practising import GUIDES, Practising
from gallery.reporting import Reporting
from gallery.stage import Stage

PRACTICE = "http://127.0.0.1:8750"


# -- the welcome -------------------------------------------------------------------------------------------------------------------


def _welcome(stage: Stage) -> WelcomePage:
    stage.desk(signed_in=False)
    page = next(iter(stage.window.findChildren(WelcomePage)))
    stage.settle()
    return page


def welcome(stage: Stage, *, way: str = "code") -> QWidget:
    """The three ways in."""
    page = _welcome(stage)
    page.restore({"way": way, "code": "F-7KQ2-MXA9-R1" if way == "code" else "", "code_hub": "", "hub": ""})
    stage.rest(200)
    return stage.window


def practice_runs(stage: Stage) -> QWidget:
    """The practice hub runs and says who signs in."""
    page = _welcome(stage)
    page.set_demo(DemoHint(PRACTICE, "F-7KQ2-MXA9-R1", "anna@example.org", "first-light"))
    stage.rest(200)
    return stage.window


def waiting(stage: Stage, *, for_hub: bool = False) -> QWidget:
    """The browser, or the practice hub, is waited for."""
    page = _welcome(stage)
    page._show_waiting(True, for_hub=for_hub)
    if not for_hub:
        page._on_address(f"{PRACTICE}/o/authorize?client_id=firstlight&code_challenge=6sJ1xXw&redirect_uri=http%3A%2F%2F127.0.0.1%3A49152")
    stage.rest(200)
    return stage.window


def refused(stage: Stage, error: FirstlightError) -> QWidget:
    """Signing in came to nothing."""
    page = _welcome(stage)
    page.restore({"way": "hub", "code": "", "code_hub": "", "hub": "https://hub.aurora.example"})
    page._wish = SignInWish("https://hub.aurora.example", "")
    page._on_failed(error)
    stage.rest(200)
    return stage.window


# -- this week ---------------------------------------------------------------------------------------------------------------------


def week(stage: Stage, *, told: bool = True, reach: str = "", begun: bool = False, **facts: object) -> QWidget:
    """The first page."""
    made = Reporting(stage, told_week=told, **facts)
    if reach:
        made.queue("torch")
        made.profile.reach.failed(reach)
    if begun:
        player = made.desk.bench.runs.start(GUIDES / "r1-build", account_id=1)
        for _ in range(5):
            player.done(player.state.now.step.id)
    made.desk.window.visit("week")
    stage.settle()
    made.desk.window.page("week").reload()
    made.desk.show_network()
    stage.settle()
    return stage.window


# -- the tester's page ---------------------------------------------------------------------------------------------------------------


def profile(stage: Stage, *, told: bool = True, device: bool = False, down: bool = False) -> QWidget:
    """Sums, badges, weeks, and the story of a device."""
    made = Reporting(stage, told_week=told)
    if device:
        flashed = Practising(stage, "a1-weekly")
        flashed.play()
        made.desk.host.finish(flashed.run_id)
    page = made.desk.window.visit("honour")
    stage.settle()
    if down:
        _to_end(page)
    return stage.window


# -- settings ------------------------------------------------------------------------------------------------------------------------


def settings(stage: Stage, card: int, **chosen: object) -> QWidget:
    """From this card on."""
    made = Reporting(stage, told_week=True, **chosen)
    made.queue("fan", size=3_000_000)
    arrived = made.queue("torch", picture=True)
    made.drain()
    assert chosen or made.hub.reports[arrived.id].state is State.NEW
    made.write("alarm", size=2_000_000)
    page = made.desk.window.visit("settings")
    assert isinstance(page, SettingsPage)
    stage.settle()
    stage.rest(200)
    area = page.findChildren(QScrollArea)[0]
    item = page.body.itemAt(card)
    assert item is not None
    area.verticalScrollBar().setValue(item.geometry().top())
    stage.rest(100)
    return stage.window


def _to_end(page: QWidget) -> None:
    for area in page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


# -- small things --------------------------------------------------------------------------------------------------------------------


def tray(stage: Stage, **chosen: object) -> QWidget:
    """The menu of the icon."""
    made = Reporting(stage, **chosen)
    made.desk.show_network()
    menu = made.desk.tray._menu
    menu.popup(QPoint(40, 40))
    stage.at_end(menu.hide)
    stage.rest(200)
    return menu


def account_menu(stage: Stage) -> QWidget:
    """Behind the programme's name."""
    made = Reporting(stage)
    stage.settle()
    navigation = made.desk.window.navigation
    assert navigation is not None
    menu = next(b.menu() for b in navigation.findChildren(QToolButton) if b.menu() is not None and b.isVisible())
    menu.popup(QPoint(40, 40))
    stage.at_end(menu.hide)
    stage.rest(200)
    return menu


def crash(stage: Stage) -> QWidget:
    """A fault of ours."""
    made = Reporting(stage)
    before = sys.excepthook
    box = CrashBox(lambda: stage.window, stage.home / "logs" / "firstlight.log", made.desk)
    stage.at_end(lambda: setattr(sys, "excepthook", before))
    shown = QLabel()
    stage.own(shown)

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        details = [b for b in dialog.findChildren(QPushButton) if b.text() not in ("", "Go on")]
        assert details
        shown.setPixmap(dialog.grab())
        dialog.reject()

    QTimer.singleShot(400, take)
    box._show("TypeError: 'NoneType' object is not subscriptable")
    shown.adjustSize()
    shown.show()
    return shown


def toast(stage: Stage, badge: bool = False) -> QWidget:
    """A badge was earned while the window is looked at; or the hub wants the tester to sign in."""
    made = Reporting(stage, told_week=True)
    notices = made.desk.notices
    if badge:
        made.pull()
        notices.news(_news("badge"))
        stage.settle()
        with made.profile.db.write() as tx:
            learn(tx, 1, "badge", "first-flash", _earned(), seq=500)
        notices.news(_news("badge"))
    else:
        from firstlight.hublink.errors import SessionExpired

        notices.sign_in_again(SessionExpired(hub="hub.aurora.example"))
    stage.settle()
    return stage.window


def _news(kind: str) -> object:
    from firstlight.sync.news import InboxChanged

    return InboxChanged(1, frozenset({kind}))


def _earned() -> dict[str, object]:
    from fakes import told as known

    return known.badge("first-flash", "First flash", "首次刷机", "badge-first-flash", 1, 1, 1, order=1)


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "welcome": welcome,
    "welcome-hub": partial(welcome, way="hub"),
    "welcome-try": partial(welcome, way="demo"),
    "welcome-practice": practice_runs,
    "waiting-browser": waiting,
    "waiting-hub": partial(waiting, for_hub=True),
    "error-no-hub": partial(refused, error=Unreachable(reason="dns", hub="hub.aurora.example")),
    "error-not-a-hub": partial(refused, error=NotAHub(hub="hub.aurora.example", status=200)),
    "error-closed-browser": partial(refused, error=SignInTimedOut(hub="hub.aurora.example", minutes=3)),
    "error-cancelled": partial(refused, error=SignInCancelled(hub="hub.aurora.example")),
    "error-refused": partial(refused, error=SignInRefused(hub="hub.aurora.example", reason="state")),
    "error-code": partial(refused, error=CodeRefused(typed="F-7KQ2-MXA9-R1", reason="used")),
    "error-key-ring-locked": partial(refused, error=KeyringLocked()),
    "error-key-ring-none": partial(refused, error=KeyringUnavailable(reason="none")),
    "week-empty": partial(week, told=False),
    "week": week,
    "week-begun": partial(week, begun=True),
    "week-offline": partial(week, reach="dns"),
    "week-work-offline": partial(week, is_online=False),
    "profile": profile,
    "profile-device": partial(profile, device=True),
    "profile-end": partial(profile, device=True, down=True),
    "profile-empty": partial(profile, told=False),
    "settings-account": partial(settings, card=0),
    "settings-look": partial(settings, card=1),
    "settings-sending": partial(settings, card=3),
    "settings-paused": partial(settings, card=3, pause_sending=True),
    "settings-storage": partial(settings, card=4),
    "settings-end": partial(settings, card=7),
    "tray": tray,
    "tray-paused": partial(tray, pause_sending=True),
    "menu": account_menu,
    "crash": crash,
    "badge-earned": partial(toast, badge=True),
    "sign-in-again": toast,
}
