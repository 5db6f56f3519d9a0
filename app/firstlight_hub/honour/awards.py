# SPDX-License-Identifier: Apache-2.0
"""From days to badges: reckon what a tester has earned, award it once, and tell their desktop how far they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from firstlight_contract import honour as wire
from firstlight_contract.feed import FeedKind
from firstlight_contract.honour import ActivityKind
from firstlight_contract.problem import Code
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, lock, user_audience, writing
from firstlight_hub.base.models import FeedItem
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.honour import claimed
from firstlight_hub.honour.history import OWN_ACTS, Day, History, Progress
from firstlight_hub.honour.models import ActivityDay, Award, Badge, Roll, RollEntry
from firstlight_hub.honour.rules.table import mistakes, progress
from firstlight_hub.honour.standard import BADGES, FIRST_HUNDRED
from firstlight_hub.honour.streaks import row
from firstlight_hub.programme.models import Enrolment, Programme

SHOWN = timedelta(weeks=53)


def install(programme: Programme, *, roll_size: int = 100, actor: User | None = None) -> None:
    """Give a programme the standard badges that it lacks, and the roll of the first hundred; changes none that is there."""
    with writing():
        Roll.objects.get_or_create(programme=programme, name=FIRST_HUNDRED, defaults={"size": roll_size})
        for order, badge in enumerate(BADGES, start=1):
            _, is_new = Badge.objects.get_or_create(
                programme=programme,
                slug=badge.slug,
                defaults={
                    "name": badge.name,
                    "what_for": badge.what_for,
                    "rule": badge.rule,
                    "picture": f"badge-{badge.slug}",
                    "order": order,
                },
            )
            if is_new:
                record(actor, "badge.define", f"{programme.slug}/{badge.slug}", after={"rule": badge.rule})
        backfill(programme)


def reckon(user: User, programme: Programme, *, at: datetime) -> tuple[Badge, ...]:
    """Award, as of `at`, what the tester's days have earned; announce every badge that moved, and the sums. The new badges."""
    history = _history(user, programme, timezone.now())
    held, told = _held(user, programme), _told(user, programme)
    new: list[Badge] = []
    for badge in Badge.objects.filter(programme=programme).select_related("programme"):
        reached = progress(badge.rule, history)
        if badge.pk not in held and reached.done >= reached.goal:
            award, is_new = Award.objects.get_or_create(badge=badge, user=user, defaults={"at": at})
            held[badge.pk] = award.at
            if is_new:
                new.append(badge)
                claimed.tell_all(badge, user)
        body = badge_view(badge, reached, held.get(badge.pk))
        # Eleven of twelve have not moved: only what is new to the tester's desktop goes into the feed.
        if told.get(_key(badge)) != body.model_dump(mode="json"):
            announce(user_audience(user.pk), FeedKind.BADGE, _key(badge), body)
    _tell_sums(user, programme, history)
    return tuple(new)


def backfill(programme: Programme) -> int:
    """Reckon every tester anew, after a rule was made or changed; how many there are."""
    places = Enrolment.objects.filter(programme=programme, left_at=None).select_related("user").order_by("user_id")
    for member in places:
        with writing():
            lock(f"honour {programme.pk} {member.user_id}")
            reckon(member.user, programme, at=timezone.now())
    return len(places)


def preview(programme: Programme, rule: dict[str, object]) -> tuple[Enrolment, ...]:
    """Who would hold a badge with this rule today."""
    now = timezone.now()
    places = Enrolment.objects.filter(programme=programme, left_at=None).select_related("user").order_by("number")
    reached = ((member, progress(rule, _history(member.user, programme, now))) for member in places)
    return tuple(member for member, (done, goal) in reached if done >= goal)


@transaction.atomic
def define(badge: Badge, *, actor: User | None) -> Badge:
    """Keep a badge that staff wrote; ProblemError 422 when its rule is none."""
    wrong = flaw(badge)
    if wrong:
        raise ProblemError(Code.INVALID, 422, fields=("rule",), title=wrong)
    badge.save()
    record(actor, "badge.define", f"{badge.programme.slug}/{badge.slug}", after={"rule": badge.rule})
    return badge


