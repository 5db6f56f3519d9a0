# SPDX-License-Identifier: Apache-2.0
"""The few pages of ours around sign-in: where a browser ends up that no desktop waits for, the switch of language, too many tries."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

WAIT_S = 60


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Says who is signed in, and that Firstlight itself is the place to go on; strangers go to the sign-in page."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "account/home.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was asked for, and go back to the page."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        secure = settings.LANGUAGE_COOKIE_SECURE
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 24 * 3600, samesite="Lax", secure=secure, httponly=True)
    return answer


def too_many(request: HttpRequest, *_args: object) -> HttpResponse:
    """The sign-in limits (allauth's) were reached."""
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(WAIT_S)
    return answer
