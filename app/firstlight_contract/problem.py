# SPDX-License-Identifier: Apache-2.0
"""The body of every refusal (RFC 9457 problem details) and the closed list of codes that the desktop understands."""

from __future__ import annotations

from enum import StrEnum

from firstlight_contract.wire import Sha256, Wire

MEDIA_TYPE = "application/problem+json"


class Code(StrEnum):
    """Why the hub refused; the desktop has a sentence for each."""

    INVALID = "invalid"  # 422: the form does not fit; `fields` names where
    UNAUTHENTICATED = "unauthenticated"  # 401
    FORBIDDEN = "forbidden"  # 403: no longer in the programme
    NOT_FOUND = "not_found"  # 404: also what belongs to somebody else
    CONFLICT = "conflict"  # 409: changed after triage; the server's copy follows in the feed
    OFFSET = "offset"  # 409: the upload stands elsewhere; ask again
    GONE = "gone"  # 410: cursor or upload too old
    TOO_LARGE = "too_large"  # 413: `limit` in bytes
    MISSING_BLOBS = "missing_blobs"  # 424: `missing` lists the SHA-256 to send first
    TOO_MANY = "too_many"  # 429: `Retry-After`
    CHECKSUM = "checksum"  # 460: the bytes that arrived are not those that were announced
    CODE_UNKNOWN = "code_unknown"  # 404 for an F-code
    CODE_USED = "code_used"  # 409
    CODE_EXPIRED = "code_expired"  # 410
    PROGRAMME_FULL = "programme_full"  # 409
    UNAVAILABLE = "unavailable"  # 503


class Problem(Wire):
    """Problem details: `title` is for people who read logs; programs look at `code` alone."""

    code: Code
    title: str = ""
    status: int = 400
    fields: tuple[str, ...] = ()
    missing: tuple[Sha256, ...] = ()
    limit: int | None = None
