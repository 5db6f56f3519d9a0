# SPDX-License-Identifier: Apache-2.0
"""The audit, to be read and never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from firstlight_hub.base.models import Audit


@admin.register(Audit)
class AuditAdmin(admin.ModelAdmin):
    """Who did what, newest first."""

    list_display = ("at", "actor", "action", "object")
    list_filter = ("action",)
    search_fields = ("object", "actor")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Written by deeds alone."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Stands."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Stands."""
        return False
