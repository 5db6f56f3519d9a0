# SPDX-License-Identifier: Apache-2.0
"""Where sign-in pages ask us: whether anybody may sign up, and what may be said to somebody who just signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Says nothing by flash message: the page that follows a sign-in is the desktop, not one of ours."""

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: a stored message would show up at the next visit, out of place."""
