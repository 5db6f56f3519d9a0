# SPDX-License-Identifier: Apache-2.0
"""What identity tokens say of a person: the stable subject, the name, the address. Nothing else."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class Validator(OAuth2Validator):
    """The provider's rules with our claims; `sub` is never the row's number, which would tell how many we are."""

    def get_additional_claims(self) -> dict[str, Any]:  # type: ignore[override,unused-ignore]  # the base documents both signatures
        """Claims by name, each from the request's user."""
        return {
            "sub": lambda request: str(request.user.subject),
            "name": lambda request: request.user.shown_name,
            "email": lambda request: request.user.email,
        }

    def validate_silent_login(self, _request: Any) -> bool:
        """Nobody is let in without a page: any program of the PC could ask with prompt=none (RFC 8252, section 8.6)."""
        return False
