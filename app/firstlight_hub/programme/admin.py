# SPDX-License-Identifier: Apache-2.0
"""What staff may do to programmes: make codes, see who takes part."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from firstlight_hub.programme import services
from firstlight_hub.programme.codes import new_code
from firstlight_hub.programme.models import Code, Enrolment, Programme


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    """Programmes with their seats."""

    list_display = ("name", "slug", "maker", "ring", "seats", "taken", "joined")
    readonly_fields = ("taken", "joined", "created_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Programme | None = None) -> tuple[str, ...]:
        """The slug names the programme on every desktop, so it never changes."""
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Programme, form: Any, change: bool) -> None:
        """Keep it and tell everybody in it."""
        services.keep(obj, actor=request.user)


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin):
    """F-codes; a fresh one is made when the field stays as it is."""

    list_display = ("code", "programme", "max_uses", "used", "valid_until", "tag")
    list_filter = ("programme",)
    search_fields = ("code", "tag")
    readonly_fields = ("used", "created_at")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new code to begin with."""
        return super().get_changeform_initial_data(request) | {"code": new_code()}


@admin.register(Enrolment)
class EnrolmentAdmin(admin.ModelAdmin):
    """Places: seats and numbers are given by joining alone, so nothing is added or deleted here."""

    list_display = ("display_name", "number", "programme", "role", "joined_at", "left_at")
    list_filter = ("programme", "role")
    search_fields = ("display_name", "user__email")
    readonly_fields = ("programme", "user", "number", "via", "joined_at", "left_at")
    actions = ("take_out",)

    @admin.action(description=_("Take the chosen testers out of their programme"), permissions=["change"])
    def take_out(self, request: HttpRequest, chosen: QuerySet[Enrolment]) -> None:
        """Give their seats back."""
        for place in chosen.select_related("programme", "user").order_by("user_id"):
            services.leave(place, actor=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only by joining."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Enrolment | None = None) -> bool:
        """A number stays its tester's."""
        return False
