# SPDX-License-Identifier: Apache-2.0
"""Resumable uploads: tus 1.0.0 as a Django view (creation, creation with upload, checksum, expiration, termination).

What travels is parsed and answered here; what is kept is decided in parts.py. See firstlight_contract/uploads.py.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from firstlight_contract.problem import Code
from firstlight_contract.uploads import BLOB_HEADER, MAX_BYTES, STORED, TUS_VERSION
from firstlight_hub.account.auth import signed_in
from firstlight_hub.account.models import User
from firstlight_hub.base.problem import ProblemError, refuse
from firstlight_hub.reports import parts
from firstlight_hub.reports.models import Upload

EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
CHUNK_TYPE = "application/offset+octet-stream"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Metadata(NamedTuple):
    """What a creation says about the file; all of it is optional in tus."""

    sha256: str
    filename: str
    filetype: str


@csrf_exempt
def collection(request: HttpRequest) -> HttpResponse:
    """`OPTIONS` and `POST` on /uploads."""
    if request.method == "OPTIONS":
        return _capabilities()
    return _answer(request, {"POST": lambda user: _create(request, user)})


@csrf_exempt
def item(request: HttpRequest, name: str) -> HttpResponse:
    """`HEAD`, `PATCH`, `DELETE` on /uploads/{name}; another tester's upload is not there (404)."""
    if request.method == "OPTIONS":
        return _capabilities()
    acts: dict[str, Callable[[User], HttpResponse]] = {
        "HEAD": lambda user: _tell(parts.standing(user, name)),
        "PATCH": lambda user: _append(request, parts.find(user, name)),
        "DELETE": lambda user: _drop(user, name),
    }
    return _answer(request, acts)


def _answer(request: HttpRequest, acts: dict[str, Callable[[User], HttpResponse]]) -> HttpResponse:
    # Some networks let only GET and POST through; tus clients then say the method in a header.
    method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
    try:
        act = acts.get(method)
        if act is None:
            raise ProblemError(Code.INVALID, 405, title=f"use {', '.join(acts)}")
        user = signed_in(request)
        if request.headers.get("Tus-Resumable") != TUS_VERSION:
            raise ProblemError(Code.INVALID, 412, fields=("Tus-Resumable",))
        response = act(user)
    except ProblemError as error:
        response = refuse(error)
        if error.problem.status == 412:
            response["Tus-Version"] = TUS_VERSION
        if error.problem.status == 405:
            response["Allow"] = ", ".join((*acts, "OPTIONS"))
    response["Tus-Resumable"] = TUS_VERSION
    response["Cache-Control"] = "no-store"
    return response


def _capabilities() -> HttpResponse:
    headers = {
        "Tus-Resumable": TUS_VERSION,
        "Tus-Version": TUS_VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(MAX_BYTES),
        "Tus-Checksum-Algorithm": ",".join(parts.CHECKSUMS),
    }
    return HttpResponse(status=204, headers=headers)


def _create(request: HttpRequest, user: User) -> HttpResponse:
    size = _number(request, "Upload-Length")
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    upload = parts.create(user, size=size, sha256=said.sha256, file_name=said.filename, media=said.filetype, now=timezone.now())
    if request.headers.get("Content-Type") == CHUNK_TYPE and upload.stored_at is None:
        parts.append(upload, parts.offset(upload), _body(request), _checksum(request))
    upload = parts.settle(upload)
    response = HttpResponse(status=201)
    response["Location"] = f"{request.path.rstrip('/')}/{upload.name}"
    return _stand(response, upload)


def _tell(upload: Upload) -> HttpResponse:
    response = _stand(HttpResponse(status=200), upload)
    response["Upload-Length"] = str(upload.size)
    return response


def _append(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.headers.get("Content-Type") != CHUNK_TYPE:
        raise ProblemError(Code.INVALID, 415, fields=("Content-Type",))
    at = _number(request, "Upload-Offset")
    if upload.stored_at is None:
        parts.append(upload, at, _body(request), _checksum(request))
    elif at != upload.size:
        raise ProblemError(Code.OFFSET, 409)
    return _stand(HttpResponse(status=204), parts.settle(upload))


def _drop(user: User, name: str) -> HttpResponse:
    parts.drop(parts.find(user, name))
    return HttpResponse(status=204)


def _stand(response: HttpResponse, upload: Upload) -> HttpResponse:
    if upload.stored_at is not None:
        response["Upload-Offset"] = str(upload.size)
        response[BLOB_HEADER] = STORED
        return response
    response["Upload-Offset"] = str(parts.offset(upload))
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _body(request: HttpRequest) -> parts.Body:
    """The bytes as they come. Django reads no body whose length was not told; some clients send theirs in HTTP chunks."""
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    body: parts.Body = request.environ["wsgi.input"] if is_chunked else request
    return body


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    # Eighteen digits are below 2**63; more would be no size that anything here can hold.
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ProblemError(Code.INVALID, 400, fields=(header,))
    return int(text)


def _checksum(request: HttpRequest) -> parts.Checksum | None:
    text = request.headers.get("Upload-Checksum")
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    if algorithm not in parts.CHECKSUMS:
        raise ProblemError(Code.INVALID, 400, fields=("Upload-Checksum",))
    return parts.Checksum(algorithm, _decoded(encoded, "Upload-Checksum"))


def _metadata(header: str) -> Metadata:
    said: dict[str, str] = {}
    for pair in header.split(","):
        key, _, encoded = pair.strip().partition(" ")
        if key in Metadata._fields:
            said[key] = _decoded(encoded, "Upload-Metadata").decode("utf-8", "replace")
    sha256 = said.get("sha256", "")
    if sha256 and not _SHA256.fullmatch(sha256):
        raise ProblemError(Code.INVALID, 400, fields=("sha256",))
    return Metadata(sha256, _line(said.get("filename", "")), _line(said.get("filetype", "")))


def _line(text: str) -> str:
    """One line that every database takes."""
    return "".join(letter for letter in text if letter.isprintable())[:200]


def _decoded(text: str, field: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProblemError(Code.INVALID, 400, fields=(field,)) from error
