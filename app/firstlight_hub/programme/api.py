# SPDX-License-Identifier: Apache-2.0
"""Who am I, what does this F-code open, and joining by it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from firstlight_contract import account as wire
from firstlight_hub.account.auth import bearer
from firstlight_hub.account.limits import caller, spend
from firstlight_hub.base.forms import storable
from firstlight_hub.programme import services

router = Router(auth=bearer)

TRIES, WINDOW_S = 5, 60
"""F-codes may be tried so often from one address, and so often by one person."""


@router.get("/me", response=wire.Me)
def me(request: HttpRequest) -> wire.Me:
    """The signed-in person."""
    return services.me(request.auth)  # type: ignore[attr-defined,unused-ignore]  # set by ninja


@router.get("/codes/{code}", response=wire.CodeInfo, auth=None)
def code(request: HttpRequest, code: str) -> wire.CodeInfo:
    """What an F-code opens, for whoever holds it."""
    spend("code", caller(request), times=TRIES, seconds=WINDOW_S)
    return services.code_info(code)


@router.post("/programmes/join", response=wire.Enrolment)
def join(request: HttpRequest, form: wire.Join) -> wire.Enrolment:
    """Take a seat by F-code."""
    user = request.auth  # type: ignore[attr-defined,unused-ignore]  # set by ninja
    storable(form)
    spend("join", str(user.pk), times=TRIES, seconds=WINDOW_S)
    return services.join(user, form.code, form.display_name)