def flaw(badge: Badge) -> str:
    """What is wrong with a badge that staff wrote; "" when nothing is."""
    wrong = mistakes(badge.rule)
    if wrong:
        return wrong
    try:
        badge_view(badge, Progress(0, 1), None)
    except ValidationError as error:
        return ", ".join(".".join(str(part) for part in mistake["loc"]) for mistake in error.errors())
    return "" if "en" in badge.name and "en" in badge.what_for else "name and what_for need English words"


def grant(badge: Badge, user: User, *, actor: User) -> Award:
    """Award a badge by hand; every claim of it by this tester is told."""
    with writing():
        lock(f"honour {badge.programme_id} {user.pk}")
        award, is_new = Award.objects.get_or_create(badge=badge, user=user, defaults={"by": actor})
        if is_new:
            record(actor, "badge.grant", f"{badge.programme.slug}/{badge.slug}", after={"user": str(user.subject)})
        claimed.tell_all(badge, user)
        reckon(user, badge.programme, at=timezone.now())
    return award


def badge_view(badge: Badge, reached: Progress, earned_at: datetime | None) -> wire.BadgeView:
    """A badge as one tester reads it."""
    return wire.BadgeView(
        slug=badge.slug,
        name=badge.name,
        what_for=badge.what_for,
        picture=badge.picture,
        progress=reached.goal if earned_at else reached.done,
        goal=reached.goal,
        earned_at=earned_at,
        order=badge.order,
    )


def _key(badge: Badge) -> str:
    return f"{badge.programme.slug}/{badge.slug}"


def _told(user: User, programme: Programme) -> dict[str, dict[str, object]]:
    """The badges as the tester's desktop knows them."""
    items = FeedItem.objects.filter(audience=user_audience(user.pk), kind=FeedKind.BADGE.value, key__startswith=f"{programme.slug}/")
    return dict(items.values_list("key", "body"))


def _tell_sums(user: User, programme: Programme, history: History) -> None:
    member = Enrolment.objects.filter(programme=programme, user=user).first()
    if member is not None:
        announce(user_audience(user.pk), FeedKind.HONOUR, programme.slug, sums(history, member))


def sums(history: History, member: Enrolment) -> wire.HonourView:
    """A tester's figures; the heatmap counts what they did themselves, in the last 53 weeks."""
    own = [day for day in history.days if day.kind in OWN_ACTS]
    rows = row((day.day for day in own), history.today)

    def times(kind: ActivityKind, detail: str = "") -> int:
        return sum(day.n for day in history.of(kind, detail))

    return wire.HonourView(
        builds=times(ActivityKind.BUILD_INSTALLED),
        reports=times(ActivityKind.REPORT_SENT),
        fixes=times(ActivityKind.REPORT_FIXED),
        routers=times(ActivityKind.GUIDE_FINISHED, "assemble"),
        guides=times(ActivityKind.GUIDE_FINISHED),
        weeks_in_row=rows.weeks,
        longest_row=rows.longest,
        rest_weeks_used=rows.used,
        days=_heat(own, history.today),
        number=member.number,
        since=member.joined_at,
        display_name=member.display_name,
    )


def _heat(own: Iterable[Day], today: date) -> tuple[wire.ActivityDay, ...]:
    by_day: dict[date, int] = {}
    for day in own:
        if today - SHOWN < day.day:
            by_day[day.day] = by_day.get(day.day, 0) + day.n
    return tuple(wire.ActivityDay(day=day.isoformat(), n=n) for day, n in sorted(by_day.items()))


def _history(user: User, programme: Programme, now: datetime) -> History:
    days = ActivityDay.objects.filter(user=user, programme=programme).order_by("day").values_list("day", "kind", "detail", "n")
    rolls = RollEntry.objects.filter(roll__programme=programme, user=user).values_list("roll__name", flat=True)
    return History(today=now.astimezone(ZoneInfo(programme.tz)).date(), days=tuple(Day(*values) for values in days), rolls=tuple(rolls))


def _held(user: User, programme: Programme) -> dict[int, datetime]:
    return dict(Award.objects.filter(user=user, badge__programme=programme).values_list("badge_id", "at"))
