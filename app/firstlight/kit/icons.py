# SPDX-License-Identifier: Apache-2.0
"""The one place that serves icons: SVG files of resources/icons, painted in a colour of the theme."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6 import QtCore, QtGui

from firstlight.kit.theme import Theme


class Icons:
    """Icons of one theme; KeyError for a name without a file."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self._theme = theme
        self._folder = folder
        self._made: dict[tuple[str, str, int, float], QtGui.QPixmap] = {}

    def pixmap(self, name: str, role: str = "text", size: int = 18) -> QtGui.QPixmap:
        """The icon at `size` logical pixels, sharp on the primary screen."""
        screen = QtGui.QGuiApplication.primaryScreen()
        ratio = screen.devicePixelRatio() if screen else 1.0
        key = (name, role, size, ratio)
        if key not in self._made:
            self._made[key] = self._paint(name, role, size, ratio)
        return self._made[key]

    def icon(self, name: str, role: str = "text", size: int = 18) -> QtGui.QIcon:
        """The icon for buttons; disabled in the hint colour."""
        icon = QtGui.QIcon(self.pixmap(name, role, size))
        icon.addPixmap(self.pixmap(name, "text-3", size), QtGui.QIcon.Mode.Disabled)
        return icon

    def _paint(self, name: str, role: str, size: int, ratio: float) -> QtGui.QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  # not before the first paint, which has no icon

        path = self._folder / f"{name}.svg"
        if not path.is_file():
            raise KeyError(name)
        colour = self._theme.hex(role)
        text = path.read_text("utf-8").replace("currentColor", colour)
        if "fill=" not in text and "stroke=" not in text:
            text = re.sub(r"<svg\b", f'<svg fill="{colour}"', text, count=1)
        renderer = QSvgRenderer(QtCore.QByteArray(text.encode()))
        pixmap = QtGui.QPixmap(QtCore.QSize(size, size) * ratio)
        pixmap.fill(QtCore.Qt.GlobalColor.transparent)
        painter = QtGui.QPainter(pixmap)
        renderer.render(painter, QtCore.QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
