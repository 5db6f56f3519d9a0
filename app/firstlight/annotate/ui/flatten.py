# SPDX-License-Identifier: Apache-2.0
"""Marks become pixels: the one way in which a picture leaves. Covers first, so that nothing above them can show what is below.

Usable from a worker thread: QImage and QPainter alone, no widget, no pixmap. Words in pictures need a QGuiApplication somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from firstlight.annotate.document import Document, read
from firstlight.annotate.shapes import Spotlight
from firstlight.annotate.ui import picture
from firstlight.annotate.ui.ground import Ground
from firstlight.annotate.ui.tools.table import TOOLS
from firstlight.annotate.ui.tools.tool import Sight
from firstlight.base.errors import BadInput


def flatten(original: Path, document: Mapping[str, Any]) -> bytes:
    """The picture as it leaves: covered pixels gone, cropped, no metadata. PNG; a JPEG stays a JPEG.

    An empty dictionary means no marks. Raises BadInput for a picture or a document that cannot be read.
    """
    image = picture.load(original)
    if document:
        image = flattened(image, read(document))
    return picture.as_jpeg(image) if picture.is_photo(original) else picture.as_png(image)


def flattened(base: QImage, document: Document) -> QImage:
    """A new picture with the marks in it; `base` as it was taken. Raises BadInput when the document is of another picture."""
    base = picture.turned(base, document.turn)
    if (document.width, document.height) != (base.width(), base.height()):
        raise BadInput(path="annotations", line=0, why="made for a picture of another size")
    made = base.copy()
    sight = sight_of(base, document)
    painter = QPainter(made)
    sight.ground.paint_covers(painter)
    for shape in in_order(document):
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.TextAntialiasing
        )
        TOOLS[shape.kind].paint(painter, shape, sight)
        painter.restore()
    painter.end()
    if document.crop is not None:
        made = made.copy(QRect(document.crop.x, document.crop.y, document.crop.w, document.crop.h))
    return made


def in_order(document: Document) -> list[Any]:
    """Shown marks without covers, from the lowest: spotlights dim the picture, not the marks."""
    shown = [s for s in document.shapes if s.is_shown and not s.is_cover]
    return sorted(shown, key=lambda s: not isinstance(s, Spotlight))


def sight_of(base: QImage, document: Document) -> Sight:
    """What the tools need to paint this document on this picture."""
    lights = tuple(s for s in document.shapes if isinstance(s, Spotlight))
    ground = Ground(base, document.covers, document.scale)
    return Sight(ground, document.scale, document.width, document.height, document.number_of, lambda: lights)
