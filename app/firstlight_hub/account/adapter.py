# SPDX-License-Identifier: Apache-2.0
"""Where the sign-in pages ask us what to say and where to go."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class Adapter(DefaultAccountAdapter):
    """Says nothing by flash message: the page that follows a sign-in is the desktop, not one of ours."""

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: a stored message would show up at the next visit, out of place."""

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Back to the account's page."""
        return reverse("home")
