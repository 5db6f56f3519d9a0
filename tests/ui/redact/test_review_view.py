# SPDX-License-Identifier: Apache-2.0
"""Looking a log over: what is shown is what leaves, and every change of mind is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from fakes.window import buttons_without_name, words_of
from firstlight.base.work import Progress
from firstlight.kit.buttons import Button, Switch
from firstlight.redact.mask import redact
from firstlight.redact.survey import Together
from firstlight.redact.ui.look_banner import LookBanner, time_left
from firstlight.redact.ui.review_view import ReviewView

LOG = """16:01:02 netifd: wan up 84.132.7.21
16:01:09 hostapd: ssid Moss-Attic-5G
16:11:03 hostapd: 8c:5a:f1:09:2e:71 up
16:16:12 board: R1E-004217
16:24:51 cloudd: user wren@moss.example
16:31:47 thermal: the blue bicycle, 81 C
"""
LOG_BYTES = LOG.encode()


class Seen:
    def __init__(self, qtbot, view):
        self.looks = 0
        self.choices = []
        self._qtbot = qtbot
        view.looked_at.connect(self._on_looked)
        view.choices_changed.connect(self.choices.append)

    def _on_looked(self):
        self.looks += 1

    def wait(self, looks):
        self._qtbot.waitUntil(lambda: self.looks >= looks, timeout=20_000)


@pytest.fixture
def opened(dressed, qtbot, tmp_path):
    def make(data=LOG_BYTES, choices=None):
        source = tmp_path / "logread.txt"
        source.write_bytes(data)
        view = ReviewView(dressed.kit, source=source, name="logread.txt", choices=choices)
        qtbot.addWidget(view)
        view.resize(520, 400)
        view.show()
        seen = Seen(qtbot, view)
        seen.wait(1)
        return view, seen, source

    return make


def leaving(source, choices) -> str:
    target = source.with_suffix(".out")
    redact(source, target, choices)
    return target.read_text()


def test_what_is_shown_is_what_leaves(opened):
    view, _, source = opened()
    assert view.log.toPlainText() == leaving(source, view.choices).rstrip("\n")
    assert "5 found, 5 hidden" in words_of(view)
    assert "Moss-Attic" not in view.log.toPlainText()


def test_a_kind_switched_off_stays_readable_and_is_told(opened):
    view, seen, source = opened()
    switch = next(s for s in view.findChildren(Switch) if "Serial" in s.accessibleName())
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    seen.wait(2)
    assert "serial" in seen.choices[-1]["off_kinds"]
    assert "R1E-004217" in view.log.toPlainText()
    assert view.log.toPlainText() == leaving(source, seen.choices[-1]).rstrip("\n")
    assert "5 found, 4 hidden" in words_of(view)


def test_neighbours_have_a_switch_of_their_own_and_are_hidden_until_it_is_used(opened):
    row = "8c:5a:f1:09:2e:99\t2437\t-61\t[WPA2-PSK-CCMP][ESS]\tVilla Kunterbunt\n"
    view, seen, source = opened((LOG + row).encode())
    switches = {s.accessibleName(): s for s in view.findChildren(Switch)}
    neighbours = "Hide: Networks of neighbours"
    assert switches[neighbours].isChecked()
    for at, other in enumerate(("Hide: Wi-Fi names", "Hide: Hardware addresses"), 2):
        QTest.mouseClick(next(s for s in view.findChildren(Switch) if s.accessibleName() == other), Qt.MouseButton.LeftButton)
        seen.wait(at)
    assert "Moss-Attic-5G" in view.log.toPlainText()
    assert "Villa Kunterbunt" not in view.log.toPlainText()
    assert "2e:99" not in view.log.toPlainText()
    QTest.mouseClick(next(s for s in view.findChildren(Switch) if s.accessibleName() == neighbours), Qt.MouseButton.LeftButton)
    seen.wait(4)
    assert "Villa Kunterbunt" in view.log.toPlainText()
    assert "-61" not in view.log.toPlainText(), "how near is a kind of its own"
    assert view.log.toPlainText() == leaving(source, seen.choices[-1]).rstrip("\n")


def test_one_detail_is_restored_and_hidden_again_by_keyboard(opened):
    view, seen, _ = opened()
    view.log.setFocus()
    for _ in range(3):
        QTest.keyClick(view.log, Qt.Key.Key_N)
    assert view.log.detail is not None
    assert view.log.detail.kind == "mac"
    QTest.keyClick(view.log, Qt.Key.Key_Return)
    seen.wait(2)
    assert seen.choices[-1]["restored"] == ["8c5af1092e71"]
    assert "8c:5a:f1:09:2e:71" in view.log.toPlainText()
    assert view.log.detail is not None
    assert not view.log.detail.is_hidden
    QTest.keyClick(view.log, Qt.Key.Key_Return)
    seen.wait(3)
    assert seen.choices[-1]["restored"] == []
    assert "8c:5a" not in view.log.toPlainText()


def test_selected_text_is_hidden_everywhere(opened):
    view, seen, _ = opened(LOG.encode() + b"again a blue bicycle\n")
    cursor = view.log.document().find("blue bicycle")
    view.log.setTextCursor(QTextCursor(cursor))
    assert "Hide the selected text" in words_of(view)
    QTest.mouseClick(view._hide_more, Qt.MouseButton.LeftButton)
    seen.wait(2)
    assert seen.choices[-1]["extra"] == ["blue bicycle"]
    assert "bicycle" not in view.log.toPlainText()
    assert view.log.toPlainText().count("[hidden 1]") == 2


def test_nothing_selected_is_answered_with_how_to_do_it(opened, dressed):
    view, seen, _ = opened()
    QTest.mouseClick(view._hide_more, Qt.MouseButton.LeftButton)
    assert "Select the text" in dressed.toasts[-1][0]
    assert seen.choices == []


def test_earlier_choices_hold_when_it_is_opened_again(opened):
    view, _, _ = opened(choices={"off_kinds": ["serial"], "restored": ["wren@moss.example"], "extra": ["thermal"]})
    text = view.log.toPlainText()
    assert "R1E-004217" in text
    assert "wren@moss.example" in text
    assert "thermal" not in text


def test_hostile_bytes_are_shown_as_marks(opened):
    view, _, _ = opened(b"\0\x07\xff\xfe\xed\xa0\x80 user a.b@c.example \x1b[31m\n" + b"x" * 9000 + b"\n")
    assert "[mail 1]" in view.log.toPlainText()


def test_a_file_that_cannot_be_read_is_said_in_words_and_not_counted_as_looked_at(dressed, qtbot, tmp_path):
    source = tmp_path / "a.zip"
    source.write_bytes(b"PK\x03\x04" + bytes(100))
    view = ReviewView(dressed.kit, source=source, name="a.zip")
    qtbot.addWidget(view)
    view.show()
    seen = Seen(qtbot, view)
    qtbot.waitUntil(lambda: "cannot be read" in words_of(view), timeout=20_000)
    assert seen.looks == 0


def test_a_log_without_details_says_so(opened, qtbot):
    view, _, _ = opened(b"fan 2104 rpm\n")
    qtbot.waitUntil(lambda: "Nothing private was found" in words_of(view))
    assert buttons_without_name(view) == []


def test_a_look_can_be_stopped_and_taken_up_again(dressed, qtbot, tmp_path):
    source = tmp_path / "long.log"
    source.write_bytes(LOG_BYTES * 60_000)
    view = ReviewView(dressed.kit, source=source, name="long.log")
    qtbot.addWidget(view)
    view.show()
    seen = Seen(qtbot, view)
    stop = next(b for b in view.findChildren(Button) if b.accessibleName() == "Stop looking through long.log")
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Stopped. long.log stays here" in words_of(view), timeout=20_000)
    assert seen.looks == 0, "what was not looked through does not count as looked at"
    assert not buttons_without_name(view)


@pytest.mark.parametrize(("done", "elapsed_s", "left"), [(0, 60, None), (10, 2, None), (25, 60, 3), (99, 60, 0), (50, 150, 2)])
def test_the_time_left_is_told_in_minutes_once_there_is_something_to_tell(dressed, qtbot, done, elapsed_s, left):
    progress = Progress("redact", done, 100)
    assert time_left(progress, elapsed_s * 1000) == left
    banner = LookBanner(dressed.kit, "long.log")
    qtbot.addWidget(banner)
    words = banner.words(progress, left)
    assert {None: "Working out", 0: "Less than a minute"}.get(left, f"About {left} minutes left") in words
    assert f"{done} %" in words


def test_what_is_hidden_in_another_file_is_hidden_here_and_told_where_to_switch_it(dressed, qtbot, tmp_path):
    first, second = tmp_path / "a.log", tmp_path / "b.log"
    first.write_bytes(b"the blue bicycle\n")
    second.write_bytes(b"user wren@moss.example on a bicycle\n")
    together = Together((first, second), ("bicycle",))
    view = ReviewView(dressed.kit, source=second, name="b.log", together=together)
    qtbot.addWidget(view)
    view.show()
    Seen(qtbot, view).wait(1)
    assert view.log.toPlainText() == "user [mail 1] on a [hidden 1]"
    view.log.go(1)
    view.log.go(1)
    QTest.keyClick(view.log, Qt.Key.Key_Return)
    assert "another file" in dressed.toasts[-1][0]
    assert view.choices["extra"] == []
