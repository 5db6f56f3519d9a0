# SPDX-License-Identifier: Apache-2.0
"""What no form may hold, whatever its fields: a NUL, which PostgreSQL stores neither in text nor in JSON, half a character, and a
day at the ends of the calendar, which in another time zone is none.

JSON can name one half of a character that UTF-16 writes in two; it has no bytes in UTF-8, so no database and no answer can hold it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import MAXYEAR, MINYEAR, datetime

from pydantic import BaseModel

from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError

_HALF = re.compile("[\ud800-\udfff]")


def storable(form: BaseModel) -> None:
    """ProblemError 422 naming the fields that no database takes."""
    bad = tuple(name for name, value in form.model_dump().items() if not _fits(value))
    if bad:
        raise ProblemError(Code.INVALID, 422, fields=bad, title="characters or days that are none")


def digest(form: BaseModel) -> str:
    """A hash that tells a repeat from a change. Fields at their default are left out, so that a later field changes no old hash."""
    return hashlib.sha256(form.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def _fits(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and not _HALF.search(value)
    if isinstance(value, datetime):
        return MINYEAR < value.year < MAXYEAR
    if isinstance(value, dict):
        return all(_fits(key) and _fits(item) for key, item in value.items())
    return all(map(_fits, value)) if isinstance(value, list | tuple) else True
