# SPDX-License-Identifier: Apache-2.0
"""What testers answer: each under a name that makes a repeat harmless for ever, also once a vote is closed or an event over."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from firstlight_contract import community as wire
from firstlight_contract.community import RsvpState
from firstlight_contract.feed import FeedKind
from firstlight_contract.honour import ActivityKind
from firstlight_contract.problem import Code
from firstlight_hub.account.limits import spend
from firstlight_hub.account.models import User
from firstlight_hub.base.feed import announce, lock, programme_audience, user_audience, writing
from firstlight_hub.base.forms import digest, storable
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.signals import tell
from firstlight_hub.community.models import Album, AlbumPhoto, Event, Experience, Proposal, Rsvp, Said, Vote
from firstlight_hub.firmware.models import Release, ReleaseState
from firstlight_hub.programme.membership import audiences, place
from firstlight_hub.programme.models import Programme
from firstlight_hub.reports import parts

VOTES_PER_MINUTE = 60
PER_HOUR = 60
"""Four-grids, and albums, of one tester."""
S = TypeVar("S", bound=Said)
Form = wire.VotePut | wire.ExperiencePut | wire.RsvpPut | wire.AlbumPut


def put_vote(user: User, proposal_id: uuid.UUID, form: wire.VotePut) -> tuple[Vote, bool]:
    """Keep a vote; 404 for who is not asked, 409 when it is not open, 422 for a choice that is none."""
    storable(form)
    with writing():
        proposal = Proposal.objects.select_related("programme").filter(pk=proposal_id).first()
        if proposal is None:
            raise not_found()
        _seen_by(user, proposal.programme)
        lock(f"vote {proposal_id} {user.pk}")
        vote = Vote.objects.filter(proposal=proposal, user=user).first()
        if vote is not None and _is_known(vote, form):
            return vote, False
        if form.choice not in {option["key"] for option in proposal.options}:
            raise ProblemError(Code.INVALID, 422, fields=("choice",))
        now = timezone.now()
        if not proposal.opens <= now < proposal.closes:
            raise ProblemError(Code.CONFLICT, 409, title="the vote is not open" if now < proposal.opens else "the vote is closed")
        spend("vote", str(user.pk), times=VOTES_PER_MINUTE, seconds=60)
        is_new = vote is None
        vote = vote or Vote(proposal=proposal, user=user, salt=secrets.token_hex(16))
        vote.choice = form.choice
        _keep(vote, form, now)
        if is_new:
            tell(user, proposal.programme, ActivityKind.VOTED, at=now, object_id=vote.pk)
        announce(user_audience(user.pk), FeedKind.VOTE, str(proposal.pk), vote_view(vote))
        return vote, is_new


def put_experience(user: User, name: uuid.UUID, form: wire.ExperiencePut) -> tuple[Experience, bool]:
    """Keep the four-grid of a build; 404 when the build is not there for this tester or the name is another's, 409 for a second one."""
    storable(form)
    with writing():
        lock(f"experience {form.release} {user.pk}")
        lock(f"experience {name}")
        release = Release.objects.select_related("programme").filter(pk=form.release).first()
        if release is None:
            raise not_found()
        _seen_by(user, release.programme)
        kept = _own(Experience.objects.select_for_update().filter(pk=name).first(), user)
        if kept is not None and kept.release_id != release.pk:
            raise ProblemError(Code.INVALID, 422, fields=("release",))
        if kept is not None and _is_known(kept, form):
            return kept, False
        _check_experience(release, form)
        if kept is None and Experience.objects.filter(release=release, user=user).exists():
            raise ProblemError(Code.CONFLICT, 409, title="there is one about this build under another name")
        spend("experience", str(user.pk), times=PER_HOUR, seconds=3600)
        is_new = kept is None
        kept = kept or Experience(pk=name, release=release, user=user)
        kept.best, kept.worst, kept.missing, kept.wish = form.best, form.worst, form.missing, form.wish
        kept.ratings = {str(change): rating for change, rating in form.ratings.items()}
        _keep(kept, form, timezone.now())
        if is_new:
            tell(user, release.programme, ActivityKind.EXPERIENCE_SENT, at=kept.changed_at, object_id=kept.pk)
        announce(user_audience(user.pk), FeedKind.EXPERIENCE, str(name), experience_view(kept))
        return kept, is_new


def put_rsvp(user: User, event_id: uuid.UUID, form: wire.RsvpPut) -> tuple[Rsvp, bool]:
    """Keep a reply and give a seat while there is one; 404 for who is not invited, 409 when the event is over."""
    storable(form)
    with writing():
        lock(f"seats {event_id}")
        event = Event.objects.select_related("programme").filter(pk=event_id).first()
        if event is None:
            raise not_found()
        _seen_by(user, event.programme)
        reply = Rsvp.objects.filter(event=event, user=user).first()
        if reply is not None and _is_known(reply, form):
            return reply, False
        now = timezone.now()
        if event.ends <= now:
            raise ProblemError(Code.CONFLICT, 409, title="the event is over")
        spend("rsvp", str(user.pk), times=PER_HOUR, seconds=3600)
        is_new = reply is None
        reply = reply or Rsvp(event=event, user=user, state=RsvpState.DECLINED.value)
        if form.going and reply.state == RsvpState.DECLINED:
            reply.state, reply.asked_at = RsvpState.WAITING.value, now
        elif not form.going:
            reply.state = RsvpState.DECLINED.value
        _keep(reply, form, now)
        seat(event)
        reply.refresh_from_db()
        announce(user_audience(user.pk), FeedKind.RSVP, str(event.pk), rsvp_view(reply))
        return reply, is_new


