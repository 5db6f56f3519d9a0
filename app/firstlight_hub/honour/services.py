# SPDX-License-Identifier: Apache-2.0
"""Everything that is written about what testers do: events, the days that sum them up, places on rolls. Awards follow in awards.py."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone

from firstlight_contract import honour as wire
from firstlight_contract.honour import ActivityKind
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import lock, writing
from firstlight_hub.base.forms import storable
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.honour import awards
from firstlight_hub.honour.models import ActivityDay, Event, Roll, RollEntry
from firstlight_hub.honour.rules.table import DETAILS
from firstlight_hub.programme.membership import place
from firstlight_hub.programme.models import Programme

FROM_DESKTOP = frozenset({ActivityKind.GUIDE_FINISHED, ActivityKind.BUILD_INSTALLED, ActivityKind.RECOVERED})
"""Events that only the tester's PC can know of; the hub sees all others itself and takes nobody's word."""
OLDEST = timedelta(days=60)
"""An outbox may come home late; what claims to be older than this counts for the day on which it came."""
PER_HOUR = 240


def put_activity(user: User, event_id: uuid.UUID, form: wire.ActivityPut) -> tuple[Event, bool]:
    """Keep an event under the name that the PC gave it; a repeat changes nothing, another tester's event is not there (404)."""
    storable(form)
    if form.kind not in FROM_DESKTOP:
        raise ProblemError(Code.INVALID, 422, fields=("kind",))
    with writing():
        programme = place(user, form.programme).programme
        lock(f"event {event_id}")
        known = Event.objects.filter(pk=event_id).first()
        if known is not None:
            if known.user_id != user.pk:
                raise not_found()
            return known, False
        spend("activity", str(user.pk), times=PER_HOUR, seconds=3600)
        facts = {key[:40]: value[:200] for key, value in form.facts.items()}
        return _keep(user, programme, form.kind, at=_believed(form.at, timezone.now()), event_id=event_id, facts=facts), True


def on_happened(sender: Any, **told: Any) -> None:
    """Receives base.signals.happened."""
    record(told["user"], told["programme"], told["kind"], at=told["at"], event_id=told["object_id"], facts=told["facts"])


def record(user: User, programme: Programme, kind: ActivityKind, *, at: datetime, event_id: uuid.UUID, facts: dict[str, str]) -> None:
    """Keep an event that the hub saw itself, once, within the caller's transaction."""
    with writing():
        lock(f"event {event_id}")
        if not Event.objects.filter(pk=event_id).exists():
            _keep(user, programme, kind, at=at, event_id=event_id, facts=facts)


def _keep(user: User, programme: Programme, kind: ActivityKind, *, at: datetime, event_id: uuid.UUID, facts: dict[str, str]) -> Event:
    # Two events of one tester at once would each miss the other when badges are reckoned: the second waits for the first.
    lock(f"honour {programme.pk} {user.pk}")
    event = Event.objects.create(pk=event_id, user=user, programme=programme, kind=kind.value, at=at, facts=facts)
    _count(event, facts.get(DETAILS.get(kind, ""), "")[:100])
    if kind is ActivityKind.SIGNED_IN:
        _enter_rolls(user, programme)
    awards.reckon(user, programme, at=at)
    return event


def _count(event: Event, detail: str) -> None:
    """Counted by the database; the lock that the caller holds keeps two events from making the same row."""
    where = {
        "programme": event.programme,
        "user": event.user,
        "day": day_of(event.at, event.programme),
        "kind": event.kind,
        "detail": detail,
    }
    if not ActivityDay.objects.filter(**where).update(n=F("n") + 1):
        ActivityDay.objects.create(**where, n=1)


def _enter_rolls(user: User, programme: Programme) -> None:
    """A place on each roll that has one left; counted by the statement that takes it."""
    for roll in Roll.objects.filter(programme=programme).order_by("pk"):
        if RollEntry.objects.filter(roll=roll, user=user).exists():
            continue
        if Roll.objects.filter(pk=roll.pk, taken__lt=F("size")).update(taken=F("taken") + 1):
            roll.refresh_from_db(fields=["taken"])
            RollEntry.objects.create(roll=roll, number=roll.taken, user=user)


def day_of(at: datetime, programme: Programme) -> date:
    """The day in the programme's time zone."""
    return at.astimezone(ZoneInfo(programme.tz)).date()


def _believed(at: datetime, now: datetime) -> datetime:
    """When the PC says it happened, unless its clock is wrong or somebody fills last year's weeks."""
    return at if now - OLDEST <= at <= now + timedelta(minutes=10) else now
