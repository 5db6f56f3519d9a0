# SPDX-License-Identifier: Apache-2.0
"""Marks on their way from one picture to another: as text on the clipboard, which strangers may have written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from firstlight.annotate.document import MOST_SHAPES, Document
from firstlight.annotate.geometry import Bounds
from firstlight.annotate.shape_json import from_json
from firstlight.annotate.shapes import Shape

MEDIA = "application/x-firstlight-marks+json"
MOST_BYTES = 8 << 20
_ASIDE = 16.0
"""Points by which a copy stands beside what it was copied from."""


def packed(document: Document, shapes: Iterable[Shape]) -> bytes:
    """These marks of this document."""
    made = {"marks": 1, "scale": document.scale, "shapes": [s.to_json() for s in shapes]}
    return json.dumps(made, ensure_ascii=False).encode()


def pasted(data: bytes, document: Document) -> tuple[Shape, ...]:
    """The marks, as large in points as they were, inside the picture and beside what stands in their place; () for what holds none."""
    try:
        raw = json.loads(data) if len(data) <= MOST_BYTES else None
        if not isinstance(raw, dict) or raw.get("marks") != 1 or not isinstance(raw["shapes"], list):
            return ()
        times = document.scale / min(8.0, max(0.25, float(raw["scale"])))
        shapes = tuple(from_json(s) for s in raw["shapes"][:MOST_SHAPES])
        made = tuple(s if times == 1 else s.stretched(times) for s in shapes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    return _beside(_inside(made, document), document) if made else ()


def _inside(shapes: tuple[Shape, ...], document: Document) -> tuple[Shape, ...]:
    """Moved together, as little as it takes for them to begin inside the picture."""
    around = _around(shapes)
    dx, dy = _shift(around.x, around.w, document.width), _shift(around.y, around.h, document.height)
    return tuple(s.moved(dx, dy) for s in shapes) if dx or dy else shapes


def _shift(start: float, size: float, room: float) -> float:
    """What brings start to start + size into 0 to room; what is larger begins at 0."""
    return -start if start < 0 else max(-start, min(0.0, room - start - size))


def _beside(shapes: tuple[Shape, ...], document: Document) -> tuple[Shape, ...]:
    """Not exactly over its twin, where nobody would see it."""
    step = _ASIDE * document.scale
    standing = {_bare(s) for s in document.shapes}
    for _ in range(MOST_SHAPES):
        if not any(_bare(s) in standing for s in shapes):
            break
        shapes = tuple(s.moved(step, step) for s in shapes)
    return shapes


def _bare(shape: Shape) -> Shape:
    return replace(shape, id=0, name="", is_shown=True)


def _around(shapes: tuple[Shape, ...]) -> Bounds:
    corners = [(s.bounds.x, s.bounds.y) for s in shapes] + [(s.bounds.x + s.bounds.w, s.bounds.y + s.bounds.h) for s in shapes]
    return Bounds.around(tuple(corners))
