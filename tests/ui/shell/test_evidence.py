# SPDX-License-Identifier: Apache-2.0
"""Pictures on their way into a report: on the canvas before they are on the disk, and nothing drawn meanwhile is lost."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QObject, QSettings
from PySide6.QtGui import QColor, QImage

from fakes.window import Dressed
from firstlight.annotate.document import read
from firstlight.annotate.ui.editor import EditorPage
from firstlight.annotate.ui.flatten import flatten
from firstlight.base.paths import Paths, resources
from firstlight.base.settings import Settings
from firstlight.capture.ui.log_dialog import Collected, LogDialog
from firstlight.profile import Profile
from firstlight.shell.evidence import Evidence
from firstlight.shell.log_collecting import LogCollecting
from firstlight.shell.window import MainWindow


class Desk(QObject):
    """What the shell gives, without a hub."""

    def __init__(self, dressed, folder):
        super().__init__()
        self.kit = dressed.kit
        self.profile = Profile(
            Paths(*(folder / n for n in ("data", "cache", "logs", "config")), resources()).make(), Settings(), flatten=flatten
        )
        self.window = MainWindow(self.kit, QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat))
        self.bench = SimpleNamespace(found_tools=lambda: {"adb": "", "fastboot": ""}, phone_screen=lambda work: b"")
        self.errors, self.left = [], []
        self.evidence = Evidence(self, self, failed=self.errors.append, left=self.left.append)
        self.window.use(lambda _key: self.evidence.editor(), lambda: True)
        self.report = self.profile.reports.new(None, title="Fan stops").id

    @property
    def editor(self) -> EditorPage:
        page = self.window.page("picture")
        assert isinstance(page, EditorPage)
        return page

    def pictures(self):
        return [a for a in self.profile.reports.get(self.report).attachments if a.is_picture]


@pytest.fixture
def dressed(qapp):
    made = Dressed(qapp, lambda: datetime(2026, 11, 24, 10, 31, tzinfo=UTC).astimezone())
    yield made
    made.close()


@pytest.fixture
def desk(dressed, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("firstlight.shell.evidence.tool.find", lambda _name: None)
    made = Desk(dressed, tmp_path)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    qtbot.waitUntil(lambda: not made.kit.jobs.is_busy(), timeout=10_000)
    made.profile.db.close()
    assert made.errors == []


def image(colour: str, width: int = 640, height: int = 400) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    made.setDotsPerMeterX(7560)
    made.setDotsPerMeterY(7560)
    return made


def test_a_fresh_picture_is_on_the_canvas_at_once_and_what_is_drawn_before_it_is_kept_is_kept(desk, qtbot):
    desk.evidence._open_fresh(desk.report, image("green"), stem="screen")
    editor = desk.editor
    assert desk.evidence._fresh.pos < 0, "nobody has told yet where it is kept"
    assert editor.document.scale == 2.0
    editor.live.set_tool("hide")
    editor.live.place(200, 200)
    drawn = editor.document
    qtbot.waitUntil(lambda: bool(desk.pictures() and desk.pictures()[0].annotations), timeout=10_000)
    (kept,) = desk.pictures()
    assert read(kept.annotations) == drawn
    assert kept.name.startswith("screen-")
    original = desk.profile.blobs.path(kept.sha256)
    assert QImage(str(original)).pixelColor(200, 200) == QColor("green"), "the picture itself is never touched"
    editor.live.set_tool("box")
    editor.live.place(300, 100)
    qtbot.waitUntil(lambda: len(desk.pictures()[0].annotations["shapes"]) == 2, timeout=10_000)


def test_from_picture_to_picture_and_back_before_the_disk_has_it_nothing_is_old(desk, qtbot):
    for colour in ("green", "navy"):
        desk.evidence._open_fresh(desk.report, image(colour), stem=colour)
        qtbot.waitUntil(lambda: not desk.kit.jobs.is_busy(), timeout=10_000)
    green, navy = desk.pictures()
    desk.evidence.open(desk.report, green.pos)
    assert list(desk.editor.strip.thumbs) == [green.pos, navy.pos]
    desk.editor.live.set_tool("number")
    desk.editor.live.place(50, 50)
    drawn = desk.editor.document
    desk.editor.strip.chosen.emit(navy.pos)
    assert desk.editor.document.is_empty
    desk.editor.strip.chosen.emit(green.pos)
    assert desk.editor.document == drawn
    desk.editor.use_picture()
    assert desk.left == [desk.report]
    qtbot.waitUntil(lambda: bool(desk.pictures()[0].annotations), timeout=10_000)
    assert read(desk.pictures()[0].annotations) == drawn


def test_photos_and_pasted_pictures_join_the_report_and_the_first_is_opened(desk, qtbot):
    desk.evidence._open_fresh(desk.report, image("green"), stem="screen")
    qtbot.waitUntil(lambda: len(desk.pictures()) == 1, timeout=10_000)
    mime = QMimeData()
    mime.setImageData(image("red", 33, 22))
    desk.editor.offered.emit(mime)
    qtbot.waitUntil(lambda: desk.editor.document.width == 33, timeout=10_000)
    desk.evidence._attach(desk.report, desk.evidence._as_sources((_jpeg(50), _jpeg(60))))
    qtbot.waitUntil(lambda: desk.editor.document.width == 50, timeout=10_000)
    assert [a.role for a in desk.pictures()] == ["picture", "picture", "photo", "photo"]
    words = QMimeData()
    words.setText("no picture")
    desk.editor.offered.emit(words)
    assert len(desk.pictures()) == 4


def test_send_waits_for_photos_and_logs_that_are_on_their_way_whatever_else_the_disk_does(desk, qtbot, tmp_path):
    go = threading.Event()
    desk.kit.jobs.start(lambda *, work: go.wait(20), lane="disk")
    log = tmp_path / "trace.log"
    log.write_bytes(b"up\n")
    logs = LogCollecting(desk, desk, failed=desk.errors.append, attached=lambda _report: None)
    logs._attach(desk.report, Collected(log, "trace.log", "log", "text/plain"))
    desk.evidence._attach(desk.report, desk.evidence._as_sources((_jpeg(50),)))
    seen = []
    job = desk.kit.jobs.start(lambda *, work: desk.profile.reports.get(desk.report).attachments, lane=f"draft:{desk.report}")
    job.finished.connect(seen.append)
    try:
        qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    finally:
        go.set()
    assert [a.role for a in seen[0]] == ["log", "photo"]


def test_logs_that_a_killed_program_left_are_swept(desk, qtbot, tmp_path):
    folder = desk.profile.paths.cache / "logs"
    folder.mkdir(parents=True)
    desk.bench.devices = SimpleNamespace(devices=lambda _work: ())
    (folder / "7f-1-logcat.log").write_bytes(b"raw\n")
    os.utime(folder / "7f-1-logcat.log", (1, 1))
    logs = LogCollecting(desk, desk, failed=desk.errors.append, attached=lambda _report: None)
    logs.collect(desk.report)
    qtbot.waitUntil(lambda: not any(folder.iterdir()), timeout=10_000)
    for dialog in desk.window.findChildren(LogDialog):
        dialog.reject()


def _jpeg(width: int) -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, 40), "blue").save(out, "JPEG")
    return out.getvalue()
