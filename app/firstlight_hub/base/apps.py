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

    def ready(self) -> None:
        """Tidy with every tick."""
        # heavy: models cannot be imported before Django has loaded all apps.
        from firstlight_hub.base.feed import on_ticked  # noqa: PLC0415  # heavy
        from firstlight_hub.base.signals import ticked  # noqa: PLC0415  # heavy

        ticked.connect(on_ticked, dispatch_uid="base")
