# SPDX-License-Identifier: Apache-2.0
"""What the team asks and what testers answer. `rev` and `digest` tell a repeat from a change; the highest revision is kept."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from firstlight_contract.community import RsvpState
from firstlight_hub.base.words import english
from firstlight_hub.firmware.models import Release
from firstlight_hub.programme.models import Programme


class Said(models.Model):
    """What every answer of a tester has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    rev = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """No table of its own."""

        abstract = True


class Proposal(models.Model):
    """A question; `options` is a list of {"key", "words"}, `counts` stands once it is counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="proposals")
    title = models.JSONField(default=dict)
    body = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=list)
    opens = models.DateTimeField(default=timezone.now)
    closes = models.DateTimeField(db_index=True)
    counts = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        """Newest first."""

        ordering = ("-closes",)

    def __str__(self) -> str:
        return english(self.title, self.id)


class Vote(Said):
    """One a tester; `salt` is their receipt."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    choice = models.SlugField(max_length=64)
    salt = models.CharField(max_length=32)

    class Meta:
        """One a tester."""

        constraints = (models.UniqueConstraint(fields=("proposal", "user"), name="one_vote_each"),)


class Experience(Said):
    """The four-grid of a build; `ratings` by change."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="experiences")
    best = models.TextField(blank=True)
    worst = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    ratings = models.JSONField(default=dict)

    class Meta:
        """One a tester and build."""

        constraints = (models.UniqueConstraint(fields=("release", "user"), name="one_experience_each"),)
        ordering = ("-changed_at",)


class Event(models.Model):
    """An invitation; `seats` 0 means that there is room for everybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="meetings")
    title = models.JSONField(default=dict)
    body = models.JSONField(default=dict, blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    seats = models.PositiveIntegerField(default=0)

    class Meta:
        """Newest first."""

        ordering = ("-starts",)

    def __str__(self) -> str:
        return english(self.title, self.id)


class Rsvp(Said):
    """One a tester; `asked_at` orders those who wait."""

    STATES: ClassVar = [(state.value, state.value) for state in RsvpState]
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rsvps")
    state = models.CharField(max_length=8, choices=STATES)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One a tester."""

        constraints = (models.UniqueConstraint(fields=("event", "user"), name="one_reply_each"),)
        ordering = ("asked_at", "id")


class Album(Said):
    """Photos of one run of a guide."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="albums")
    guide = models.CharField(max_length=64)
    guide_version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)

    class Meta:
        """Newest first."""

        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return self.title


class AlbumPhoto(models.Model):
    """One photo by content; the column's name keeps the file from being tidied away."""

    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="photos")
    pos = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=70)
    words = models.TextField(blank=True)

    class Meta:
        """In the tester's order."""

        constraints = (models.UniqueConstraint(fields=("album", "pos"), name="one_photo_a_place"),)
        ordering = ("pos",)
