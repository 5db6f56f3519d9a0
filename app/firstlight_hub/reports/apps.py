# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django, and lets it hear of published builds."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, uploads, comments, triage."""

    name = "firstlight_hub.reports"
    label = "hub_reports"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen once all models are loaded."""
        # heavy: models cannot be imported before Django has loaded all apps.
        from firstlight_hub.base.signals import published, ticked  # noqa: PLC0415  # heavy
        from firstlight_hub.reports.tidying import on_ticked  # noqa: PLC0415  # heavy
        from firstlight_hub.reports.triage import on_published  # noqa: PLC0415  # heavy

        published.connect(on_published, dispatch_uid="reports")
        ticked.connect(on_ticked, dispatch_uid="reports")
