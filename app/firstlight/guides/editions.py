# SPDX-License-Identifier: Apache-2.0
"""Guides that runs keep stay readable when the format changes.

The rule: within `guide: 1` keys and verbs are added, never taken away or given another meaning. Where that cannot be kept, EDITION
(in the contract) goes up by one and UPGRADES gets a function that turns the plain data of the edition before into the new one. A
run's journal names the edition that it was started with; `tests/recordings/runs` has runs of every edition, and a test reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from firstlight.guides.document import parse, read_bytes
from firstlight.guides.errors import GuideInvalid, Mistake
from firstlight_contract.guides import EDITION, Guide

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


def _same(data: dict[str, Any]) -> dict[str, Any]:
    """Edition 2 only added keys and verbs."""
    return data


UPGRADES: dict[int, Upgrade] = {1: _same}


def read_kept(path: Path, edition: int) -> Guide:
    """The guide that a run keeps, whatever edition it was written in; GuideInvalid."""
    if edition > EDITION:
        why = f"a newer Firstlight wrote it (edition {edition} of the format, this one reads {EDITION})"
        raise GuideInvalid((Mistake(str(path), 0, "", why, "update Firstlight"),))

    def upgraded(data: object) -> object:
        for step in range(edition, EDITION):
            data = UPGRADES[step](data) if isinstance(data, dict) else data
        return data

    return parse(read_bytes(path), str(path), prepare=upgraded)
