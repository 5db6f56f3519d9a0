# SPDX-License-Identifier: Apache-2.0
"""Collecting a log: from a phone, its bug report, a router, a serial line or this program; looked through, cut, attached.

A recording goes on when the dialog is closed; whoever opens it again finds it. Nothing leaves from here: what is attached is looked
over for private details in the report.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress, Work
from firstlight.capture import log_lines
from firstlight.capture.log_buffer import AFTER_S
from firstlight.capture.ui.log_means import LogMeans
from firstlight.capture.ui.log_panels import BugreportPanel, OwnPanel, Panel, PhonePanel, RouterPanel, SerialPanel
from firstlight.capture.ui.log_reader import LogReader
from firstlight.capture.ui.log_recorder import LogRecorder
from firstlight.kit import figures
from firstlight.kit.buttons import Button, Segmented
from firstlight.kit.error_view import ErrorCard
from firstlight.kit.frames import Bar
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.kit.layouts import clear
from firstlight.store.disk import fault_of

ZIP = "application/zip"


class Collected(NamedTuple):
    """A log that is to be attached; the file is the receiver's to delete."""

    path: Path
    name: str
    role: str
    media: str


class LogDialog(QDialog):
    """Choose where from, fetch or record, look, attach.

    Signals: collected(Collected).
    """

    collected = Signal(object)

    def __init__(self, kit: Kit, means: LogMeans, recorder: LogRecorder, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._kit, self._means, self._recorder = kit, means, recorder
        self._job: Job | None = None
        self._got: Collected | None = None
        self._made = 0
        self._moment = 0.0
        self.setWindowTitle(self.tr("Collect a log"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(kit.theme.px(680), kit.theme.px(480))
        self.resize(kit.theme.px(820), kit.theme.px(600))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        self._build_sources(box)
        self._build_recording(box)
        self._notes = QVBoxLayout()
        box.addLayout(self._notes)
        self._bar = Bar(kit, name=self.tr("Fetching"))
        self._bar.hide()
        box.addWidget(self._bar)
        self.reader = LogReader(kit)
        # Its place stays when it is hidden: nothing above it moves or grows.
        place = QVBoxLayout()
        place.addWidget(self.reader, 1)
        place.addStretch()
        box.addLayout(place, 1)
        self._build_foot(box)
        recorder.changed.connect(self._show_recording)
        recorder.heard.connect(self._show_recording)
        recorder.failed.connect(self._on_failed)
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.timeout.connect(self._take_moment)
        self._show_recording()
        self._on_source(recorder.source or "phone")

    # -- building ----------------------------------------------------------------------------------------------------------

    def _build_sources(self, box: QVBoxLayout) -> None:
        choices = (
            ("phone", self.tr("Phone")),
            ("bugreport", self.tr("Bug report")),
            ("router", self.tr("Router")),
            ("serial", self.tr("Serial line")),
            ("own", self.tr("This program")),
        )
        self.sources = Segmented(self._kit, choices, "phone", name=self.tr("Where the log comes from"))
        self.sources.chosen.connect(self._on_source)
        box.addWidget(self.sources, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self.panels: dict[str, Panel] = {
            "phone": PhonePanel(self._kit, self._means),
            "bugreport": BugreportPanel(self._kit, self._means),
            "router": RouterPanel(self._kit, self._means),
            "serial": SerialPanel(self._kit, self._means),
            "own": OwnPanel(self._kit, self._means),
        }
        for panel in self.panels.values():
            self._stack.addWidget(panel)
            panel.fetched.connect(self._on_fetch)
            panel.recorded.connect(self._recorder.start)
            panel.failed.connect(self._on_failed)
        box.addWidget(self._stack)

    def _build_recording(self, box: QVBoxLayout) -> None:
        self._recording = QWidget()
        row = QHBoxLayout(self._recording)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._state = label("", "small", tone="2")
        row.addWidget(self._state, 1)
        self.now_button = Button(self._kit, self.tr("It happened just now"), icon="lightning")
        self.now_button.clicked.connect(self._on_now)
        row.addWidget(self.now_button)
        self.take_button = Button(self._kit, self.tr("Take all of it"))
        self.take_button.clicked.connect(lambda: self._take(0.0))
        row.addWidget(self.take_button)
        self.stop_button = Button(self._kit, self.tr("Stop recording"), kind="ghost")
        self.stop_button.clicked.connect(self._recorder.stop)
        row.addWidget(self.stop_button)
        box.addWidget(self._recording)

    def _build_foot(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        safe = self.tr("Nothing leaves yet: private details are hidden in the report, and you look first.")
        row.addWidget(label(safe, "cap", tone="2"), 1)
        self.cancel_button = Button(self._kit, self.tr("Stop"))
        self.cancel_button.clicked.connect(self._on_stop)
        self.cancel_button.hide()
        row.addWidget(self.cancel_button)
        close = Button(self._kit, self.tr("Close"))
        close.clicked.connect(self.reject)
        row.addWidget(close)
        self.attach_button = Button(self._kit, self.tr("Attach to the report"), kind="primary", icon="paperclip")
        self.attach_button.clicked.connect(self._on_attach)
        self.attach_button.setEnabled(False)
        row.addWidget(self.attach_button)
        box.addLayout(row)

    # -- fetching ----------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_source(self, source: str) -> None:
        self.sources.set_current(source)
        self._stack.setCurrentWidget(self.panels[source])
        self.panels[source].look()

    @Slot(object, str, str)
    def _on_fetch(self, fetch: Callable[..., object], name: str, media: str) -> None:
        """`fetch(target, work=…)` writes the file."""
        clear(self._notes)
        self._forget()
        target = self._new_path(name)
        self._got = Collected(target, name, "bugreport" if media == ZIP else "log", media)
        self._bar.set_value(0, 0)
        self._bar.show()
        self.cancel_button.show()
        lane = "adb" if media == ZIP else "look"
        self._job = self._kit.jobs.start(_written, partial(fetch, target), self._means.folder, lane=lane, owner=self)
        self._job.progressed.connect(self._on_progress)
        self._job.finished.connect(lambda _nothing: self._on_fetched())
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)

    def _new_path(self, name: str) -> Path:
        self._made += 1
        return self._means.folder / f"{id(self):x}-{self._made}-{name}"

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self._bar.set_value(progress.done, progress.total)

    def _on_fetched(self) -> None:
        got = self._got
        if got is None:
            return
        if got.media == ZIP:
            size = figures.size(got.path.stat().st_size)
            words = self.tr("The bug report is here ({size}). Each text in it is looked over in the report.").format(size=size)
            self._notes.addWidget(label(words, "small"))
        self.reader.setVisible(got.media != ZIP)
        self.reader.show_log(None if got.media == ZIP else got.path)
        self.attach_button.setEnabled(True)

    def _on_ended(self) -> None:
        self._job = None
        self._bar.hide()
        self.cancel_button.hide()

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        clear(self._notes)
        self._notes.addWidget(ErrorCard(self._kit, error))

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # -- recording ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _show_recording(self) -> None:
        recorder = self._recorder
        self._recording.setVisible(recorder.buffer is not None)
        if recorder.buffer is None:
            return
        heard = recorder.buffer.heard
        size = figures.size(heard.size)
        if not recorder.is_on:
            self._state.setText(self.tr("Recorded {name}: {size}").format(name=recorder.name, size=size))
        elif heard.first_at:
            since = figures.clock(datetime.fromtimestamp(heard.first_at, UTC))
            self._state.setText(self.tr("Recording {name} since {time}: {size}").format(name=recorder.name, time=since, size=size))
        else:
            self._state.setText(self.tr("Recording {name}. Nothing was said yet.").format(name=recorder.name))
        self.now_button.setEnabled(bool(heard.lines) and not self._after.isActive())
        self.take_button.setEnabled(bool(heard.size))
        self.stop_button.setVisible(recorder.is_on)

    @Slot()
    def _on_now(self) -> None:
        self._moment = self._recorder.mark()
        if not self._recorder.is_on:
            self._take_moment()
            return
        self._after.start(round(AFTER_S * 1000))
        self.now_button.setEnabled(False)
        clear(self._notes)
        words = self.tr("Listening for what comes of it, {seconds} s more.").format(seconds=round(AFTER_S))
        self._notes.addWidget(label(words, "small"))

    @Slot()
    def _take_moment(self) -> None:
        clear(self._notes)
        self._take(self._moment)
        self._show_recording()

    def _take(self, moment: float) -> None:
        """The recording as a log: all of it, or what stands round a moment."""
        buffer = self._recorder.buffer
        if buffer is None:
            return

        def write(target: Path, *, work: Work) -> None:
            work.check()
            target.write_bytes(buffer.around(moment) if moment else buffer.all())

        self._on_fetch(write, f"{self._recorder.source}-{self._kit.now().astimezone():%H%M%S}.log", "text/plain")

    # -- attaching ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_attach(self) -> None:
        got, span = self._got, self.reader.span
        if got is None:
            return
        self.attach_button.setEnabled(False)
        if span is None or got.media == ZIP:
            self._hand_over(got)
            return
        cut = got._replace(path=self._new_path(got.name))
        trim = partial(log_lines.trim, got.path, cut.path, *span)
        self._job = self._kit.jobs.start(_written, trim, self._means.folder, lane="disk", owner=self)
        self._job.finished.connect(lambda _count: self._hand_over(cut))
        self._job.failed.connect(self._on_failed)

    def _hand_over(self, collected: Collected) -> None:
        if self._got is not None and self._got.path != collected.path:
            self._got.path.unlink(missing_ok=True)
        self._got = None
        self.collected.emit(collected)
        self.accept()

    def _forget(self) -> None:
        """What was fetched before and is not wanted."""
        self.attach_button.setEnabled(False)
        self.reader.show_log(None)
        self.reader.show()
        if self._got is not None:
            self._got.path.unlink(missing_ok=True)
            self._got = None

    def done(self, result: int) -> None:
        """Closed: what was fetched and not attached is gone; a recording goes on."""
        if self._job is not None:
            self._job.mute()
        if self._got is not None:
            self._got.path.unlink(missing_ok=True)
            self._got = None
        super().done(result)


def _written(write: Callable[..., object], folder: Path, *, work: Work) -> object:
    """Run what writes a file in that folder. Raises StoreError where the disk refuses, and what `write` does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return write(work=work)
    except OSError as error:
        raise fault_of(error, folder) from error
