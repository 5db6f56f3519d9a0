# SPDX-License-Identifier: Apache-2.0
"""Words by language as staff type them: JSON that may be anything until a form has looked at it."""

from __future__ import annotations


def english(words: object, otherwise: object) -> str:
    """What a thing is called on staff's pages; a page shows it also while what was typed is refused."""
    return str(words.get("en", otherwise) if isinstance(words, dict) else otherwise)
