# SPDX-License-Identifier: Apache-2.0
"""What is done to accounts outside the sign-in pages."""

from __future__ import annotations

import secrets

from django.db import transaction

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