def put_album(user: User, name: uuid.UUID, form: wire.AlbumPut) -> tuple[Album, bool]:
    """Keep the highest revision of an album; 424 for photos that this tester has not sent, 404 when the name is another's."""
    storable(form)
    with writing():
        programme = place(user, form.programme).programme
        lock(f"album {name}")
        album = _own(Album.objects.select_for_update().filter(pk=name).first(), user)
        if album is not None and album.programme_id != programme.pk:
            raise ProblemError(Code.INVALID, 422, fields=("programme",))
        if album is not None and _is_known(album, form):
            return album, False
        _check_photos(user, album, form)
        spend("album", str(user.pk), times=PER_HOUR, seconds=3600)
        is_new = album is None
        album = album or Album(pk=name, user=user, programme=programme)
        album.guide, album.guide_version, album.title = form.guide, form.guide_version, form.title
        _keep(album, form, timezone.now())
        album.photos.all().delete()
        AlbumPhoto.objects.bulk_create(
            AlbumPhoto(album=album, pos=pos, sha256=photo.sha256, size=photo.size, name=photo.name, media=photo.media, words=photo.words)
            for pos, photo in enumerate(form.photos)
        )
        announce(user_audience(user.pk), FeedKind.ALBUM, str(name), album_view(album))
        return album, is_new


def seat(event: Event) -> None:
    """Give the free seats to those who wait, in the order of asking; tell them, and everybody how many are taken. Under `seats`' lock."""
    going = event.rsvps.filter(state=RsvpState.GOING.value).count()
    waiting = event.rsvps.filter(state=RsvpState.WAITING.value).order_by("asked_at", "id")
    for reply in list(waiting[: max(0, event.seats - going)] if event.seats else waiting):
        reply.state = RsvpState.GOING.value
        reply.save(update_fields=["state"])
        announce(user_audience(reply.user_id), FeedKind.RSVP, str(event.pk), rsvp_view(reply))
    announce(programme_audience(event.programme.slug), FeedKind.EVENT, str(event.pk), event_view(event))


def vote_view(vote: Vote) -> wire.VoteView:
    """A vote as its tester reads it."""
    return wire.VoteView(proposal=vote.proposal_id, rev=vote.rev, choice=vote.choice, salt=vote.salt, cast_at=vote.changed_at)


def experience_view(kept: Experience) -> wire.ExperienceView:
    """A four-grid as its tester reads it."""
    return wire.ExperienceView(id=kept.pk, release=kept.release_id, rev=kept.rev, changed_at=kept.changed_at)


def rsvp_view(reply: Rsvp) -> wire.RsvpView:
    """A reply as its tester reads it."""
    return wire.RsvpView(event=reply.event_id, rev=reply.rev, state=RsvpState(reply.state), changed_at=reply.changed_at)


def album_view(album: Album) -> wire.AlbumView:
    """An album as its tester reads it."""
    return wire.AlbumView(id=album.pk, rev=album.rev, title=album.title, photos=album.photos.count(), changed_at=album.changed_at)


def event_view(event: Event) -> wire.EventView:
    """An invitation as every tester reads it."""
    return wire.EventView(
        id=event.pk,
        programme=event.programme.slug,
        title=event.title,
        body=event.body,
        place=event.place,
        starts=event.starts,
        ends=event.ends,
        seats=event.seats,
        taken=event.rsvps.filter(state=RsvpState.GOING.value).count(),
    )


def _seen_by(user: User, programme: Programme) -> None:
    if programme_audience(programme.slug) not in audiences(user):
        raise not_found()


def _own(kept: S | None, user: User) -> S | None:
    if kept is not None and kept.user_id != user.pk:
        raise not_found()
    return kept


def _is_known(kept: Said, form: Form) -> bool:
    """Whether this revision is here already; something else under the same revision is refused, so that none is lost silently."""
    if form.rev == kept.rev and digest(form) != kept.digest:
        raise ProblemError(Code.CONFLICT, 409, title="something else stands under this revision")
    return form.rev <= kept.rev


def _keep(kept: Said, form: Form, now: datetime) -> None:
    kept.rev, kept.digest, kept.changed_at = form.rev, digest(form), now
    kept.save()


def _check_experience(release: Release, form: wire.ExperiencePut) -> None:
    if release.state == ReleaseState.DRAFT:
        raise not_found()
    if not any(text.strip() for text in (form.best, form.worst, form.missing, form.wish)) and not form.ratings:
        raise ProblemError(Code.INVALID, 422, fields=("best",))
    if not set(form.ratings) <= set(release.changes.values_list("pk", flat=True)):
        raise ProblemError(Code.INVALID, 422, fields=("ratings",))


def _check_photos(user: User, album: Album | None, form: wire.AlbumPut) -> None:
    """As with reports: to know a hash is not to have the file. What the album shows already was sent once."""
    sizes = parts.sizes(user, {photo.sha256 for photo in form.photos}, hold=True)
    if album is not None:
        sizes = dict(album.photos.values_list("sha256", "size")) | sizes
    missing = tuple(dict.fromkeys(photo.sha256 for photo in form.photos if photo.sha256 not in sizes))
    if missing:
        raise ProblemError(Code.MISSING_BLOBS, 424, missing=missing)
    wrong = tuple(f"photos.{pos}.size" for pos, photo in enumerate(form.photos) if sizes[photo.sha256] != photo.size)
    if wrong:
        raise ProblemError(Code.INVALID, 422, fields=wrong)
