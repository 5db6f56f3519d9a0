# SPDX-License-Identifier: Apache-2.0
"""What an endpoint is: method, path, request model, reply model. The desktop calls it, the hub serves it, a test compares both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from firstlight_contract.wire import Wire

Reply = TypeVar("Reply", bound=Wire)

API = "/api/v1"
"""Prefix of every JSON endpoint; changes within it are additive."""

HUB_HEADER = "X-Hub"
"""Every answer of a hub carries it; a 2xx without it came from somebody else (a captive portal) and is no success."""


@dataclass(frozen=True)
class Endpoint(Generic[Reply]):
    """One call: `path` holds `{names}` that the caller fills in; `public` calls need no bearer token."""

    method: str
    path: str
    reply: type[Reply]
    request: type[Wire] | None = None
    public: bool = False

    def url(self, **names: object) -> str:
        """The path below the hub's address with `names` filled in."""
        return API + self.path.format(**names)
