# SPDX-License-Identifier: Apache-2.0
"""Plain data in which one place is not what its format says, place by place."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

ODD: tuple[Any, ...] = (None, 5, True, 1.5, "", "x\x1b[2J", [], {}, [7], [None], {"a": 1})


def _places(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*at, key)
        yield from _places(value, (*at, key))


def misshapen(data: Any, every: int = 1) -> Iterator[Any]:
    """The data with an oddity in one place, for every place and oddity, or for each of `every` of these."""
    for at, odd in islice(product(list(_places(data)), ODD), 0, None, every):
        whole = copy.deepcopy(data)
        inner = whole
        for key in at[:-1]:
            inner = inner[key]
        inner[at[-1]] = copy.deepcopy(odd)
        yield whole
