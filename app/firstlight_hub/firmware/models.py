# SPDX-License-Identifier: Apache-2.0
"""A build, the lines of its change list, its image files; and the repository of signed metadata with what it ever named."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from firstlight_hub.base.words import english
from firstlight_hub.devices.models import DeviceModel
from firstlight_hub.programme.models import Programme


class ReleaseState(models.TextChoices):
    """A draft is staff's alone; a published name never changes its content; a withdrawn build leaves every desktop."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Release(models.Model):
    """A weekly build of one device model; `week` is "2026-W47"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="releases")
    device = models.ForeignKey(DeviceModel, on_delete=models.PROTECT, related_name="releases")
    version = models.CharField(max_length=40)
    from_version = models.CharField(max_length=40, blank=True)
    week = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=ReleaseState.choices, default=ReleaseState.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    keeps_data = models.BooleanField(default=True)
    minutes = models.PositiveIntegerField(default=9)
    guide = models.SlugField(max_length=64)
    rollback_index = models.PositiveIntegerField(default=0)

    class Meta:
        """A version once a device model."""

        constraints = (models.UniqueConstraint(fields=("device", "version"), name="one_build_a_version"),)
        ordering = ("-published_at", "-version")

    def __str__(self) -> str:
        return f"{self.device.name} {self.version}"


class Change(models.Model):
    """One line of a change list; `title` and `body` are words by language, `fixes` report numbers ("FL-2291")."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ("new", "better", "fixed", "known")], default="better")
    title = models.JSONField(default=dict)
    body = models.JSONField(default=dict, blank=True)
    fixes = models.JSONField(default=list, blank=True)
    comments = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        """As the team ordered them."""

        ordering = ("order", "id")

    def __str__(self) -> str:
        return english(self.title, self.kind)


class ReleaseFile(models.Model):
    """One file of a build; its bytes are stored by content and open to the programme's testers once the build is published."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    partition = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    target = models.CharField(max_length=200, blank=True, default="")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """A name once a build."""

        constraints = (models.UniqueConstraint(fields=("release", "name"), name="one_file_a_name"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class ProductLine(models.Model):
    """One delegation of the repository, `slug/*`. Its files are for the programme's testers, or for everybody when `is_public`."""

    slug = models.SlugField(max_length=40, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    is_public = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug


class SignedMetadata(models.Model):
    """One version of one role, as its key signed it: never changed. The newest is what the hub serves."""

    role = models.CharField(max_length=64)
    version = models.BigIntegerField()
    content = models.BinaryField()
    expires = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """A version once: of two that are sent at the same time one loses."""

        constraints = (models.UniqueConstraint(fields=("role", "version"), name="one_metadata_a_version"),)
        ordering = ("role", "-version")

    def __str__(self) -> str:
        return f"{self.version}.{self.role}"


class SignedTarget(models.Model):
    """A name that was ever published, with its content: kept for ever, so that the name never means anything else."""

    path = models.CharField(max_length=200, unique=True)
    line = models.ForeignKey(ProductLine, on_delete=models.PROTECT, related_name="targets")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.path
