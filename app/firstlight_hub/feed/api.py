# SPDX-License-Identifier: Apache-2.0
"""The endpoint of firstlight_contract.feed."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from firstlight_contract.feed import SYNC, FeedPage
from firstlight_hub.account.auth import bearer
from firstlight_hub.feed.queries import PAGE, read
from firstlight_hub.programme.membership import audiences

router = Router(auth=bearer, tags=["feed"])


@router.get(SYNC.path, response={200: FeedPage, 304: None})
def sync(
    request: HttpRequest,
    response: HttpResponse,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> Any:
    """What is new since `cursor`; 304 when nothing is. The tag is the cursor after this page: who holds it and asks by it is told so."""
    tag = request.headers.get("If-None-Match")
    held = None if tag is None else tag.removeprefix("W/").strip('"')
    answer = read(audiences(request.auth), cursor, limit, has=held)
    response["ETag"] = f'"{answer.cursor}"'
    response["Cache-Control"] = "private, no-cache"
    if answer.page is None:
        return Status(304, None)
    return answer.page
