# SPDX-License-Identifier: Apache-2.0
"""Claims as their testers read them, and telling what became of them: whatever gives a badge answers the claims of it."""

from __future__ import annotations

from firstlight_contract import community as wire
from firstlight_contract.community import ClaimState
from firstlight_contract.feed import FeedKind
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import announce, user_audience
from firstlight_hub.honour.models import Award, Badge, Claim


def tell(claim: Claim) -> None:
    """Announce what became of it to its tester."""
    announce(user_audience(claim.user_id), FeedKind.CLAIM, str(claim.pk), view(claim))


def tell_all(badge: Badge, user: User) -> None:
    """Announce what became of every claim of this badge by this tester."""
    for claim in Claim.objects.select_related("badge").filter(badge=badge, user=user):
        tell(claim)


def view(claim: Claim) -> wire.ClaimView:
    """A claim as its tester reads it."""
    is_held = Award.objects.filter(badge=claim.badge, user=claim.user).exists()
    return wire.ClaimView(id=claim.pk, badge=claim.badge.slug, state=ClaimState.GRANTED if is_held else ClaimState.WAITING)
