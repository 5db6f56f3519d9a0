# SPDX-License-Identifier: Apache-2.0
"""Events by name, days that sum them up, badges whose rules are data, and who holds which."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from firstlight_hub.base.words import english
from firstlight_hub.programme.models import Programme


class Event(models.Model):
    """One thing that happened, under a name that makes a repeat harmless for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="events")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Counted by tester and hour for the limit."""

        indexes = (models.Index(fields=("user", "received_at"), name="events_of_an_hour"),)


class ActivityDay(models.Model):
    """How often a tester did something on a day of the programme's time zone: the one source of rows, heatmap, badges, metrics.

    `detail` keeps the one fact that a kind is told apart by (see table.DETAILS), such as the kind of a finished guide.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="activity")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activity")
    day = models.DateField()
    kind = models.CharField(max_length=32)
    detail = models.CharField(max_length=100, blank=True)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a day and kind."""

        constraints = (models.UniqueConstraint(fields=("programme", "user", "day", "kind", "detail"), name="one_row_a_day"),)


class Badge(models.Model):
    """A badge of a programme; `rule` is data for one of rules/<kind>.py, `name` and `what_for` words by language."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="badges")
    slug = models.SlugField(max_length=64)
    name = models.JSONField(default=dict)
    what_for = models.JSONField(default=dict)
    picture = models.SlugField(max_length=64)
    rule = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order of the honour page."""

        constraints = (models.UniqueConstraint(fields=("programme", "slug"), name="one_badge_a_slug"),)
        ordering = ("order", "id")

    def __str__(self) -> str:
        return english(self.name, self.slug)


class Award(models.Model):
    """A badge that somebody holds; `by` is empty when a rule gave it."""

    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="awards")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="awards")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        """A badge once a person."""

        constraints = (models.UniqueConstraint(fields=("badge", "user"), name="one_award_each"),)

    def __str__(self) -> str:
        return f"{self.badge} for {self.user}"


class Claim(models.Model):
    """'I have earned this': a tester asks for a badge, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Oldest first."""

        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.badge} for {self.user}"


class Roll(models.Model):
    """A list with a fixed number of places, such as the first hundred; `taken` is counted in the statement that takes one."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rolls")
    name = models.SlugField(max_length=64)
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        """A name once a programme."""

        constraints = (models.UniqueConstraint(fields=("programme", "name"), name="one_roll_a_name"),)

    def __str__(self) -> str:
        return self.name


class RollEntry(models.Model):
    """A place on a roll."""

    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """A place once, a person once."""

        constraints = (
            models.UniqueConstraint(fields=("roll", "number"), name="one_person_a_place"),
            models.UniqueConstraint(fields=("roll", "user"), name="one_place_a_person"),
        )
