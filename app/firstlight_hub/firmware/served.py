# SPDX-License-Identifier: Apache-2.0
"""`/tuf/metadata/…` and `/tuf/targets/…`: what desktops verify, and the files themselves, with ranges.

Metadata is for everybody: it says nothing that its signatures do not protect. Files are for the testers of the line's programme,
unless the line is public; a name that was not signed, or belongs to somebody else, is not there (404).
"""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from firstlight_contract.problem import Code
from firstlight_hub.account.auth import signed_in
from firstlight_hub.base.feed import programme_audience
from firstlight_hub.base.models import PublicFile
from firstlight_hub.base.problem import ProblemError, not_found
from firstlight_hub.base.shelf import files
from firstlight_hub.firmware import repository
from firstlight_hub.firmware.files import answer
from firstlight_hub.firmware.models import SignedTarget
from firstlight_hub.programme.membership import audiences

_METADATA = re.compile(r"(?:(\d{1,18})\.)?([a-z0-9][a-z0-9-]{0,39})\.json")
_TARGET = re.compile(r"([a-z0-9][a-z0-9-]{0,39})/([0-9a-f]{64})\.([A-Za-z0-9][A-Za-z0-9._+-]{0,159})")


def metadata(request: HttpRequest, name: str) -> HttpResponseBase:
    """`timestamp.json`, or `VERSION.ROLE.json`. A timestamp about to end is signed anew first: a hub without a clockwork still lives."""
    _only_read(request)
    match = _METADATA.fullmatch(name)
    if match is None or (match[1] is None) != (match[2] == "timestamp"):
        raise not_found()
    if match[1] is None:
        repository.resign_due(timezone.now())
    data = repository.content(match[2], int(match[1]) if match[1] else None)
    if data is None:
        raise not_found()
    tag = f'"{hashlib.sha256(data).hexdigest()}"'
    is_known = tag in request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if is_known else HttpResponse(data, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=60" if match[1] is None else "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def target(request: HttpRequest, name: str) -> HttpResponseBase:
    """A signed file, or the asked part of it."""
    _only_read(request)
    match = _TARGET.fullmatch(name)
    found = _signed(f"{match[1]}/{match[3]}", match[2]) if match else None
    if found is None:
        raise not_found()
    if not found.line.is_public:
        # Who a file is for is asked before whether there is one: an outsider learns nothing by trying names.
        who = audiences(signed_in(request))
        if found.line.programme is not None and programme_audience(found.line.programme.slug) not in who:
            raise not_found()
    if not files().has(found.sha256):
        raise not_found()
    response = answer(request, PublicFile(sha256=found.sha256, size=found.size))
    if found.line.is_public:
        response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _signed(path: str, sha256: str) -> SignedTarget | None:
    return SignedTarget.objects.select_related("line__programme").filter(path=path, sha256=sha256).first()


def _only_read(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise ProblemError(Code.INVALID, 405)
