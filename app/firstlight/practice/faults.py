# SPDX-License-Identifier: Apache-2.0
"""What may go wrong with a practice phone, chosen by the tester or a test: parsed from `name` or `name:number`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from firstlight.base.errors import BadInput


@dataclass(frozen=True)
class Faults:
    """All faults of a phone; percentages are of the bytes of a whole build, since the phone was last put into its bootloader."""

    cable_out: int | None = None
    """The cable goes at this percentage."""
    stall: int | None = None
    """The phone stops answering at this percentage, with the cable in."""
    low_battery: int | None = None
    """Charge in percent."""
    locked: bool = False
    wrong_product: bool = False
    wrong_board: bool = False
    newer_rollback: bool = False
    """The anti-rollback counter is above what any build has."""
    boot_fails: bool = False
    """The written build does not start; the phone falls back into its bootloader."""


_NUMBERS = {"cable-out": (1, 99), "stall": (1, 99), "low-battery": (0, 39)}
_DEFAULTS = {"cable-out": 62, "stall": 50, "low-battery": 12}
NAMES = tuple(f.name.replace("_", "-") for f in dataclasses.fields(Faults))


def parse(words: Iterable[str]) -> Faults:
    """Faults of the command line; BadInput names the one that is none."""
    values: dict[str, int | bool] = {}
    for word in words:
        name, colon, number = word.partition(":")
        if name not in NAMES or (colon and name not in _NUMBERS) or (colon and not number.isdecimal()):
            raise BadInput(path=word, line=0, why="not a fault; there are " + ", ".join(NAMES))
        if name not in _NUMBERS:
            values[name.replace("-", "_")] = True
            continue
        value = int(number) if colon else _DEFAULTS[name]
        low, high = _NUMBERS[name]
        if not low <= value <= high:
            raise BadInput(path=word, line=0, why=f"between {low} and {high}")
        values[name.replace("-", "_")] = value
    return Faults(**values)  # type: ignore[arg-type]  # names and kinds were checked above
