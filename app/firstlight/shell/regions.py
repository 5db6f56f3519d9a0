# SPDX-License-Identifier: Apache-2.0
"""F6 and Shift+F6: from the sidebar to the page's header, its columns and its action bar, and round again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def first_in(part: QWidget) -> QWidget | None:
    """Where Tab would come to first within `part`; None where nothing takes the keyboard now."""
    widget: QWidget | None = part
    while widget is not None:
        takes = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and widget.isVisible() and widget.isEnabled()
        if takes and (widget is part or part.isAncestorOf(widget)):
            return widget
        widget = widget.nextInFocusChain()
        if widget is part:
            break
    return None


def next_part(parts: tuple[QWidget, ...], focused: QWidget | None, step: int) -> QWidget | None:
    """What takes the keyboard in the part after (`step` 1) or before (-1) the one that has it."""
    firsts = [(part, first) for part in parts if (first := first_in(part)) is not None]
    if not firsts:
        return None
    at = next((i for i, (part, _) in enumerate(firsts) if focused is not None and (part is focused or part.isAncestorOf(focused))), None)
    start = at if at is not None else (-1 if step > 0 else 0)
    return firsts[(start + step) % len(firsts)][1]


def hang_keys(window: QWidget, jump: Callable[[int], None]) -> None:
    """Both keys on the window; a dialog has no regions."""
    for keys, step in (("F6", 1), ("Shift+F6", -1)):
        QShortcut(QKeySequence(keys), window).activated.connect(lambda step=step: jump(step))
