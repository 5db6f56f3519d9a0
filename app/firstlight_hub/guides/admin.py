# SPDX-License-Identifier: Apache-2.0
"""Staff's pages for guides: look at what is published, retire it. Guides are published from folders, where they can be rehearsed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from firstlight_hub.base.problem import ProblemError
from firstlight_hub.guides import services
from firstlight_hub.guides.models import Guide, GuideFile, StepCount


class GuideFileLines(admin.TabularInline):
    """The files of a guide."""

    model = GuideFile
    extra = 0
    can_delete = False
    readonly_fields = ("name", "sha256", "size")

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Not by hand."""
        return False


@admin.register(Guide)
class GuideAdmin(admin.ModelAdmin):
    """Look and retire."""

    list_display = ("slug", "version", "state", "published_at", "programme")
    list_filter = ("programme", "state")
    readonly_fields = ("programme", "slug", "version", "title", "sha256", "state", "published_at", "document")
    inlines = (GuideFileLines,)
    actions = ("retire",)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Not by hand."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """What testers followed stays on record."""
        return False

    @admin.action(description="Retire: take away from every desktop", permissions=["change"])
    def retire(self, request: HttpRequest, chosen: QuerySet[Guide]) -> None:
        """Retire the chosen guides."""
        for guide in chosen:
            try:
                services.retire(guide, actor=request.user)
            except ProblemError as refused:
                self.message_user(request, f"{guide}: {refused.problem.title}.", messages.ERROR)


@admin.register(StepCount)
class StepCountAdmin(admin.ModelAdmin):
    """Where people stop, repeat, and how long it takes; look, no hand."""

    list_display = ("guide", "version", "step", "runs", "repeats", "seconds", "stopped", "programme")
    list_filter = ("programme", "guide", "version")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Only sums of what came."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Only sums of what came."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Only sums of what came."""
        return False
