# SPDX-License-Identifier: Apache-2.0
"""Settings of the line, storage that only clears what may go, and news that are said once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from fakes import told
from fakes.desk import Clock, Desk
from fakes.hub import FakeHub
from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.base.settings import Settings
from firstlight.kit.error_view import ErrorCard
from firstlight.shell.navigation import Network
from firstlight.shell.notices import Notices
from firstlight.shell.sending_card import SendingCard
from firstlight.shell.settings_page import SettingsPage
from firstlight.shell.stick import Stick
from firstlight.shell.storage_card import StorageCard, StorageFacts
from firstlight.shell.tray import Tray
from firstlight.store.errors import DiskFull
from firstlight.store.usage import Part, clear, usage
from firstlight.sync.inbox import learn
from firstlight.sync.news import InboxChanged
from firstlight.sync.usb import Bundles


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path, FakeHub(), Clock(told.NOW.timestamp()))
    yield made
    made.db.close()


@pytest.fixture
def dressed(qapp, desk):
    made = Dressed(qapp, told.NOW.astimezone)
    yield made
    made.close()


def button(page: QWidget, name: str) -> QAbstractButton:
    return next(b for b in page.findChildren(QAbstractButton) if name in (b.text().strip(), b.accessibleName()))


def test_each_choice_of_sending_is_told_with_its_value(qtbot, dressed):
    card = SendingCard(dressed.kit, Settings())
    qtbot.addWidget(card)
    told_: dict[str, object] = {}
    card.changed.connect(told_.__setitem__)
    button(card, "Pause sending").click()
    button(card, "512 KB/s").click()
    button(card, "Metered").click()
    button(card, "20 MB").click()
    button(card, "No notices of the system").click()
    assert told_ == {"pause_sending": True, "upload_kib_s": 512, "metered": "yes", "big_file_mb": 20, "quiet": True}
    assert buttons_without_name(card) == []


def test_storage_names_its_parts_and_clears_only_what_has_arrived(qtbot, dressed, desk, tmp_path):
    desk.queue("arrived", log=b"delivered " * 1000)
    desk.drain_after()
    desk.write("a draft", log=b"half a thought " * 1000)

    def measure(work):
        return StorageFacts(usage(desk.db, desk.blobs), 5_000_000_000)

    def wipe(part, work):
        return clear(desk.db, desk.blobs, frozenset({part}), work)

    card = StorageCard(dressed.kit, folder=tmp_path, measure=measure, wipe=wipe)
    qtbot.addWidget(card)
    card.show()
    card.refresh()
    qtbot.waitUntil(dressed.is_idle)
    assert "Not arrived yet" in words_of(card)
    assert not [b for b in card.findChildren(QAbstractButton) if b.accessibleName() == "Clear: Not arrived yet"]
    button(card, "Clear: Arrived at the hub").click()
    qtbot.waitUntil(lambda: dressed.is_idle() and bool(dressed.toasts))
    sizes = {use.part: use.size for use in usage(desk.db, desk.blobs)}
    assert sizes[Part.DELIVERED] == 0
    assert sizes[Part.UNSENT] > 10_000


def test_the_stick_takes_what_waits_and_says_who_can_read_it(qtbot, dressed, desk, tmp_path, monkeypatch):
    desk.queue("Torch stays lit")
    sent: list[str] = []
    top = SimpleNamespace(
        kit=dressed.kit,
        window=None,
        account_id=1,
        profile=SimpleNamespace(bundles=Bundles(desk.db, desk.blobs, desk.outbox, desk.clock)),
        clockwork=SimpleNamespace(send=lambda: sent.append("send")),
    )
    stick = Stick(top, dressed.look)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "stick"))
    stick.save()
    qtbot.waitUntil(lambda: bool(dressed.toasts))
    (bundle,) = (tmp_path / "stick").iterdir()
    assert "1 report or answer is on the stick" in dressed.toasts[0][0]
    assert bundle.name in dressed.toasts[0][0]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bundle), ""))
    stick.bring()
    qtbot.waitUntil(lambda: bool(sent))
    assert "of your own" in dressed.toasts[1][0]
    broken = tmp_path / "broken.firstlight"
    broken.write_bytes(Path(bundle).read_bytes()[:-40])
    stick.bring_from(broken)
    qtbot.waitUntil(lambda: len(dressed.toasts) == 3)


def test_the_tray_says_what_the_sidebar_says_and_its_menu_acts(qtbot, dressed):
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(dressed.kit, window, window)
    tray.show_state(Network(False, "Sending is paused", "2 waiting to go out", "pause"), is_paused=True)
    assert tray.tool_tip == "Firstlight\nSending is paused\n2 waiting to go out"
    opened, send, pause, quit_ = tray.actions
    assert not send.isEnabled()
    assert pause.isChecked()
    with qtbot.waitSignal(tray.paused) as paused:
        pause.trigger()
    assert paused.args == [False]
    with qtbot.waitSignal(tray.open_asked):
        opened.trigger()
    with qtbot.waitSignal(tray.quit_asked):
        quit_.trigger()


def test_a_fix_is_said_once_and_what_came_with_the_first_news_is_not(qtbot, dressed, desk):
    told.tell_week(desk.db)
    window = QWidget()
    qtbot.addWidget(window)
    top = SimpleNamespace(kit=dressed.kit, profile=SimpleNamespace(db=desk.db, inbox=desk.inbox, settings=Settings()))
    notices = Notices(top, Tray(dressed.kit, window, window), window)
    news = InboxChanged(1, frozenset({"report"}))
    notices.news(news)
    qtbot.waitUntil(dressed.is_idle)
    assert dressed.toasts == []
    key = next(b["id"] for b in desk.inbox.bodies(1, "report") if b["state"] not in ("fixed", "question"))
    body = {**(desk.inbox.body(1, "report", key) or {}), "state": "fixed", "fixed_in": "26.48"}
    with desk.db.write() as tx:
        learn(tx, 1, "report", key, body, seq=9_000)
    notices.news(news)
    notices.news(news)
    qtbot.waitUntil(lambda: dressed.is_idle() and bool(dressed.toasts))
    assert [text for text, _ in dressed.toasts] == [f"{body['number']} is fixed in 26.48. Does it work for you?"]


@pytest.fixture
def settings_page(qtbot, dressed, tmp_path):
    """Makes the page, with what measures storage and what finds tools."""

    def make(measure, tools):
        page = SettingsPage(
            dressed.kit,
            settings=Settings(),
            account=None,
            measure=measure,
            wipe=lambda part, work: 0,
            tools=tools,
            folder=tmp_path,
            version="1",
        )
        qtbot.addWidget(page)
        page.show()
        return page

    return make


def test_settings_measure_again_each_time_they_are_shown(qtbot, dressed, desk, settings_page):
    """The page is built once, and what waits comes and goes meanwhile."""
    found = {"adb": ""}

    def measure(work):
        return StorageFacts(usage(desk.db, desk.blobs), 5_000_000_000)

    page = settings_page(measure, lambda work: dict(found))
    page.shown()
    qtbot.waitUntil(dressed.is_idle)
    assert "Not arrived yet, 0 B" in words_of(page)
    desk.write("a draft", log=b"half a thought " * 1000)
    found["adb"] = "/opt/platform-tools/adb"
    page.shown()
    qtbot.waitUntil(dressed.is_idle)
    assert "Not arrived yet, 0 B" not in words_of(page)
    assert "/opt/platform-tools/adb" in words_of(page)


def test_what_failed_in_settings_is_said_once_and_goes_with_the_next_look(qtbot, dressed, desk, settings_page):
    is_broken = True

    def measure(work):
        if is_broken:
            raise DiskFull(need=8 << 20, free=0)
        return StorageFacts(usage(desk.db, desk.blobs), 5_000_000_000)

    page = settings_page(measure, lambda work: {})
    for _ in range(2):
        page.shown()
        qtbot.waitUntil(dressed.is_idle)
        assert len([card for card in page.findChildren(ErrorCard) if not card.isHidden()]) == 1
    is_broken = False
    page.shown()
    qtbot.waitUntil(dressed.is_idle)
    assert not [card for card in page.findChildren(ErrorCard) if not card.isHidden()]
