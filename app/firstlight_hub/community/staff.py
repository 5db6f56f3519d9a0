# SPDX-License-Identifier: Apache-2.0
"""What the team asks: proposals and events, told to all testers, written down; and the count once a vote has closed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from firstlight_contract import community as wire
from firstlight_contract.feed import FeedKind
from firstlight_contract.problem import Code
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.feed import announce, lock, programme_audience, writing
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.community.models import Event, Proposal, Vote
from firstlight_hub.community.services import event_view, seat

GRACE = timedelta(minutes=1)
"""A vote that was taken in the last moment may be a moment from its commit."""


def define_proposal(proposal: Proposal, *, actor: User | None) -> Proposal:
    """Keep a proposal that staff wrote; ProblemError 422 when it is none, 409 once somebody voted by other options."""
    wrong = flaw(proposal)
    if wrong:
        raise ProblemError(Code.INVALID, 422, title=wrong)
    with writing():
        known = Proposal.objects.filter(pk=proposal.pk).first()
        if known is not None and (known.options != proposal.options or known.counts is not None) and known.votes.exists():
            raise ProblemError(Code.CONFLICT, 409, title="somebody has voted: options stay, and a count stands")
        proposal.save()
        _tell(proposal)
        record(actor, "proposal.define", str(proposal.pk), after={"title": proposal.title, "closes": proposal.closes.isoformat()})
    return proposal


def define_event(event: Event, *, actor: User | None) -> Event:
    """Keep an invitation that staff wrote; new seats go to those who wait. ProblemError 422 when it is none."""
    wrong = flaw(event)
    if wrong:
        raise ProblemError(Code.INVALID, 422, title=wrong)
    with writing():
        lock(f"seats {event.pk}")
        event.save()
        seat(event)
        record(actor, "event.define", str(event.pk), after={"title": event.title, "starts": event.starts.isoformat()})
    return event


def flaw(thing: Proposal | Event) -> str:
    """What is wrong with what staff wrote; "" when nothing is."""
    try:
        view = proposal_view(thing) if isinstance(thing, Proposal) else event_view(thing)
    except ValidationError as error:
        return ", ".join(".".join(str(part) for part in mistake["loc"]) for mistake in error.errors())
    if "en" not in view.title:
        return "title needs English words"
    if isinstance(view, wire.EventView):
        return "" if view.starts <= view.ends else "it ends before it starts"
    keys = [option.key for option in view.options]
    if len(keys) < 2 or len(set(keys)) != len(keys):  # a vote is between two at least
        return "a vote needs two options or more, each with a key of its own"
    return "" if view.opens < view.closes else "it closes before it opens"


def count_closed(now: datetime) -> int:
    """Count the votes that have closed, once, and tell everybody; answers how many."""
    counted = 0
    for pk in Proposal.objects.filter(closes__lte=now - GRACE, counts__isnull=True).values_list("pk", flat=True)[:20]:
        with writing():
            proposal = Proposal.objects.select_for_update().select_related("programme").get(pk=pk)
            told = Counter(Vote.objects.filter(proposal=proposal).values_list("choice", flat=True))
            proposal.counts = {option["key"]: told[option["key"]] for option in proposal.options}
            proposal.save(update_fields=["counts"])
            _tell(proposal)
        counted += 1
    return counted


def on_ticked(sender: Any, now: datetime, **_facts: Any) -> None:
    """Receives base.signals.ticked."""
    count_closed(now)


def proposal_view(proposal: Proposal) -> wire.ProposalView:
    """A proposal as every tester reads it."""
    return wire.ProposalView(
        id=proposal.pk,
        programme=proposal.programme.slug,
        title=proposal.title,
        body=proposal.body,
        options=proposal.options,
        opens=proposal.opens,
        closes=proposal.closes,
        counts=proposal.counts,
    )


def _tell(proposal: Proposal) -> None:
    announce(programme_audience(proposal.programme.slug), FeedKind.PROPOSAL, str(proposal.pk), proposal_view(proposal))
