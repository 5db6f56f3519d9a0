# SPDX-License-Identifier: Apache-2.0
"""The waiting time of a step: a ring, what is left, start and pause. It counts on the wall clock, also while we are closed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from firstlight.guides.state import Timer
from firstlight.guides.ui import durations
from firstlight.kit.buttons import Button
from firstlight.kit.frames import RingTimer
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class TimerRow(QWidget):
    """Signals: start_asked(), pause_asked(), ran_out() once when a running time ends while it is shown."""

    start_asked = Signal()
    pause_asked = Signal()
    ran_out = Signal()

    def __init__(self, kit: Kit, timer: Timer, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._timer = timer
        self._was_over = timer.left_s(kit.now()) <= 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._ring = RingTimer(kit)
        row.addWidget(self._ring)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self._left = label("", "lead", wrap=False)
        self._left.setStyleSheet("font-weight: 600;")
        texts.addStretch(1)
        texts.addWidget(self._left)
        self._words = words
        self._about = label(words, "cap", tone="2")
        texts.addWidget(self._about)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        self.button = Button(kit, self.tr("Start"), icon="play", size="small")
        self.button.clicked.connect(self.toggle)
        row.addWidget(self.button)
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self.refresh)
        self._show_button()
        self.refresh()
        if timer.is_running:
            self._tick.start()

    @Slot()
    def toggle(self) -> None:
        """Start, or pause what runs."""
        if self._timer.left_s(self._kit.now()) <= 0:
            return
        (self.pause_asked if self._timer.is_running else self.start_asked).emit()

    @Slot()
    def refresh(self) -> None:
        """Show what is left now."""
        left = self._timer.left_s(self._kit.now())
        is_over = left <= 0
        self._ring.set(left / self._timer.total_s if self._timer.total_s else 0)
        self._left.setText(durations.countdown(left))
        if is_over:
            self._about.setText(self.tr("Time is up"))
            self._tick.stop()
            self.button.setVisible(False)
        if is_over and not self._was_over:
            self._was_over = True
            self.ran_out.emit()

    def _show_button(self) -> None:
        if self._timer.is_running:
            self.button.set_icon("pause")
            self.button.setText(self.tr("Pause"))
            self.button.setAccessibleName(self.tr("Pause the timer: {what}").format(what=self._words))
        else:
            is_begun = self._timer.left_when_paused_s is not None
            self.button.setText(self.tr("Go on") if is_begun else self.tr("Start"))
            self.button.setAccessibleName(self.tr("Start the timer: {what}").format(what=self._words))
