# SPDX-License-Identifier: Apache-2.0
"""Device models of a programme, testers' devices, and the builds that each was seen on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from firstlight_hub.programme.models import Programme


class DeviceModel(models.Model):
    """What a programme tests: "a1" is "Aurora A1"."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="device_models")
    slug = models.SlugField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=(("phone", "Phone"), ("router", "Router"), ("iot", "Small device")), default="phone")

    class Meta:
        """A name once a programme."""

        constraints = (models.UniqueConstraint(fields=("programme", "slug"), name="one_model_a_slug"),)

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A tester's device under the UUID that the PC gave it; `serial_hash` is keyed with the tester's subject on the PC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="devices")
    model = models.CharField(max_length=200)
    nickname = models.CharField(max_length=200, blank=True)
    serial_hash = models.CharField(max_length=128, blank=True)
    build = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.nickname or self.model


class DeviceBuild(models.Model):
    """When a device was first seen on a build: its history."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="builds")
    build = models.CharField(max_length=40)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A build once a device."""

        constraints = (models.UniqueConstraint(fields=("device", "build"), name="one_line_a_build"),)
