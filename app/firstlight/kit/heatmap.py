# SPDX-License-Identifier: Apache-2.0
"""Contributions by day, painted as weeks side by side; the same figures stand behind it as a table for those who cannot see it.

Rows are Monday to Sunday, columns are weeks, the last column is the week of `today`. A rest week has a dashed frame. The unit
that counts is the week, so nothing here marks a missed day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from firstlight.kit import figures
from firstlight.kit.kit import Kit

_DAYS = 7
_STEPS = (1, 2, 4, 7)
"""From how many contributions a day on each of the four lit levels begins."""


@dataclass(frozen=True)
class Days:
    """What a heatmap shows: contributions by day, the weeks (their Mondays) that rested, and which day is today."""

    today: date
    counts: Mapping[date, int] = field(default_factory=dict)
    rest_weeks: frozenset[date] = frozenset()

    def mondays(self, weeks: int) -> tuple[date, ...]:
        """The Mondays of the last `weeks` weeks, oldest first."""
        last = self.today - timedelta(days=self.today.weekday())
        return tuple(last - timedelta(weeks=n) for n in range(weeks - 1, -1, -1))

    def in_week(self, monday: date) -> int:
        """Contributions of the week that begins on `monday`."""
        return sum(self.counts.get(monday + timedelta(days=n), 0) for n in range(_DAYS))

    def total(self, weeks: int) -> int:
        """Contributions of the last `weeks` weeks."""
        return sum(self.in_week(monday) for monday in self.mondays(weeks))


def level(count: int) -> int:
    """Which of the five shades a day with `count` contributions has."""
    return sum(count >= step for step in _STEPS)


class Heatmap(QWidget):
    """The painted weeks. It has a name and a value for readers; `WeeksModel` is its table."""

    def __init__(self, kit: Kit, name: str, *, weeks: int, pitch: int = 14, cell: int = 11, months: bool = False) -> None:
        super().__init__()
        self._kit = kit
        self._name = name
        self._weeks = weeks
        self._pitch, self._cell = pitch, cell
        self._label_height = kit.theme.px(22) if months else 0
        self._days = Days(date.min + timedelta(weeks=weeks + 1))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(name)

    def set_days(self, days: Days) -> None:
        """Show these days."""
        self._days = days
        words = self.tr("%n contributions", "", days.total(self._weeks))
        self.setAccessibleName(f"{self._name}: {words}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the weeks need."""
        gap = self._pitch - self._cell
        return QSize(self._weeks * self._pitch - gap + 2, _DAYS * self._pitch - gap + 2 + self._label_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never smaller than the weeks."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint one rounded square per day up to today."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = [self._kit.theme.color(f"heat{n}") for n in range(len(_STEPS) + 1)]
        for column, monday in enumerate(self._days.mondays(self._weeks)):
            resting = monday in self._days.rest_weeks
            for row in range(_DAYS):
                day = monday + timedelta(days=row)
                if day > self._days.today:
                    break
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(shades[level(self._days.counts.get(day, 0))])
                painter.drawRoundedRect(self._square(column, row), 2.5, 2.5)
            if resting:
                self._paint_rest(painter, column)
        if self._label_height:
            self._paint_months(painter)

    def _square(self, column: int, row: int) -> QRectF:
        return QRectF(1 + column * self._pitch, 1 + row * self._pitch, self._cell, self._cell)

    def _paint_rest(self, painter: QPainter, column: int) -> None:
        painter.setPen(QPen(self._kit.theme.color("text-3"), 1, Qt.PenStyle.DotLine))
        gap = (self._pitch - self._cell) / 2
        top, bottom = 1.0, 1.0 + _DAYS * self._pitch - 2 * gap
        for x in (1 + column * self._pitch - gap, 1 + (column + 1) * self._pitch - gap):
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _paint_months(self, painter: QPainter) -> None:
        painter.setFont(self._kit.theme.font(12))
        painter.setPen(self._kit.theme.color("text-3"))
        free_from = 0.0
        last = 0
        for column, monday in enumerate(self._days.mondays(self._weeks)):
            if monday.month == last:
                continue
            last = monday.month
            if column == 0 and (monday + timedelta(weeks=2)).month != monday.month:
                continue  # so little of a month is in view that its name would push out the next one
            words = figures.month(monday, self._kit.language)
            x = 1.0 + column * self._pitch
            width = painter.fontMetrics().horizontalAdvance(words)
            if x < free_from or x + width > self.width():
                continue
            free_from = x + width + self._pitch
            top = _DAYS * self._pitch
            painter.drawText(QRectF(x, top, width + 2, self._label_height), Qt.AlignmentFlag.AlignVCenter, words)

    def day_at(self, point: QPointF) -> date | None:
        """The day below a point, if there is one."""
        column, row = int((point.x() - 1) // self._pitch), int((point.y() - 1) // self._pitch)
        if not (0 <= column < self._weeks and 0 <= row < _DAYS):
            return None
        day = self._days.mondays(self._weeks)[column] + timedelta(days=row)
        return day if day <= self._days.today else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A tool tip per day, with the number that the shade stands for."""
        day = self.day_at(event.position())
        if day is None:
            self.setToolTip("")
            return
        count = self.tr("%n contributions", "", self._days.counts.get(day, 0))
        self.setToolTip(f"{figures.weekday_and_day(day, self._kit.language)}: {count}")


class WeeksModel(QAbstractTableModel):
    """The same weeks as a table: one row per week, newest first."""

    def __init__(self, language: str, weeks: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._weeks = weeks
        self._rows: tuple[tuple[date, int, bool], ...] = ()

    def set_days(self, days: Days) -> None:
        """Show these days."""
        self.beginResetModel()
        newest_first = reversed(days.mondays(self._weeks))
        self._rows = tuple((monday, days.in_week(monday), monday in days.rest_weeks) for monday in newest_first)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """One per week."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Week and contributions."""
        return 0 if parent.isValid() else 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        monday, count, rested = self._rows[index.row()]
        if index.column() == 0:
            return figures.long_day(monday, self._language)
        words = self.tr("%n contributions", "", count)
        return self.tr("{count}, rest week").replace("{count}", words) if rested else words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Week from"), self.tr("Contributions"))[section] if 0 <= section <= 1 else None


class HeatLegend(QWidget):
    """Five squares from fewer to more; the words stand beside it, so it is nothing to a reader."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._cell, self._pitch = 11, 14
        self.setFixedSize(5 * self._pitch, self._cell)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the five shades."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for n in range(5):
            painter.setBrush(self._kit.theme.color(f"heat{n}"))
            painter.drawRoundedRect(QRectF(n * self._pitch, 0, self._cell, self._cell), 2.5, 2.5)
