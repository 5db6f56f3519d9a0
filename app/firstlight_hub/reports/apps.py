# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, uploads, comments, triage."""

    name = "firstlight_hub.reports"
    label = "hub_reports"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"
