# SPDX-License-Identifier: Apache-2.0
"""Claims of badges: kept under the PC's name, answered at once where a rule holds, by the team where none does."""

from __future__ import annotations

import uuid

from django.utils import timezone

from firstlight_contract import community as wire
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import lock, writing
from firstlight_hub.base.forms import storable
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.honour import awards, claimed
from firstlight_hub.honour.models import Award, Badge, Claim
from firstlight_hub.programme.membership import place

PER_DAY = 30


def put_claim(user: User, name: uuid.UUID, form: wire.ClaimPut) -> tuple[Claim, bool]:
    """Keep a claim; 404 for a badge that is none and for another's name, 409 for another claim under the same name."""
    storable(form)
    with writing():
        programme = place(user, form.programme).programme
        lock(f"claim {name}")
        known = Claim.objects.select_related("badge__programme").filter(pk=name).first()
        if known is not None:
            return _same(known, user, form), False
        badge = Badge.objects.select_related("programme").filter(programme=programme, slug=form.badge).first()
        if badge is None:
            raise not_found()
        spend("claim", str(user.pk), times=PER_DAY, seconds=24 * 3600)
        lock(f"honour {programme.pk} {user.pk}")
        claim = Claim.objects.create(pk=name, badge=badge, user=user, words=form.words)
        awards.reckon(user, programme, at=timezone.now())
        claimed.tell(claim)
        return claim, True


def grant(claim: Claim, *, actor: User) -> Award:
    """The team says yes: the badge is awarded, and every claim of it by this tester is told."""
    return awards.grant(claim.badge, claim.user, actor=actor)


def _same(known: Claim, user: User, form: wire.ClaimPut) -> Claim:
    if known.user_id != user.pk:
        raise not_found()
    if (known.badge.programme.slug, known.badge.slug, known.words) != (form.programme, form.badge, form.words):
        raise ProblemError(Code.CONFLICT, 409, title="another claim stands under this name")
    return known
