# SPDX-License-Identifier: Apache-2.0
"""F-codes: what one opens, and joining by it."""

from __future__ import annotations

from firstlight.account.errors import CodeRefused
from firstlight.hublink.client import HubClient
from firstlight.hublink.errors import Refused
from firstlight_contract.account import CODE, JOIN, CodeInfo, CodeState, Enrolment, Join
from firstlight_contract.problem import Code

_REASONS = {
    Code.CODE_UNKNOWN: "unknown",
    Code.NOT_FOUND: "unknown",
    Code.INVALID: "unknown",
    Code.CODE_USED: CodeState.USED,
    Code.CODE_EXPIRED: CodeState.EXPIRED,
    Code.PROGRAMME_FULL: CodeState.FULL,
}
_DASHES = str.maketrans("‐‑‒–—−－", "-------")


def tidy(typed: str) -> str:
    """An F-code as it is written on the card: capitals, plain dashes, no spaces."""
    return "".join(typed.translate(_DASHES).upper().split())


def look_up(client: HubClient, code: str) -> CodeInfo:
    """What the code opens, before anybody joins; raises CodeRefused, HubError."""
    tidied = tidy(code)
    if not tidied.replace("-", "").isalnum() or not tidied.isascii():
        raise CodeRefused(typed=code, reason="unknown")
    try:
        return client.call(CODE, code=tidied)
    except Refused as refusal:
        raise _known(refusal, code) from refusal


def join(client: HubClient, code: str, name: str = "") -> Enrolment:
    """Join the programme that the code opens, as `name`; joining again by the same person changes nothing."""
    try:
        return client.call(JOIN, Join(code=tidy(code) or "-", display_name=name))
    except Refused as refusal:
        raise _known(refusal, code) from refusal


def _known(refusal: Refused, code: str) -> CodeRefused | Refused:
    reason = _REASONS.get(refusal.problem.code)
    return CodeRefused(typed=code, reason=str(reason)) if reason else refusal
