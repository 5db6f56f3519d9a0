# SPDX-License-Identifier: Apache-2.0
"""What can be drawn on a picture: frozen shapes in the picture's own pixels, made into JSON here and of JSON in
shape_json.py. No Qt, no pixels in here.

Widths and text sizes are in points of a screen at 100 %; the document's `scale` makes pixels of them, so that a mark looks the
same on a capture of a screen at 200 %.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from firstlight.annotate.geometry import Bounds, Point

LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One mark. `is_shown` off keeps it in the list and out of the picture (not for covers, which always hold).

    `name` is what the tester calls it in the list. `edge` sets it off from its ground; unless `is_edge_chosen`, the ground decides.
    """

    kind: ClassVar[str] = ""
    is_cover: ClassVar[bool] = False
    has_color: ClassVar[bool] = True
    has_width: ClassVar[bool] = True
    has_edge: ClassVar[bool] = True
    id: int
    color: str = "#C42B1C"
    edge: bool = False
    is_edge_chosen: bool = False
    is_shown: bool = True
    name: str = ""

    @property
    def bounds(self) -> Bounds:
        """The rectangle of its geometry, without the width of strokes."""
        raise NotImplementedError

    def moved(self, dx: float, dy: float) -> Self:
        """The same elsewhere."""
        raise NotImplementedError

    def turned(self, height: float) -> Self:
        """The same when its picture, `height` high, is turned clockwise by a quarter."""
        raise NotImplementedError

    def stretched(self, times: float) -> Self:
        """The same on a picture with `times` the pixels per point; widths are in points and stay."""
        raise NotImplementedError

    @property
    def handles(self) -> tuple[tuple[str, float, float], ...]:
        """Points that can be dragged: name and place."""
        return ()

    def with_handle(self, name: str, x: float, y: float) -> Self:
        """The same with one handle elsewhere."""
        del name, x, y
        return self

    @property
    def is_tiny(self) -> bool:
        """Whether a press without a drag made it: not worth keeping."""
        return self.bounds.w < 3 and self.bounds.h < 3

    def to_json(self) -> dict[str, Any]:
        """A dictionary that `from_json` reads."""
        values: dict[str, Any] = {"kind": self.kind}
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if value != f.default or f.name == "id":
                values[f.name] = _short(value)
        return values


@dataclass(frozen=True, kw_only=True)
class _Two(Shape):
    """Between two points."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 5

    @property
    def bounds(self) -> Bounds:
        return Bounds.around(((self.x1, self.y1), (self.x2, self.y2)))

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x1=self.x1 + dx, y1=self.y1 + dy, x2=self.x2 + dx, y2=self.y2 + dy)

    def turned(self, height: float) -> Self:
        return replace(self, x1=height - self.y1, y1=self.x1, x2=height - self.y2, y2=self.x2)

    def stretched(self, times: float) -> Self:
        return replace(self, x1=self.x1 * times, y1=self.y1 * times, x2=self.x2 * times, y2=self.y2 * times)

    @property
    def handles(self) -> tuple[tuple[str, float, float], ...]:
        return (("start", self.x1, self.y1), ("end", self.x2, self.y2))

    def with_handle(self, name: str, x: float, y: float) -> Self:
        return replace(self, x1=x, y1=y) if name == "start" else replace(self, x2=x, y2=y)


@dataclass(frozen=True, kw_only=True)
class Arrow(_Two):
    """From the first point to the tip at the second."""

    kind: ClassVar[str] = "arrow"


@dataclass(frozen=True, kw_only=True)
class Line(_Two):
    """A straight line."""

    kind: ClassVar[str] = "line"


@dataclass(frozen=True, kw_only=True)
class _Area(Shape):
    """A rectangle; eight handles."""

    x: float
    y: float
    w: float
    h: float

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.x, self.y, self.w, self.h)

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def turned(self, height: float) -> Self:
        return replace(self, x=height - self.y - self.h, y=self.x, w=self.h, h=self.w)

    def stretched(self, times: float) -> Self:
        return replace(self, x=self.x * times, y=self.y * times, w=self.w * times, h=self.h * times)

    @property
    def handles(self) -> tuple[tuple[str, float, float], ...]:
        x, y, w, h = self.x, self.y, self.w, self.h
        return (
            ("nw", x, y),
            ("n", x + w / 2, y),
            ("ne", x + w, y),
            ("e", x + w, y + h / 2),
            ("se", x + w, y + h),
            ("s", x + w / 2, y + h),
            ("sw", x, y + h),
            ("w", x, y + h / 2),
        )

    def with_handle(self, name: str, x: float, y: float) -> Self:
        left, top, right, bottom = self.x, self.y, self.x + self.w, self.y + self.h
        left, right = (x if "w" in name else left), (x if "e" in name else right)
        top, bottom = (y if "n" in name else top), (y if "s" in name else bottom)
        return replace(self, x=min(left, right), y=min(top, bottom), w=abs(right - left), h=abs(bottom - top))


@dataclass(frozen=True, kw_only=True)
class Box(_Area):
    """A frame with round corners."""

    kind: ClassVar[str] = "box"
    width: float = 5


@dataclass(frozen=True, kw_only=True)
class Ellipse(_Area):
    """An ellipse in a rectangle."""

    kind: ClassVar[str] = "ellipse"
    width: float = 5


@dataclass(frozen=True, kw_only=True)
class Freehand(Shape):
    """A stroke through many points."""

    kind: ClassVar[str] = "freehand"
    points: tuple[Point, ...]
    width: float = 5

    @property
    def bounds(self) -> Bounds:
        return Bounds.around(self.points)

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def turned(self, height: float) -> Self:
        return replace(self, points=tuple((height - y, x) for x, y in self.points))

    def stretched(self, times: float) -> Self:
        return replace(self, points=tuple((x * times, y * times) for x, y in self.points))


@dataclass(frozen=True, kw_only=True)
class Highlighter(Freehand):
    """A broad stroke that darkens nothing: what lies below stays readable."""

    kind: ClassVar[str] = "highlighter"
    has_edge: ClassVar[bool] = False
    color: str = "#FFD93B"
    width: float = 8


@dataclass(frozen=True, kw_only=True)
class _Place(Shape):
    """At one point; how large it is follows from its width."""

    x: float
    y: float
    width: float = 5

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.x, self.y, 0, 0)

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def turned(self, height: float) -> Self:
        return replace(self, x=height - self.y, y=self.x)

    def stretched(self, times: float) -> Self:
        return replace(self, x=self.x * times, y=self.y * times)


@dataclass(frozen=True, kw_only=True)
class Text(_Place):
    """Words on a plate of the colour; (x, y) is the plate's corner."""

    kind: ClassVar[str] = "text"
    text: str = ""

    @property
    def is_tiny(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, kw_only=True)
