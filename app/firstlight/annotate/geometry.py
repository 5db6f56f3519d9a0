# SPDX-License-Identifier: Apache-2.0
"""Points and rectangles in a picture's own pixels. No Qt, no pixels in here."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Bounds:
    """A rectangle with left, top, width, height; never negative in size."""

    x: float
    y: float
    w: float
    h: float

    @classmethod
    def around(cls, points: tuple[Point, ...]) -> Bounds:
        """The least rectangle with all points."""
        xs = [p[0] for p in points]
        ys = [p[1] for p in points]
        return cls(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Whole pixels that this touches inside a picture: left, top, right, bottom (outside). Grows, never shrinks."""
        left, top = max(0, math.floor(self.x)), max(0, math.floor(self.y))
        right, bottom = min(width, math.ceil(self.x + self.w)), min(height, math.ceil(self.y + self.h))
        return left, top, max(left, right), max(top, bottom)


@dataclass(frozen=True)
class Crop:
    """The part of the picture that stays, in whole pixels. The rest comes back when the crop goes."""

    x: int
    y: int
    w: int
    h: int
