# SPDX-License-Identifier: Apache-2.0
"""Hands a tester's file to the staff: always as a download, never as something that a browser shows or runs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from firstlight_hub.base.audit import record
from firstlight_hub.base.shelf import files
from firstlight_hub.reports.models import Attachment


def hand_out(request: HttpRequest, pk: int, *, may: bool) -> HttpResponseBase:
    """The file; the look is written down before the first byte leaves."""
    if not may:
        raise PermissionDenied
    attachment = Attachment.objects.select_related("report").filter(pk=pk).first()
    if attachment is None or not files().has(attachment.sha256):
        raise Http404
    record(request.user, "attachment.read", f"{attachment.report.number}/{attachment.name}", after={"sha256": attachment.sha256})
    # The tester's own type and name are words of a stranger: the type is dropped, the name is encoded by FileResponse.
    response = FileResponse(
        files().open(attachment.sha256), as_attachment=True, filename=attachment.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
