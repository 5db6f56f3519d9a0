# SPDX-License-Identifier: Apache-2.0
"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Users, sign-in and the OpenID provider."""

    name = "firstlight_hub.account"
    label = "hub_account"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"
