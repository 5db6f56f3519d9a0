# SPDX-License-Identifier: Apache-2.0
"""Counts of steps that testers chose to send: added up once, with nobody's name beside them."""

from __future__ import annotations

import uuid

from django.db.models import F
from django.utils.crypto import salted_hmac

from firstlight_contract import community as wire
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import lock, writing
from firstlight_hub.base.forms import digest, storable
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.guides.models import StatisticsName, StepCount
from firstlight_hub.programme.membership import place

PER_HOUR = 120


def put_statistics(user: User, name: uuid.UUID, form: wire.StatisticsPut) -> tuple[wire.StatisticsView, bool]:
    """Add the counts unless they came before; 404 when the name is another's, 409 for other counts under it."""
    storable(form)
    if len({step.step for step in form.steps}) != len(form.steps):
        raise ProblemError(Code.INVALID, 422, fields=("steps",), title="a step twice")
    with writing():
        programme = place(user, form.programme).programme
        lock(f"statistics {name}")
        owner = salted_hmac("statistics", str(user.subject), algorithm="sha256").hexdigest()
        known = StatisticsName.objects.filter(pk=name).first()
        if known is not None:
            return _same(known, owner, form), False
        spend("statistics", str(user.pk), times=PER_HOUR, seconds=3600)
        StatisticsName.objects.create(pk=name, owner=owner, digest=digest(form))
        lock(f"steps {programme.pk} {form.guide}")
        for step in form.steps:
            _add(StepCount(programme=programme, guide=form.guide, version=form.guide_version, step=step.step), step)
        return wire.StatisticsView(id=name), True


def _add(row: StepCount, step: wire.StepCounts) -> None:
    same = {"programme": row.programme, "guide": row.guide, "version": row.version, "step": row.step}
    StepCount.objects.get_or_create(**same)
    StepCount.objects.filter(**same).update(
        runs=F("runs") + 1,
        repeats=F("repeats") + step.repeats,
        seconds=F("seconds") + step.seconds,
        stopped=F("stopped") + int(step.stopped),
    )


def _same(known: StatisticsName, owner: str, form: wire.StatisticsPut) -> wire.StatisticsView:
    if known.owner != owner:
        raise not_found()
    if known.digest != digest(form):
        raise ProblemError(Code.CONFLICT, 409, title="other counts stand under this name")
    return wire.StatisticsView(id=known.pk)
