# SPDX-License-Identifier: Apache-2.0
"""Every refusal of the hub as RFC 9457 problem details: raise ProblemError in services and views, the edge turns it into an answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from firstlight_contract.problem import MEDIA_TYPE, Code, Problem

_TITLES = {
    Code.INVALID: "the request does not fit",
    Code.UNAUTHENTICATED: "sign in first",
    Code.FORBIDDEN: "this is not open to you",
    Code.NOT_FOUND: "there is no such thing here",
    Code.CONFLICT: "something else stands here already",
    Code.OFFSET: "the upload stands elsewhere; ask where",
    Code.GONE: "this is too old; begin anew",
    Code.TOO_LARGE: "this is larger than the limit",
    Code.MISSING_BLOBS: "send these files first",
    Code.TOO_MANY: "too many; try again later",
    Code.CHECKSUM: "what arrived is not what was announced",
    Code.CODE_UNKNOWN: "this F-code opens nothing",
    Code.CODE_USED: "this F-code is used up",
    Code.CODE_EXPIRED: "this F-code is over",
    Code.PROGRAMME_FULL: "every seat is taken",
    Code.UNAVAILABLE: "the hub cannot now; try again later",
}
"""What is said where nobody says it more exactly: for whoever reads an answer or a log, never shown by the desktop."""


class ProblemError(Exception):
    """A refusal: `fields`, `missing`, `limit` and `title` go into the body, `retry_after` (seconds) into the header."""

    def __init__(self, code: Code, status: int, *, retry_after: int | None = None, **facts: Any) -> None:
        super().__init__(f"{status} {code.value}")
        self.problem = Problem(code=code, status=status, **{"title": _TITLES[code]} | facts)
        self.retry_after = retry_after


def not_found() -> ProblemError:
    """What does not exist, and what belongs to somebody else: nobody learns which."""
    return ProblemError(Code.NOT_FOUND, 404)


def answer(problem: Problem, *, retry_after: int | None = None) -> HttpResponse:
    """The answer that carries `problem`."""
    response = HttpResponse(problem.model_dump_json(), content_type=MEDIA_TYPE, status=problem.status)
    response["Content-Length"] = str(len(response.content))
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def refuse(error: ProblemError) -> HttpResponse:
    """The answer to an error that was raised."""
    return answer(error.problem, retry_after=error.retry_after)
