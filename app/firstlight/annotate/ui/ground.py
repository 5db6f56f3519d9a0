# SPDX-License-Identifier: Apache-2.0
"""The picture below the marks, with its covers: solid areas and mosaics.

Invariant: no pixel under a cover is read by anything that paints. A mosaic takes its colours from the edge outside it, and where
another cover lies there, from grey.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from firstlight.annotate.shapes import Mosaic, Shape

HIDE_COLOUR = QColor("#16181A")
_GREY = QColor("#8C9299")
_MOST_TILES = 64
_TILE = 11
_SHADES = 5


class Ground:
    """Base picture and covers. The base is shared, never copied as a whole."""

    def __init__(self, base: QImage, covers: Iterable[Shape], scale: float = 1.0) -> None:
        self.base = base
        self.scale = scale
        self._covers: tuple[tuple[Shape, QRect], ...] = ()
        self._tiles: dict[int, QImage] = {}
        self.set_covers(covers)

    def set_covers(self, covers: Iterable[Shape]) -> None:
        """These are the covers now; mosaics are mixed anew."""
        self._covers = tuple((c, area(c, self.base)) for c in covers)
        self._tiles.clear()

    def paint_covers(self, painter: QPainter) -> None:
        """All covers, in picture pixels."""
        for cover, _ in self._covers:
            self.paint_cover(painter, cover)

    def paint_cover(self, painter: QPainter, cover: Shape) -> None:
        """One cover; its pixels replace what is below, alpha too."""
        rect = area(cover, self.base)
        if rect.isEmpty():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if isinstance(cover, Mosaic):
            if cover.id not in self._tiles:
                self._tiles[cover.id] = self._mix(rect)
            painter.drawImage(rect, self._tiles[cover.id])
        else:
            painter.fillRect(rect, HIDE_COLOUR)
        painter.restore()

    def region(self, rect: QRect) -> QImage:
        """A part of the picture as it may be seen: covers are in it."""
        piece = self.base.copy(rect)
        painter = QPainter(piece)
        painter.translate(-rect.topLeft())
        for cover, place in self._covers:
            if place.intersects(rect):
                self.paint_cover(painter, cover)
        painter.end()
        return piece

    def mean(self, rect: QRect) -> QColor:
        """The mean colour of a part, covers included: to choose legible colours."""
        inside = rect.intersected(self.base.rect())
        if inside.isEmpty():
            return QColor("white")
        tiny = self.region(inside).scaled(1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        return tiny.pixelColor(0, 0)

    def _mix(self, rect: QRect) -> QImage:
        """Tiles that each show a bit of one of the four edges outside the area."""
        tile = max(6, round(_TILE * self.scale))
        columns = min(_MOST_TILES, max(1, -(-rect.width() // tile)))
        rows = min(_MOST_TILES, max(1, -(-rect.height() // tile)))
        top = self._edge(QRect(rect.left(), rect.top() - 1, rect.width(), 1), columns, 1)
        bottom = self._edge(QRect(rect.left(), rect.bottom() + 1, rect.width(), 1), columns, 1)
        left = self._edge(QRect(rect.left() - 1, rect.top(), 1, rect.height()), 1, rows)
        right = self._edge(QRect(rect.right() + 1, rect.top(), 1, rect.height()), 1, rows)
        sides = [[_shades(colour) for colour in side] for side in (top, bottom, left, right) if side] or [[_shades(_GREY.rgb())] * columns]
        lies_across = [True] * (bool(top) + bool(bottom)) + [False] * (bool(left) + bool(right)) or [True]
        tiles = array("I", [sides[side][at][shade] for side, at, shade in _pattern(columns, rows, tuple(lies_across[: len(sides)]))])
        return QImage(tiles.tobytes(), columns, rows, columns * 4, QImage.Format.Format_RGB32).copy()

    def _edge(self, strip: QRect, columns: int, rows: int) -> list[int]:
        """Colours of a strip outside the area; what is covered there is grey. Empty when the strip lies outside the picture."""
        if not self.base.rect().contains(strip):
            return []
        piece = self.base.copy(strip).convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(piece)
        for _, place in self._covers:
            hidden = place.intersected(strip)
            if not hidden.isEmpty():
                painter.fillRect(hidden.translated(-strip.topLeft()), _GREY)
        painter.end()
        small = piece.scaled(columns, rows, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        return [small.pixel(x, y) for y in range(rows) for x in range(columns)]


def area(cover: Shape, base: QImage) -> QRect:
    """The whole pixels that a cover takes."""
    left, top, right, bottom = cover.bounds.pixels(base.width(), base.height())
    return QRect(left, top, right - left, bottom - top)


@lru_cache(maxsize=8)
def _pattern(columns: int, rows: int, lies_across: tuple[bool, ...]) -> tuple[tuple[int, int, int], ...]:
    """For each tile the edge that it takes after, the place along it, and the shade: the same each time, so that no tile flickers in a drag."""
    made = []
    for row in range(rows):
        for column in range(columns):
            dice = (column * 73856093 ^ row * 19349663 ^ 0x5BD1E995) >> 3
            side = dice % len(lies_across)
            made.append((side, column if lies_across[side] else row, (dice >> 4) % _SHADES))
    return tuple(made)


@lru_cache(maxsize=4096)
def _shades(colour: int) -> tuple[int, ...]:
    """A colour a little darker and lighter, so that tiles of one colour still read as a mosaic."""
    return tuple(
        0xFF000000 | sum(min(255, max(0, ((colour >> shift) & 255) + step * 7)) << shift for shift in (0, 8, 16))
        for step in range(-(_SHADES // 2), _SHADES // 2 + 1)
    )
