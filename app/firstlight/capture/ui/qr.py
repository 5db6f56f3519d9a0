# SPDX-License-Identifier: Apache-2.0
"""A QR code as a picture: dark on white with its quiet zone, in both themes, as cameras want it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

_QUIET = 4
_DARK = QColor("#16181A")


def picture(text: str, edge: int) -> QImage:
    """At most `edge` pixels wide and high, in whole pixels for each module."""
    import segno  # noqa: PLC0415  # heavy: needed for photos from a phone alone

    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    count = len(rows) + 2 * _QUIET
    module = max(1, edge // count)
    made = QImage(count * module, count * module, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                painter.fillRect(QRectF((x + _QUIET) * module, (y + _QUIET) * module, module, module), _DARK)
    painter.end()
    return made
