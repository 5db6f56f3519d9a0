# SPDX-License-Identifier: Apache-2.0
"""The time line of a report: what happened to it, oldest first, and what is asked of the tester last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
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


def lines(row: ReportRow, events: Sequence[Event], language: str, today: datetime) -> tuple[Line, ...]:
    """The events of a report in words; for a fix without a verdict the question comes last."""
    has_words = any(event.asks for event in events)
    made = [_line(event, language, today) for event in events if not (has_words and event.what == "question")]
    if row.section is Section.FIXED and not row.verdict and not any(event.verdict for event in events):
        asked = QCoreApplication.translate("Timeline", "Does it work for you?")
        build = QCoreApplication.translate("Timeline", "Try it on {build}, then tell us.").format(build=row.fixed_in)
        made.append(Line("question", "accent", asked, build if row.fixed_in else ""))
    return tuple(made)


def _line(event: Event, language: str, today: datetime) -> Line:
    at = figures.moment(datetime.fromtimestamp(event.at, UTC), today.date(), language) if event.at else ""
    if event.moment is Moment.SAID or event.moment is Moment.WAITING:
        return _said(event, at)
    if event.moment is Moment.STATE:
        return _state(event, at)
    if event.moment is Moment.JOINED:
        return Line("copy", "ok", QCoreApplication.translate("Timeline", "Joined with %n reports", "", event.number), at)
    if event.moment is Moment.REFUSED:
        said = told(event.why).happened if event.why.code else ""
        words = QCoreApplication.translate("Timeline", "Set aside: it needs you")
        return Line("warning", "warn", words, " · ".join(part for part in (at, said) if part))
    plain = {
        Moment.WRITTEN: ("pencil-simple", QCoreApplication.translate("Timeline", "Kept on this PC")),
        Moment.QUEUED: ("tray", QCoreApplication.translate("Timeline", "Put in the outbox")),
        Moment.ARRIVED: ("check", QCoreApplication.translate("Timeline", "Arrived at the hub")),
    }
    icon, words = plain[event.moment]
    return Line(icon, "ok", words, at)


def _said(event: Event, at: str) -> Line:
    verdicts = {
        "fixed": QCoreApplication.translate("Timeline", "You: it works now"),
        "still": QCoreApplication.translate("Timeline", "You: it is still there"),
    }
    if event.verdict in verdicts:
        title = verdicts[event.verdict]
    elif event.asks:
        title = QCoreApplication.translate("Timeline", "{name} asks").format(name=event.author)
    elif event.is_staff:
        title = QCoreApplication.translate("Timeline", "{name} from the team").format(name=event.author)
    else:
        title = QCoreApplication.translate("Timeline", "You wrote")
    if event.moment is Moment.WAITING:
        at = QCoreApplication.translate("Timeline", "in the outbox")
    quoted = QCoreApplication.translate("Timeline", "“{words}”").format(words=event.what) if event.what else ""
    detail = " · ".join(part for part in (at, quoted) if part)
    icon = "question" if event.asks else "chat-text"
    return Line(icon, "warn" if event.asks else "info" if event.moment is Moment.WAITING else "ok", title, detail)


def _state(event: Event, at: str) -> Line:
    fixed = QCoreApplication.translate("Timeline", "Fixed in build {build}").format(build=event.detail)
    planned = QCoreApplication.translate("Timeline", "Planned for {build}").format(build=event.detail)
    joined = QCoreApplication.translate("Timeline", "Joined with {number}").format(number=event.detail)
    known = {
        "new": ("tray", QCoreApplication.translate("Timeline", "Waits to be read")),
        "seen": ("eye", QCoreApplication.translate("Timeline", "Read by the team")),
        "confirmed": ("user-focus", QCoreApplication.translate("Timeline", "Seen by the team too")),
        "question": ("question", QCoreApplication.translate("Timeline", "The team has a question")),
        "duplicate": ("copy", joined if event.detail else QCoreApplication.translate("Timeline", "Joined with another report")),
        "planned": ("wrench", planned if event.detail else QCoreApplication.translate("Timeline", "Planned")),
        "fixed": ("check", fixed if event.detail else QCoreApplication.translate("Timeline", "Fixed")),
        "closed": ("archive", QCoreApplication.translate("Timeline", "Closed by the team")),
    }
    icon, words = known.get(event.what, ("tray", QCoreApplication.translate("Timeline", "Waits to be read")))
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
