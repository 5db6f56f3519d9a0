# SPDX-License-Identifier: Apache-2.0
"""What a team asks its testers: a vote, an invitation, a build to judge, a badge to claim; and an album that answers nobody."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from firstlight_hub.account.models import User
from firstlight_hub.community import staff
from firstlight_hub.community.models import Event, Proposal
from firstlight_hub.devices.services import define_model
from firstlight_hub.firmware.models import Release, ReleaseState
from firstlight_hub.honour.models import Badge
from firstlight_hub.programme.models import Programme
from hub.stored import sent

OPTIONS = [{"key": "yes", "words": {"en": "Yes"}}, {"key": "no", "words": {"en": "No"}}]


def proposal(programme: Programme, **other: Any) -> Proposal:
    """A vote that is open for a day."""
    facts = {"title": {"en": "Popcorn?"}, "options": OPTIONS, "closes": timezone.now() + timedelta(days=1)} | other
    return staff.define_proposal(Proposal(programme=programme, **facts), actor=None)


def event(programme: Programme, **other: Any) -> Event:
    """A meeting tomorrow."""
    tomorrow = timezone.now() + timedelta(days=1)
    facts = {"title": {"en": "Open house"}, "starts": tomorrow, "ends": tomorrow + timedelta(hours=3)} | other
    return staff.define_event(Event(programme=programme, **facts), actor=None)


def build(programme: Programme, **other: Any) -> Release:
    """A published build."""
    model = define_model(programme, "a1", "Aurora A1")
    facts = {"version": "26.47", "week": "2026-W47", "guide": "a1-weekly", "state": ReleaseState.PUBLISHED} | other
    return Release.objects.create(programme=programme, device=model, **facts)


def asked(programme: Programme, *, vote: uuid.UUID, meeting: uuid.UUID, release: uuid.UUID) -> None:
    """One of each under these names, and the badge `helper` that only people grant."""
    proposal(programme, id=vote)
    event(programme, id=meeting)
    build(programme, id=release)
    Badge.objects.create(
        programme=programme, slug="helper", name={"en": "Helper"}, what_for={"en": "Help"}, picture="x", rule={"manual": True}
    )


def album(user: User, content: bytes = b"photo", **other: Any) -> dict[str, Any]:
    """The form of an album with one photo that this tester has sent."""
    file = sent(user, content, name="board.jpg", media="image/jpeg")
    photo = {key: file[key] for key in ("sha256", "size", "name", "media")} | {"words": "the board"}
    return {"programme": "aurora", "guide": "router-one", "guide_version": "2", "title": "My router", "photos": [photo]} | other
