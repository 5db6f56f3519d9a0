# SPDX-License-Identifier: Apache-2.0
"""The JSON API: the routers of all apps under one roof, every refusal a problem (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError, not_found, refuse
from firstlight_hub.bundles.api import router as bundles
from firstlight_hub.community.api import router as community
from firstlight_hub.devices.api import router as devices
from firstlight_hub.feed.api import router as feed
from firstlight_hub.guides.api import router as guides
from firstlight_hub.honour.api import router as honour
from firstlight_hub.programme.api import router as programme
from firstlight_hub.reports.api import router as reports

api = NinjaAPI(title="Firstlight hub", version="1", docs_url=None, openapi_url=None, urls_namespace="api")
for _router in (programme, devices, guides, reports, community, honour, bundles, feed):
    api.add_router("", _router)


@api.exception_handler(ProblemError)
def _refused(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    return refuse(error)


@api.exception_handler(ValidationError)
def _does_not_fit(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return refuse(ProblemError(Code.INVALID, 422, fields=tuple(sorted({_where(e) for e in error.errors}))))


def _where(error: dict[str, Any]) -> str:
    # ("body", "report", "title") for a form named report: the desktop knows the form, so the last two words go.
    place = [str(part) for part in error.get("loc", ())]
    return ".".join(place[2:] or place[1:] or place)[:200]


@api.exception_handler(AuthenticationError)
def _stranger(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    refusal = refuse(ProblemError(Code.UNAUTHENTICATED, 401))
    refusal["WWW-Authenticate"] = 'Bearer realm="firstlight"'
    return refusal


@api.exception_handler(Http404)
def _nothing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return refuse(not_found())


@api.exception_handler(HttpError)
def _other(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return refuse(ProblemError(Code.INVALID, error.status_code))
