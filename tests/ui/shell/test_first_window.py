# SPDX-License-Identifier: Apache-2.0
"""The window of somebody who starts Firstlight for the first time: its first page speaks the language that is asked for, at any moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fakes.window import words_of
from firstlight.account.ui.welcome_page import WelcomePage
from firstlight.base.paths import Paths, resources
from firstlight.base.settings import Settings
from firstlight.kit.buttons import Segmented
from firstlight.shell.application import Application, Mode


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "logs", tmp_path / "config", resources()).make()
    made = Application(qapp, paths, Settings(language="en", theme="light"), version="0.3", mode=Mode())
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the crash box takes it; afterwards it is as it was
    yield made
    made.look.apply(Settings(language="en", theme="light"))  # Qt's application outlives this test
    made.close()
    made.deleteLater()


def choose(page: WelcomePage, language: str) -> None:
    """What the tester clicks at the top of the page."""
    named = {button.text(): button for button in page.findChild(Segmented).findChildren(QPushButton)}
    named[language].click()


def shown(application: Application) -> str:
    """The words that the tester sees now."""
    page = application.window._stack.currentWidget()
    return words_of(page) if page is not None else ""


def test_the_first_page_changes_its_language_and_keeps_what_was_typed(qtbot: QtBot, application: Application) -> None:
    with qtbot.waitSignal(application.ready):
        application.show()
    page = application.window.page("welcome")
    assert isinstance(page, WelcomePage)
    page.restore({"way": "hub", "hub": "hub.aurora.example"})
    choose(page, "简体中文")
    assert "欢迎使用" in shown(application)
    again = application.window.page("welcome")
    assert isinstance(again, WelcomePage)
    assert again.memo()["hub"] == "hub.aurora.example"
    choose(again, "English")
    assert "Welcome to Firstlight" in shown(application)


def test_a_language_that_is_chosen_before_the_store_is_open_is_not_lost(qtbot: QtBot, application: Application) -> None:
    with qtbot.waitSignal(application.ready):
        application.show()
        qtbot.waitUntil(lambda: application.window.page("welcome") is not None)
        assert application.desk is None, "the store opens in a thread"
        choose(application.window.page("welcome"), "简体中文")
    assert "欢迎使用" in shown(application)
    assert application.settings.language == "zh_CN"
