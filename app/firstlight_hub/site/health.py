# SPDX-License-Identifier: Apache-2.0
"""Is the hub alive, and is it ready: for supervisors and for the desktop's doctor. Says nothing that a stranger must not know."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from firstlight_contract import __version__
from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError, refuse

_METHODS = ("GET", "HEAD")


@csrf_exempt
def health(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _wrong_method() if request.method not in _METHODS else JsonResponse({"status": "ok", "version": __version__})


@csrf_exempt
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has the tables of this version; 503 otherwise."""
    if request.method not in _METHODS:
        return _wrong_method()
    try:
        executor = MigrationExecutor(connection)
        waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return _not_ready("database")
    return _not_ready("migrations") if waiting else JsonResponse({"status": "ready"})


def _wrong_method() -> HttpResponse:
    answer = refuse(ProblemError(Code.INVALID, 405, title="use GET"))
    answer["Allow"] = ", ".join(_METHODS)
    return answer


def _not_ready(why: str) -> JsonResponse:
    answer = JsonResponse({"status": "not ready", "why": why}, status=503)
    answer["Retry-After"] = "5"
    return answer
