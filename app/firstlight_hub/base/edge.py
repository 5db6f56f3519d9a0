# SPDX-License-Identifier: Apache-2.0
"""The outermost middleware: our header on every answer, no page that runs what is not ours, and every fault of the API as a problem."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.response import HttpResponseBase

from firstlight_contract.endpoint import API, HUB_HEADER
from firstlight_contract.problem import MEDIA_TYPE, Code, Problem
from firstlight_hub.base.points import reached
from firstlight_hub.base.problem import ProblemError, answer, refuse

log = logging.getLogger(__name__)

# A form's answer may lead back to the desktop's listener (RFC 8252), which browsers count as the form's target.
_PAGES = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self' http://127.0.0.1:*; frame-ancestors 'none'; base-uri 'none'"
)
_ADMIN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
RETRY_S = 10
_CODES = {
    401: Code.UNAUTHENTICATED,
    403: Code.FORBIDDEN,
    404: Code.NOT_FOUND,
    409: Code.CONFLICT,
    410: Code.GONE,
    413: Code.TOO_LARGE,
    429: Code.TOO_MANY,
    503: Code.UNAVAILABLE,
}


class Edge:
    """Wraps everything else, so that also an answer of Django's own carries the headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and put the headers on the answer."""
        response = self.get_response(request)
        reached("answer.made")
        if _is_api(request):
            response = _as_problem(request, response)
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers[HUB_HEADER] = "1"
        policy = _ADMIN if _is_admin(request) else _PAGES
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return _bare(response) if request.method == "HEAD" else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that a plain view raised, or a database that cannot now; anything else is a bug and Django's to report."""
        if isinstance(error, ProblemError):
            return _told_staff(request, error) if _is_admin(request) and request.method == "POST" else refuse(error)
        if isinstance(error, RequestDataTooBig) and _is_api(request):
            return refuse(too_large())
        if isinstance(error, UnreadablePostError):
            return refuse(ProblemError(Code.UNAVAILABLE, 503))  # cut off while it came: nobody hears this
        if isinstance(error, OperationalError):
            # Locked, full, away: what was not committed was not acknowledged, and the desktop tries again.
            log.error("the database cannot: %s", error)
            return refuse(ProblemError(Code.UNAVAILABLE, 503, retry_after=RETRY_S))
        return None


def too_large() -> ProblemError:
    """More than what is read into memory at once; files go by upload."""
    return ProblemError(Code.TOO_LARGE, 413, limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _is_api(request: HttpRequest) -> bool:
    return f"{request.path}/".startswith(API + "/")


def _is_admin(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/")


def _told_staff(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Staff sit before a page: they read there why nothing was saved."""
    messages.error(request, f"Nothing was saved: {error.problem.title}.")
    return HttpResponseRedirect(request.get_full_path())


def _bare(response: HttpResponseBase) -> HttpResponseBase:
    """Only headers: no server here leaves out the body of an answer to HEAD, and a client would take it for the next answer."""
    if response.streaming:
        response.close()
        response.streaming_content = ()
    else:
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code < 400 or request.method == "HEAD":
        return response
    if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    code = _CODES.get(response.status_code, Code.UNAVAILABLE if response.status_code >= 500 else Code.INVALID)
    problem = answer(Problem(code=code, status=response.status_code, title=response.reason_phrase))
    for name, value in response.headers.items():
        problem.headers.setdefault(name, value)
    return problem
