# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django, and lets it hear the clockwork."""

from __future__ import annotations

from django.apps import AppConfig


class FirmwareConfig(AppConfig):
    """Builds, changes, images."""

    name = "firstlight_hub.firmware"
    label = "hub_firmware"
    verbose_name = "Builds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen once all models are loaded."""
        # heavy: models cannot be imported before Django has loaded all apps.
        from firstlight_hub.base.signals import ticked  # noqa: PLC0415  # heavy
        from firstlight_hub.firmware.services import on_ticked  # noqa: PLC0415  # heavy

        ticked.connect(on_ticked, dispatch_uid="firmware")
