# SPDX-License-Identifier: Apache-2.0
"""Staff's triage page: read a report, decide, ask, answer. Files are only handed out as downloads, and every look is written down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from firstlight_contract.reports import State
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.firmware.models import Release, ReleaseState
from firstlight_hub.reports import downloads, triage
from firstlight_hub.reports.models import Attachment, Comment, Report

_DECISION = ("state", "planned_for", "fixed_in", "same_as")


class TriageForm(forms.ModelForm):
    """The team's side of a report, and a word to its tester."""

    word = forms.CharField(
        label="Tell the reporter", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "cols": 80})
    )
    asks = forms.BooleanField(label="This is a question; the report waits for the answer", required=False)

    class Meta:
        """What the team decides."""

        model = Report
        fields = _DECISION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.instance.programme_id
        # A question is asked by writing it below; nobody sets the state without one.
        states = [(state.value, state.value) for state in State if state is not State.QUESTION or self.instance.state == State.QUESTION]
        self.fields["state"] = forms.ChoiceField(choices=states, initial=self.instance.state)
        self.fields["fixed_in"].queryset = Release.objects.filter(programme=programme, state=ReleaseState.PUBLISHED)
        for name in ("fixed_in", "same_as"):
            widget = self.fields[name].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = widget.can_delete_related = False
        self.fields["same_as"].queryset = Report.objects.filter(programme=programme, same_as=None).exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        """Say what a decision lacks before anything is written."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("state") == State.FIXED and not said.get("fixed_in"):
            raise ValidationError({"fixed_in": "Name the build that brought the fix."})
        if said.get("state") == State.DUPLICATE and not said.get("same_as"):
            raise ValidationError({"same_as": "Name the report that says the same."})
        if said.get("state") == State.PLANNED and not said.get("planned_for"):
            raise ValidationError({"planned_for": "Name the build that will bring it."})
        if said.get("asks") and not (said.get("word") or "").strip():
            raise ValidationError({"word": "Write the question."})
        return said


class AttachmentLines(admin.TabularInline):
    """The files, as downloads."""

    model = Attachment
    extra = 0
    can_delete = False
    fields = readonly_fields = ("role", "download", "media", "size", "hidden")

    @admin.display(description="file")
    def download(self, attachment: Attachment) -> str:
        """A link whose answer no browser shows."""
        return format_html('<a href="{}">{}</a>', reverse("admin:attachment_download", args=(attachment.pk,)), attachment.name)

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Testers send files."""
        return False


class CommentLines(admin.TabularInline):
    """The conversation so far."""

    model = Comment
    extra = 0
    can_delete = False
    fields = readonly_fields = ("at", "user", "staff", "asks", "text", "verdict")

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """By the form above, so that the reporter learns of it."""
        return False


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """Triage. What the tester wrote cannot be changed here."""

    form = TriageForm
    list_display = ("number", "title", "state", "severity", "build", "verdict", "received_at")
    list_filter = ("programme", "state", "verdict", "kind", "severity", "device_model", "build")
    search_fields = ("number", "title", "text")
    date_hierarchy = "received_at"
    inlines = (AttachmentLines, CommentLines)
    actions = ("mark_seen", "mark_confirmed")
    readonly_fields = (
        "number", "title", "kind", "severity", "often", "text", "steps", "device_model", "build", "guide_step",
        "captured_at", "received_at", "environment", "user", "verdict", "rev",
    )  # fmt: skip
    fieldsets = (
        ("What the tester says", {"fields": ("number", "title", "kind", "severity", "often", "text", "steps", "verdict")}),
        ("Where", {"fields": ("device_model", "build", "guide_step", "captured_at", "received_at", "environment", "user", "rev")}),
        ("Decide", {"fields": (*_DECISION, "word", "asks")}),
    )

    def get_urls(self) -> list[URLPattern]:
        """With the download of attachments."""
        return [
            path("attachment/<int:pk>/", self.admin_site.admin_view(self.download), name="attachment_download"),
            *super().get_urls(),
        ]

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """One file, to somebody who may read reports."""
        return downloads.hand_out(request, pk, may=self.has_view_permission(request))

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Testers report."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """A report goes with its tester."""
        return False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Opening a new report is how the team has seen it, and its tester is told."""
        report = self.get_object(request, object_id)
        if report is not None and request.method == "GET" and self.has_change_permission(request, report):
            triage.seen(report, actor=request.user)
        return super().change_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """By the services: each decision is told, counted and written down."""
        said = form.cleaned_data
        if set(form.changed_data) & set(_DECISION):
            verdict = triage.Verdict(State(said["state"]), said["planned_for"], said["fixed_in"], said["same_as"])
            triage.decide(obj, verdict, actor=request.user)
        if (said.get("word") or "").strip():
            triage.say(obj, said["word"], actor=request.user, asks=said["asks"])

    @admin.action(description="Mark as seen", permissions=["change"])
    def mark_seen(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        """Only new ones change."""
        for report in chosen.order_by("user_id", "pk"):
            triage.seen(report, actor=request.user)

    @admin.action(description="Mark as confirmed", permissions=["change"])
    def mark_confirmed(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        """One transaction each: one that cannot be confirmed keeps no other back."""
        for report in chosen.order_by("user_id", "pk"):
            try:
                triage.decide(report, triage.Verdict(State.CONFIRMED), actor=request.user)
            except ProblemError as refused:
                self.message_user(request, f"{report.number}: {refused.problem.title or refused.problem.code}", "ERROR")
