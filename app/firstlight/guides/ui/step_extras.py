# SPDX-License-Identifier: Apache-2.0
"""What a step wants beside its words: waiting time, photo, values to note down. Used by both players."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.guides.state import StepState, Timer
from firstlight.guides.ui.photo_drop import PhotoDrop
from firstlight.guides.ui.proof_fields import ProofField, plain_title, wanted
from firstlight.guides.ui.timer_row import TimerRow
from firstlight.kit.frames import Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.guide_steps import Proof, ProofKind
from firstlight_contract.wire import words_in


class StepExtras(QWidget):
    """Built anew for each step; `is_empty` when the step wants nothing.

    Signals: timer_started(), timer_paused(), timer_ran_out(), photo_offered(Path or bytes), photo_refused(),
    value_kept(ProofKind, str).
    """

    timer_started = Signal()
    timer_paused = Signal()
    timer_ran_out = Signal()
    photo_offered = Signal(object)
    photo_refused = Signal()
    value_kept = Signal(object, str)

    def __init__(self, kit: Kit, step: StepState, photos: tuple[Path, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.timer: TimerRow | None = None
        self.drop: PhotoDrop | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        proofs = [p for p in step.step.prove if p.kind is not ProofKind.TICK]
        self.is_empty = step.step.timer is None and not proofs
        if step.step.timer is not None:
            box.addWidget(Separator())
            self.timer = self._timer(
                step.timer or Timer(step.step.timer.seconds), words_in(step.step.timer.label, kit.language) or self.tr("Waiting time")
            )
            box.addWidget(self.timer)
        if proofs:
            box.addWidget(Separator())
        for proof in proofs:
            if proof.kind is ProofKind.PHOTO:
                box.addLayout(self._photo(proof, photos))
            else:
                box.addWidget(self._field(proof, step))

    def show_photos(self, photos: tuple[Path, ...]) -> None:
        """More photos of the same step."""
        if self.drop is not None:
            self.drop.show_photos(photos)

    def _timer(self, timer: Timer, words: str) -> TimerRow:
        row = TimerRow(self._kit, timer, words)
        row.start_asked.connect(self.timer_started)
        row.pause_asked.connect(self.timer_paused)
        row.ran_out.connect(self.timer_ran_out)
        return row

    def _photo(self, proof: Proof, photos: tuple[Path, ...]) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(words_in(proof.title, self._kit.language) or plain_title(proof.kind), "smallstrong"), 1)
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
