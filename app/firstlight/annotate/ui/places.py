# SPDX-License-Identifier: Apache-2.0
"""Where a mark lies, in words: for whoever moves it by keyboard and hears the picture instead of seeing it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from firstlight.annotate.shapes import Arrow, Line, Magnifier, Number, Shape, Text
from firstlight.annotate.ui.live import CROP, Live


class Places(QObject):
    """Words about places, in whole pixels of the picture; (0, 0) is its upper left corner."""

    def words(self, shape: Shape) -> str:
        """From where to where; of a text or a step, which are as large as their words, where."""
        bounds = shape.bounds
        if isinstance(shape, Text | Number):
            return self.tr("At {x}, {y}").format(x=round(bounds.x), y=round(bounds.y))
        if isinstance(shape, Arrow | Line):
            return self._between(shape.x1, shape.y1, shape.x2, shape.y2)
        said = self._between(bounds.x, bounds.y, bounds.x + bounds.w, bounds.y + bounds.h)
        if isinstance(shape, Magnifier):
            said = self.tr("{place}, glass at {x}, {y}").format(place=said, x=round(shape.tx), y=round(shape.ty))
        return said

    def _between(self, x1: float, y1: float, x2: float, y2: float) -> str:
        return self.tr("From {x1}, {y1} to {x2}, {y2}").format(x1=round(x1), y1=round(y1), x2=round(x2), y2=round(y2))

    def announce(self, widget: QWidget, live: Live) -> None:
        """Say where that lies which the keyboard has just moved: the chosen mark, or the crop."""
        if not QAccessible.isActive():
            return
        crop, shape = live.document.crop, live.shape
        if live.tool == CROP and crop is not None:
            said = self._between(crop.x, crop.y, crop.x + crop.w, crop.y + crop.h)
        elif shape is not None:
            said = self.words(shape)
        else:
            return
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, said))
