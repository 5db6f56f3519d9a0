# SPDX-License-Identifier: Apache-2.0
"""F-codes as people type them: F-7KQ2-MXA9-R1. Pure."""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, O, 1 and I, which look alike. The last group (the product line) may hold any letter and digit."""


def key_of(typed: str) -> str:
    """What a code is found by: letters and digits alone, in capitals, also when typed in full width; "" when there are none."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in plain if c.isascii() and c.isalnum())[:40]


def new_code(line: str = "R1") -> str:
    """A fresh code for a product line: 40 random bits between the F and the line."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"F-{letters[:4]}-{letters[4:]}-{line.upper()}"
