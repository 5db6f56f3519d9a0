# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class FirmwareConfig(AppConfig):
    """Builds, changes, images."""

    name = "firstlight_hub.firmware"
    label = "hub_firmware"
    verbose_name = "Builds"
    default_auto_field = "django.db.models.BigAutoField"
