# SPDX-License-Identifier: Apache-2.0
"""The window: pages are made at their first visit, rebuilt when the look changes, and closing can be refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from firstlight.base.paths import resources
from firstlight.base.settings import Settings
from firstlight.kit.pages import Page
from firstlight.kit.toasts import Offer
from firstlight.shell.look import Look
from firstlight.shell.navigation import Navigation, Network, Section
from firstlight.shell.toast_view import ToastView
from firstlight.shell.window import MainWindow


class Notebook(Page):
    """A page that remembers what was written on it."""

    def __init__(self, kit: Any) -> None:
        super().__init__(kit, kit.language)
        self.written = ""

    def memo(self) -> dict[str, Any]:
        return {"written": self.written}

    def restore(self, memo: dict[str, Any]) -> None:
        self.written = memo["written"]


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp, resources(), lambda: datetime.now().astimezone())
    yield made
    made.apply(Settings(language="en", theme="light"))  # the application outlives this test: leave it as others expect it
    made.jobs.close()


@pytest.fixture
def window(qtbot: QtBot, look: Look, tmp_path: Path) -> MainWindow:
    made = MainWindow(look.apply(Settings(language="en", theme="light")), QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    return made


def sections(look: Look, language: str = "en") -> Navigation:
    kit = look.apply(Settings(language=language, theme="light"))
    return Navigation(
        kit,
        (Section("week", "This week", "house"), Section("settings", "Settings", "gear-six")),
        ("Aurora", "ring"),
        (("sign_out", "Sign out"),),
    )


def test_a_page_is_made_at_its_first_visit_and_kept(window: MainWindow, look: Look) -> None:
    made: list[str] = []
    kit = look.apply(Settings(language="en", theme="light"))

    def make(key: str) -> Page:
        made.append(key)
        return Notebook(kit)

    window.use(make, lambda: True)
    first = window.visit("a")
    window.visit("b")
    assert window.visit("a") is first
    assert made == ["a", "b"]


def test_another_language_builds_pages_again_with_what_was_written(window: MainWindow, look: Look) -> None:
    kits = {"now": look.apply(Settings(language="en", theme="light"))}
    window.use(lambda key: Notebook(kits["now"]), lambda: True)
    page = window.visit("a")
    assert isinstance(page, Notebook)
    page.written = "fan stops"
    kits["now"] = look.apply(Settings(language="zh_CN", theme="dark"))
    window.rebuild(kits["now"], None)
    again = window.page("a")
    assert isinstance(again, Notebook)
    assert again is not page
    assert again.written == "fan stops"
    assert again.kit.language == "zh_CN"


class Polished(QWidget):
    """Counts how often the style sheet was looked at for it."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        self.times += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_another_language_leaves_the_style_sheet_alone_which_takes_most_of_a_second(qtbot: QtBot, look: Look) -> None:
    look.apply(Settings(language="en", theme="light"))
    widget = Polished()
    qtbot.addWidget(widget)
    widget.show()
    before = widget.times
    look.apply(Settings(language="zh_CN", theme="light"))
    assert widget.times == before
    look.apply(Settings(language="zh_CN", theme="dark"))
    assert widget.times > before


def test_back_goes_to_the_page_before(window: MainWindow, look: Look) -> None:
    kit = look.apply(Settings(language="en", theme="light"))
    window.use(lambda key: Notebook(kit), lambda: True)
    window.visit("a")
    window.visit("b")
    window.go_back()
    assert window.current == "a"


def test_closing_is_refused_while_it_is_not_safe(window: MainWindow, look: Look) -> None:
    is_safe = [False]
    kit = look.apply(Settings(language="en", theme="light"))
    window.use(lambda key: Notebook(kit), lambda: is_safe[0])
    window.show()
    assert not window.close()
    assert window.isVisible()
    is_safe[0] = True
    assert window.close()


def test_a_narrow_window_has_the_rail_and_says_the_same_to_a_reader(qtbot: QtBot, window: MainWindow, look: Look) -> None:
    kit = look.apply(Settings(language="en", theme="light"))
    window.use(lambda key: Notebook(kit), lambda: True)
    navigation = sections(look)
    window.set_navigation(navigation)
    window.visit("week")
    navigation.set_network(Network(False, "Offline, 3 waiting", "Since 15:12", "cloud-slash"))
    window.resize(1180, 760)
    window.show()
    wide = navigation.width()
    window.resize(900, 600)
    assert navigation.width() == 56 < wide

    def names() -> list[str]:
        return [b.accessibleName() for b in navigation.findChildren(QAbstractButton) if b.isVisible()]

    qtbot.waitUntil(lambda: any("Offline, 3 waiting" in name for name in names()))
    assert all(names())


def test_every_icon_that_the_code_names_is_there(look: Look) -> None:
    import re

    import firstlight

    root = Path(firstlight.__file__).parent
    named = set()
    for path in root.rglob("*.py"):
        text = path.read_text("utf-8")
        named.update(re.findall(r'icon="([a-z0-9-]+)"', text))
        named.update(re.findall(r'IconLabel\((?:self\._?kit|kit), "([a-z0-9-]+)"', text))
        named.update(re.findall(r'IconButton\((?:self\._?kit|kit), "([a-z0-9-]+)"', text))
    assert len(named) > 30
    missing = sorted(name for name in named if not (resources() / "icons" / f"{name}.svg").is_file())
    assert not missing


def test_a_notice_that_leads_to_a_page_goes_when_the_tester_comes_there_another_way(window: MainWindow, look: Look, qtbot: QtBot) -> None:
    """It would lie on the very page that says the same."""
    kit = look.apply(Settings(language="en", theme="light"))
    window.use(lambda _key: Notebook(kit), lambda: True)
    window.complete()
    window.show()
    qtbot.waitExposed(window)
    window.visit("week")

    def words() -> list[str]:
        return [view.accessibleName() for view in window.findChildren(ToastView) if view.isVisible()]

    kit.toasts.show("It is written.", Offer("Open", lambda: None, leads_to="run:1"))
    window.visit("guides")
    assert words() == ["It is written."]
    window.visit("run:1")
    assert words() == []
    kit.toasts.show("Thrown away.", lambda: None)
    window.visit("week")
    assert words() == ["Thrown away."]
