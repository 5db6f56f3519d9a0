# SPDX-License-Identifier: Apache-2.0
"""This week: the build, what there is to do, and what came back from the team; built from what the hub told, so also offline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import nlargest
from typing import TYPE_CHECKING

from firstlight.store.db import Database
from firstlight.sync.inbox import Inbox

if TYPE_CHECKING:
    from firstlight_contract.firmware import Release
    from firstlight_contract.reports import ReportView

FRIDAY = 4


class TaskKind(StrEnum):
    """What a week asks for, in this order."""

    READ = "read"  # the change list of the build
    FLASH = "flash"  # the build, onto the tester's device
    REPORT = "report"  # a report on it, if there is something to tell


@dataclass(frozen=True)
class Task:
    """One line of 'Your week'."""

    kind: TaskKind
    is_done: bool


class NewsKind(StrEnum):
    """Why a report is among the news."""

    FIXED = "fixed"  # does it work for you?
    QUESTION = "question"
    MOVED = "moved"  # the team's state changed


@dataclass(frozen=True)
class News:
    """Something that came back from the team; `question` is their words, `by` whose."""

    kind: NewsKind
    report: ReportView
    question: str = ""
    by: str = ""


@dataclass(frozen=True)
class ThisWeek:
    """What the page shows. `first` to `last` are Friday to Thursday; `release` None: no build was published yet."""

    number: int
    first: date
    last: date
    release: Release | None
    releases: tuple[Release, ...]
    tasks: tuple[Task, ...]
    news: tuple[News, ...]
    sent_today: int

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(task.is_done for task in self.tasks)


class Week:
    """Builds it. `installed` names the builds that runs of guides have put onto a device and seen running."""

    def __init__(self, db: Database, inbox: Inbox, *, now: Callable[[], float], installed: Callable[[], frozenset[str]]) -> None:
        self._db = db
        self._inbox = inbox
        self._now = now
        self._installed = installed

    def this_week(self, account_id: int, *, most_news: int = 4) -> ThisWeek:
        """The week of today, which begins with the Friday that has a build."""
        from firstlight_contract.firmware import Release  # noqa: PLC0415  # heavy: pydantic, not before the first paint

        today = datetime.fromtimestamp(self._now()).astimezone()
        first = week_of(today.date())
        releases = tuple(sorted(self._inbox.of(account_id, "release", Release), key=lambda r: r.published_at, reverse=True))
        release = releases[0] if releases else None
        return ThisWeek(
            number=first.isocalendar().week,
            first=first,
            last=first + timedelta(days=6),
            release=release,
            releases=releases,
            tasks=self._tasks(account_id, release),
            news=self._news(account_id, most_news),
            sent_today=self._sent_since(account_id, today.replace(hour=0, minute=0, second=0, microsecond=0)),
        )

    def read_changes(self, account_id: int, release: Release) -> None:
        """The tester has opened the change list."""
        self._inbox.mark_seen(account_id, "release", (str(release.id),))
        with self._db.write() as tx:
            tx.execute("INSERT OR REPLACE INTO note (key, value) VALUES (?, '1')", (_read_note(account_id, release),))

    def _tasks(self, account_id: int, release: Release | None) -> tuple[Task, ...]:
        if release is None:
            return ()
        with self._db.read() as tx:
            is_read = tx.execute("SELECT 1 FROM note WHERE key = ?", (_read_note(account_id, release),)).fetchone() is not None
        return (
            Task(TaskKind.READ, is_read),
            Task(TaskKind.FLASH, release.version in self._installed()),
            Task(TaskKind.REPORT, self._sent_since(account_id, release.published_at) > 0),
        )

    def _news(self, account_id: int, most: int) -> tuple[News, ...]:
        """Fixes to confirm and open questions first, then what moved lately; newest first."""
        from firstlight_contract.reports import ReportView, State  # noqa: PLC0415  # heavy: pydantic, not before the first paint

        def told(*states: State) -> Iterator[ReportView]:
            for state in states:
                yield from self._inbox.each_of(account_id, "report", ReportView, facet=state.value)

        asking = (self._question(account_id, report) for report in told(State.QUESTION))
        fixed = (News(NewsKind.FIXED, report) for report in told(State.FIXED) if not report.verdict)
        moved = (News(NewsKind.MOVED, report) for report in told(State.CONFIRMED, State.PLANNED, State.DUPLICATE))
        first = nlargest(most, [*filter(None, asking), *nlargest(most, fixed, key=_when)], key=_when)
        return (*first, *nlargest(most - len(first), moved, key=_when))

    def _question(self, account_id: int, report: ReportView) -> News | None:
        """The team's question; None when the tester has answered it, even if the answer has not left yet."""
        said = self._inbox.bodies(account_id, "comment", facet=str(report.id))
        last = next((c for c in reversed(said) if c.get("asks") or not c.get("staff")), None)
        if last is None or not last.get("asks"):
            return None
        with self._db.read() as tx:
            waits = tx.execute(
                "SELECT 1 FROM op WHERE about = ? AND about <> '' AND kind = 'comment' AND state = 'ready' LIMIT 1", (str(report.id),)
            ).fetchone()
        return None if waits else News(NewsKind.QUESTION, report, last.get("text", ""), last.get("author", ""))

    def _sent_since(self, account_id: int, since: datetime) -> int:
        with self._db.read() as tx:
            row = tx.execute(
                "SELECT count(*) FROM report WHERE account_id = ? AND sent_ms >= ?", (account_id, round(since.timestamp() * 1000))
            ).fetchone()
        return int(row[0])


def week_of(day: date) -> date:
    """The Friday that began the programme's week of `day`."""
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)


def _read_note(account_id: int, release: Release) -> str:
    return f"read:{account_id}:{release.id}"


def _when(news: News) -> datetime:
    return news.report.changed_at
