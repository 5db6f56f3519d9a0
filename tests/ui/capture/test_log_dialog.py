# SPDX-License-Identifier: Apache-2.0
"""Collecting logs in the window: a program of ours plays adb, a pseudo terminal the board, a real SSH server the router."""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from fakes.routers import stand, with_password
from fakes.window import Dressed, buttons_without_name, words_of
from firstlight.capture.log_buffer import LogBuffer
from firstlight.capture.ui import log_dialog
from firstlight.capture.ui.log_dialog import LogDialog
from firstlight.capture.ui.log_means import LogMeans
from firstlight.capture.ui.log_recorder import LogRecorder
from firstlight.devices.address import parse
from firstlight.devices.device import Device, Mode
from firstlight.devices.tool import Tool
from firstlight.kit.error_view import ErrorCard

LOG = b"""2026-11-22 10:11:12.345 +0800  1234  1250 I FanService: 2104 rpm
2026-11-22 10:11:42.000 +0800  1234  1250 E FanService: tach lost
2026-11-22 10:12:12.000 +0800   900   911 W thermal : 81 C
2026-11-22 10:21:12.000 +0800  1234  1250 D FanService: still lost
"""
PLAYS_ADB = """
import os, sys, time, zipfile
words = sys.argv[1:]
if "bugreport" in words:
    zipfile.ZipFile(words[-1], "w").writestr("main.txt", "fan 0 rpm")
    print("[ 50%] generating bugreport.zip")
elif "-T" in words:
    sys.stdout.buffer.write(LOG); sys.stdout.buffer.flush(); time.sleep(60)
else:
    sys.stdout.buffer.write(LOG)
"""


@pytest.fixture
def means(tmp_path: Path) -> LogMeans:
    adb = tmp_path / "adb"
    adb.write_text(f"#!{sys.executable}\nLOG = {LOG!r}\n{PLAYS_ADB}")
    adb.chmod(0o755)
    phone = Device(serial="4F7C21A9", address="4F7C21A9", mode=Mode.SYSTEM, product="aurora_a1")
    return LogMeans(
        adb=lambda: Tool(adb),
        phones=lambda _work: (phone,),
        router=lambda _address, _password: pytest.fail("no router is asked"),
        own_log=lambda: b"2026-11-22 10:11:12,345 INFO firstlight.sync: sent\n",
        ports=lambda: (),
        folder=tmp_path / "fetched",
    )


class Opened:
    def __init__(self, dressed: Dressed, qtbot, means: LogMeans) -> None:
        self.kit, self._qtbot, self._means = dressed.kit, qtbot, means
        self.recorder = LogRecorder(dressed.kit)
        self._window = QWidget()
        qtbot.addWidget(self._window)
        self.got: list[object] = []
        self.open()

    def open(self) -> None:
        self.dialog = LogDialog(self.kit, self._means, self.recorder, self._window)
        self.dialog.collected.connect(self.got.append)
        self.dialog.show()

    def press(self, button) -> None:
        self._qtbot.waitUntil(button.isEnabled, timeout=10_000)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def until(self, true) -> None:
        self._qtbot.waitUntil(lambda: bool(true()), timeout=15_000)

    @property
    def text(self) -> str:
        return self.dialog.reader.log.toPlainText()


@pytest.fixture
def opened(dressed, qtbot, means):
    made = Opened(dressed, qtbot, means)
    yield made
    made.recorder.stop()


def test_a_phones_log_is_fetched_searched_cut_and_attached(opened, means) -> None:
    opened.press(opened.dialog.panels["phone"].fetch)
    opened.until(lambda: "still lost" in opened.text)
    reader = opened.dialog.reader
    reader.level.setCurrentIndex(reader.level.findData("warn"))
    opened.until(lambda: "2104" not in opened.text)
    assert opened.text.count("\n") == 1
    assert "2 of 4 lines" in words_of(opened.dialog)
    reader.log.selectAll()
    opened.press(reader.cut)
    assert reader.span == (2, 3)
    opened.press(opened.dialog.attach_button)
    opened.until(lambda: opened.got)
    collected = opened.got[0]
    assert collected.path.read_bytes() == b"".join(LOG.splitlines(keepends=True)[1:3])
    assert (collected.role, collected.media) == ("log", "text/plain")
    assert collected.name.startswith("logcat-")
    assert list(means.folder.iterdir()) == [collected.path], "what was not attached is gone"


