# SPDX-License-Identifier: Apache-2.0
"""The endpoints of firstlight_contract.reports."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from firstlight_contract.reports import GET_REPORT, PUT_COMMENT, PUT_REPORT, CommentPut, CommentView, ReportPut, ReportView
from firstlight_hub.account.auth import bearer
from firstlight_hub.reports import services

router = Router(auth=bearer, tags=["reports"])


@router.put(PUT_REPORT.path, response={200: ReportView, 201: ReportView})
def put_report(request: HttpRequest, id: uuid.UUID, report: ReportPut) -> Any:
    """201 when it is new, 200 when it was known."""
    kept, is_new = services.put_report(request.auth, id, report)
    return Status(201 if is_new else 200, services.view(kept))


@router.get(GET_REPORT.path, response=ReportView)
def get_report(request: HttpRequest, id: uuid.UUID) -> Any:
    """The caller's own report."""
    return services.view(services.get_report(request.auth, id))


@router.put(PUT_COMMENT.path, response={200: CommentView, 201: CommentView})
def put_comment(request: HttpRequest, id: uuid.UUID, comment: CommentPut) -> Any:
    """201 when it is new, 200 when it was known."""
    kept, is_new = services.put_comment(request.auth, id, comment)
    return Status(201 if is_new else 200, services.comment_view(kept))
