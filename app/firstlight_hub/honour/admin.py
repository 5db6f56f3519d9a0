# SPDX-License-Identifier: Apache-2.0
"""Staff's pages for badges: rules as data with a check, who would hold one, grant by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from firstlight_hub.honour import awards, claimed, claims
from firstlight_hub.honour.models import Award, Badge, Claim, Roll


class BadgeForm(forms.ModelForm):
    """Refuses a rule that is none, with the reason."""

    class Meta:
        """All fields."""

        model = Badge
        fields = ("programme", "slug", "name", "what_for", "picture", "rule", "order")

    def clean(self) -> dict[str, Any]:
        """The badge, if it is one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        fields = {name: said.get(name) for name in ("slug", "name", "what_for", "picture", "rule", "order")}
        wrong = awards.flaw(Badge(**fields))
        if wrong:
            raise ValidationError(wrong)
        return said


@admin.register(Badge)
class BadgeAdmin(admin.ModelAdmin):
    """Write badges; see who would hold one before it is given out."""

    form = BadgeForm
    list_display = ("__str__", "slug", "rule", "holders", "programme")
    list_filter = ("programme",)
    actions = ("preview", "backfill")

    @admin.display(description="held by")
    def holders(self, badge: Badge) -> int:
        """How many hold it."""
        return badge.awards.count()

    def has_delete_permission(self, request: HttpRequest, obj: Badge | None = None) -> bool:
        """A badge that somebody holds stays."""
        return (obj is None or not obj.awards.exists()) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        """Without Django's own deletion of many, which would take badges that somebody holds."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Badge, form: Any, change: bool) -> None:
        """By the service, so that it is written down."""
        awards.define(obj, actor=request.user)

    @admin.action(description="Show who would hold it today", permissions=["view"])
    def preview(self, request: HttpRequest, chosen: QuerySet[Badge]) -> None:
        """Changes nothing."""
        for badge in chosen:
            testers = awards.preview(badge.programme, badge.rule)
            names = ", ".join(str(member) for member in testers[:20])
            self.message_user(request, f"{badge}: {len(testers)} testers. {names}")

    @admin.action(description="Reckon all testers by the rules of today", permissions=["change"])
    def backfill(self, request: HttpRequest, chosen: QuerySet[Badge]) -> None:
        """Awards are only added."""
        for programme in {badge.programme for badge in chosen}:
            self.message_user(request, f"{programme}: {awards.backfill(programme)} testers reckoned.", messages.SUCCESS)


@admin.register(Award)
class AwardAdmin(admin.ModelAdmin):
    """Who holds what; adding one is granting it by hand. Awards are not taken back here."""

    list_display = ("badge", "user", "at", "by")
    list_filter = ("badge__programme", "badge")
    fields = ("badge", "user")
    autocomplete_fields = ()

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """An award stands."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """An award stands."""
        return False

    def save_model(self, request: HttpRequest, obj: Award, form: Any, change: bool) -> None:
        """By the service, so that the tester learns of it."""
        obj.pk = awards.grant(obj.badge, obj.user, actor=request.user).pk


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin):
    """Who asks for what; granting is the one answer."""

    list_display = ("badge", "user", "words", "at", "state")
    list_filter = ("badge__programme", "badge")
    actions = ("grant",)

    @admin.display(description="state")
    def state(self, claim: Claim) -> str:
        """Waiting or granted."""
        return claimed.view(claim).state.value

    def has_grant_permission(self, request: HttpRequest) -> bool:
        """Who may award by hand."""
        return bool(request.user.has_perm("hub_honour.add_award"))

    @admin.action(description="Grant", permissions=["grant"])
    def grant(self, request: HttpRequest, chosen: QuerySet[Claim]) -> None:
        """Award the badges by hand."""
        for claim in chosen.select_related("badge__programme", "user"):
            claims.grant(claim, actor=request.user)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Only testers claim."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """The words are the tester's."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """It goes with its tester."""
        return False


@admin.register(Roll)
class RollAdmin(admin.ModelAdmin):
    """Lists with a fixed number of places."""

    list_display = ("name", "programme", "size", "taken")
    readonly_fields = ("taken",)
