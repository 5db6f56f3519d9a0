# SPDX-License-Identifier: Apache-2.0
"""Code of a known fault -> what happened, what is safe, what to do next, in the tester's language.

The sentences stand in kit/sentences, a module per room, and are marked for the translator there.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from string import Formatter
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from firstlight.base.errors import FirstlightError
from firstlight.kit import sentences


class Explained(NamedTuple):
    """Three sentences; `code` is what the tester may quote to the team."""

    happened: str
    safe: str
    next: str
    code: str

    @property
    def text(self) -> str:
        """All three, one after the other."""
        # Chinese sentences end in a full-width stop that brings its own space.
        between = "" if QLocale().language() == QLocale.Language.Chinese else " "
        return between.join(part for part in (self.happened, self.safe, self.next) if part)


@cache
def table() -> sentences.Sentences:
    """All sentences of all rooms."""
    found: sentences.Sentences = {}
    for module in pkgutil.iter_modules(sentences.__path__):
        found.update(importlib.import_module(f"{sentences.__name__}.{module.name}").SENTENCES)
    return found


class _Lenient(Formatter):
    """Fills in what there is; a fact that is missing shows as three dots rather than hiding the sentence."""

    def get_value(self, key: int | str, args: object, kwargs: object) -> object:
        return kwargs.get(key, "…") if isinstance(kwargs, dict) and isinstance(key, str) else "…"


def _shown(name: str, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    is_size = name.endswith(("_bytes", "size", "limit", "free", "need"))
    return QLocale().formattedDataSize(value) if is_size else QLocale().toString(value)


def explain(error: FirstlightError) -> Explained:
    """The sentences for `error`; KeyError when its room forgot them (a test walks all classes)."""
    facts = {name: _shown(name, value) for name, value in error.facts.items()}
    found = sentences.pick(table(), error.code, error.facts)
    parts = [_Lenient().vformat(QCoreApplication.translate("errors", part), (), facts) if part else "" for part in found]
    return Explained(parts[0], parts[1], parts[2], error.code)
