# SPDX-License-Identifier: Apache-2.0
"""Staff's pages for builds: write a draft and its change list, publish it, take it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from firstlight_hub.base.problem import ProblemError
from firstlight_hub.firmware import services
from firstlight_hub.firmware.models import Change, Release, ReleaseFile, ReleaseState


class ChangeLines(admin.StackedInline):
    """The change list; it stands once the build is published."""

    model = Change
    extra = 0
    fields = ("order", "kind", "title", "body", "fixes")

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """Only in a draft."""
        return (obj is None or obj.state == ReleaseState.DRAFT) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """Only in a draft."""
        return (obj is None or obj.state == ReleaseState.DRAFT) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """Only in a draft."""
        return (obj is None or obj.state == ReleaseState.DRAFT) and super().has_delete_permission(request, obj)


class FileLines(admin.TabularInline):
    """The image files; they come from the release manager's PC and are not typed here."""

    model = ReleaseFile
    extra = 0
    can_delete = False
    readonly_fields = ("name", "partition", "sha256", "size", "added_at")

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Not by hand."""
        return False


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Drafts are written here; publishing and withdrawing are actions, each one transaction of the services."""

    list_display = ("version", "device", "week", "state", "published_at")
    list_filter = ("programme", "device", "state")
    inlines = (ChangeLines, FileLines)
    actions = ("publish", "withdraw")
    readonly_fields = ("state",)

    def save_model(self, request: HttpRequest, obj: Release, form: Any, change: bool) -> None:
        """By the service, so that it is written down."""
        services.keep_draft(obj, actor=request.user)

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """A published build stands; its page shows it, with nothing to save."""
        return (obj is None or obj.state == ReleaseState.DRAFT) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """Only a draft goes; what testers had stays on record."""
        return obj is not None and obj.state == ReleaseState.DRAFT and super().has_delete_permission(request, obj)

    @admin.action(description="Publish to the programme's testers", permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Release]) -> None:
        """Publish the chosen drafts."""
        self._each(request, chosen, services.publish, "published")

    @admin.action(description="Withdraw from every desktop", permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Release]) -> None:
        """Withdraw the chosen builds."""
        self._each(request, chosen, services.withdraw, "withdrawn")

    def _each(self, request: HttpRequest, chosen: QuerySet[Release], act: Callable[..., Release], done: str) -> None:
        for release in chosen:
            try:
                act(release, actor=request.user)
                self.message_user(request, f"{release}: {done}.")
            except ProblemError as refused:
                self.message_user(request, f"{release}: {refused.problem.title}.", messages.ERROR)
