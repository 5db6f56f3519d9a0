# SPDX-License-Identifier: Apache-2.0
"""Reports and what belongs to them. Everything that a tester makes has the UUID that the PC gave it as primary key."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from firstlight_contract import reports as wire
from firstlight_hub.firmware.models import Release
from firstlight_hub.programme.models import Programme

_STATES = [(item.value, item.value) for item in wire.State]


class Report(models.Model):
    """A report as its tester wrote it (up to `verdict`) and what the team made of it.

    `digest` tells a repeat from a change; `state_before` is where the state goes back to once a question is answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="reports")
    number = models.CharField(max_length=20, unique=True)
    rev = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=[(item.value, item.value) for item in wire.Kind])
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    often = models.CharField(max_length=12, choices=[(item.value, item.value) for item in wire.Often])
    severity = models.CharField(max_length=12, choices=[(item.value, item.value) for item in wire.Severity])
    device = models.UUIDField(null=True, blank=True, help_text="The tester's device; it may become known later than the report.")
    device_model = models.CharField(max_length=200, blank=True)
    build = models.CharField(max_length=40, blank=True)
    guide_step = models.CharField(max_length=200, blank=True)
    captured_at = models.DateTimeField()
    environment = models.JSONField(default=dict, blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=12, choices=_STATES, default=wire.State.NEW.value, db_index=True)
    state_before = models.CharField(max_length=12, blank=True, editable=False)
    planned_for = models.CharField(max_length=40, blank=True, help_text="The build that will bring the fix, such as 26.48.")
    fixed_in = models.ForeignKey(Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="fixed_reports")
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="joined_reports")
    received_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first; counted by tester and hour for the limit."""

        ordering = ("-received_at",)
        indexes = (models.Index(fields=("user", "received_at"), name="reports_of_an_hour"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Attachment(models.Model):
    """One file of a report by content; `pos` is its place in the tester's list."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attachments")
    pos = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    media = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=[(item.value, item.value) for item in wire.Role])
    hidden = models.PositiveBigIntegerField(default=0)

    class Meta:
        """In the tester's order."""

        constraints = (models.UniqueConstraint(fields=("report", "pos"), name="one_attachment_a_place"),)
        ordering = ("pos",)

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """A word in a report's conversation; `asks` marks a question of the team that waits for the tester."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    staff = models.BooleanField(default=False)
    asks = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Oldest first; counted by tester and hour for the limit."""

        ordering = ("at",)
        indexes = (models.Index(fields=("user", "at"), name="comments_of_an_hour"),)

    def __str__(self) -> str:
        return self.text[:60]


class Upload(models.Model):
    """A tester's upload. Its offset is the size of its part file and stands in no row; `stored_at` is set once the hash held.

    A stored row stays as the proof that this tester sent these bytes: knowing a hash is not enough to attach a file.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()
    file_name = models.CharField(max_length=200, blank=True)
    media = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    stored_at = models.DateTimeField(null=True)

    class Meta:
        """A name once a tester."""

        constraints = (models.UniqueConstraint(fields=("user", "name"), name="one_upload_a_name"),)
        indexes = (models.Index(fields=("user", "sha256"), name="uploads_by_content"),)
