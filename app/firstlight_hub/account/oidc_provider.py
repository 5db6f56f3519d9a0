# SPDX-License-Identifier: Apache-2.0
"""The OpenID provider's views where they differ from the library's: one winner per code and per refresh token, a complete
discovery document, a sign-in that really asks again, and pages in the language that the desktop asked for."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_supported_language_variant
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider import views
from oauth2_provider.exceptions import OAuthToolkitError
from oauth2_provider.models import Application

from firstlight_hub.account.pages import is_fresh
from firstlight_hub.base.feed import lock

ONE_YEAR_S = 365 * 24 * 3600


def _hold(secret: str) -> None:
    # The secret's hash: what a lock is called must not be worth reading.
    lock("token " + hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest())


class _Form(View):
    """An endpoint for programs: a form that cannot be read is refused as RFC 6749 says, not by a page for people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the form, then go on."""
        try:
            request.POST  # noqa: B018  # reading is what may fail
        except (SuspiciousOperation, MultiPartParserError):
            return JsonResponse({"error": "invalid_request", "error_description": "The form cannot be read."}, status=400)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


@method_decorator(csrf_exempt, name="dispatch")
class TokenView(_Form, views.TokenView):
    """Exchanges of the same code, or of the same refresh token, one after another: measured without this, several win."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The library's answer, given alone."""
        secret = request.POST.get("code") or request.POST.get("refresh_token") or ""
        with transaction.atomic():
            _hold(secret)
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


@method_decorator(csrf_exempt, name="dispatch")
class RevokeView(_Form, views.RevokeTokenView):
    """Revocation waits for an exchange of the same token, and the other way round."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The library's answer, given alone."""
        with transaction.atomic():
            _hold(request.POST.get("token") or "")
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class AuthorizeView(views.AuthorizationView):
    """The authorization endpoint.

    `prompt=login` ends the browser's session first, for otherwise the sign-in page sends back whoever is signed in.
    Who was signed in already says by a click that it is them: any program of the PC could have opened the browser (RFC 8252,
    section 8.6), and the PC may have more than one tester. `ui_locales` chooses the language of the pages.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The library's answer, with the language kept for the sign-in page."""
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        language = _language(request.GET.get("ui_locales", ""))
        if language:
            secure = settings.LANGUAGE_COOKIE_SECURE
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=ONE_YEAR_S, samesite="Lax", secure=secure, httponly=True)
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A code for whoever has just signed in or said that they go on; else the question."""
        prompt = request.GET.get("prompt", "").split()
        if not request.user.is_authenticated or "none" in prompt or "login" in prompt or is_fresh(request):
            answer: HttpResponse = super().get(request, *args, **kwargs)
            return answer
        try:
            self.validate_authorization_request(request)
        except OAuthToolkitError as error:
            return self.error_response(error, application=None)
        return render(request, "account/continue.html", {"next": request.get_full_path()})

    def form_valid(self, form: Any) -> HttpResponse:
        """The library's answer; a form whose hidden fields were changed is shown again."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except Application.DoesNotExist:
            answer = self.form_invalid(form)
        return answer

    def handle_prompt_login(self) -> HttpResponse:
        """Forget who is signed in, then go to the sign-in page."""
        logout(self.request)
        answer: HttpResponse = super().handle_prompt_login()
        return answer


def _language(wanted: str) -> str:
    for tag in wanted.split()[:10]:
        try:
            return str(get_supported_language_variant(tag.lower()))
        except LookupError:
            continue
    return ""


class DiscoveryView(views.ConnectDiscoveryInfoView):
    """The library's document with what it leaves out, and without what no client of ours can use."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The provider's description."""
        document: dict[str, Any] = json.loads(super().get(request, *args, **kwargs).content)
        base = str(document["issuer"]).rstrip("/")
        document |= {
            "revocation_endpoint": base + reverse("oauth2_provider:revoke-token"),
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "response_modes_supported": ["query"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "revocation_endpoint_auth_methods_supported": ["none"],
            "ui_locales_supported": ["en", "zh-CN"],
            "request_uri_parameter_supported": False,
            "claims_supported": sorted(set(document["claims_supported"])),
        }
        answer = JsonResponse(document)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer
