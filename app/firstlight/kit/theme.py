# SPDX-License-Identifier: Apache-2.0
"""Colours, type and the style sheet, from resources/tokens.json and one QSS template.

A change of theme, text size or language rebuilds the pages (shell/window.py), so nobody re-tints anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from PySide6 import QtCore
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

FAMILIES = ("Inter", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif")
MONO = ("JetBrains Mono", "Noto Sans Mono CJK SC", "monospace")
_SIZE = re.compile(r"(\d+)fpx")
_ROLE = re.compile(r"@([a-z][a-z0-9-]*)")


class Theme:
    """One look: `name` is light or dark, `percent` the size of text."""

    def __init__(self, resources: Path, *, name: str = "light", percent: int = 100) -> None:
        self._resources = resources
        self.name = name
        self.percent = percent
        self._colours: dict[str, str] = json.loads((resources / "tokens.json").read_text("utf-8"))[name]

    def hex(self, role: str) -> str:
        """The colour of a role as #RRGGBB; KeyError for an unknown role."""
        return self._colours[role]

    def color(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self._colours[role])

    def px(self, size: int) -> int:
        """A size of type, or of what must grow with it, at the chosen text size."""
        return round(size * self.percent / 100)

    def font(self, px: int, weight: int = 400, *, mono: bool = False) -> QFont:
        """A font for painting, `px` pixels high before the text size is applied; weights 400, 500, 600."""
        font = QFont()
        font.setFamilies(list(MONO if mono else FAMILIES))
        font.setPixelSize(self.px(px))
        font.setWeight(QFont.Weight(weight))
        return font

    def style_sheet(self) -> str:
        """The whole QSS: roles replaced by colours, `14fpx` by scaled pixels."""
        text = (self._resources / "qss" / "firstlight.qss").read_text("utf-8")
        text = _SIZE.sub(lambda m: f"{self.px(int(m.group(1)))}px", text)
        text = _ROLE.sub(lambda m: self._colours[m.group(1)], text)
        icons = (self._resources / "icons").as_posix()
        return text.replace("icons:", f"{icons}/")


def load_fonts(
    folder: Path, names: Iterable[str] = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf")
) -> None:
    """Make our fonts known to Qt; a missing file leaves the system's own."""
    for name in names:
        QFontDatabase.addApplicationFont(str(folder / name))


def system_theme() -> str:
    """Whether the desktop is light or dark now."""
    return "dark" if QGuiApplication.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark else "light"
