# SPDX-License-Identifier: Apache-2.0
"""The demo's people: three who can sign in, and a crowd that nobody signs in as."""

from __future__ import annotations

import json
import random
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from firstlight_contract.honour import ActivityKind
from firstlight_hub.account.models import User
from firstlight_hub.account.services import new_password
from firstlight_hub.base.keys import kept
from firstlight_hub.honour.models import ActivityDay, Award, Badge, Event, Roll, RollEntry
from firstlight_hub.honour.services import day_of
from firstlight_hub.honour.standard import FIRST_HUNDRED
from firstlight_hub.programme.models import Enrolment, Programme
from firstlight_hub.programme.services import enrol
from firstlight_hub.seed.words import CROWD

DOMAIN = "aurora.example"
TESTER, NEWCOMER, STAFF = "mossbyte", "newcomer", "ines"
TESTERS_NUMBER = 42


class Account(NamedTuple):
    """Somebody who can sign in to the demo."""

    name: str
    email: str
    password: str
    staff: bool


def accounts(data: Path) -> tuple[tuple[Account, ...], bool]:
    """The demo's accounts with passwords of this folder alone, kept beside the data; also whether they were made just now."""
    file = data / "demo-accounts.json"
    is_new = not file.exists()
    wanted = ((TESTER, False), (NEWCOMER, False), (STAFF, True))
    fresh = [Account(name, f"{name}@{DOMAIN}", new_password(), staff)._asdict() for name, staff in wanted]
    raw = json.loads(kept(file, lambda: json.dumps(fresh, indent=1).encode()))
    return tuple(Account(**item) for item in raw), is_new


def sign_up(account: Account, joined: datetime, *, is_new: bool) -> User:
    """The account; one that is there keeps everything, and takes the password when that was made just now."""
    user = User.objects.filter(email=account.email).first()
    if user is None:
        fields = {"name": account.name, "is_staff": account.staff, "is_superuser": account.staff, "date_joined": joined}
        return User.objects.create_user(account.email, account.password, **fields)
    if is_new:
        user.set_password(account.password)
        user.save(update_fields=["password"])
    return user


def gather(programme: Programme, users: dict[str, User], now: datetime) -> None:
    """Sixty-four testers in the order of their numbers: Ines first, mossbyte as number 42, the crowd around them."""
    luck = random.Random("aurora")  # not for secrets: every demo is alike
    start = now - timedelta(weeks=48)
    before, after = CROWD[: TESTERS_NUMBER - 2], CROWD[TESTERS_NUMBER - 2 :]
    enrol(users[STAFF], programme, role="triager", at=start)
    _crowd(programme, before, [start + timedelta(minutes=luck.randrange(3 * 7 * 24 * 60)) for _ in before])
    enrol(users[TESTER], programme, at=now - timedelta(weeks=45))
    _crowd(programme, after, [now - timedelta(minutes=luck.randrange(44 * 7 * 24 * 60)) for _ in after])


def _crowd(programme: Programme, names: tuple[str, ...], joined: list[datetime]) -> None:
    """As many places at once, with what joining brings; without a word in anybody's feed, for nobody reads it."""
    joined.sort()
    nobody = User(email="nobody")
    nobody.set_unusable_password()
    User.objects.bulk_create(
        User(email=f"{name}@{DOMAIN}", name=name, password=nobody.password, date_joined=at) for name, at in zip(names, joined, strict=True)
    )
    people = {user.name: user for user in User.objects.filter(name__in=names)}
    first = programme.joined + 1
    members = [
        Enrolment(programme=programme, user=people[name], number=first + place, display_name=name, joined_at=at)
        for place, (name, at) in enumerate(zip(names, joined, strict=True))
    ]
    Enrolment.objects.bulk_create(members)
    programme.taken += len(members)
    programme.joined += len(members)
    programme.save(update_fields=["taken", "joined"])
    roll = Roll.objects.get(programme=programme, name=FIRST_HUNDRED)
    RollEntry.objects.bulk_create(RollEntry(roll=roll, number=member.number, user=member.user) for member in members)
    roll.taken += len(members)
    roll.save(update_fields=["taken"])
    badges = Badge.objects.filter(programme=programme, slug__in=("first-light", FIRST_HUNDRED))
    Award.objects.bulk_create(Award(badge=badge, user=member.user, at=member.joined_at) for badge in badges for member in members)
    kind = ActivityKind.SIGNED_IN.value
    Event.objects.bulk_create(
        Event(pk=uuid.uuid5(member.pk, kind), user=member.user, programme=programme, kind=kind, at=member.joined_at) for member in members
    )
    ActivityDay.objects.bulk_create(
        ActivityDay(programme=programme, user=member.user, day=day_of(member.joined_at, programme), kind=kind, n=1) for member in members
    )
