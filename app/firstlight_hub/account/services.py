# SPDX-License-Identifier: Apache-2.0
"""What is done to accounts outside the sign-in pages."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application, set_token_value

from firstlight_contract.account import CLIENT_ID
from firstlight_hub.account.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A password that can be read out: 16 letters without look-alikes, 79 random bits."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def make_staff(email: str) -> str:
    """Make the person of this address staff; a person nobody knows is made, and their password answered, else ""."""
    with transaction.atomic():
        user = User.objects.filter(email=email.lower()).first()
        if user is not None:
            user.is_staff = user.is_superuser = True
            user.save(update_fields=["is_staff", "is_superuser"])
            return ""
        password = new_password()
        User.objects.create_superuser(email, password)
        return password


def fresh_password(email: str) -> str:
    """A new password in place of the old one, to be told to its owner; "" when nobody signs in with this address."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        return ""
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def staff_token(email: str, days: int) -> str:
    """An access token for commands of a member of the team, shown this once; "" when the person is none. Kept as a hash."""
    user = User.objects.filter(email=email.lower(), is_staff=True, is_active=True).first()
    if user is None:
        return ""
    token = secrets.token_urlsafe(32)
    application = Application.objects.get(client_id=CLIENT_ID)
    row = AccessToken(user=user, application=application, scope="reports", expires=timezone.now() + timedelta(days=days))
    set_token_value(row, token)
    row.save()
    return token
