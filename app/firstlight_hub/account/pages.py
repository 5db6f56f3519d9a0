# SPDX-License-Identifier: Apache-2.0
"""The few pages of ours around sign-in: where a browser ends up that no desktop waits for, the switch of language, too many tries."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST

WAIT_S = 60
FRESH_S = 120
_FRESH = "fresh"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Says who is signed in, and that Firstlight itself is the place to go on; strangers go to the sign-in page."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "account/home.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was asked for, and go back to the page."""
    answer = HttpResponseRedirect(_ours(request, request.POST.get("back", "")))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        secure = settings.LANGUAGE_COOKIE_SECURE
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 24 * 3600, samesite="Lax", secure=secure, httponly=True)
    return answer


@receiver(user_logged_in, dispatch_uid="fresh")
def _now_fresh(request: HttpRequest | None, **_: Any) -> None:
    if request is not None:
        request.session[_FRESH] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody has just typed their password or said that it is them; asked once, it is over."""
    at = request.session.pop(_FRESH, 0)
    return bool(0 <= time.time() - at <= FRESH_S)


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """The answer to 'is it you?': on with the sign-in as who one is, or as somebody else."""
    there = _ours(request, request.POST.get("next", ""))
    if request.POST.get("who") == "me" and request.user.is_authenticated:
        request.session[_FRESH] = time.time()
        return redirect(there)
    logout(request)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': there})}")


def _ours(request: HttpRequest, address: str) -> str:
    """`address` when it is one of this hub, else the first page."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "/"


def too_many(request: HttpRequest, *_args: object) -> HttpResponse:
    """The sign-in limits (allauth's) were reached."""
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(WAIT_S)
    return answer
