# SPDX-License-Identifier: Apache-2.0
"""Plants the demo, once; at a later start only what is new since: this week's build, newer guides."""

from __future__ import annotations

import logging
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from firstlight_contract.feed import FeedKind
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import announce, user_audience, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.honour import awards
from firstlight_hub.programme.codes import key_of
from firstlight_hub.programme.models import Code, Programme
from firstlight_hub.programme.services import card
from firstlight_hub.seed import builds, people, reports, signed

log = logging.getLogger(__name__)

SLUG, TZ, SEATS = "aurora", "Europe/Berlin", 100
CODE = "F-7KQ2-MXA9-R1"


def plant(data: Path, now: datetime | None = None) -> dict[str, Any]:
    """Fill the hub; accounts and the F-code, as the desktop is told them."""
    now = now or timezone.now()
    accounts, is_new = people.accounts(data)
    friday = builds.last_friday(now, TZ)
    with writing():
        users = {account.name: people.sign_up(account, now, is_new=is_new) for account in accounts}
        programme = Programme.objects.filter(slug=SLUG).first()
        is_first = programme is None
        if programme is None:
            programme = _programme(users, friday, now)
        builds.publish(programme, friday, is_first=is_first)
        if is_first:
            reports.fixed(programme, friday)
            awards.reckon(users[people.TESTER], programme, at=now)
            programme.refresh_from_db()
            announce(user_audience(users[people.TESTER].pk), FeedKind.PROGRAMME, SLUG, card(programme))
    _guides()
    return {"accounts": [account._asdict() for account in accounts], "code": CODE}


def _programme(users: dict[str, User], friday: datetime, now: datetime) -> Programme:
    programme = Programme.objects.create(
        slug=SLUG,
        name="Aurora Testers",
        ring="Engineering ring",
        maker="Aurora",
        tz=TZ,
        seats=SEATS,
        picture="aurora-mark",
        shares_titles=True,
    )
    Code.objects.create(code=CODE, key=key_of(CODE), programme=programme, max_uses=SEATS, tag="demo")
    awards.install(programme, roll_size=SEATS)
    builds.models(programme)
    people.gather(programme, users, now)
    reports.evenings(programme, users[people.TESTER], now)
    reports.write(programme, users[people.TESTER], users[people.STAFF], friday)
    return programme


def _guides() -> None:
    """Each guide that lies in the program's resources; a broken one is the program's fault and keeps no demo from starting."""
    for folder in sorted(_resources().glob("guides/*/guide.yaml")):
        try:
            signed.guide(folder.parent)
        except ProblemError as error:
            log.error("guide %s was not published: %s", folder.parent.name, error.problem.model_dump_json())


def _resources() -> Path:
    """Where the desktop says, else in the bundle, beside the installed package, or in the source tree."""
    told = os.environ.get("FIRSTLIGHT_RESOURCES")
    if told:
        return Path(told)
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled:
        return Path(bundled) / "resources"
    package = Path(__file__).resolve().parents[2]
    installed = package / "firstlight_resources"
    return installed if installed.is_dir() else package.parent / "resources"
