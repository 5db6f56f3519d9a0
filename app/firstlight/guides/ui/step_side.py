# SPDX-License-Identifier: Apache-2.0
"""The right column of the assembly player: what to do, timer, photo and what else is kept as evidence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from firstlight.guides.state import StepState
from firstlight.guides.ui.photo_drop import PhotoDrop
from firstlight.guides.ui.step_extras import StepExtras
from firstlight.guides.ui.step_words import StepWords
from firstlight.guides.ui.timer_row import TimerRow
from firstlight.kit.kit import Kit


class StepSide(QFrame):
    """Built anew for each step. Signals: extras_made(StepExtras), to connect what the tester does there."""

    extras_made = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._extras: StepExtras | None = None
        self.setObjectName("playerSide")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self._scroll)

    @property
    def timer(self) -> TimerRow | None:
        """The waiting time of the shown step."""
        return self._extras.timer if self._extras else None

    @property
    def drop(self) -> PhotoDrop | None:
        """Where photos of the shown step go in."""
        return self._extras.drop if self._extras else None

    def show_step(self, step: StepState, photos: tuple[Path, ...]) -> None:
        """Build the column for this step."""
        at = self._scroll.verticalScrollBar().value()
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(StepWords(self._kit, step.step))
        self._extras = StepExtras(self._kit, step, photos)
        self.extras_made.emit(self._extras)
        box.addWidget(self._extras)
        box.addStretch(1)
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()  # a click on one of its buttons may still be under way
        self._scroll.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area switched it on
        self._scroll.verticalScrollBar().setValue(at)

    def show_photos(self, photos: tuple[Path, ...]) -> None:
        """More photos of the same step."""
        if self._extras is not None:
            self._extras.show_photos(photos)
