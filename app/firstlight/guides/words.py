# SPDX-License-Identifier: Apache-2.0
"""Sentences about checks and devices that the core makes from facts, in both languages, as guides carry theirs.

They are part of a run's journal (a certificate shows them years later), hence data and not the window's translations.
"""

from __future__ import annotations

from firstlight.guides.vocabulary import android, build, card, general, pc, router
from firstlight_contract.wire import Words

_EN, _ZH = 0, 1
_ROOMS = (general, android, router, card, build, pc)
_TABLE: dict[str, tuple[str, str]] = {key: pair for room in _ROOMS for key, pair in room.SENTENCES.items()}


def words(key: str, **facts: object) -> Words:
    """The sentence `key` with its facts, in every language."""
    pair = _TABLE[key]
    return {"en": pair[_EN].format(**facts), "zh_CN": pair[_ZH].format(**facts)}


def words_of(key: str, **inner: Words) -> Words:
    """As `words`, with facts that are themselves words."""
    return {lang: _TABLE[key][i].format(**{k: v[lang] for k, v in inner.items()}) for i, lang in enumerate(("en", "zh_CN"))}


def has_words(key: str) -> bool:
    """Whether there is a sentence of this name."""
    return key in _TABLE


def part_title(partition: str) -> Words:
    """What testers call a partition; its own name when we know no better."""
    if partition.endswith(".zip"):
        return words("part.package")
    return words(f"part.{partition}") if f"part.{partition}" in _TABLE else {"en": partition, "zh_CN": partition}
