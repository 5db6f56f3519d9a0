# SPDX-License-Identifier: Apache-2.0
"""What no form may hold, whatever its fields: PostgreSQL stores no NUL, neither in text nor in JSON."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel

from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError


def storable(form: BaseModel) -> None:
    """ProblemError 422 naming the fields that no database takes."""
    bad = tuple(name for name, value in form.model_dump(mode="json").items() if _has_nul(value))
    if bad:
        raise ProblemError(Code.INVALID, 422, fields=bad, title="a NUL character")


def digest(form: BaseModel) -> str:
    """A hash that tells a repeat from a change. Fields at their default are left out, so that a later field changes no old hash."""
    return hashlib.sha256(form.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_has_nul, value))
