# SPDX-License-Identifier: Apache-2.0
"""What the editor's bench draws on: a picture like a busy screen, and a document with 200 marks of every kind on it."""

from __future__ import annotations

import random

MARKS = 200


def picture(width: int, height: int):
    """Like a busy screen: areas, lines of letters, and a photo's noise in a corner."""
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor, QFont, QImage, QPainter

    rng = random.Random(7)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#F7F9FB"))
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(height // 108)
    painter.setFont(font)
    for row in range(100):
        y = row * height // 100
        painter.fillRect(QRect(0, y, width, height // 140), QColor.fromHsv(rng.randrange(360), 40, 235))
        painter.setPen(QColor("#1E1C19"))
        words = " ".join(f"{rng.getrandbits(24):06x}" for _ in range(60))
        painter.drawText(20, y + height // 110, words)
    side = height // 3
    noise = QImage(rng.randbytes(side * side * 4), side, side, side * 4, QImage.Format.Format_RGB32)
    painter.drawImage(width - side, height - side, noise)
    painter.end()
    return image


def document(width: int, height: int, scale: float):
    """Marks of every kind, and one large one of each kind that can be large, at the top."""
    from firstlight.annotate import shapes as s
    from firstlight.annotate.document import Document

    rng = random.Random(2)
    made = Document(width, height, scale)
    kinds = ["arrow", "line", "box", "ellipse", "freehand", "highlighter", "text", "number", "hide", "mosaic", "magnifier"]
    large = [
        s.Arrow(id=0, x1=width * 0.3, y1=height * 0.3, x2=width * 0.4, y2=height * 0.4),
        s.Text(id=0, x=width * 0.5, y=height * 0.5, text="Fan stops after 14 min"),
        s.Number(id=0, x=width * 0.5, y=height * 0.4),
        s.Freehand(id=0, points=tuple((width * 0.3 + j * 5, height * 0.4 + (j * j) % 90) for j in range(300))),
        s.Highlighter(id=0, points=tuple((width * 0.3 + j * 5, height * 0.45 + (j * 7) % 30) for j in range(200))),
        s.Mosaic(id=0, x=width * 0.4, y=height * 0.4, w=width * 0.1, h=height * 0.1),
        s.Box(id=0, x=width * 0.25, y=height * 0.25, w=width * 0.5, h=height * 0.5),
        s.Ellipse(id=0, x=width * 0.25, y=height * 0.25, w=width * 0.5, h=height * 0.5),
        s.Hide(id=0, x=width * 0.25, y=height * 0.25, w=width * 0.5, h=height * 0.5),
        s.Mosaic(id=0, x=width * 0.25, y=height * 0.25, w=width * 0.5, h=height * 0.5),
        s.Magnifier(id=0, x=width * 0.4, y=height * 0.4, w=width * 0.05, h=width * 0.05, tx=width * 0.6, ty=height * 0.5),
        s.Spotlight(id=0, x=width * 0.4, y=height * 0.4, w=width * 0.2, h=height * 0.2),
    ]
    for at in range(MARKS - len(large)):
        kind = s.KINDS[kinds[at % len(kinds)]]
        x, y = rng.uniform(0, width * 0.9), rng.uniform(0, height * 0.9)
        unit = 60 * scale
        if kind in (s.Arrow, s.Line):
            shape = kind(id=0, x1=x, y1=y, x2=x + unit * 1.6, y2=y + unit * 0.7)
        elif kind in (s.Freehand, s.Highlighter):
            shape = kind(id=0, points=tuple((x + j * scale * 2, y + (j * j) % 50) for j in range(60)))
        elif kind is s.Text:
            shape = kind(id=0, x=x, y=y, text="Fan stops")
        elif kind is s.Number:
            shape = kind(id=0, x=x, y=y)
        elif kind is s.Magnifier:
            shape = kind(id=0, x=x, y=y, w=unit, h=unit * 0.7, tx=x + 2 * unit, ty=y)
        else:
            shape = kind(id=0, x=x, y=y, w=unit * 1.5, h=unit)
        made = made.added(shape)
    for shape in large:
        made = made.added(shape)
    return made, len(large)
