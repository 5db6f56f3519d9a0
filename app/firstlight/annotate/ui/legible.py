# SPDX-License-Identifier: Apache-2.0
"""Whether a mark needs an edge to be seen on its ground: looked at all along the mark, never below a cover."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainterPath

from firstlight.annotate.shapes import Freehand, Shape
from firstlight.annotate.ui.tools.table import TOOLS
from firstlight.annotate.ui.tools.tool import Sight, contrast

LEGIBLE = 2.0
"""Below this contrast between a mark and its ground it gets an edge by itself."""
_LOOKS = 24
_REACH = 3


def needs_edge(shape: Shape, sight: Sight) -> bool:
    """True when the ground beside the mark is somewhere too like its colour."""
    colour = QColor(shape.color)
    reach = max(1, round(_REACH * sight.scale))
    picture = QRect(0, 0, sight.width, sight.height)
    for place in _places(shape, sight):
        area = QRect(round(place.x()) - reach, round(place.y()) - reach, 2 * reach, 2 * reach)
        if picture.intersects(area) and contrast(colour, sight.ground.mean(area)) < LEGIBLE:
            return True
    return False


def _places(shape: Shape, sight: Sight) -> Iterator[QPointF]:
    if isinstance(shape, Freehand):
        for x, y in shape.points[:: max(1, len(shape.points) // _LOOKS)]:
            yield QPointF(x, y)
        return
    # What a click hits goes round the stroke a little way off: just the ground that the eye compares with.
    path: QPainterPath = TOOLS[shape.kind].outline(shape, sight)
    for at in range(_LOOKS):
        yield path.pointAtPercent(at / _LOOKS)
