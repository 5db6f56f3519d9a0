# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """Published guides."""

    name = "firstlight_hub.guides"
    label = "hub_guides"
    verbose_name = "Guides"
    default_auto_field = "django.db.models.BigAutoField"
