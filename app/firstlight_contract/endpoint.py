# SPDX-License-Identifier: Apache-2.0
"""What an endpoint is: method, path, request model, reply model. The desktop calls it, the hub serves it, a test compares both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Generic, TypeVar

from firstlight_contract.wire import Wire

Reply = TypeVar("Reply", bound=Wire)

API = "/api/v1"
"""Prefix of every JSON endpoint; changes within it are additive."""

HUB_HEADER = "X-Hub"
"""Every answer of a hub carries it; a 2xx without it came from somebody else (a captive portal) and is no success."""

CHECK_HEADER = "X-Request-Check"
"""What a request with a body carries, so that a byte that changed on its way is noticed and not believed; the hub answers 460."""


def check_of(method: str, path: str, body: bytes) -> str:
    """The value of CHECK_HEADER: SHA-256 (hex) over method, path from API on, and body."""
    return hashlib.sha256(f"{method} {path}\n".encode() + body).hexdigest()


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
