# SPDX-License-Identifier: Apache-2.0
"""Who a tester is, which programmes they are in, and F-codes."""

from __future__ import annotations

from enum import StrEnum

from firstlight_contract.endpoint import Endpoint
from firstlight_contract.wire import Count, Id, Line, Slug, When, Wire

CLIENT_ID = "firstlight-desktop"
"""The desktop's public OAuth client (RFC 8252): no secret, PKCE S256, loopback redirect on any port."""
REDIRECT_PATH = "/callback"
SCOPE = "openid profile email reports"


class CodeState(StrEnum):
    """What an F-code is worth now."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    FULL = "full"


class ProgrammeCard(Wire):
    """A programme as a stranger may see it."""

    slug: Slug
    name: Line
    ring: Line
    maker: Line
    seats: Count
    seats_left: Count


class CodeInfo(Wire):
    """What an F-code opens."""

    code: Line
    state: CodeState
    programme: ProgrammeCard


class Enrolment(Wire):
    """A tester's place in a programme; `number` counts joiners from 1."""

    id: Id
    programme: ProgrammeCard
    number: Count
    display_name: Line
    role: str
    joined_at: When


class Me(Wire):
    """The signed-in person. `subject` is the stable `sub` of the identity token."""

    subject: Line
    name: Line
    email: Line
    staff: bool
    enrolments: tuple[Enrolment, ...]


class Join(Wire):
    """Join a programme by F-code."""

    code: Line
    display_name: str = ""


ME = Endpoint("GET", "/me", Me)
CODE = Endpoint("GET", "/codes/{code}", CodeInfo, public=True)
JOIN = Endpoint("POST", "/programmes/join", Enrolment, Join)
