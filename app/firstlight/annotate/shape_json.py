# SPDX-License-Identifier: Apache-2.0
"""Shapes of JSON that others may have written: a file of a stick, the clipboard, a store of another version."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from firstlight.annotate.shapes import KINDS, Shape, called

MOST_POINTS = 20_000
MOST_LETTERS = 2_000
LIMIT = 200_000.0
"""No coordinate lies farther out: hostile files cannot make Qt paint for minutes."""


def from_json(raw: Mapping[str, Any]) -> Shape:
    """The shape of a dictionary. Raises ValueError for what is none: unknown kind, no number, a point beyond the limit."""
    cls = KINDS.get(str(raw.get("kind")))
    if cls is None:
        raise ValueError(f"unknown kind {raw.get('kind')!r}")
    values: dict[str, Any] = {}
    for f in dataclasses.fields(cls):
        if f.name in raw:
            values[f.name] = _read(f.name, raw[f.name])
        elif f.default is dataclasses.MISSING:
            raise ValueError(f"{cls.kind} without {f.name}")
    made = cls(**values)
    if made.bounds.w < 0 or made.bounds.h < 0:
        raise ValueError("negative size")
    return made


def _read(name: str, value: object) -> object:
    if name == "points":
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_POINTS:
            raise ValueError("points")
        return tuple((_number(p[0]), _number(p[1])) for p in value if isinstance(p, list) and len(p) == 2)
    if name in ("edge", "is_shown", "is_edge_chosen"):
        return value is True
    if name == "color":
        if not isinstance(value, str) or len(value) != 7 or not value.startswith("#"):
            raise ValueError("color")
        int(value[1:], 16)
        return value
    if name == "text":
        return str(value)[:MOST_LETTERS]
    if name == "name":
        return called(str(value))
    if name == "id":
        return int(_number(value))
    return min(64.0, max(0.5, _number(value))) if name in ("width", "zoom") else _number(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > LIMIT:
        raise ValueError("number")
    return value
