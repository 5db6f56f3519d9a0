# SPDX-License-Identifier: Apache-2.0
"""What testers say besides reports: votes, the four-grid of a build, replies to invitations, albums, badge claims, step statistics.

Each is PUT under a name that makes a repeat harmless for ever: a vote and a reply under that of the proposal or event, the rest
under a UUID of the PC's. What may change carries `rev`, counted up by the PC: the hub keeps the highest, so order does not matter.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Count, FileName, Id, Line, Sha256, Size, Slug, Text, Version, When, Wire, Words

MOST_PHOTOS = 200
MOST_STEPS = 500
Rev = Annotated[int, Field(ge=1, le=1_000_000)]


class Option(Wire):
    """One thing that can be voted for."""

    key: Slug
    words: Words


class ProposalView(Wire):
    """A question to all testers. `counts` (by option) once it is counted, after `closes`."""

    id: Id
    programme: Slug
    title: Words
    body: Words
    options: tuple[Option, ...]
    opens: When
    closes: When
    counts: dict[str, Count] | None = None


class VotePut(Wire):
    """A vote, under the proposal's name; it may change until the vote closes."""

    rev: Rev = 1
    choice: Slug


class VoteView(Wire):
    """The tester's vote; `salt` is the receipt that only they have."""

    proposal: Id
    rev: Rev
    choice: Slug
    salt: str
    cast_at: When


class ExperiencePut(Wire):
    """The four-grid of a build: what was best, worst, missing, wished for; `ratings` of its changes by their ids."""

    release: Id
    rev: Rev = 1
    best: Text = ""
    worst: Text = ""
    missing: Text = ""
    wish: Text = ""
    ratings: dict[Id, Literal[-1, 0, 1]] = Field(default_factory=dict, max_length=200)


class ExperienceView(Wire):
    """The tester's four-grid as the hub keeps it; one a build."""

    id: Id
    release: Id
    rev: Rev
    changed_at: When


class EventView(Wire):
    """An invitation to all testers; `seats` 0 means that there is room for everybody."""

    id: Id
    programme: Slug
    title: Words
    body: Words
    place: str
    starts: When
    ends: When
    seats: Count = 0
    taken: Count = 0


class RsvpState(StrEnum):
    """Who waits moves up in the order of asking."""

    GOING = "going"
    WAITING = "waiting"
    DECLINED = "declined"


class RsvpPut(Wire):
    """A reply, under the event's name; it may change until the event is over."""

    rev: Rev = 1
    going: bool


class RsvpView(Wire):
    """The tester's reply and whether there is a seat."""

    event: Id
    rev: Rev
    state: RsvpState
    changed_at: When


class Photo(Wire):
    """A photo that was uploaded before, with the tester's words."""

    sha256: Sha256
    size: Size
    name: FileName
    media: str = Field(pattern=r"^image/[a-z0-9.+-]{1,60}$")
    words: str = Field(default="", max_length=2000)


class AlbumPut(Wire):
    """The photos of one run of a guide that the tester shows the team."""

    programme: Slug
    rev: Rev = 1
    guide: Slug
    guide_version: Version
    title: Line
    photos: tuple[Photo, ...] = Field(min_length=1, max_length=MOST_PHOTOS)


class AlbumView(Wire):
    """An album as the hub keeps it."""

    id: Id
    rev: Rev
    title: Line
    photos: Count
    changed_at: When


class ClaimState(StrEnum):
    """What became of a claim."""

    WAITING = "waiting"
    GRANTED = "granted"


class ClaimPut(Wire):
    """'I have earned this': the team grants by hand what no rule grants."""

    programme: Slug
    badge: Slug
    words: str = Field(default="", max_length=2000)


class ClaimView(Wire):
    """A claim as the hub keeps it."""

    id: Id
    badge: Slug
    state: ClaimState


class StepCounts(Wire):
    """How one step of a guide went in one run."""

    step: Slug
    repeats: Annotated[int, Field(ge=0, le=10_000)] = 0
    seconds: Annotated[int, Field(ge=0, le=30 * 86_400)] = 0
    stopped: bool = False
    """Whether the run ended here."""


class StatisticsPut(Wire):
    """Counts of one run, sent only when the tester chose to; the hub adds them up and keeps no tester beside them."""

    programme: Slug
    guide: Slug
    guide_version: Version
    steps: tuple[StepCounts, ...] = Field(min_length=1, max_length=MOST_STEPS)


class StatisticsView(Wire):
    """The counts were added, once."""

    id: Id


PUT_VOTE = Endpoint("PUT", "/votes/{id}", VoteView, VotePut)
PUT_EXPERIENCE = Endpoint("PUT", "/experiences/{id}", ExperienceView, ExperiencePut)
PUT_RSVP = Endpoint("PUT", "/rsvps/{id}", RsvpView, RsvpPut)
PUT_ALBUM = Endpoint("PUT", "/albums/{id}", AlbumView, AlbumPut)
PUT_CLAIM = Endpoint("PUT", "/claims/{id}", ClaimView, ClaimPut)
PUT_STATISTICS = Endpoint("PUT", "/statistics/{id}", StatisticsView, StatisticsPut)
