# SPDX-License-Identifier: Apache-2.0
"""The card of a write: one total bar from real bytes, four figures, a bar per part."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from firstlight.guides.state import Part, PartState
from firstlight.guides.ui import durations
from firstlight.guides.ui.write_pace import Pace
from firstlight.kit import figures
from firstlight.kit.frames import Bar, Card, IconLabel, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight_contract.wire import words_in


class PartRow(QFrame):
    """One image: state, name, bar, words."""

    def __init__(self, kit: Kit, part: Part) -> None:
        super().__init__()
        self._kit = kit
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(10)
        self._icon = IconLabel(kit, "circle", "text-3", 18)
        row.addWidget(self._icon)
        self._name = label(words_in(part.title, kit.language), "smallstrong", wrap=False)
        self._name.setFixedWidth(kit.theme.px(108))
        row.addWidget(self._name)
        self._bar = Bar(kit, name=words_in(part.title, kit.language))
        row.addWidget(self._bar, 1)
        self._words = label("", "cap", tone="2", wrap=False)
        self._words.setFixedWidth(kit.theme.px(132))
        row.addWidget(self._words)
        self._stretch = QWidget()
        self._stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._stretch, 1)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        """The part as it is now."""
        icon, role = {
            PartState.DONE: ("check-circle", "ok"),
            PartState.WRITING: ("arrow-circle-down", "accent-text"),
            PartState.HALF: ("warning-circle", "warn"),
        }.get(part.state, ("circle", "text-3"))
        self._icon.set_icon(icon, role)
        self._bar.setVisible(part.state is not PartState.UNTOUCHED)
        self._stretch.setVisible(part.state is PartState.UNTOUCHED)
        self._bar.set_kind({PartState.DONE: "ok", PartState.HALF: "warn"}.get(part.state, "accent"))
        self._bar.set_value(part.done if part.state is not PartState.DONE else part.total, part.total)
        self._words.setText(self._said(part))

    def _said(self, part: Part) -> str:
        size = figures.size(part.total)
        return {
            PartState.DONE: self.tr("{size}, done").format(size=size),
            PartState.WRITING: self.tr("{done} of {size}").format(done=_bare(part.done, part.total), size=size),
            PartState.HALF: self.tr("half written"),
            PartState.WAITING: self.tr("waiting, {size}").format(size=size),
            PartState.UNTOUCHED: self.tr("not touched"),
        }[part.state]


def _bare(done: int, total: int) -> str:
    """`done` without its unit when the total has the same: "2.71 of 4.36 GB"."""
    number, unit = figures.size(done).split(" ")
    return number if figures.size(total).endswith(f" {unit}") else f"{number} {unit}"


class WriteCard(Card):
    """Show it a run's parts and its pace."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(20, 12)
        self._kit = kit
        self.box.setContentsMargins(20, 16, 20, 10)
        head = QHBoxLayout()
        self._title = label("", "title", wrap=False)
        self._percent = label("", "title", wrap=False)
        head.addWidget(self._title, 1)
        head.addWidget(self._percent)
        self.box.addLayout(head)
        self._bar = Bar(kit, height=10, name=self.tr("Written"))
        self.box.addWidget(self._bar)
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        self._figures: list[QLabel] = []
        for column, name in enumerate((self.tr("Time left"), self.tr("Speed"), self.tr("Written"), self.tr("Running for"))):
            grid.addWidget(label(name, "cap", tone="2", wrap=False), 0, column)
            value = label("", "h2", wrap=False)
            grid.addWidget(value, 1, column)
            grid.setColumnStretch(column, 1)
            self._figures.append(value)
        self.box.addWidget(self._grid)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(0)
        self.box.addLayout(self._parts)
        self._rows: dict[str, PartRow] = {}

    def show_write(self, title: str, parts: tuple[Part, ...], pace: Pace, now: datetime, *, is_writing: bool) -> int:
        """Everything as it is now; returns the percentage."""
        if tuple(self._rows) != tuple(p.name for p in parts):
            self._build_rows(parts)
        for part in parts:
            self._rows[part.name].show_part(part)
        counted = [p for p in parts if p.state is not PartState.UNTOUCHED]
        done, total = sum(p.total if p.state is PartState.DONE else p.done for p in counted), sum(p.total for p in counted)
        percent = durations.percent(done, total)
        self._title.setText(title)
        has_begun = is_writing or done > 0
        self._grid.setVisible(has_begun)
        self._bar.setVisible(has_begun)
        self._percent.setText(self.tr("{percent} %").format(percent=percent) if has_begun else figures.size(total))
        self._bar.set_value(done, total)
        speed, left = pace.speed(), pace.left_s(total)
        unknown = self.tr("working out") if is_writing else "–"
        self._figures[0].setText(durations.about(left) if is_writing and left is not None else unknown)
        self._figures[1].setText(self.tr("{size}/s").format(size=figures.size(speed)) if is_writing and speed else unknown)
        self._figures[2].setText(self.tr("{done} of {size}").format(done=_bare(done, total), size=figures.size(total)))
        self._figures[3].setText(durations.elapsed(pace.running_s(now)) if pace.began else "–")
        return percent

    def _build_rows(self, parts: tuple[Part, ...]) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for part in parts:
            self._parts.addWidget(Separator())
            self._rows[part.name] = PartRow(self._kit, part)
            self._parts.addWidget(self._rows[part.name])
