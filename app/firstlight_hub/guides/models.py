# SPDX-License-Identifier: Apache-2.0
"""Published guides: every version stays, the newest published one is what testers get."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from firstlight_hub.programme.models import Programme


class GuideState(models.TextChoices):
    """Only the newest version of a guide is `published`; older ones are `replaced`, withdrawn ones `retired`."""

    PUBLISHED = "published"
    REPLACED = "replaced"
    RETIRED = "retired"


class Guide(models.Model):
    """One version of a guide: `document` is the YAML as its author wrote it, `sha256` its hash, `target` its name among signed files."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="guides")
    slug = models.SlugField(max_length=64)
    version = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    document = models.TextField()
    target = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=12, choices=GuideState.choices, default=GuideState.PUBLISHED)
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A published name never changes its content."""

        constraints = (models.UniqueConstraint(fields=("programme", "slug", "version"), name="one_guide_a_version"),)
        ordering = ("slug", "-id")

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class GuideFile(models.Model):
    """A file that a guide shows or writes, by content."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        """A name once a guide."""

        constraints = (models.UniqueConstraint(fields=("guide", "name"), name="one_guide_file_a_name"),)
        ordering = ("name",)


class StatisticsName(models.Model):
    """A name under which counts came, so that they are added once; `owner` is a keyed hash that leads back to nobody."""

    id = models.UUIDField(primary_key=True, editable=False)
    owner = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)


class StepCount(models.Model):
    """How a step of a guide goes for those who chose to tell, in sums."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="step_counts")
    guide = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    step = models.CharField(max_length=64)
    runs = models.PositiveBigIntegerField(default=0)
    repeats = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)
    stopped = models.PositiveBigIntegerField(default=0)

    class Meta:
        """One row a step."""

        constraints = (models.UniqueConstraint(fields=("programme", "guide", "version", "step"), name="one_row_a_step"),)
        ordering = ("guide", "version", "id")

    def __str__(self) -> str:
        return f"{self.guide} {self.version} {self.step}"
