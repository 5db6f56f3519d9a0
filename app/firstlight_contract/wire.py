# SPDX-License-Identifier: Apache-2.0
"""The frozen base of every model that crosses the wire, and the field types that bound what a stranger may send.

Unknown fields are ignored, so that an older program reads a newer one; every string and number has a limit.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

MAX_INT = 2**63 - 1
"""Largest integer that SQLite and PostgreSQL store in one column; a larger one in a request is refused, not a crash."""


class Wire(BaseModel):
    """Base of all wire models: immutable, tolerant of unknown fields."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=False)


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.+-]{0,39}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""One line of words: a title, a name."""
Text = Annotated[str, StringConstraints(max_length=20_000)]
"""Several lines of words; 20,000 characters at most."""
FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\\x00-\x1f]{1,200}$")]
Size = Annotated[int, Field(ge=0, le=MAX_INT)]
"""A size in bytes."""
Count = Annotated[int, Field(ge=0, le=MAX_INT)]
Words = dict[str, str]
"""The same sentence in several languages: `{"en": …, "zh_CN": …}`; English is always there."""

Id = UUID
When = AwareDatetime


def words_in(words: Words, language: str) -> str:
    """The sentence of `words` in `language`, else in English, else in whatever there is; "" when empty."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")
