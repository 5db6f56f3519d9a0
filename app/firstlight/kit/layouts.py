# SPDX-License-Identifier: Apache-2.0
"""Emptying a layout, so that a card can show other things in the same place."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Take everything out; widgets vanish at once and are deleted when Qt is idle, layouts inside are emptied too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
