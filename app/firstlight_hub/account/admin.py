# SPDX-License-Identifier: Apache-2.0
"""What staff may do to accounts: switch them off, make staff. Passwords are never shown, and changed by the person alone."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from firstlight_hub.account.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People by address; added by signing up, taken away by switching off."""

    list_display = ("email", "name", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "subject", "is_active", "is_staff", "is_superuser", "groups", "date_joined", "last_login")
    readonly_fields = ("subject", "date_joined", "last_login")
    filter_horizontal = ("groups",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By signing up."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Their reports would go with them."""
        return False
