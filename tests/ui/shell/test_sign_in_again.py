# SPDX-License-Identifier: Apache-2.0
"""A sign-in that has ended is told where the line to the hub stands, and the way back in is one click from there, without leaving."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from fakes import told
from fakes.keyring_memory import MemoryKeyring
from firstlight.account.session import Account
from firstlight.account.tokens import TokenStore
from firstlight.account.ui.welcome_page import WelcomePage
from firstlight.base.paths import Paths, resources
from firstlight.base.settings import Settings
from firstlight.base.work import Work
from firstlight.shell.application import Application, Mode
from firstlight.shell.desk import Desk
from firstlight.shell.toast_view import ToastView
from firstlight.shell.ways import SignedIn
from firstlight.store.db import Database

HUB = "http://127.0.0.1:9"
"""Where nobody answers; the key ring is asked before the hub is."""


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "logs", tmp_path / "config", resources()).make()
    store = Database.open(paths.database)
    with store.write() as tx:
        for id, name in ((1, "anna"), (2, "ines")):
            tx.execute(
                "INSERT INTO account (id, hub, subject, name, email, me_json) VALUES (?, ?, ?, ?, '', ?)", (id, HUB, name, name, told.ME)
            )
    store.close()
    monkeypatch.setattr("firstlight.profile.TokenStore", lambda: TokenStore(backend=MemoryKeyring()))
    chosen = Settings(language="en", theme="light", account=1, hub=HUB)
    application = Application(qapp, paths, chosen, version="0.3", mode=Mode(open_browser=lambda _url: True))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the crash box takes it; afterwards it is as it was
    with qtbot.waitSignal(application.ready):
        application.show()
    assert application.desk is not None
    yield application.desk
    application.close()
    application.deleteLater()


def foot(desk: Desk) -> QToolButton:
    """How the line to the hub stands, at the foot of the sidebar."""
    assert desk.window.navigation is not None
    return desk.window.navigation.findChild(QToolButton, "network")


def account(desk: Desk, id: int) -> Account:
    return next(a for a in desk.profile.sessions.accounts() if a.id == id)


def ask_back(qtbot: QtBot, desk: Desk) -> WelcomePage:
    """The tester sees that the sign-in has ended, and clicks there."""
    qtbot.waitUntil(lambda: "Sign in again" in foot(desk).accessibleName())
    foot(desk).click()
    page = desk.window.page("welcome")
    assert isinstance(page, WelcomePage)
    return page


def test_an_ended_sign_in_is_never_called_everything_sent_and_its_notice_leads_back_in(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: "Sign in again" in foot(desk).accessibleName())
    assert "Everything sent" not in foot(desk).accessibleName()
    notice = desk.window.findChild(ToastView)
    offered = notice.findChild(QPushButton)
    assert offered.text() == "Sign in again"
    offered.click()
    assert desk.window.current == "welcome"


def test_who_signs_in_again_goes_on_with_what_they_were_at(qtbot: QtBot, desk: Desk) -> None:
    desk.window.visit("guides")
    page = ask_back(qtbot, desk)
    assert page.memo()["hub"] == HUB
    desk.window.visit("guides")  # nobody has to: everything stays in reach
    foot(desk).click()
    guides = desk.window.page("guides")
    page.signed_in.emit(SignedIn(account(desk, 1)))
    assert desk.window.current == "guides"
    assert desk.window.page("guides") is guides
    assert desk.window.page("welcome") is None


def test_who_signs_in_in_another_ones_place_sees_their_own_pages(qtbot: QtBot, desk: Desk) -> None:
    desk.window.visit("honour")
    of_anna = desk.window.page("honour")
    ask_back(qtbot, desk).signed_in.emit(SignedIn(account(desk, 2)))
    assert desk.account_id == 2
    assert desk.window.current == "week"
    assert desk.window.page("honour") is None is not of_anna


def test_who_signs_out_reads_what_stays_and_what_waits(qtbot: QtBot, desk: Desk) -> None:
    reports = desk.profile.reports
    draft = reports.new(1, title="The fan stops", text="It dropped to 0.")
    reports.queue(draft.id, Work(), undo_ms=0)
    desk.sign_out()
    qtbot.waitUntil(lambda: desk.window.current == "welcome")
    said = desk.window.findChildren(ToastView)[-1].accessibleName()
    assert "stay on this PC" in said
    assert "1 waiting to go out leaves when you sign in again." in said
