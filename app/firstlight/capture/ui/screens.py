# SPDX-License-Identifier: Apache-2.0
"""Still pictures of the PC's screens in their true pixels, each screen in its place, whatever the scale factors.

X11, Windows and macOS read the screen by Qt (the last two are not tested); Wayland lets no program do so, see portal.py.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QScreen

from firstlight.annotate.ui.picture import DOTS_PER_METRE


@dataclass(frozen=True)
class Still:
    """One screen: its `image` in pixels, `ratio` pixels for each point of Qt's, `place` in pixels of the desktop."""

    screen: QScreen
    image: QImage
    ratio: float
    place: QRect


def stills() -> tuple[Still, ...]:
    """All screens as they are now; those that could not be read are left out."""
    made = []
    for screen in QGuiApplication.screens():
        image = screen.grabWindow(0).toImage()
        if image.isNull():
            continue
        image.setDevicePixelRatio(1)
        made.append(Still(screen, image, screen.devicePixelRatio(), QRect(_corner(screen), image.size())))
    return tuple(made)


def _corner(screen: QScreen) -> QPoint:
    """In pixels: where screens differ in scale, Qt keeps their corners as the system has them, but macOS counts in points."""
    corner = screen.geometry().topLeft()
    return corner * screen.devicePixelRatio() if sys.platform == "darwin" else corner


def together(shots: tuple[Still, ...]) -> QImage:
    """One picture of all, pixel for pixel; black where there is no screen. A single one is itself."""
    if not shots:
        return QImage()
    if len(shots) == 1:
        return with_scale(shots[0].image, shots[0].ratio)
    whole = QRect()
    for shot in shots:
        whole = whole.united(shot.place)
    made = QImage(whole.size(), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.black)
    painter = QPainter(made)
    for shot in shots:
        painter.drawImage(shot.place.topLeft() - whole.topLeft(), shot.image)
    painter.end()
    return with_scale(made, max(shot.ratio for shot in shots))


def with_scale(image: QImage, ratio: float) -> QImage:
    """The picture says how many pixels a point of its screen had, so that marks on it get the size of the screen's own things."""
    image.setDotsPerMeterX(round(DOTS_PER_METRE * ratio))
    image.setDotsPerMeterY(round(DOTS_PER_METRE * ratio))
    return image
