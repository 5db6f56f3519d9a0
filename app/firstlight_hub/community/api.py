# SPDX-License-Identifier: Apache-2.0
"""The endpoints of firstlight_contract.community that are answers to what the team asks, and albums. 201 when new, 200 when known."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from firstlight_contract import community as wire
from firstlight_hub.account.auth import bearer
from firstlight_hub.community import services

router = Router(auth=bearer, tags=["community"])


@router.put(wire.PUT_VOTE.path, response={200: wire.VoteView, 201: wire.VoteView})
def put_vote(request: HttpRequest, id: uuid.UUID, vote: wire.VotePut) -> Any:
    """The caller's vote on the proposal of this name."""
    kept, is_new = services.put_vote(request.auth, id, vote)
    return Status(201 if is_new else 200, services.vote_view(kept))


@router.put(wire.PUT_EXPERIENCE.path, response={200: wire.ExperienceView, 201: wire.ExperienceView})
def put_experience(request: HttpRequest, id: uuid.UUID, experience: wire.ExperiencePut) -> Any:
    """The caller's four-grid of a build."""
    kept, is_new = services.put_experience(request.auth, id, experience)
    return Status(201 if is_new else 200, services.experience_view(kept))


@router.put(wire.PUT_RSVP.path, response={200: wire.RsvpView, 201: wire.RsvpView})
def put_rsvp(request: HttpRequest, id: uuid.UUID, rsvp: wire.RsvpPut) -> Any:
    """The caller's reply to the event of this name."""
    kept, is_new = services.put_rsvp(request.auth, id, rsvp)
    return Status(201 if is_new else 200, services.rsvp_view(kept))


@router.put(wire.PUT_ALBUM.path, response={200: wire.AlbumView, 201: wire.AlbumView})
def put_album(request: HttpRequest, id: uuid.UUID, album: wire.AlbumPut) -> Any:
    """The caller's album."""
    kept, is_new = services.put_album(request.auth, id, album)
    return Status(201 if is_new else 200, services.album_view(kept))
