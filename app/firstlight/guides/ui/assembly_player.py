# SPDX-License-Identifier: Apache-2.0
"""The player for what hands do: steps, pictures, timer, photos, undo. Constructor:

    AssemblyPlayer(kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path])

Every tick is on the disk before the page moves on. Keys: Ctrl+Enter done and next, 1…9 pictures, Space timer, Ctrl+V photo.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy

from firstlight.guides.state import RunState, StepMark
from firstlight.guides.ui import run_words
from firstlight.guides.ui.announce import announce
from firstlight.guides.ui.cover import cover_of
from firstlight.guides.ui.hand_acts import HandActs
from firstlight.guides.ui.picture_panel import PicturePanel
from firstlight.guides.ui.run_host import RunHost
from firstlight.guides.ui.run_page import RunPage, Stage
from firstlight.guides.ui.step_rail import StepMenuButton, StepRail
from firstlight.guides.ui.step_side import StepSide
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.frames import Bar, Chip, IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight_contract.wire import words_in


class AssemblyPlayer(RunPage):
    """Signals: those of RunPage."""

    stage = Stage.ASSEMBLY

    def __init__(self, kit: Kit, *, host: RunHost, run_id: str, photo_path: Callable[[str], Path]) -> None:
        self._photo_path = photo_path
        self._shown = ""
        self._photos_shown = 0
        super().__init__(kit, host, run_id)
        self._hands = HandActs(kit, self, host, run_id, self.refresh)
        self._build_top()
        self._build_columns()
        self._build_actions()
        self._keys()
        self.width_class_changed.connect(self._on_width)
        self.refresh()

    # Building

    def _build_top(self) -> None:
        kit = self.kit
        self._bar = Bar(kit, name=self.tr("Done"))
        self._bar.setFixedWidth(180)
        self.top_middle.addSpacing(8)
        self.top_middle.addWidget(self._bar)
        self.menu = StepMenuButton(kit)
        self.menu.step_chosen.connect(self._on_step_chosen)
        self.menu.setVisible(False)
        self.top_middle.addWidget(self.menu)
        self._offline = Chip(kit, self.tr("Works offline"), icon="download-simple")
        self._photos = Chip(kit, "", icon="image")
        self.report_button = Button(kit, self.tr("Report a problem here"), icon="bug-beetle")
        self.report_button.clicked.connect(self._on_report)
        self.too_button = Button(kit, self.tr("I have this too"), icon="hand")
        self.too_button.clicked.connect(self.ask_me_too)
        for widget in (self._offline, self._photos, self.too_button, self.report_button):
            self.top_right.addWidget(widget)

    def _build_columns(self) -> None:
        kit = self.kit
        self.rail = StepRail(kit, width=220)
        self.rail.step_chosen.connect(self._on_step_chosen)
        self.pictures = PicturePanel(kit)
        self.pictures.note_kept.connect(self._on_note)
        self.side = StepSide(kit)
        self.side.setFixedWidth(340)
        self.side.extras_made.connect(self._hands.connect_to)
        self.columns.addWidget(self.rail)
        self.columns.addWidget(self.pictures, 1)
        self.columns.addWidget(self.side)

    def _build_actions(self) -> None:
        kit = self.kit
        self.previous_button = Button(kit, self.tr("Back"), icon="arrow-left")
        self.previous_button.setAccessibleName(self.tr("Back to the step before"))
        self.previous_button.clicked.connect(lambda: self._on_step_chosen(self.state.current - 1))
        self.undo_button = Button(kit, self.tr("Undo this step"), kind="ghost")
        self.undo_button.clicked.connect(self._on_undo)
        self.skip_button = Button(kit, self.tr("Leave it out"), kind="ghost")
        self.skip_button.clicked.connect(lambda: self._hands.act(self.player.skip, self.state.now.step.id))
        self._kept_sign = IconLabel(kit, "check-circle", "text-2", 16)
        self._kept = ElidedLabel("", "cap", tone="2")
        self._kept.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._reason = label("", "cap", tone="2")
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._keycaps = [self._keycap(text) for text in (self.tr("Ctrl"), self.tr("Enter"))]
        self.done_button = Button(kit, "", icon="arrow-right", kind="primary", size="large", trailing=True)
        self.done_button.clicked.connect(self.done)
        kept, keys = QHBoxLayout(), QHBoxLayout()
        kept.setSpacing(8)
        keys.setSpacing(4)
        for widget in (self._kept_sign, self._kept):
            kept.addWidget(widget)
        for cap in self._keycaps:
            keys.addWidget(cap)
        self.action_bar.addWidget(self.previous_button)
        self.action_bar.addWidget(self.undo_button)
        self.action_bar.addWidget(self.skip_button)
        self.action_bar.addLayout(kept)
        self.action_bar.addWidget(self._reason, 1)
        self.action_bar.addLayout(keys)
        self.action_bar.addWidget(self.done_button)

    def _keycap(self, text: str) -> QLabel:
        made = label(text, "mono", tone="2", wrap=False)
        theme = self.kit.theme
        made.setStyleSheet(
            f"border: 1px solid {theme.hex('line-2')}; border-bottom-width: 2px; border-radius: 4px; padding: 0 4px; background: {theme.hex('surface')};"
        )
        made.setFixedHeight(theme.px(20))
        return made

    def _keys(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, activated=self.done)  # type: ignore[call-overload]  # PySide takes signals by name
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, activated=self._on_paste)  # type: ignore[call-overload]  # as above

    # Showing

    def refresh(self) -> None:
        """Show the run as it is now; the step's own widgets are built anew only when another step is shown."""
        state, language = self.state, self.kit.language
        step = state.now
        total = len(state.steps)
        minutes = run_words.minutes_left(state)
        words = self.tr("Step {number} of {total}, about {minutes} min left") if minutes else self.tr("Step {number} of {total}, all done")
        self.set_title(words_in(state.guide.title, language), words.format(number=state.current + 1, total=total, minutes=minutes))
        self._bar.set_value(state.done, total)
        self._photos.set_text(self.tr("%n photos", "", state.photos))
        rows = run_words.rail(state, language)
        self.rail.show_steps(rows, state.current)
        self.menu.show_steps(rows, state.current)
        self._show_step(state)
        is_done = step.mark in (StepMark.DONE, StepMark.SKIPPED)
        self.previous_button.setEnabled(state.current > 0)
        self.undo_button.setEnabled(is_done)
        self.skip_button.setVisible(step.step.optional and not is_done)
        has_room = not self.is_large and (self.wide or not self.skip_button.isVisibleTo(self))
        self._kept.setVisible(has_room)
        self._kept_sign.setVisible(has_room)
        self.undo_button.setToolTip("" if is_done else self.tr("This step is not ticked yet"))
        self._kept.setText(self.tr("Kept on this PC at {time}").format(time=figures.clock(state.kept_at)))
        self._show_done_button(state, is_done=is_done)

    def _show_step(self, state: RunState) -> None:
        step = state.now
        photos = tuple(self._photo_path(sha) for sha in step.photos)
        key = f"{step.step.id} {step.timer} {len(step.evidence) - len(step.photos)}"
        is_other = self._shown.partition(" ")[0] != step.step.id
        if is_other or len(photos) != self._photos_shown:
            shots = run_words.shots(state, step, self.kit.language, self._photo_path)
            self.pictures.show_step(shots, step.note, cover_of(self.kit, state))
            self._photos_shown = len(photos)
        if is_other:
            announce(
                self, self.tr("Step {number}: {title}").format(number=state.current + 1, title=words_in(step.step.title, self.kit.language))
            )
        if key != self._shown:
            had_focus = self.side.timer is not None and self.side.timer.button.hasFocus()
            self.side.show_step(step, photos)
            if had_focus and not is_other and self.side.timer is not None:
                self.side.timer.button.setFocus()
            self._shown = key
        else:
            self.side.show_photos(photos)

    def _show_done_button(self, state: RunState, *, is_done: bool) -> None:
        following = state.following.step if state.following else None
        reason = "" if is_done else run_words.missing(state.now, self.kit.now(), self.kit.language)
        if state.finished_at is None and following is None and state.done + (not is_done) < len(state.steps):
            reason = reason or self.tr("Some steps before this one are still open")
        if following is None:
            text = self.tr("Done, finish")
        elif self.is_large:
            text = self.tr("Next") if is_done else self.tr("Done, next")
        elif is_done:
            text = self.tr("Next: {step}").format(step=run_words.as_next(following, self.kit.language))
        else:
            text = self.tr("Done, next: {step}").format(step=run_words.as_next(following, self.kit.language))
        self.done_button.setText(text)
        self.done_button.setEnabled(not reason)
        self._reason.setText(reason)
        for cap in self._keycaps:
            cap.setVisible(not reason and self.wide)

    # Acts of the tester

    @Slot()
    def done(self) -> None:
        """Tick this step and show the next; on the last one, finish the run."""
        if not self.done_button.isEnabled():
            return
        self.pictures.keep_note()
        state = self.state
        at, step = state.current, state.now
        if step.mark not in (StepMark.DONE, StepMark.SKIPPED) and not self._hands.act(self.player.done, step.step.id):
            return
        if state.following is not None:
            if self.state.current == at:
                self._hands.act(self.player.go_to, state.guide.index(state.following.step.id))
        else:
            self.host.finish(self.run_id)

    @Slot()
    def _on_undo(self) -> None:
        self.pictures.keep_note()
        self._hands.act(self.player.undo, self.state.now.step.id)

    @Slot(int)
    def _on_step_chosen(self, index: int) -> None:
        self.pictures.keep_note()
        if run_words.can_open(self.state, index):
            self._hands.act(self.player.go_to, index)

    @Slot(str)
    def _on_note(self, text: str) -> None:
        if self._shown:
            self._hands.act(self.player.set_note, self._shown.partition(" ")[0], text)

    @Slot()
    def _on_paste(self) -> None:
        if self.side.drop is not None:
            self.side.drop.paste()

    @Slot()
    def _on_report(self) -> None:
        self.pictures.keep_note()
        self.ask_report()

    @Slot(bool)
    def _on_width(self, wide: bool) -> None:
        self.rail.setVisible(wide)
        self.menu.setVisible(not wide)
        self._bar.setVisible(wide)
        self._offline.setVisible(wide)
        self._photos.setVisible(wide)
        self.side.setFixedWidth(340 if wide else min(self.kit.theme.px(288), 420))
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """1 to 9: picture; Space: timer. They come here only when the widget with the focus has no use for them."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < 9 and not event.modifiers():
            self.pictures.choose(number)
        elif event.key() == Qt.Key.Key_Space and self.side.timer is not None:
            self.side.timer.toggle()
        else:
            super().keyPressEvent(event)

    def memo(self) -> dict[str, Any]:
        """Notes are kept first; everything else is in the run."""
        self.pictures.keep_note()
        return {}
