# SPDX-License-Identifier: Apache-2.0
"""Who is in which programme now: the one place that every app asks before it shows or takes something."""

from __future__ import annotations

from firstlight_contract.problem import Code
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import programme_audience, user_audience
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.programme.models import Enrolment


def place(user: User, slug: str) -> Enrolment:
    """The person's place in the programme; ProblemError 403 when they have none, also when there is no such programme."""
    found = Enrolment.objects.select_related("programme").filter(user=user, programme__slug=slug, left_at=None).first()
    if found is None:
        raise ProblemError(Code.FORBIDDEN, 403)
    return found


def audiences(user: User) -> tuple[str, ...]:
    """All feeds that the person may read: their own and those of their programmes."""
    slugs = Enrolment.objects.filter(user=user, left_at=None).values_list("programme__slug", flat=True)
    return (user_audience(user.pk), *sorted(programme_audience(slug) for slug in slugs))