class Number(_Place):
    """A step: its number is its place among the steps of the document. (x, y) is the centre."""

    kind: ClassVar[str] = "number"

    @property
    def is_tiny(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Hide(_Area):
    """A solid area; what lies below leaves the picture for good."""

    kind: ClassVar[str] = "hide"
    is_cover: ClassVar[bool] = True
    has_color: ClassVar[bool] = False
    has_width: ClassVar[bool] = False
    has_edge: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Mosaic(_Area):
    """Tiles in the colours around it; what lies below is never read."""

    kind: ClassVar[str] = "mosaic"
    is_cover: ClassVar[bool] = True
    has_color: ClassVar[bool] = False
    has_width: ClassVar[bool] = False
    has_edge: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Spotlight(_Area):
    """Everything but its area is dimmed."""

    kind: ClassVar[str] = "spotlight"
    has_color: ClassVar[bool] = False
    has_width: ClassVar[bool] = False
    has_edge: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Magnifier(_Area):
    """Shows its area enlarged in a round glass centred at (tx, ty)."""

    kind: ClassVar[str] = "magnifier"
    has_edge: ClassVar[bool] = False
    tx: float
    ty: float
    zoom: float = 2
    width: float = 5

    def moved(self, dx: float, dy: float) -> Self:
        return replace(self, x=self.x + dx, y=self.y + dy, tx=self.tx + dx, ty=self.ty + dy)

    def turned(self, height: float) -> Self:
        return replace(super().turned(height), tx=height - self.ty, ty=self.tx)

    def stretched(self, times: float) -> Self:
        return replace(super().stretched(times), tx=self.tx * times, ty=self.ty * times)

    @property
    def handles(self) -> tuple[tuple[str, float, float], ...]:
        return (*super().handles, ("glass", self.tx, self.ty))

    def with_handle(self, name: str, x: float, y: float) -> Self:
        return replace(self, tx=x, ty=y) if name == "glass" else super().with_handle(name, x, y)


KINDS: dict[str, type[Shape]] = {
    cls.kind: cls for cls in (Arrow, Line, Box, Ellipse, Freehand, Highlighter, Text, Number, Hide, Mosaic, Spotlight, Magnifier)
}


def called(name: str) -> str:
    """A name as it is kept: one line of at most 80 letters."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]


def _short(value: object) -> object:
    return [list(point) for point in value] if isinstance(value, tuple) else value
