# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django, and lets it count votes when they close."""

from __future__ import annotations

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Proposals, events, experiences, albums."""

    name = "firstlight_hub.community"
    label = "hub_community"
    verbose_name = "Community"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen once all models are loaded."""
        # heavy: models cannot be imported before Django has loaded all apps.
        from firstlight_hub.base.signals import ticked  # noqa: PLC0415  # heavy
        from firstlight_hub.community.staff import on_ticked  # noqa: PLC0415  # heavy

        ticked.connect(on_ticked, dispatch_uid="community")
