# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class FeedConfig(AppConfig):
    """The feed's reading end."""

    name = "firstlight_hub.feed"
    label = "hub_feed"
    verbose_name = "Feed"
    default_auto_field = "django.db.models.BigAutoField"
