# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class DevicesConfig(AppConfig):
    """Models and devices."""

    name = "firstlight_hub.devices"
    label = "hub_devices"
    verbose_name = "Devices"
    default_auto_field = "django.db.models.BigAutoField"
