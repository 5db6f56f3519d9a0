# SPDX-License-Identifier: Apache-2.0
"""The right column of the assembly player: what to do, timer, photo and what else is kept as evidence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from firstlight.guides.state import StepState, Timer
from firstlight.guides.ui.photo_drop import PhotoDrop
from firstlight.guides.ui.proof_fields import ProofField, wanted
from firstlight.guides.ui.step_words import StepWords
from firstlight.guides.ui.timer_row import TimerRow
from firstlight.kit.frames import Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guides import Proof, ProofKind
from firstlight_contract.wire import words_in


class StepSide(QFrame):
    """Built anew for each step.

    Signals: timer_started(), timer_paused(), timer_ran_out(), photo_offered(Path or bytes), photo_refused(),
    value_kept(ProofKind, str).
    """

    timer_started = Signal()
    timer_paused = Signal()
    timer_ran_out = Signal()
    photo_offered = Signal(object)
    photo_refused = Signal()
    value_kept = Signal(object, str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setObjectName("playerSide")
        self.timer: TimerRow | None = None
        self.drop: PhotoDrop | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setStyleSheet("QScrollArea { background: transparent; }")
        self._scroll.viewport().setAutoFillBackground(False)
        outer.addWidget(self._scroll)

    def show_step(self, step: StepState, photos: tuple[Path, ...]) -> None:
        """Build the column for this step."""
        at = self._scroll.verticalScrollBar().value()
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(StepWords(self._kit, step.step))
        self.timer = self._timer(step)
        if self.timer is not None:
            box.addWidget(Separator())
            box.addWidget(self.timer)
        self.drop = None
        for number, proof in enumerate(p for p in step.step.prove if p.kind is not ProofKind.TICK):
            if number == 0:
                box.addWidget(Separator())
            if proof.kind is ProofKind.PHOTO:
                box.addLayout(self._photo(proof, photos))
            else:
                box.addWidget(self._field(proof, step))
        box.addStretch(1)
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        self._scroll.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area switched it on
        self._scroll.verticalScrollBar().setValue(at)

    def show_photos(self, photos: tuple[Path, ...]) -> None:
        """More photos of the same step."""
        if self.drop is not None:
            self.drop.show_photos(photos)

    def _timer(self, step: StepState) -> TimerRow | None:
        if step.step.timer is None:
            return None
        timer = step.timer or Timer(step.step.timer.seconds)
        row = TimerRow(self._kit, timer, words_in(step.step.timer.label, self._kit.language))
        row.start_asked.connect(self.timer_started)
        row.pause_asked.connect(self.timer_paused)
        row.ran_out.connect(self.timer_ran_out)
        return row

    def _photo(self, proof: Proof, photos: tuple[Path, ...]) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(words_in(proof.title, self._kit.language), "smallstrong"), 1)
        head.addWidget(label(wanted(proof), "cap", tone="2", wrap=False))
        box.addLayout(head)
        self.drop = PhotoDrop(self._kit)
        self.drop.show_photos(photos)
        self.drop.photo_offered.connect(self.photo_offered)
        self.drop.refused.connect(self.photo_refused)
        box.addWidget(self.drop)
        if proof.why:
            box.addWidget(label(words_in(proof.why, self._kit.language), "cap", tone="2"))
        return box

    def _field(self, proof: Proof, step: StepState) -> ProofField:
        kept = [e.value for e in step.evidence if e.kind is proof.kind]
        field = ProofField(self._kit, proof, kept[-1] if kept else "")
        field.value_kept.connect(self.value_kept)
        return field
