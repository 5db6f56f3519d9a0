# SPDX-License-Identifier: Apache-2.0
"""Rows of the core in words: what a report is, where it stands and what comes next, ready for the delegate and the detail side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from firstlight.base.errors import FirstlightError
from firstlight.kit import figures
from firstlight.kit.error_text import Explained, explain
from firstlight.reports.report import Local, ReportRow, Section
from firstlight.reports.ui.moving import Moving
from firstlight.reports.ui.report_model import RowLook
from firstlight.sync.entry import Why

KIND_ICON = {"bug": "bug-beetle", "idea": "lightbulb"}


class Told(FirstlightError):
    """A fault as the store kept it: the code and facts of what was raised when it happened."""

    def __init__(self, why: Why) -> None:
        super().__init__(**why.facts)
        # `code` is a class's own everywhere else; here the store names it.
        object.__setattr__(self, "code", why.code)


def told(why: Why) -> Explained:
    """The sentences for a kept fault."""
    return explain(Told(why))


class RowWords(QObject):
    """Turns rows into looks; made anew with each kit, as language and clock come from it. A QObject for `tr` alone."""

    def __init__(self, language: str, today: datetime, *, is_offline: bool = False, is_paused: bool = False) -> None:
        super().__init__()
        self._is_offline = is_offline
        self._is_paused = is_paused
        self._language = language
        self._today = today.date()

    def look(self, row: ReportRow, moving: Mapping[str, Moving]) -> RowLook:
        """The row as it is painted and spoken."""
        if row.section is Section.DRAFT:
            return self._draft(row)
        if row.section is Section.OUTBOX:
            return self._outbox(row, moving.get(row.id))
        if row.section is Section.NEEDS_YOU:
            return self._needs_you(row)
        return self._with_team(row)

    def title(self, row: ReportRow) -> str:
        """The number, when the hub gave one, and the tester's own words."""
        words = row.title.strip() or self.tr("No title yet")
        return f"{row.number} {words}" if row.number else words

    def facts(self, row: ReportRow) -> str:
        """Device and build, number of files, size."""
        parts = []
        if row.device_model:
            build = self.tr("{device}, build {build}").format(device=row.device_model, build=row.build)
            parts.append(build if row.build else row.device_model)
        if row.section in (Section.DRAFT, Section.OUTBOX):
            if row.attachments:
                parts.append(self.tr("%n files", "", row.attachments))
            if row.size:
                parts.append(figures.size(row.size))
        if row.joined:
            parts.append(self.tr("same as %n other testers", "", row.joined))
        return figures.listed(parts, self._language)

    def when(self, at: float) -> str:
        """The time of today, or day and time."""
        return figures.moment(datetime.fromtimestamp(at, UTC), self._today, self._language)

    def _draft(self, row: ReportRow) -> RowLook:
        kept = self.tr("Draft, kept at {time}").format(time=self.when(row.changed_at))
        return RowLook(
            key=row.id,
            icon=KIND_ICON.get(row.kind, "bug-beetle"),
            title=self.title(row),
            detail=self.facts(row),
            state=kept,
            state_icon="pencil-simple",
        )

    def _outbox(self, row: ReportRow, moving: Moving | None) -> RowLook:
        state, note, part, amount = self.waiting(row), "", None, ""
        done, total = (moving.done, moving.total) if moving else (row.step.done, row.step.total)
        if total > 0 and (moving or done > 0):
            part = done / total
            percent = min(99, done * 100 // total)
            part_done, whole = figures.share(done, total)
            amount = self.tr("{done} of {total}").format(done=part_done, total=whole)
            if moving:
                state = self.tr("Sending, {percent} %").format(percent=percent)
                note = self.left(moving)
            else:
                state = self.tr("Paused at {percent} %").format(percent=percent)
                note = self.next_try(row) or self.tr("Goes on from here")
        elif row.why.code:
            note = told(row.why).happened
        return RowLook(
            key=row.id,
            icon=KIND_ICON.get(row.kind, "bug-beetle"),
            title=self.title(row),
            detail=self.facts(row),
            state=state,
            state_icon="hourglass-medium",
            part=part,
            amount=amount,
            note=note,
            is_moving=moving is not None,
        )

    def left(self, moving: Moving) -> str:
        """About how long it still takes, in minutes; "" while nobody knows."""
        if moving.left_s is None:
            return ""
        if moving.left_s < 60:
            return self.tr("Less than a minute left")
        return self.tr("About %n min left", "", round(moving.left_s / 60))

    def waiting(self, row: ReportRow) -> str:
        """Why a row of the outbox is not sent yet."""
        if self._is_paused:
            return self.tr("Paused, place {place}").format(place=max(1, row.step.place))
        if row.step.can_take_back and not self._is_offline:
            return self.tr("Goes out in a moment")
        if row.step.attempts and row.step.not_before:
            return self.next_try(row)
        if row.step.place <= 1:
            return self.tr("Waiting, next in line")
        return self.tr("Waiting, place {place}").format(place=row.step.place)

    def next_try(self, row: ReportRow) -> str:
        """When it is tried again; "" when nothing failed."""
        if not (row.step.attempts and row.step.not_before):
            return ""
        return self.tr("Tries again at {time}").format(time=self.when(row.step.not_before))

    def _needs_you(self, row: ReportRow) -> RowLook:
        if row.local is Local.NEEDS_YOU:
            detail = told(row.why).happened if row.why.code else self.facts(row)
            action = self.tr("Open")
            icon = "warning"
        else:
            asked = self.tr("{name}: “{question}”").format(name=row.asked_by, question=row.question)
            detail = asked if row.asked_by else row.question
            action = self.tr("Answer")
            icon = "question"
        return RowLook(
            key=row.id, icon=icon, icon_tone="warn", title=self.title(row), detail=detail, state="", action=action, is_new=row.is_unseen
        )

    def _with_team(self, row: ReportRow) -> RowLook:
        icon, tone, words = self.state(row)
        is_fixed = row.section is Section.FIXED
        return RowLook(
            key=row.id,
            icon=icon,
            icon_tone="ok" if is_fixed else "",
            title=self.title(row),
            detail=self.facts(row),
            state=words,
            is_new=row.is_unseen,
            state_icon="check" if is_fixed else icon,
            tone=tone,
            is_tag=is_fixed,
            note="" if is_fixed else self.verdict(row),
        )

    def state(self, row: ReportRow) -> tuple[str, str, str]:
        """Icon, tone and words for what the team made of it."""
        if row.state == "question" and row.answer_waits:
            return "hourglass-medium", "info", self.tr("Answer in the outbox")
        if row.state == "fixed" and row.fixed_in:
            return "check-circle", "ok", self.tr("Fixed in {build}").format(build=row.fixed_in)
        if row.state == "planned" and row.planned_for:
            return "wrench", "info", self.tr("Planned for {build}").format(build=row.planned_for)
        if row.state == "duplicate" and row.same_as:
            return "copy", "info", self.tr("Joined with {number}").format(number=row.same_as)
        known = {
            "new": ("tray", "info", self.tr("Arrived")),
            "seen": ("eye", "info", self.tr("Read by the team")),
            "confirmed": ("user-focus", "info", self.tr("Seen by the team too")),
            "question": ("question", "warn", self.tr("Answer with the team")),
            "duplicate": ("copy", "info", self.tr("Joined with another report")),
            "planned": ("wrench", "info", self.tr("Planned")),
            "fixed": ("check-circle", "ok", self.tr("Fixed")),
            "closed": ("archive", "", self.tr("Closed")),
        }
        return known.get(row.state, ("tray", "info", self.tr("Arrived")))

    def verdict(self, row: ReportRow) -> str:
        """The tester's own word after a fix; "" when there is none."""
        words = {
            "fixed": self.tr("Works for you"),
            "still": self.tr("You said: still there"),
        }
        return words.get(row.verdict, "")
