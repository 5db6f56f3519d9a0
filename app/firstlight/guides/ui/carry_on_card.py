# SPDX-License-Identifier: Apache-2.0
"""The guide that was begun and not finished: where it stopped, how far it is, one button to go on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from firstlight.guides.state import RunState
from firstlight.guides.ui import run_words
from firstlight.guides.ui.guide_card import CoverArt
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Bar, Card
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight_contract.wire import words_in


class CarryOnCard(Card):
    """Signals: opened(str run_id), given_up(str run_id)."""

    opened = Signal(str)
    given_up = Signal(str)

    def __init__(self, kit: Kit, state: RunState, cover: Path | None) -> None:
        super().__init__(0, 0)
        self.setFixedHeight(kit.theme.px(106))
        title = words_in(state.guide.title, kit.language)
        row = QHBoxLayout()
        row.setSpacing(0)
        art = CoverArt(kit, cover, corners="left")
        art.setFixedWidth(176)
        row.addWidget(art)
        line = QFrame()
        line.setProperty("sep", True)
        line.setFixedWidth(1)
        row.addWidget(line)
        words = QVBoxLayout()
        words.setContentsMargins(20, 8, 20, 8)
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(label(self.tr("Carry on where you stopped"), "over", wrap=False))
        head = ElidedLabel(title, "lead")
        head.setStyleSheet("font-weight: 600;")
        words.addWidget(head)
        words.addWidget(ElidedLabel(self._where(kit, state), "small", tone="2"))
        progress = QHBoxLayout()
        progress.setContentsMargins(0, 4, 0, 0)
        progress.setSpacing(10)
        progress.addWidget(Bar(kit, state.done, len(state.steps), name=self.tr("Done")), 1)
        progress.addWidget(label(self._kept(state), "cap", tone="2", wrap=False))
        words.addLayout(progress)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.drop_button = Button(kit, self.tr("Give up"), kind="ghost")
        self.drop_button.setAccessibleName(self.tr("Give up: {guide}").format(guide=title))
        self.drop_button.clicked.connect(lambda: self.given_up.emit(state.run_id))
        self.open_button = Button(kit, self.tr("Carry on"), icon="arrow-right", kind="primary", trailing=True)
        self.open_button.setAccessibleName(self.tr("Carry on: {guide}").format(guide=title))
        self.open_button.clicked.connect(lambda: self.opened.emit(state.run_id))
        row.addWidget(self.drop_button)
        row.addSpacing(4)
        row.addWidget(self.open_button)
        row.addSpacing(20)
        self.box.addLayout(row)

    def _where(self, kit: Kit, state: RunState) -> str:
        step = words_in(state.now.step.title, kit.language)
        if state.failure is not None:
            return self.tr("Stopped at step {number} of {total}: {step}").format(
                number=state.current + 1, total=len(state.steps), step=step
            )
        return self.tr("Step {number} of {total}: {step}. About {minutes} min left.").format(
            number=state.current + 1, total=len(state.steps), step=step, minutes=run_words.minutes_left(state)
        )

    def _kept(self, state: RunState) -> str:
        done = self.tr("%n steps done", "", state.done)
        if not state.photos:
            return done
        photos = self.tr("%n photos kept", "", state.photos)
        return self.tr("{steps}, {photos}").format(steps=done, photos=photos)
