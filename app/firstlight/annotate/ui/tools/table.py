# SPDX-License-Identifier: Apache-2.0
"""All drawing tools, in the order in which the editor shows them, and their words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from firstlight.annotate.ui.tools.area import BOX, ELLIPSE, SPOTLIGHT
from firstlight.annotate.ui.tools.cover import HIDE, MOSAIC
from firstlight.annotate.ui.tools.glass import MAGNIFIER
from firstlight.annotate.ui.tools.stroke import ARROW, FREEHAND, HIGHLIGHTER, LINE
from firstlight.annotate.ui.tools.tool import Tool
from firstlight.annotate.ui.tools.words import NUMBER, TEXT

TOOLS: dict[str, Tool] = {
    t.kind: t for t in (ARROW, LINE, BOX, ELLIPSE, TEXT, NUMBER, HIGHLIGHTER, FREEHAND, HIDE, MOSAIC, MAGNIFIER, SPOTLIGHT)
}

_TITLES = {
    "arrow": QT_TRANSLATE_NOOP("Tools", "Arrow"),
    "line": QT_TRANSLATE_NOOP("Tools", "Line"),
    "box": QT_TRANSLATE_NOOP("Tools", "Box"),
    "ellipse": QT_TRANSLATE_NOOP("Tools", "Ellipse"),
    "text": QT_TRANSLATE_NOOP("Tools", "Text"),
    "number": QT_TRANSLATE_NOOP("Tools", "Numbered step"),
    "highlighter": QT_TRANSLATE_NOOP("Tools", "Highlighter"),
    "freehand": QT_TRANSLATE_NOOP("Tools", "Freehand"),
    "hide": QT_TRANSLATE_NOOP("Tools", "Hide"),
    "mosaic": QT_TRANSLATE_NOOP("Tools", "Mosaic"),
    "magnifier": QT_TRANSLATE_NOOP("Tools", "Magnifier"),
    "spotlight": QT_TRANSLATE_NOOP("Tools", "Spotlight"),
}


def title(kind: str) -> str:
    """The tool's name in the tester's language."""
    return QCoreApplication.translate("Tools", str(_TITLES[kind]))
