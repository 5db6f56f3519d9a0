# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django, and lets it hear of what happens."""

from __future__ import annotations

from django.apps import AppConfig


class HonourConfig(AppConfig):
    """Events, rules, awards."""

    name = "firstlight_hub.honour"
    label = "hub_honour"
    verbose_name = "Honour"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen once all models are loaded."""
        # heavy: models cannot be imported before Django has loaded all apps.
        from firstlight_hub.base.signals import happened  # noqa: PLC0415  # heavy
        from firstlight_hub.honour.services import on_happened  # noqa: PLC0415  # heavy

        happened.connect(on_happened, dispatch_uid="honour")
