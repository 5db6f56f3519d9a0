# SPDX-License-Identifier: Apache-2.0
"""Code of a known fault -> what happened, what is safe, what to do next, in the tester's language.

The sentences stand in kit/sentences, a module per room, and are marked for the translator there.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from firstlight.base.errors import FirstlightError
from firstlight.kit import sentences

_ENDS = ".!?:…。！？：；”\"')）`"


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


def _shown(name: str, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return value if sentences.is_size(name) else QLocale().toString(value)


def _closed(text: str) -> str:
    """What ends with a device's own words is a sentence all the same: the next one follows it."""
    said = text.rstrip()
    if not said or said[-1] in _ENDS:
        return said
    return said + ("。" if QLocale().language() == QLocale.Language.Chinese else ".")


def explain(error: FirstlightError) -> Explained:
    """The sentences for `error`; KeyError when its room forgot them (a test walks all classes)."""
    facts = {name: _shown(name, value) for name, value in error.facts.items()}
    found = sentences.pick(sentences.table(), error.code, error.facts)
    parts = [_closed(sentences.fill(QCoreApplication.translate("errors", part), facts)) if part else "" for part in found]
    return Explained(parts[0], parts[1], parts[2], error.code)
