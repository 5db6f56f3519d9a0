# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class BundlesConfig(AppConfig):
    """Bundles of acts, and the keys that sign them."""

    name = "firstlight_hub.bundles"
    label = "hub_bundles"
    verbose_name = "Bundles by USB stick"
    default_auto_field = "django.db.models.BigAutoField"
