# SPDX-License-Identifier: Apache-2.0
"""A claim that waits is answered by whatever gives the badge: the team's hand, or the rule that is reached later."""

from __future__ import annotations

import uuid

from firstlight_hub.honour import awards
from firstlight_hub.honour.models import Badge
from hub.conftest import Cast
from hub.stored import news, report


def claimed(cast: Cast, badge: str) -> None:
    answer = cast.bob.call("PUT", f"/claims/{uuid.uuid4()}", {"programme": "aurora", "badge": badge})
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting")


def told(cast: Cast) -> list[str]:
    return [claim["state"] for claim in news(cast.bob.user, "claim")]


def badge(cast: Cast, slug: str, rule: dict[str, object]) -> Badge:
    words = {"en": slug}
    return Badge.objects.create(programme=cast.programme, slug=slug, name=words, what_for=words, picture="x", rule=rule)


def test_a_claim_is_granted_when_its_rule_is_reached(cast: Cast) -> None:
    badge(cast, "two-reports", {"kind": "report.sent", "count": 2})
    cast.bob.call("PUT", f"/reports/{uuid.uuid4()}", report())
    claimed(cast, "two-reports")
    cast.bob.call("PUT", f"/reports/{uuid.uuid4()}", report())
    assert told(cast) == ["granted"]


def test_a_claim_is_granted_when_the_team_gives_the_badge_by_another_page(cast: Cast) -> None:
    by_hand = badge(cast, "by-hand", {"manual": True})
    claimed(cast, "by-hand")
    awards.grant(by_hand, cast.bob.user, actor=cast.alice.user)
    assert told(cast) == ["granted"]
