# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The ground of the hub; holds the feed's table."""

    name = "firstlight_hub.base"
    label = "hub_base"
    verbose_name = "Ground"
    default_auto_field = "django.db.models.BigAutoField"
