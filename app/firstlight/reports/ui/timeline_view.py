# SPDX-License-Identifier: Apache-2.0
"""The time line of a report: what happened to it, oldest first, and what is asked of the tester last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.kit import figures
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.reports.report import Event, Moment, ReportRow, Section
from firstlight.reports.ui.row_words import told

_DISC = 20


@dataclass(frozen=True)
class Line:
    """One line: `tone` ok, info, warn, accent or ""."""

    icon: str
    tone: str
    title: str
    detail: str = ""


class TimelineWords(QObject):
    """Events in words; a QObject for `tr` alone."""

    def __init__(self, language: str, today: datetime) -> None:
        super().__init__()
        self._language = language
        self._today = today.date()

    def lines(self, row: ReportRow, events: Sequence[Event]) -> tuple[Line, ...]:
        """The events of a report in words; for a fix without a verdict the question comes last."""
        has_words = any(event.asks for event in events)
        made = [self._line(event) for event in events if not (has_words and event.what == "question")]
        if row.section is Section.FIXED and not row.verdict and not any(event.verdict for event in events):
            asked = self.tr("Does it work for you?")
            build = self.tr("Try it on {build}, then tell us.").format(build=row.fixed_in)
            made.append(Line("question", "accent", asked, build if row.fixed_in else ""))
        return tuple(made)

    def _line(self, event: Event) -> Line:
        at = figures.moment(datetime.fromtimestamp(event.at, UTC), self._today, self._language) if event.at else ""
        if event.moment is Moment.SAID or event.moment is Moment.WAITING:
            return self._said(event, at)
        if event.moment is Moment.STATE:
            return self._state(event, at)
        if event.moment is Moment.JOINED:
            return Line("copy", "ok", self.tr("Joined with %n reports", "", event.number), at)
        if event.moment is Moment.REFUSED:
            said = told(event.why).happened if event.why.code else ""
            words = self.tr("Set aside: it needs you")
            return Line("warning", "warn", words, " · ".join(part for part in (at, said) if part))
        plain = {
            Moment.WRITTEN: ("pencil-simple", self.tr("Kept on this PC")),
            Moment.QUEUED: ("tray", self.tr("Put in the outbox")),
            Moment.ARRIVED: ("check", self.tr("Arrived at the hub")),
        }
        icon, words = plain[event.moment]
        return Line(icon, "ok", words, at)

    def _said(self, event: Event, at: str) -> Line:
        verdicts = {
            "fixed": self.tr("You: it works now"),
            "still": self.tr("You: it is still there"),
        }
        if event.verdict in verdicts:
            title = verdicts[event.verdict]
        elif event.asks:
            title = self.tr("{name} asks").format(name=event.author)
        elif event.is_staff:
            title = self.tr("{name} from the team").format(name=event.author)
        else:
            title = self.tr("You wrote")
        if event.moment is Moment.WAITING:
            at = self.tr("in the outbox")
        quoted = self.tr("“{words}”").format(words=event.what) if event.what else ""
        detail = " · ".join(part for part in (at, quoted) if part)
        icon = "question" if event.asks else "chat-text"
        return Line(icon, "warn" if event.asks else "info" if event.moment is Moment.WAITING else "ok", title, detail)

    def _state(self, event: Event, at: str) -> Line:
        fixed = self.tr("Fixed in build {build}").format(build=event.detail)
        planned = self.tr("Planned for {build}").format(build=event.detail)
        joined = self.tr("Joined with {number}").format(number=event.detail)
        known = {
            "new": ("tray", self.tr("Waits to be read")),
            "seen": ("eye", self.tr("Read by the team")),
            "confirmed": ("user-focus", self.tr("Seen by the team too")),
            "question": ("question", self.tr("The team has a question")),
            "duplicate": ("copy", joined if event.detail else self.tr("Joined with another report")),
            "planned": ("wrench", planned if event.detail else self.tr("Planned")),
            "fixed": ("check", fixed if event.detail else self.tr("Fixed")),
            "closed": ("archive", self.tr("Closed by the team")),
        }
        icon, words = known.get(event.what, ("tray", self.tr("Waits to be read")))
        return Line(icon, "ok", words, at)


class TimelineView(QWidget):
    """The lines below each other, joined by a thin stroke."""

    def __init__(self, kit: Kit, shown: Sequence[Line]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for at, line in enumerate(shown):
            column.addWidget(_LineView(kit, line, is_last=at == len(shown) - 1))


class _LineView(QWidget):
    def __init__(self, kit: Kit, line: Line, *, is_last: bool) -> None:
        super().__init__()
        self._kit, self._line, self._is_last = kit, line, is_last
        column = QVBoxLayout(self)
        column.setContentsMargins(_DISC + 10, 0, 0, 0 if is_last else 14)
        column.setSpacing(0)
        column.addWidget(label(line.title, "smallstrong"))
        if line.detail:
            column.addWidget(label(line.detail, "cap", tone="2"))
        self.setAccessibleName(f"{line.title}. {line.detail}" if line.detail else line.title)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The disc with its icon, and the stroke down to the next line."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not self._is_last:
            painter.fillRect(QRectF(_DISC / 2 - 1, _DISC, 2, self.height() - _DISC), theme.color("line"))
        is_asked = self._line.tone == "accent"
        painter.setBrush(theme.color("accent" if is_asked else f"{self._line.tone}-soft" if self._line.tone else "sunken"))
        painter.drawEllipse(QRectF(0, 0, _DISC, _DISC))
        role = "on-accent" if is_asked else self._line.tone or "text-2"
        painter.drawPixmap(QPointF(4, 4), self._kit.icons.pixmap(self._line.icon, role, 12))
