# SPDX-License-Identifier: Apache-2.0
"""Each error of ours says what happened, what is safe and what to do next; a new class without sentences fails here."""

import importlib
import pkgutil

import firstlight
from firstlight.base.errors import Cancelled, FirstlightError
from firstlight.kit.sentences import table


def classes() -> list[type[FirstlightError]]:
    for module in pkgutil.walk_packages(firstlight.__path__, "firstlight."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)
    found: list[type[FirstlightError]] = []
    waiting = [FirstlightError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting.extend(kind.__subclasses__())
    # The root of a room's tree is never raised itself.
    return [kind for kind in found if kind.code and kind is not Cancelled and not (kind.__subclasses__() and "." not in kind.code)]


def test_every_fault_has_its_sentences() -> None:
    kinds = classes()
    assert len(kinds) > 30, "the walk over the rooms found hardly anything"
    silent = [f"{kind.__module__}.{kind.__name__} ({kind.code})" for kind in kinds if kind.code not in table()]
    assert not silent


def test_no_part_of_a_sentence_is_left_out() -> None:
    empty = [code for code, parts in table().items() if not all(part.strip() for part in parts)]
    assert not empty


def test_no_sentence_shouts_or_begs() -> None:
    said = [
        f"{code}: {part}"
        for code, parts in table().items()
        for part in parts
        if "!" in part or "please" in part.lower() or "oops" in part.lower()
    ]
    assert not said
