# SPDX-License-Identifier: Apache-2.0
"""What a new account tells beyond address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from firstlight_hub.account.models import User


class SignupExtra(forms.Form):
    """The name that other testers see; nobody has to give their own."""

    name = forms.CharField(label=_("Tester name"), max_length=40, help_text=_("Other testers see it. It need not be your own."))

    field_order = ("name", "email", "password1")

    def signup(self, _request: HttpRequest, user: User) -> None:
        """Keep the name."""
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
