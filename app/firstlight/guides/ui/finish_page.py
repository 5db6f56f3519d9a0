# SPDX-License-Identifier: Apache-2.0
"""The end of a run: what is done, the album of the build, what it counts for. Constructor:

    FinishPage(kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path])

Badges are the hub's to give; this page only says that the run goes out and where to look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.guides.album import Album, album_of
from firstlight.guides.ui import deed_words, durations, kind_words
from firstlight.guides.ui.album import Sheet
from firstlight.guides.ui.cover import cover_of
from firstlight.guides.ui.finish_cards import checks_card, steps_card, written_card
from firstlight.guides.ui.guide_card import CoverArt
from firstlight.guides.ui.photo_drop import rounded
from firstlight.guides.ui.picture_view import read_pixels
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage
from firstlight.guides.ui.step_words import FlowLayout
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.error_text import explain
from firstlight.kit.frames import Banner, Card, IconLabel
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guides import GuideKind
from firstlight_contract.wire import words_in


class FinishPage(RunPage):
    """Signals: those of RunPage; closed() when the tester is through with it, honour_requested()."""

    stage = Stage.FINISHED
    closed = Signal()
    honour_requested = Signal()

    def __init__(self, kit: Kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path]) -> None:
        super().__init__(kit, host, run_id)
        self._photo_path = photo_path
        state = self.state
        self.set_title(words_in(state.guide.title, kit.language), deed_words.subtitle(state))
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(14)
        box.addWidget(self._headline())
        # Large buttons have no place beside each other in the bar.
        acts = QFrame()
        self._acts = FlowLayout(12)
        acts.setLayout(self._acts)
        acts.setVisible(self.is_large)
        box.addWidget(acts)
        album = album_of(state)
        self._told = self._told_by_the_journal(album)
        if album.is_certificate:
            box.addLayout(self._told)
        if state.photos:
            box.addWidget(self._album())
        if not album.is_certificate:
            box.addLayout(self._told)
        self.honour_button = Button(kit, self.tr("See your badges"), icon="medal", size="small")
        self.honour_button.clicked.connect(self.honour_requested)
        said = self.tr("It goes to the hub by itself; when you are offline, once you are back. Badges are checked there.")
        box.addWidget(Banner(kit, "info", said, actions=(self.honour_button,)))
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area switched it on
        self.columns.addWidget(area, 1)
        self._build_actions(album)

    def _build_actions(self, album: Album) -> None:
        kit, state = self.kit, self.state
        name = self.tr("Save the certificate") if album.is_certificate else self.tr("Save the album")
        self.save_button = Button(kit, name, icon="floppy-disk")
        self.save_button.clicked.connect(self._on_save)
        self.back_button = Button(kit, "", icon="arrow-counter-clockwise", parent=self)
        may_go_back = state.previous is not None and not state.is_going_back and not state.rolls_back
        if state.previous is not None:
            self.back_button.setText(self.tr("Put {build} back").format(build=state.previous.version))
            self.back_button.setToolTip(self.tr("A run of its own, behind the same checks. Its images are on this PC."))
        self.back_button.clicked.connect(self._on_roll_back)
        self.back_button.setVisible(may_go_back)
        self.report_button = Button(kit, self.tr("Tell the team how it went"), icon="chat-text")
        self.report_button.clicked.connect(self.ask_report)
        self.close_button = Button(kit, self.tr("Back to the guides"), kind="primary", size="large")
        self.close_button.clicked.connect(self.closed)
        for button in (self.save_button, *((self.back_button,) if may_go_back else ()), self.report_button):
            (self._acts if self.is_large else self.action_bar).addWidget(button)
        self._kept = QWidget()
        kept = QHBoxLayout(self._kept)
        kept.setContentsMargins(0, 0, 0, 0)
        kept.setSpacing(8)
        kept.addWidget(IconLabel(kit, "check-circle", "text-2", 16))
        words = self.tr("Kept on this PC at {time}").format(time=figures.clock(state.kept_at))
        kept.addWidget(label(words, "cap", tone="2", wrap=False))
        self.action_bar.addWidget(self._kept)
        self.action_bar.addStretch(1)
        self.action_bar.addWidget(self.close_button)
        self.width_class_changed.connect(self._kept.setVisible)  # in a narrow window the buttons need its place

    def _told_by_the_journal(self, album: Album) -> QBoxLayout:
        """What the certificate or the album has in words."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(14)
        if album.is_certificate:
            row.addWidget(checks_card(self.kit, album), 3)
            row.addWidget(written_card(self.kit, album), 2)
            self.width_class_changed.connect(
                lambda wide: row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
            )
        else:
            row.addWidget(steps_card(self.kit, album))
        return row

    @Slot()
    def _on_save(self) -> None:
        """Ask where, then draw it in the background."""
        state = self.state
        suggested = str(Path.home() / f"{state.guide.id} {figures.day(state.kept_at, 'en')}.pdf")
        kinds = ";;".join((self.tr("PDF pages (*.pdf)"), self.tr("Picture (*.png)")))
        path, _ = QFileDialog.getSaveFileName(self, self.save_button.text(), suggested, kinds)
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> Job:
        """Draw album or certificate into a file; what became of it is said."""
        album = album_of(self.state, journal=hashlib.sha256(self.player.journal_path.read_bytes()).hexdigest())
        sheet = Sheet(album, self.kit.language, self._photo_path)
        self.save_button.setEnabled(False)
        job = self.kit.jobs.start(sheet.save, path, lane="disk", owner=self)
        job.finished.connect(lambda kept: self.kit.toasts.show(self.tr("Saved as {name}").format(name=Path(kept).name)))
        job.failed.connect(lambda error: self.kit.toasts.show(explain(error).text))
        job.ended.connect(lambda: self.save_button.setEnabled(True))
        return job

    @Slot()
    def _on_roll_back(self) -> None:
        """A new run that writes the build before; its player opens."""
        try:
            run_id = self.host.roll_back(self.run_id)
        except FirstlightError as error:
            self.kit.toasts.show(explain(error).text)
            return
        self.run_opened.emit(run_id)

    def _headline(self) -> Card:
        kit, state = self.kit, self.state
        card = Card(20, 12)
        row = QHBoxLayout()
        row.setSpacing(20)
        art = CoverArt(kit, cover_of(kit, state), radius=10, corners="all")
        art.setFixedSize(176, 112)
        row.addWidget(art)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch(1)
        over = QHBoxLayout()
        over.setSpacing(6)
        over.addWidget(IconLabel(kit, "check-circle", "ok", 18))
        over.addWidget(label(self.tr("Done"), "smallstrong", tone="ok", wrap=False))
        over.addStretch(1)
        words.addLayout(over)
        words.addWidget(label(self._achieved(), "page"))
        words.addWidget(label(self._facts(), "body", tone="2"))
        words.addStretch(1)
        row.addLayout(words, 1)
        card.box.addLayout(row)
        return card

    def _achieved(self) -> str:
        state = self.state
        target = state.to_write
        if target is not None and state.device is not None:
            return self.tr("Your {device} runs build {build}").format(device=deed_words.device_name(state), build=target.version)
        if state.guide.kind is GuideKind.ASSEMBLE:
            return self.tr("It is built, by you")
        return kind_words.achieved(state) or words_in(state.guide.title, self.kit.language)

    def _facts(self) -> str:
        state = self.state
        steps = self.tr("%n steps", "", state.done)
        photos = self.tr("%n photos", "", state.photos)
        when = figures.weekday_and_day(state.finished_at or state.kept_at, self.kit.language)
        took = durations.took(((state.finished_at or state.kept_at) - state.started_at).total_seconds())
        return " · ".join((when, took, steps, photos) if state.photos else (when, took, steps))

    def _album(self) -> Card:
        card = Card(16, 10)
        card.box.addWidget(label(self.tr("Your album"), "h2"))
        strip = QFrame()
        flow = FlowLayout(12)
        strip.setLayout(flow)
        for number, step in enumerate(self.state.steps, 1):
            title = words_in(step.step.short or step.step.title, self.kit.language)
            for sha in step.photos:
                flow.addWidget(self._photo(self._photo_path(sha), self.tr("{number}. {step}").format(number=number, step=title)))
        card.box.addWidget(strip)
        return card

    def _photo(self, path: Path, caption: str) -> QWidget:
        made = QWidget()
        made.setFixedWidth(168)
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        picture = QLabel()
        picture.setPixmap(rounded(read_pixels(path, QSize(504, 378)), QSize(168, 126), 8))
        picture.setAccessibleName(caption)
        box.addWidget(picture)
        box.addWidget(label(caption, "cap", tone="2"))
        return made
