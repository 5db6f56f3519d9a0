# SPDX-License-Identifier: Apache-2.0
"""Keys of testers' PCs, and which bundles were brought."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Pc(models.Model):
    """A PC of a tester, by the key that it signs bundles with; it was told over the tester's own sign-in and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pcs")
    public_key = models.CharField(max_length=44)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """Newest first."""

        ordering = ("-added_at",)
        verbose_name = "PC"


class Bundle(models.Model):
    """A bundle that was brought, for the staff to read. `author` wrote it, `bringer` carried it; what is in it stands in the other apps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bundles")
    bringer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="brought_bundles")
    brought_at = models.DateTimeField(default=timezone.now)
    times = models.PositiveIntegerField(default=0)
    acts = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0, help_text="Acts that the hub had not known before, over all times.")
    refused = models.JSONField(default=list, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-brought_at",)

    def __str__(self) -> str:
        return str(self.id)
