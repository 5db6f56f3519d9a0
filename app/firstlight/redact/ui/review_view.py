# SPDX-License-Identifier: Apache-2.0
"""The card that shows what of a log leaves: `ReviewView(kit, source=Path, name=str, choices=dict | None, together=Together)`.

Each change of mind is told at once; after it the log is looked through again, and told as looked at when its new form stands there.
Signals: choices_changed(dict) in the form that redact_files reads; looked_at().
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress
from firstlight.kit.buttons import Button, Switch
from firstlight.kit.error_text import explain
from firstlight.kit.frames import Banner, Card, IconLabel
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label
from firstlight.kit.layouts import clear
from firstlight.redact.choices import Choices
from firstlight.redact.kinds import DEFAULT_OFF, KINDS
from firstlight.redact.survey import Part, Survey, Together, survey_file
from firstlight.redact.ui.kinds import title
from firstlight.redact.ui.log_view import LogView
from firstlight.redact.ui.look_banner import LookBanner

_SIDE_BY_SIDE = 440
_KINDS_WIDTH = 216


class ReviewView(Card):
    """Kinds with counts and switches beside the log as it will leave.

    Signals: choices_changed(dict), looked_at().
    """

    choices_changed = Signal(object)
    looked_at = Signal()

    def __init__(
        self, kit: Kit, *, source: Path, name: str, choices: Mapping[str, Any] | None = None, together: Together | None = None
    ) -> None:
        super().__init__(16, 8)
        self._kit = kit
        self._source = source
        self._name = name
        self._together = together or Together()
        raw = dict(choices or {})
        self._off: set[str] = set(Choices.read(raw).off_kinds)
        self._restored: list[str] = [v for v in raw.get("restored", ()) if isinstance(v, str)]
        self._extra: list[str] = [v for v in raw.get("extra", ()) if isinstance(v, str)]
        self._job: Job | None = None
        self._survey: Survey | None = None
        self._build_head()
        self._state = QVBoxLayout()
        self.box.addLayout(self._state)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(14)
        self._build_kinds()
        self.log = LogView(kit)
        self.log.setMinimumHeight(kit.theme.px(196))
        self._middle.addWidget(self.log, 1)
        self.box.addLayout(self._middle, 1)
        self._note = label("", "cap", tone="2")
        self.box.addWidget(self._note)
        self.log.chosen.connect(self._on_chosen)
        self.log.switched.connect(self._switch_detail)
        self.log.selectionChanged.connect(self._on_selection_changed)
        self._look()

    # -- building ----------------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(self._kit, "shield-check", "text", 18))
        head.addWidget(ElidedLabel(self.tr("Private details in {name}").format(name=self._name), "h2", mode="middle"), 1)
        self._counts = label("", "cap", tone="2", wrap=False)
        head.addWidget(self._counts)
        self.box.addLayout(head)

    def _build_kinds(self) -> None:
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        column.addLayout(self._grid)
        self._hide_more = Button(self._kit, self.tr("Hide something else"), icon="selection-plus", size="small")
        self._hide_more.clicked.connect(self._on_hide_more)
        column.addWidget(self._hide_more, 0, Qt.AlignmentFlag.AlignLeft)
        self._switch_one = Button(self._kit, self.tr("Leave this readable"), icon="eye", size="small")
        self._switch_one.clicked.connect(self._on_switch_one)
        self._switch_one.setVisible(False)
        column.addWidget(self._switch_one, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._left.setFixedWidth(self._kit.theme.px(_KINDS_WIDTH))
        self._middle.addWidget(self._left)

    def _show_kinds(self, survey: Survey) -> None:
        had = self.focusWidget()
        focused = had.accessibleName() if isinstance(had, Switch) and self.isAncestorOf(had) else ""
        clear(self._grid)
        for row, kind in enumerate(k for k in KINDS if survey.kinds.get(k)):
            words = title(kind)
            name = label(words, "small")
            switch = Switch(self._kit, self.tr("Hide: {kind}").format(kind=words), kind not in self._off)
            switch.clicked.connect(lambda on, kind=kind: self._on_kind(kind, on))
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(label(QLocale().toString(survey.kinds[kind]), "cap", tone="2", wrap=False), row, 1)
            self._grid.addWidget(switch, row, 2)
            if switch.accessibleName() == focused:
                switch.setFocus()
        if not survey.kinds:
            self._grid.addWidget(
                label(self.tr("Nothing private was found. Look through it all the same; rules do not know everything."), "small", tone="2"),
                0,
                0,
            )

    # -- looking -----------------------------------------------------------------------------------------------------------

    @property
    def choices(self) -> dict[str, Any]:
        """As redact_files reads them."""
        return {"off_kinds": sorted(self._off), "restored": list(self._restored), "extra": list(self._extra)}

    def _look(self) -> None:
        if self._job is not None and self._job.is_running:
            self._job.mute()
        clear(self._state)
        self._banner = LookBanner(self._kit, self._name)
        self._state.addWidget(self._banner)
        self._banner.setVisible(self._survey is None)
        self._job = self._kit.jobs.start(survey_file, self._source, self.choices, self._together, lane="look", owner=self)
        self._banner.stopped.connect(self._job.cancel)
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(self._on_seen)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_stopped)

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        # A log that is looked through in a moment shows no banner that comes and goes.
        if self._banner.isHidden() and progress.done * 4 < progress.total:
            self._banner.show()
        self._banner.show_progress(progress)

    @Slot()
    def _on_stopped(self) -> None:
        again = Button(self._kit, self.tr("Look through it"), size="small")
        again.clicked.connect(self._look)
        self._say("warn", self.tr("Stopped. {name} stays here until it was looked through.").format(name=self._name), again)

    @Slot(object)
    def _on_seen(self, survey: Survey) -> None:
        clear(self._state)
        self._survey = survey
        locale = QLocale()
        self._counts.setText(
            self.tr("{found} found, {hidden} hidden").format(found=locale.toString(survey.found), hidden=locale.toString(survey.hidden))
        )
        self._show_kinds(survey)
        self.log.show_survey(survey)
        self._show_note(survey)
        self.looked_at.emit()

    def _show_note(self, survey: Survey) -> None:
        words = [self.tr("The same detail always gets the same number, so the team can follow it.")]
        if survey.hidden < survey.found:
            words.append(self.tr("Red and underlined stays readable."))
        if not survey.is_whole:
            locale = QLocale()
            words.append(
                self.tr("The first {shown} of {all} lines are shown; the rest is treated the same.").format(
                    shown=locale.toString(len(survey.lines)), all=locale.toString(survey.line_count)
                )
            )
        self._note.setText("\n".join(words))

    @Slot(object)
    def _on_failed(self, error: FirstlightError) -> None:
        again = Button(self._kit, self.tr("Try again"), size="small")
        again.clicked.connect(self._look)
        self._say("danger", explain(error).text, again)

    def _say(self, kind: str, text: str, *actions: Button) -> None:
        clear(self._state)
        self._state.addWidget(Banner(self._kit, kind, text, actions=actions))

    # -- deciding ----------------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.choices_changed.emit(self.choices)
        self._look()

    def _on_kind(self, kind: str, on: bool) -> None:
        if kind == "extra":
            self._extra = self._extra if on else []
        elif on:
            self._off.discard(kind)
        else:
            self._off.add(kind)
        self._changed()

    @Slot(object)
    def _on_chosen(self, detail: Part | None) -> None:
        self._switch_one.setVisible(detail is not None)
        if detail is None:
            return
        self._switch_one.setText(self.tr("Leave this readable") if detail.is_hidden else self.tr("Hide it again"))
        self._switch_one.set_icon("eye" if detail.is_hidden else "eye-slash")

    @Slot()
    def _on_switch_one(self) -> None:
        if (detail := self.log.detail) is not None:
            self._switch_detail(detail)

    @Slot(object)
    def _switch_detail(self, detail: Part) -> None:
        """Restore one value, everywhere it stands; or hide it again."""
        if detail.kind == "extra":
            if detail.value not in self._extra:
                self._kit.toasts.show(self.tr("You hid this in another file of the report. Leave it readable there."))
                return
            self._extra = [v for v in self._extra if v != detail.value]
        elif detail.is_hidden:
            self._restored.append(detail.value)
        elif detail.value in self._restored:
            self._restored = [v for v in self._restored if v != detail.value]
        else:
            # Readable because its kind is off: this one alone is hidden as the tester's own choice.
            self._extra.append(detail.shown)
        self._changed()

    @Slot()
    def _on_selection_changed(self) -> None:
        text = self.log.selected_text()
        self._hide_more.setText(self.tr("Hide the selected text") if len(text) >= 2 else self.tr("Hide something else"))

    @Slot()
    def _on_hide_more(self) -> None:
        text = self.log.selected_text()
        if len(text) < 2:
            self._kit.toasts.show(self.tr("Select the text in the log first. It is then hidden everywhere it stands."), None, 6)
            self.log.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if text not in self._extra:
            self._extra.append(text)
            self._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Below each other where there is no place beside."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._kit.theme.px(_SIDE_BY_SIDE)
        self._middle.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        if is_wide:
            self._left.setFixedWidth(self._kit.theme.px(_KINDS_WIDTH))
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16777215)


DEFAULT_CHOICES: dict[str, Any] = {"off_kinds": list(DEFAULT_OFF), "restored": [], "extra": []}
"""What holds when the tester decided nothing."""
