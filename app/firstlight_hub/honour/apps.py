# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class HonourConfig(AppConfig):
    """Events, rules, awards."""

    name = "firstlight_hub.honour"
    label = "hub_honour"
    verbose_name = "Honour"
    default_auto_field = "django.db.models.BigAutoField"
