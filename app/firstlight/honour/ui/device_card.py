# SPDX-License-Identifier: Apache-2.0
"""A device and the builds that were put onto it, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.frames import Card, IconLabel, Separator
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label

_SHOWN = 6


class Ending(StrEnum):
    """How putting a build onto the device ended."""

    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Installed:
    """One build that was put onto a device; `seconds` 0 means nobody measured."""

    build: str
    at: datetime
    seconds: int
    ending: Ending


@dataclass(frozen=True)
class DeviceStory:
    """A device of the tester with its builds, newest first; `icon` is an icon's name."""

    name: str
    detail: str
    icon: str
    installed: tuple[Installed, ...]


class DeviceCard(Card):
    """The card of one device; it shows the last six builds."""

    def __init__(self, kit: Kit, story: DeviceStory) -> None:
        super().__init__(16, 8)
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(IconLabel(kit, story.icon, "text-2", 24))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(story.name, "strong"))
        if story.detail:
            words.addWidget(ElidedLabel(story.detail, "cap", tone="2"))
        heading.addLayout(words, 1)
        self.box.addLayout(heading)
        self.box.addWidget(Separator())
        self.box.addLayout(self._rows(kit, story.installed))

    def _rows(self, kit: Kit, installed: Sequence[Installed]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for at, one in enumerate(installed[:_SHOWN]):
            grid.addWidget(_Dot(kit, one.ending, newest=at == 0), at, 0)
            grid.addWidget(label(one.build, "capstrong", wrap=False), at, 1)
            grid.addWidget(ElidedLabel(self._words(kit, one), "cap", tone="2"), at, 2)
        return grid

    def _words(self, kit: Kit, one: Installed) -> str:
        day = figures.day(one.at, kit.language)
        if one.ending is Ending.STOPPED:
            return self.tr("{day}, stopped").format(day=day)
        if not one.seconds:
            return day
        minutes, seconds = divmod(one.seconds, 60)
        if not minutes:
            return self.tr("{day}, {seconds} s").format(day=day, seconds=seconds)
        return self.tr("{day}, {minutes} min {seconds} s").format(day=day, minutes=minutes, seconds=seconds)


class _Dot(QWidget):
    """A dot in the line of builds; the words beside it say the same."""

    def __init__(self, kit: Kit, ending: Ending, *, newest: bool) -> None:
        super().__init__()
        self._theme = kit.theme
        self._is_stopped = ending is Ending.STOPPED
        self._role = "accent" if newest else "line-strong"
        self.setFixedSize(14, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Filled when it was finished, a ring when it was stopped."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_stopped:
            painter.setPen(QPen(self._theme.color("warn"), 2))
            painter.drawEllipse(QRectF(4, 5, 6, 6))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(self._role))
            painter.drawEllipse(QRectF(3, 4, 8, 8))
