# SPDX-License-Identifier: Apache-2.0
"""What mossbyte and others told Aurora, what the team made of it, and the evenings that fill mossbyte's year."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

from firstlight_contract.feed import FeedKind
from firstlight_contract.honour import ActivityKind
from firstlight_contract.reports import ReportPut, Role, State
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import announce, user_audience
from firstlight_hub.base.forms import digest
from firstlight_hub.base.models import Counter
from firstlight_hub.base.shelf import files
from firstlight_hub.base.signals import tell
from firstlight_hub.honour.models import ActivityDay, Event
from firstlight_hub.honour.services import day_of
from firstlight_hub.programme.models import Programme
from firstlight_hub.reports.models import Attachment, Comment, Report
from firstlight_hub.reports.services import comment_view, tell_reporter
from firstlight_hub.seed.builds import version_of
from firstlight_hub.seed.words import FIXED_NOW, FROZEN, JOINED, LAST_NUMBER, REPORTS, SAME, SAME_TITLE, Told

REST_WEEKS = (4, 11, 17)
WEEKS = 26
EARLY_WEEKS = range(37, 45)
_CONFIRMED = (State.CONFIRMED, State.PLANNED)


def write(programme: Programme, tester: User, staff: User, friday: datetime) -> None:
    """All reports, before the build that fixes one of them is published."""
    Counter.objects.update_or_create(name="report", defaults={"value": LAST_NUMBER})
    crowd = list(User.objects.filter(enrolments__programme=programme).exclude(pk__in=(tester.pk, staff.pk)).order_by("pk"))
    same = _row(programme, crowd[0], SAME, SAME_TITLE, friday - timedelta(weeks=21), State.CONFIRMED, 21, friday)
    same.save()
    for told in REPORTS:
        report = _report(programme, tester, told, friday)
        report.planned_for = version_of((friday + timedelta(weeks=1)).date()) if told.state is State.PLANNED else ""
        report.same_as = same if told.state is State.DUPLICATE else None
        report.save()
        facts = {"kind": told.kind.value, "evidence": _attach(report, told)}
        tell(tester, programme, ActivityKind.REPORT_SENT, at=report.received_at, object_id=report.pk, facts=facts)
        if told.state in _CONFIRMED:
            tell(tester, programme, ActivityKind.REPORT_CONFIRMED, at=report.changed_at, object_id=report.pk, facts=facts)
        _answer(report, told, staff)
        if told.number == FIXED_NOW:
            _join(programme, crowd[1 : JOINED + 1], report, friday)
    for report in Report.objects.filter(user=tester):
        tell_reporter(report)


def fixed(programme: Programme, friday: datetime) -> None:
    """The build is out: its fix happened on that Friday, not today."""
    report = Report.objects.filter(programme=programme, number=FIXED_NOW).first()
    if report is not None and report.state == State.FIXED:
        report.changed_at = friday
        report.save(update_fields=["changed_at"])
        tell_reporter(report)


def evenings(programme: Programme, tester: User, now: datetime) -> None:
    """Checks of the build at home, one to four a week, with three weeks of rest and a summer away."""
    luck = random.Random("evenings")  # not for secrets: every demo is alike
    days: dict[datetime, int] = {}
    monday = now - timedelta(days=now.weekday())
    for weeks in (*range(WEEKS), *EARLY_WEEKS):
        if weeks in REST_WEEKS:
            continue
        for day in luck.sample(range(7), luck.choice((1, 1, 2, 2, 3, 4))):
            evening = monday - timedelta(weeks=weeks) + timedelta(days=day)
            at = evening.replace(hour=19, minute=luck.randrange(60), second=0, microsecond=0)
            if at <= now:
                days[at] = luck.choice((1, 1, 1, 2, 3))
    kind, facts = ActivityKind.GUIDE_FINISHED.value, {"guide": "evening-check", "guide_kind": "check"}
    Event.objects.bulk_create(
        Event(user=tester, programme=programme, kind=kind, at=at + timedelta(minutes=8 * nth), facts=facts)
        for at, times in days.items()
        for nth in range(times)
    )
    ActivityDay.objects.bulk_create(
        ActivityDay(programme=programme, user=tester, day=day_of(at, programme), kind=kind, detail="check", n=times)
        for at, times in days.items()
    )


def _report(programme: Programme, user: User, told: Told, friday: datetime) -> Report:
    report = _row(programme, user, told.number, told.title, friday - told.ago, told.state, told.build_ago, friday)
    report.kind, report.often, report.severity, report.text = told.kind.value, told.often.value, told.severity.value, told.text
    if told.model != "Aurora A1":
        report.device_model, report.build = told.model, f"1.2-{report.build}"
    if told.words:
        report.changed_at = report.received_at + told.later
    if told.asks:
        report.state_before = State.SEEN.value
    return report


def _attach(report: Report, told: Told) -> str:
    """The log that came with the report, if one did; what the evidence is called."""
    if not told.log:
        return ""
    sha256, size = files().put([told.log.encode()])
    Attachment.objects.create(
        report=report, pos=0, sha256=sha256, name="log.txt", size=size, media="text/plain", role=Role.LOG.value, hidden=1
    )
    return Role.LOG.value


def _row(programme: Programme, user: User, number: str, title: str, at: datetime, state: State, build_ago: int, friday: datetime) -> Report:
    build = version_of((friday - timedelta(weeks=build_ago)).date())
    form = ReportPut(programme=programme.slug, rev=1, title=title, device_model="Aurora A1", build=build, captured_at=at)
    return Report(
        id=uuid.uuid4(),
        user=user,
        programme=programme,
        number=number,
        rev=1,
        digest=digest(form),
        kind=form.kind.value,
        title=title,
        often=form.often.value,
        severity=form.severity.value,
        device_model=form.device_model,
        build=build,
        captured_at=at,
        state=state.value,
        received_at=at + timedelta(minutes=1),
        changed_at=at + timedelta(hours=15),
    )


def _answer(report: Report, told: Told, staff: User) -> None:
    if not told.words:
        return
    comment = Comment.objects.create(
        id=uuid.uuid4(), report=report, user=staff, staff=True, asks=told.asks, text=told.words, at=report.received_at + told.later
    )
    announce(user_audience(report.user_id), FeedKind.COMMENT, str(comment.pk), comment_view(comment))


def _join(programme: Programme, users: list[User], root: Report, friday: datetime) -> None:
    taken = {int(told.number[3:]) for told in REPORTS}
    numbers = [number for number in range(2292, LAST_NUMBER + 1) if number not in taken]
    rows = []
    for nth, user in enumerate(users):
        at = root.received_at + timedelta(hours=3 * nth + 1)
        row = _row(programme, user, f"FL-{numbers[nth]}", FROZEN[nth % len(FROZEN)], at, State.DUPLICATE, 3, friday)
        row.same_as = root
        rows.append(row)
    Report.objects.bulk_create(rows)
