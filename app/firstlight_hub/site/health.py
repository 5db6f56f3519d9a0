# SPDX-License-Identifier: Apache-2.0
"""Is the hub alive, and is it ready: for supervisors and for the desktop's doctor. Says nothing that a stranger must not know."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from firstlight_contract import __version__


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok", "version": __version__})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """The database answers and has the tables of this version; 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return _not_ready("database")
    return _not_ready("migrations") if waiting else JsonResponse({"status": "ready"})


def _not_ready(why: str) -> JsonResponse:
    answer = JsonResponse({"status": "not ready", "why": why}, status=503)
    answer["Retry-After"] = "5"
    return answer
