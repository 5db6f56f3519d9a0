# SPDX-License-Identifier: Apache-2.0
"""Places in a picture that read like something private, and the areas that hide them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from firstlight.annotate.document import Document
from firstlight.annotate.geometry import Bounds
from firstlight.annotate.shapes import Hide, called


@dataclass(frozen=True)
class Found:
    """Letters at an area of the picture as it was taken; `kind` is one of redaction's."""

    kind: str
    text: str
    x: float
    y: float
    w: float
    h: float


def areas(found: Iterable[Found], document: Document, names: dict[str, str]) -> tuple[Hide, ...]:
    """What hides them, a little larger than the letters, on the picture as it is turned now; `names` of kinds for the list."""
    width, height = (document.height, document.width) if document.turn % 2 else (document.width, document.height)
    made = []
    for one in found:
        more = max(2.0, 0.18 * one.h)
        shape = Hide(id=0, x=one.x - more, y=one.y - more, w=one.w + 2 * more, h=one.h + 2 * more, name=called(names.get(one.kind, "")))
        for quarter in range(document.turn):
            shape = shape.turned(width if quarter % 2 else height)
        made.append(shape)
    return tuple(made)


def still_seen(found: Iterable[Found], document: Document) -> tuple[Found, ...]:
    """Those of which something shows: no cover of the document holds the whole of them."""
    seen = []
    for one in found:
        (area,) = areas((replace(one, kind=""),), document, {})
        x, y = area.x + area.w / 2, area.y + area.h / 2
        if not any(_holds(cover.bounds, x, y, area.w * 0.8, area.h * 0.6) for cover in document.covers):
            seen.append(one)
    return tuple(seen)


def _holds(b: Bounds, x: float, y: float, w: float, h: float) -> bool:
    left, top, right, bottom = b.x, b.y, b.x + b.w, b.y + b.h
    return left <= x - w / 2 and x + w / 2 <= right and top <= y - h / 2 and y + h / 2 <= bottom
