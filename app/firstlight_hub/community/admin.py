# SPDX-License-Identifier: Apache-2.0
"""Staff's pages: write proposals and events; read four-grids and albums. Votes are shown as counts alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from firstlight_contract.community import RsvpState
from firstlight_hub.community import staff
from firstlight_hub.community.models import Album, AlbumPhoto, Event, Experience, Proposal, Vote


class _CheckedForm(forms.ModelForm):
    """Refuses what is no proposal or event, with the reason."""

    def clean(self) -> dict[str, Any]:
        """The thing, if it is one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        wrong = staff.flaw(self._meta.model(**said))
        if not wrong and "options" in self.changed_data and Vote.objects.filter(proposal=self.instance.pk).exists():
            wrong = "somebody has voted: options stay"
        if wrong:
            raise ValidationError(wrong)
        return said


class ProposalForm(_CheckedForm):
    """A proposal as staff write it."""

    class Meta:
        """What staff write."""

        model = Proposal
        fields = ("programme", "title", "body", "options", "opens", "closes")


class EventForm(_CheckedForm):
    """An invitation as staff write it."""

    class Meta:
        """All fields."""

        model = Event
        fields = ("programme", "title", "body", "place", "starts", "ends", "seats")


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    """Ask testers; see how many answered."""

    form = ProposalForm
    list_display = ("__str__", "programme", "opens", "closes", "votes_cast", "counts")
    list_filter = ("programme",)
    readonly_fields = ("counts",)

    @admin.display(description="votes")
    def votes_cast(self, proposal: Proposal) -> int:
        """How many voted."""
        return proposal.votes.count()

    def has_change_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """What is counted stands."""
        return (obj is None or obj.counts is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Desktops know of it; close it instead."""
        return False

    def save_model(self, request: HttpRequest, obj: Proposal, form: Any, change: bool) -> None:
        """By the service, so that testers learn of it."""
        staff.define_proposal(obj, actor=request.user)


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """Invite testers; see who comes."""

    form = EventForm
    list_display = ("__str__", "programme", "starts", "seats", "going")
    list_filter = ("programme",)

    @admin.display(description="going")
    def going(self, event: Event) -> int:
        """How many have a seat."""
        return event.rsvps.filter(state=RsvpState.GOING.value).count()

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Desktops know of it."""
        return False

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        """By the service, so that testers learn of it."""
        staff.define_event(obj, actor=request.user)


class _LookAdmin(admin.ModelAdmin):
    """Look, no hand: what testers wrote is their own."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Only testers write."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Only testers write."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """It goes with its tester."""
        return False


@admin.register(Experience)
class ExperienceAdmin(_LookAdmin):
    """Four-grids by build."""

    list_display = ("release", "user", "changed_at", "best", "worst", "missing", "wish")
    list_filter = ("release",)


class PhotoLines(admin.TabularInline):
    """The photos of an album."""

    model = AlbumPhoto
    extra = 0
    can_delete = False
    fields = readonly_fields = ("name", "words", "size", "sha256")

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Only testers add photos."""
        return False


@admin.register(Album)
class AlbumAdmin(_LookAdmin):
    """Albums by guide."""

    list_display = ("title", "guide", "guide_version", "user", "programme", "changed_at")
    list_filter = ("programme", "guide")
    inlines = (PhotoLines,)
