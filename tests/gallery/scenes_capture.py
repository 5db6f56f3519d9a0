# SPDX-License-Identifier: Apache-2.0
"""Gathering evidence: what to take of the PC, photos by a code, refusals, and logs that are fetched, recorded, searched and cut."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from fakes.device_log import Maker
from firstlight.capture.adapters import Adapter
from firstlight.capture.errors import CaptureError, LogNotRead, NothingCaptured
from firstlight.capture.ui.capture_dialog import CaptureDialog
from firstlight.capture.ui.countdown import Countdown
from firstlight.capture.ui.log_dialog import LogDialog
from firstlight.capture.ui.log_means import LogMeans
from firstlight.capture.ui.log_recorder import LogRecorder
from firstlight.capture.ui.phone_dialog import PhoneDialog
from firstlight.capture.ui.picker import Picker
from firstlight.capture.ui.screens import stills
from firstlight.devices.device import Device, Mode
from firstlight.devices.tool import Tool
from gallery.stage import Stage

HERE = (Adapter("eth0", "127.0.0.1"),)
PHONE = Device("A1Q7X20004F7C", "A1Q7X20004F7C", Mode.SYSTEM, product="a1_eng", way="adb")
PLAYS_ADB = """
import sys, time, zipfile
words = sys.argv[1:]
if "bugreport" in words:
    zipfile.ZipFile(words[-1], "w").writestr("main.txt", LOG)
elif "-T" in words:
    sys.stdout.buffer.write(LOG); sys.stdout.buffer.flush(); time.sleep(60)
else:
    sys.stdout.buffer.write(LOG)
"""


def shown(stage: Stage, dialog: QWidget) -> QWidget:
    """A dialog as it comes up."""
    stage.own(dialog)
    dialog.show()
    stage.rest(120)
    return dialog


def menu(stage: Stage) -> QWidget:
    """What to take of this PC."""
    stage.desk()
    return shown(stage, CaptureDialog(stage.kit, stage.window))


def countdown(stage: Stage) -> QWidget:
    """The seconds before a delayed picture."""
    stage.desk()
    made = Countdown(stage.kit, 5)
    stage.own(made)
    made.begin()
    return made


def picking(stage: Stage) -> QWidget:
    """A part of the screen is being framed, on a still of the screen."""
    stage.desk(told_week=True)
    stage.settle()
    picker = Picker(stage.kit, stills(), (), stage.window)
    stage.at_end(picker.deleteLater)
    picker.begin()
    cover = picker.covers[0]
    stage.at_end(cover.hide)
    cover.choose(QRect(120, 90, 420, 260))
    return cover


# -- photos from a phone ---------------------------------------------------------------------------------------------------------------


def code(stage: Stage, found: tuple[Adapter, ...] = HERE) -> QWidget:
    """The code to scan; the page for the phone is up, on this PC alone."""
    stage.desk()
    dialog = PhoneDialog(stage.kit, stage.window, found=found)
    shown(stage, dialog)
    stage.at_end(dialog.reject)
    if found:
        stage.until(dialog.address.text, "the page is up")
    return dialog


def refused(stage: Stage, error: CaptureError) -> QWidget:
    """What the window says when no picture came."""
    stage.desk(told_week=True)
    stage.settle()
    stage.desk().pages._on_error(error)
    stage.rest(300)
    return stage.window


# -- logs ----------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Logs:
    """A dialog with a program that plays adb, as in the tests of the dialog."""

    stage: Stage
    dialog: LogDialog
    recorder: LogRecorder

    def press(self, panel: str, button: str) -> None:
        """A button of a panel, once it can be pressed."""
        found = getattr(self.dialog.panels[panel], button)
        self.stage.until(found.isEnabled, "the phone answers")
        found.click()


def logs(
    stage: Stage, act: Callable[[Logs], object] | None = None, *, source: str = "phone", phones: tuple[Device, ...] = (PHONE,)
) -> QWidget:
    """The dialog with one of its sources."""
    stage.desk()
    text = b"\n".join(line.text for line in Maker(11, share=0.4).lines(400)) + b"\n"
    adb = stage.home / "adb"
    adb.write_text(f"#!{sys.executable}\nLOG = {text!r}\n{PLAYS_ADB}")
    adb.chmod(0o755)
    means = replace(stage.desk().pages._logs._means(), adb=lambda: Tool(adb), phones=lambda _work: phones, ports=lambda: ())
    assert isinstance(means, LogMeans)
    recorder = LogRecorder(stage.kit)
    stage.at_end(recorder.stop)
    dialog = LogDialog(stage.kit, means, recorder, stage.window)
    dialog.sources.chosen.emit(source)
    shown(stage, dialog)
    stage.settle(lanes=("look", "disk", "adb look"))
    if act is not None:
        act(Logs(stage, dialog, recorder))
        stage.settle(lanes=("look", "disk", "adb"))
    return dialog


def fetched(made: Logs) -> None:
    """What the phone holds, read."""
    made.press("phone", "fetch")
    made.stage.until(made.dialog.reader.log.toPlainText, "the log is shown")


def searched(made: Logs) -> None:
    """Searched and filtered by level."""
    fetched(made)
    reader = made.dialog.reader
    reader.level.setCurrentIndex(reader.level.findData("warn"))
    reader.search.setText("a")
    made.stage.rest(500)


def cut(made: Logs) -> None:
    """Some lines are kept."""
    fetched(made)
    reader = made.dialog.reader
    cursor = reader.log.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor, 8)
    reader.log.setTextCursor(cursor)
    reader.cut.click()


def recording(made: Logs) -> None:
    """While the tester tests."""
    made.press("phone", "record")
    made.stage.until(lambda: made.recorder.buffer is not None and made.recorder.buffer.heard.lines, "the phone is heard")


def just_now(made: Logs) -> None:
    """It happened; the seconds after it are waited for."""
    recording(made)
    made.dialog.now_button.click()


def archived(made: Logs) -> None:
    """A bug report is here."""
    made.press("bugreport", "fetch")
    made.stage.until(made.dialog.attach_button.isEnabled, "the bug report is made")


def no_line(made: Logs) -> None:
    """The serial line belongs to somebody else."""
    made.dialog._on_failed(LogNotRead(source="/dev/ttyUSB0", why="", reason="port_denied"))


SCENES = {
    "menu": menu,
    "countdown": countdown,
    "picking": picking,
    "photo-code": code,
    "photo-networks": partial(code, found=(*HERE, Adapter("wlan0", "127.0.0.2"))),
    "photo-no-network": partial(code, found=()),
    "portal-denied": lambda stage: refused(stage, NothingCaptured(why="", reason="denied")),
    "portal-missing": lambda stage: refused(stage, NothingCaptured(why="", reason="no_portal")),
    "portal-late": lambda stage: refused(stage, NothingCaptured(why="", reason="late")),
    "logs": logs,
    "logs-no-phone": partial(logs, phones=()),
    "logs-fetched": partial(logs, act=fetched),
    "logs-searched": partial(logs, act=searched),
    "logs-cut": partial(logs, act=cut),
    "logs-recording": partial(logs, act=recording),
    "logs-just-now": partial(logs, act=just_now),
    "logs-bugreport": partial(logs, source="bugreport"),
    "logs-bugreport-made": partial(logs, act=archived, source="bugreport"),
    "logs-router": partial(logs, source="router"),
    "logs-serial": partial(logs, source="serial"),
    "logs-serial-denied": partial(logs, act=no_line, source="serial"),
    "logs-own": partial(logs, source="own"),
}
