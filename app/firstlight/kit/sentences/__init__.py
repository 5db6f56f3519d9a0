# SPDX-License-Identifier: Apache-2.0
"""What to tell the tester about each known fault, one module per room: code -> (what happened, what is safe, what to do next).

Nothing in here imports Qt, so that the commands speak the same sentences on a PC without it. Each module marks its
strings with QT_TRANSLATE_NOOP of this package; lupdate knows the name, `kit/error_text.py` translates in context "errors".
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from string import Formatter

from firstlight.kit.sizes import size

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


@cache
def table() -> Sentences:
    """All sentences of all rooms."""
    found: Sentences = {}
    for module in pkgutil.iter_modules(__path__):
        found.update(importlib.import_module(f"{__name__}.{module.name}").SENTENCES)
    return found


class _Lenient(Formatter):
    # A fact that is missing shows as three dots rather than hiding the sentence.
    def get_value(self, key: int | str, args: object, kwargs: object) -> object:
        return kwargs.get(key, "…") if isinstance(kwargs, dict) and isinstance(key, str) else "…"


def is_size(name: str) -> bool:
    """Whether a fact of this name is an amount of bytes."""
    return name.endswith(("_bytes", "size", "limit", "free", "need", "has", "holds"))


def fill(part: str, facts: Mapping[str, object]) -> str:
    """`part` with its `{facts}` filled in; bytes as people read them, also those that a journal kept as text."""
    return _Lenient().vformat(part, (), {name: _shown(name, value) for name, value in facts.items()})


def _shown(name: str, value: object) -> object:
    is_number = isinstance(value, int) or (isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 16)
    return size(int(str(value))) if is_size(name) and is_number and not isinstance(value, bool) else value
