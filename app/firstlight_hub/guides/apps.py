# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django, and lets it hear of guides that were signed."""

from __future__ import annotations

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    """Published guides."""

    name = "firstlight_hub.guides"
    label = "hub_guides"
    verbose_name = "Guides"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen once all models are loaded."""
        # heavy: models cannot be imported before Django has loaded all apps.
        from firstlight_hub.base.signals import admitted  # noqa: PLC0415  # heavy
        from firstlight_hub.guides.services import on_admitted  # noqa: PLC0415  # heavy

        admitted.connect(on_admitted, dispatch_uid="guides")
