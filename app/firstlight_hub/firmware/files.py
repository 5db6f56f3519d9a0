# SPDX-License-Identifier: Apache-2.0
"""`GET /files/{sha256}`: images of builds and files of guides, by content: ranges, and cacheable for ever.

A file that none of the caller's programmes published is not there (404), whoever may have stored it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from firstlight_contract.problem import Code
from firstlight_hub.account.auth import signed_in
from firstlight_hub.base.models import PublicFile
from firstlight_hub.base.problem import ProblemError, not_found, refuse
from firstlight_hub.base.shelf import files, opened_to
from firstlight_hub.programme.membership import audiences

_BLOCK = 256 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The file or the asked part of it."""
    try:
        if request.method not in ("GET", "HEAD"):
            raise ProblemError(Code.INVALID, 405)
        user = signed_in(request)
        found = opened_to(audiences(user), sha256) if _NAME.fullmatch(sha256) else None
        if found is None or not files().has(sha256):
            raise not_found()
        return answer(request, found)
    except ProblemError as error:
        refusal = refuse(error)
        if error.problem.status == 405:
            refusal["Allow"] = "GET, HEAD"
        return refusal


def answer(request: HttpRequest, found: PublicFile) -> HttpResponseBase:
    """The whole file, or the part that was asked for; the caller has seen that the asker may have it."""
    tag = f'"{found.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _headed(HttpResponse(status=304), found)
    asked = _asked(request.headers.get("Range", ""), found.size)
    if asked is None or request.headers.get("If-Range", tag) != tag:
        return _body(request, found, range(found.size), 200)
    if not asked:
        response = _headed(HttpResponse(status=416), found)
        response["Content-Range"] = f"bytes */{found.size}"
        return response
    response = _body(request, found, asked, 206)
    response["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{found.size}"
    return response


def _asked(header: str, size: int) -> range | None:
    """The bytes that the header asks for; None when there is no header that we serve, empty when none of them exist."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        return range(max(0, size - int(match[2])), size)
    start, stop = int(match[1]), size if match[2] == "" else int(match[2]) + 1
    if match[2] and stop <= start:
        return None
    return range(min(start, size), min(stop, size))


def _body(request: HttpRequest, found: PublicFile, part: range, status: int) -> HttpResponseBase:
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(status=status)
    else:
        response = StreamingHttpResponse(_blocks(files().open(found.sha256), part), status=status)
    response["Content-Length"] = str(len(part))
    return _headed(response, found)


def _headed(response: HttpResponseBase, found: PublicFile) -> HttpResponseBase:
    response["ETag"] = f'"{found.sha256}"'
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Type"] = found.media
    # Never shown by a browser as a page of the hub, whatever a guide's author put into the file.
    response["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _blocks(source: BinaryIO, part: range) -> Iterator[bytes]:
    with source:
        source.seek(part.start)
        left = len(part)
        while left > 0 and (block := source.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
