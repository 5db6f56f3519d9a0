# SPDX-License-Identifier: Apache-2.0
"""From a bearer token to the person: for the JSON API as a ninja security class, for plain views as a function."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from oauth2_provider.models import AccessToken

from firstlight_contract.problem import Code
from firstlight_hub.account.models import User
from firstlight_hub.base.problem import ProblemError

NEEDED_SCOPE = "reports"


def person(token: str) -> User | None:
    """Whose access token this is; nobody's when it is unknown, over, without our scope, or the account is closed."""
    checksum = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    found = AccessToken.objects.select_related("user").filter(token_checksum=checksum, expires__gt=timezone.now()).first()
    if found is None or found.user is None or not found.user.is_active or NEEDED_SCOPE not in found.scope.split():
        return None
    return found.user


def signed_in(request: HttpRequest) -> User:
    """The person who calls a plain view; ProblemError 401 when there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    user = person(token.strip()) if scheme.lower() == "bearer" else None
    if user is None:
        raise ProblemError(Code.UNAUTHENTICATED, 401)
    return user


class Bearer(HttpBearer):
    """`auth=bearer` on a router makes `request.auth` the person."""

    def authenticate(self, _request: HttpRequest, token: str) -> Any:
        """The person, or nothing: then ninja answers 401."""
        return person(token)


bearer = Bearer()
