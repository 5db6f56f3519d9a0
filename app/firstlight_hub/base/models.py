# SPDX-License-Identifier: Apache-2.0
"""Tables that every app writes to: the change feed, files that testers may fetch, counters, and who of the staff did what."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class FeedItem(models.Model):
    """The newest state of one object for one audience ("p:slug" or "u:pk"); `id` grows with every change of an audience.

    An older state is replaced, so that the feed is as long as there are objects and not as long as the hub's history.
    """

    audience = models.CharField(max_length=96)
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    deleted = models.BooleanField(default=False)
    body = models.JSONField(default=dict)

    class Meta:
        """Read by audience and id."""

        constraints = (models.UniqueConstraint(fields=("audience", "kind", "key"), name="one_state_an_object"),)
        indexes = (models.Index(fields=("audience", "id"), name="feed_by_audience"),)


class FeedHead(models.Model):
    """How far an audience's feed goes: `head` the last id given out, `floor` the last id that was cleared away."""

    audience = models.CharField(max_length=96, primary_key=True)
    head = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)


class PublicFile(models.Model):
    """A file by content that an audience may fetch by `GET /files/{sha256}`; attachments of reports never stand here."""

    sha256 = models.CharField(max_length=64)
    audience = models.CharField(max_length=96)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100, default="application/octet-stream")

    class Meta:
        """A file once an audience."""

        constraints = (models.UniqueConstraint(fields=("sha256", "audience"), name="one_file_an_audience"),)


class Counter(models.Model):
    """A number that only grows, such as the one behind FL-2291."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField()


class Audit(models.Model):
    """What somebody of the staff did, for ever: written in the same transaction as the deed. `actor` is the person's `subject`."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    object = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.action} {self.object}"
