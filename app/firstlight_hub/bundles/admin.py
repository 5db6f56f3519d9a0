# SPDX-License-Identifier: Apache-2.0
"""Staff's page for sticks: bring a bundle here, read what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError
from firstlight_hub.bundles import services
from firstlight_hub.bundles.models import Bundle, Pc


class BundleForm(forms.ModelForm):
    """The file of a stick."""

    file = forms.FileField(label="The file from the stick", help_text="It ends in .firstlight. Bringing it twice changes nothing.")

    class Meta:
        """Nothing of the row is typed."""

        model = Bundle
        fields = ()


@admin.register(Bundle)
class BundleAdmin(admin.ModelAdmin):
    """Add one by its file; nothing is changed by hand."""

    form = BundleForm
    list_display = ("brought_at", "author", "bringer", "acts", "new", "times")
    list_filter = ("brought_at",)

    def get_fields(self, _request: HttpRequest, obj: Bundle | None = None) -> tuple[str, ...]:
        """The file for a new one, else what became of it."""
        return ("author", "bringer", "brought_at", "times", "acts", "new", "refused") if obj else ("file",)

    def get_readonly_fields(self, request: HttpRequest, obj: Bundle | None = None) -> tuple[str, ...]:
        """Everything of one that was brought."""
        return self.get_fields(request, obj) if obj else ()

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """Take the file, and show what became of it."""
        form = BundleForm(request.POST, request.FILES) if request.method == "POST" else None
        if form is None or not self.has_add_permission(request) or not form.is_valid():
            return super().add_view(request, form_url, extra_context)
        try:
            view, _is_first = services.take(_path(form.cleaned_data["file"]), request.user)
        except ProblemError as error:
            self.message_user(request, error.problem.title or error.problem.code.value, "ERROR")
            return HttpResponseRedirect(request.path)
        self.message_user(request, f"{view.new} of {view.acts} were new; {len(view.refused)} could not be taken.")
        return HttpResponseRedirect(reverse("admin:hub_bundles_bundle_change", args=(view.id,)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Read only."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Stands."""
        return False


@admin.register(Pc)
class PcAdmin(admin.ModelAdmin):
    """Keys of testers' PCs; a lost PC's key can be taken away."""

    list_display = ("id", "user", "added_at")
    readonly_fields = ("id", "user", "public_key", "added_at")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """PCs tell theirs."""
        return False


def _path(file: UploadedFile) -> Path:
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    raise ProblemError(Code.UNAVAILABLE, 503)
