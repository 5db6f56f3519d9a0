# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Programmes, F-codes, enrolments."""

    name = "firstlight_hub.programme"
    label = "hub_programme"
    verbose_name = "Programmes"
    default_auto_field = "django.db.models.BigAutoField"