def test_a_recording_outlives_the_dialog_and_a_moment_is_taken_from_it(opened, monkeypatch) -> None:
    monkeypatch.setattr(log_dialog, "AFTER_S", 0.05)
    opened.press(opened.dialog.panels["phone"].record)
    opened.until(lambda: opened.recorder.buffer.heard.lines == 4)
    opened.dialog.close()
    assert opened.recorder.is_on
    opened.open()
    opened.until(lambda: "Recording aurora_a1" in words_of(opened.dialog))
    opened.press(opened.dialog.now_button)
    opened.until(lambda: "still lost" in opened.text)
    assert opened.recorder.is_on
    opened.press(opened.dialog.stop_button)
    assert not opened.recorder.is_on
    assert "Recorded aurora_a1" in words_of(opened.dialog)


def test_a_moment_of_a_recording_that_has_ended_is_its_last(opened) -> None:
    now = [1000.0]
    buffer = LogBuffer(lambda: now[0])
    buffer.add(b"old\n")
    now[0] = 2000.0
    buffer.add(b"it fell over\n")
    opened.recorder.buffer, now[0] = buffer, 9000.0
    assert buffer.around(opened.recorder.mark()) == b"it fell over\n"


def test_a_disk_that_refuses_a_log_is_said(dressed, qtbot, means, tmp_path) -> None:
    (tmp_path / "full").write_text("no folder")
    opened = Opened(dressed, qtbot, dataclasses.replace(means, folder=tmp_path / "full" / "logs"))
    opened.press(opened.dialog.panels["phone"].fetch)
    opened.until(lambda: opened.dialog.findChildren(ErrorCard))
    assert not opened.dialog.attach_button.isEnabled()
    opened.recorder.stop()


def test_a_bug_report_is_attached_as_an_archive(opened) -> None:
    opened.dialog.sources.chosen.emit("bugreport")
    opened.press(opened.dialog.panels["bugreport"].fetch)
    opened.until(opened.dialog.attach_button.isEnabled)
    opened.press(opened.dialog.attach_button)
    assert (opened.got[0].role, opened.got[0].media) == ("bugreport", "application/zip")
    assert opened.got[0].path.read_bytes().startswith(b"PK")


def test_a_board_on_a_serial_line_is_recorded_with_times(opened) -> None:
    master, slave = os.openpty()
    try:
        opened.dialog.sources.chosen.emit("serial")
        panel = opened.dialog.panels["serial"]
        panel.port.setCurrentText(os.ttyname(slave))
        opened.press(panel.record)
        opened.until(lambda: not (os.write(master, b"U-Boot 2026.01\r\n") and opened.recorder.buffer.heard.lines < 2))
        opened.press(opened.dialog.take_button)
        opened.until(lambda: "U-Boot 2026.01" in opened.text)
        assert opened.text[:4].isdigit()
    finally:
        opened.recorder.stop()
        opened.until(lambda: not opened.kit.jobs.is_busy("log recording"))
        os.close(master)
        os.close(slave)


def test_a_port_that_is_not_there_is_said_in_three_sentences(opened) -> None:
    opened.dialog.sources.chosen.emit("serial")
    opened.dialog.panels["serial"].port.setCurrentText("/dev/ttyNONE9")
    opened.press(opened.dialog.panels["serial"].record)
    opened.until(lambda: "/dev/ttyNONE9 is not there" in words_of(opened.dialog))


def test_a_routers_log_comes_over_ssh(dressed, qtbot, means, tmp_path) -> None:
    with stand("practice", tmp_path) as at:
        at.set_password("forest-of-ferns")
        means = dataclasses.replace(means, router=lambda address, password: at.client(with_password(password)))
        opened = Opened(dressed, qtbot, means)
        opened.dialog.sources.chosen.emit("router")
        panel = opened.dialog.panels["router"]
        panel.address.setText(parse(at.device.address).where)
        panel.password.setText("forest-of-ferns")
        opened.press(panel.logread)
        opened.until(lambda: opened.text != "")
        assert "lines" in words_of(opened.dialog)


def test_the_programs_own_log_and_names_for_readers(opened) -> None:
    opened.dialog.sources.chosen.emit("own")
    opened.press(opened.dialog.panels["own"].fetch)
    opened.until(lambda: "firstlight.sync" in opened.text)
    assert not buttons_without_name(opened.dialog)


def test_lines_that_qt_cannot_show_do_no_harm(opened, tmp_path) -> None:
    path = tmp_path / "hostile.log"
    path.write_bytes(b"\x00\xff\x1b[2J\xe2\x80\xae evil\n" + b"x" * 3_000_000)
    opened.dialog.reader.show_log(path)
    opened.until(lambda: "evil" in opened.text)
    assert "\x1b" not in opened.text
    opened.dialog.reader.log.moveCursor(QTextCursor.MoveOperation.Start)
