# SPDX-License-Identifier: Apache-2.0
"""What to tell the tester about each known fault, one module per room: code -> (what happened, what is safe, what to do next).

Nothing in here imports Qt, so that the commands speak the same sentences on a PC without it. Each module marks its
strings with QT_TRANSLATE_NOOP of this package; lupdate knows the name, `kit/error_text.py` translates in context "errors".
"""

from __future__ import annotations

from collections.abc import Mapping

Sentences = dict[str, tuple[str, str, str]]
"""Code of an error -> what happened, what is safe, what to do next; `{facts}` in braces."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  the name that lupdate looks for
    """Mark `text` for the translators and return it as it is."""
    del context
    return text


def pick(table: Sentences, code: str, facts: Mapping[str, object]) -> tuple[str, str, str]:
    """The sentences for an error: those for its `reason` or for the one of its `fields`, where a room has some
    ("hub.unreachable.dns", "report.incomplete.title"), else those for its code."""
    finer = (table.get(f"{code}.{facts[name]}") for name in ("reason", "fields") if name in facts)
    return next((found for found in finer if found), None) or table[code]
