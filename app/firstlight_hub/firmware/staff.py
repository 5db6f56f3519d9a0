# SPDX-License-Identifier: Apache-2.0
"""`/api/v1/staff/signing`: for the release manager's PC. It brings what was signed there; no key of a build is ever sent here."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError

from firstlight_contract.problem import Code
from firstlight_contract.signing import MOST_METADATA, State, Submission
from firstlight_hub.account.auth import signed_in
from firstlight_hub.account.models import User
from firstlight_hub.base.audit import record
from firstlight_hub.base.forms import storable
from firstlight_hub.base.problem import ProblemError, not_found, refuse
from firstlight_hub.firmware import admission, repository

NEEDED = "hub_firmware.change_release"
"""The permission of those who bring builds out."""


@csrf_exempt
def signing(request: HttpRequest) -> HttpResponse:
    """`GET` what stands, `PUT` a submission."""
    try:
        actor = _staff(request)
        if request.method == "PUT":
            form = _form(request)
            admission.admit(form, actor=actor, now=timezone.now())
        elif request.method != "GET":
            raise ProblemError(Code.INVALID, 405)
        return _told(repository.state())
    except ProblemError as error:
        return refuse(error)


@csrf_exempt
def online(request: HttpRequest) -> HttpResponse:
    """`POST`: make the next online key. It signs nothing until the root keys name it."""
    try:
        actor = _staff(request)
        if request.method != "POST":
            raise ProblemError(Code.INVALID, 405)
        fresh = repository.fresh_online()
        record(actor, "signing.online", fresh.keyid)
        return _told(repository.state().model_copy(update={"online_id": fresh.keyid, "online": fresh.to_dict()}))
    except ProblemError as error:
        return refuse(error)


def _staff(request: HttpRequest) -> User:
    user = signed_in(request)
    if not (user.is_staff and user.has_perm(NEEDED)):
        raise not_found()
    return user


def _form(request: HttpRequest) -> Submission:
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise ProblemError(Code.TOO_LARGE, 413, limit=MOST_METADATA)
    try:
        form = Submission.model_validate_json(request.body)
    except (ValidationError, RecursionError) as error:
        places = tuple(".".join(str(part) for part in mistake["loc"])[:200] for mistake in getattr(error, "errors", list)()[:50])
        raise ProblemError(Code.INVALID, 422, fields=places) from error
    storable(form)
    return form


def _told(state: State) -> HttpResponse:
    return HttpResponse(json.dumps(state.model_dump(mode="json")), content_type="application/json")
