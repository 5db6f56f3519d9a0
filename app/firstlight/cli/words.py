# SPDX-License-Identifier: Apache-2.0
"""Known faults in English, from the same sentences as the window, without Qt."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from string import Formatter

from firstlight.base.errors import FirstlightError
from firstlight.kit import sentences


@cache
def table() -> sentences.Sentences:
    """All sentences of all rooms."""
    found: sentences.Sentences = {}
    for module in pkgutil.iter_modules(sentences.__path__):
        found.update(importlib.import_module(f"{sentences.__name__}.{module.name}").SENTENCES)
    return found


class _Lenient(Formatter):
    # A fact that is missing shows as three dots rather than hiding the sentence.
    def get_value(self, key: int | str, args: object, kwargs: object) -> object:
        return kwargs.get(key, "…") if isinstance(kwargs, dict) and isinstance(key, str) else "…"


def explain(error: FirstlightError) -> str:
    """What happened, what is safe, what to do next, on one line."""
    found = sentences.pick(table(), error.code, error.facts)
    return " ".join(_Lenient().vformat(part, (), error.facts) for part in found if part)
