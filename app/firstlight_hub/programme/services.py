# SPDX-License-Identifier: Apache-2.0
"""Joining a programme: one transaction, a seat and a number taken by the statement that counts them, a repeat answered alike."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from firstlight_contract import account as wire
from firstlight_contract.feed import FeedKind
from firstlight_contract.honour import ActivityKind
from firstlight_contract.problem import Code as Why
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, lock, programme_audience, user_audience, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.base.signals import tell
from firstlight_hub.programme.codes import key_of
from firstlight_hub.programme.models import Code, Enrolment, Programme, Role

NAME_CHARACTERS = 40


def card(programme: Programme) -> wire.ProgrammeCard:
    """The programme as a stranger may see it."""
    return wire.ProgrammeCard(
        slug=programme.slug,
        name=programme.name,
        ring=programme.ring,
        maker=programme.maker,
        seats=programme.seats,
        seats_left=programme.seats_left,
    )


def view(enrolment: Enrolment) -> wire.Enrolment:
    """A place as its tester sees it."""
    return wire.Enrolment(
        id=enrolment.id,
        programme=card(enrolment.programme),
        number=enrolment.number,
        display_name=enrolment.display_name,
        role=enrolment.role,
        joined_at=enrolment.joined_at,
    )


def me(user: User) -> wire.Me:
    """The person and their places."""
    places = enrolments(user)
    return wire.Me(
        subject=str(user.subject),
        name=user.shown_name,
        email=user.email,
        staff=user.is_staff,
        enrolments=tuple(view(place) for place in places),
    )


def enrolments(user: User) -> list[Enrolment]:
    """The places that a person has now, first joined first."""
    return list(Enrolment.objects.filter(user=user, left_at=None).select_related("programme").order_by("joined_at"))


def code_info(typed: str) -> wire.CodeInfo:
    """What an F-code opens; ProblemError 404 for an unknown one."""
    code = _find(typed)
    return wire.CodeInfo(code=code.code, state=_state(code), programme=card(code.programme))


def join(user: User, typed: str, display_name: str = "") -> wire.Enrolment:
    """Take a seat by F-code. Who has one already keeps it, and no use of the code is counted."""
    code = _find(typed)
    with writing():
        # The same person may press the button twice: the second waits, and finds the place of the first.
        lock(f"join {code.programme_id} {user.pk}")
        place = Enrolment.objects.filter(user=user, programme=code.programme).select_related("programme").first()
        if place is None:
            _count_use(code)
            place = enrol(user, code.programme, display_name=display_name, via=code)
        elif place.left_at is not None:
            _count_use(code)
            _take_seat(code.programme, is_new=False)
            place.left_at = None
            place.save(update_fields=["left_at"])
            announce(user_audience(user.pk), FeedKind.PROGRAMME, code.programme.slug, card(code.programme))
        place.programme.refresh_from_db()
        return view(place)


def enrol(
    user: User,
    programme: Programme,
    *,
    display_name: str = "",
    role: str = Role.TESTER,
    via: Code | None = None,
    at: datetime | None = None,
) -> Enrolment:
    """Give `user` a seat and the next number; ProblemError 409 when the programme is full. Within the caller's transaction."""
    number = _take_seat(programme)
    at = at or timezone.now()
    name = display_name.strip()[:NAME_CHARACTERS] or user.shown_name
    place = Enrolment.objects.create(programme=programme, user=user, number=number, display_name=name, role=role, via=via, joined_at=at)
    tell(user, programme, ActivityKind.SIGNED_IN, at=at, object_id=place.id)
    announce(user_audience(user.pk), FeedKind.PROGRAMME, programme.slug, card(programme))
    return place


def leave(place: Enrolment, *, actor: User) -> None:
    """Give the seat back; the number stays the tester's, and so do their reports. Their desktop drops the programme."""
    with writing():
        if not Enrolment.objects.filter(pk=place.pk, left_at=None).update(left_at=timezone.now()):
            return
        Programme.objects.filter(pk=place.programme_id, taken__gt=0).update(taken=F("taken") - 1)
        announce(user_audience(place.user_id), FeedKind.PROGRAMME, place.programme.slug, card(place.programme), deleted=True)
        record(actor, "programme.leave", f"{place.programme.slug}/{place.number}", after={"user": str(place.user.subject)})


def keep(programme: Programme, *, actor: User) -> Programme:
    """Keep a programme that staff wrote, and tell everybody in it."""
    with writing():
        programme.save()
        announce(programme_audience(programme.slug), FeedKind.PROGRAMME, programme.slug, card(programme))
        record(actor, "programme.keep", programme.slug, after={"name": programme.name, "ring": programme.ring, "seats": programme.seats})
    return programme


def _find(typed: str) -> Code:
    code = Code.objects.filter(key=key_of(typed)).select_related("programme").first()
    if code is None:
        raise ProblemError(Why.CODE_UNKNOWN, 404)
    return code


def _state(code: Code) -> wire.CodeState:
    if code.valid_until is not None and code.valid_until < timezone.now():
        return wire.CodeState.EXPIRED
    if code.used >= code.max_uses:
        return wire.CodeState.USED
    return wire.CodeState.VALID if code.programme.seats_left else wire.CodeState.FULL


def _count_use(code: Code) -> None:
    """Counted in one statement, so that a code for one never opens for two."""
    if _state(code) is wire.CodeState.EXPIRED:
        raise ProblemError(Why.CODE_EXPIRED, 410)
    if not Code.objects.filter(pk=code.pk, used__lt=F("max_uses")).update(used=F("used") + 1):
        raise ProblemError(Why.CODE_USED, 409)


def _take_seat(programme: Programme, *, is_new: bool = True) -> int:
    """The highest tester number after a seat was taken, which is a new tester's own: the row stays locked until the transaction ends."""
    free = Programme.objects.filter(pk=programme.pk, taken__lt=F("seats"))
    if not free.update(taken=F("taken") + 1, joined=F("joined") + (1 if is_new else 0)):
        raise ProblemError(Why.PROGRAMME_FULL, 409)
    programme.refresh_from_db(fields=["taken", "joined"])
    return programme.joined
