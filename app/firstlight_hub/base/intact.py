# SPDX-License-Identifier: Apache-2.0
"""Requests that changed on their way are not believed: neither what they say nor whom they name. See CHECK_HEADER of the contract."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase

from firstlight_contract.endpoint import API, CHECK_HEADER, check_of
from firstlight_contract.problem import Code
from firstlight_hub.base.edge import too_large
from firstlight_hub.base.problem import ProblemError, refuse


class Intact:
    """Stands before everything that looks at a request; one without the header passes, as desktops of before send none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """460 for a request that is not what was sent; the desktop sends it again."""
        told = request.headers.get(CHECK_HEADER)
        if told is None:
            return self.get_response(request)
        try:
            body = request.body
        except UnreadablePostError:
            return refuse(ProblemError(Code.UNAVAILABLE, 503))  # cut off: nobody hears this
        except RequestDataTooBig:
            return refuse(too_large())
        _before, api, path = request.path.partition(API)
        if not hmac.compare_digest(told.encode(), check_of(request.method or "", api + path, body).encode()):
            return refuse(ProblemError(Code.CHECKSUM, 460))
        return self.get_response(request)
