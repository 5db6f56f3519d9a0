# SPDX-License-Identifier: Apache-2.0
"""What every page can, and the barest one: light enough for the first paint (kit/pages.py has the frames with headers)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.kit.kit import Kit

WIDE = 1040
"""From this width of the window on there is place for the sidebar and whole side columns."""


class BasePage(QWidget):
    """What every page can: be told how wide the window is, remember and restore itself.

    Signals: width_class_changed(bool).
    """

    width_class_changed = Signal(bool)
    hides_sidebar = False
    """Players and editors take the rail instead of the sidebar."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.wide = True

    def set_wide(self, wide: bool) -> None:
        """Called by the shell when the window crosses 1040 px (or the text is 150 % and more)."""
        if wide != self.wide:
            self.wide = wide
            self.width_class_changed.emit(wide)

    def regions(self) -> tuple[QWidget, ...]:
        """The parts that F6 goes to, in the order of Tab."""
        return (self,)

    def shown(self) -> None:
        """Called by the shell each time the tester comes to this page: read what may have changed."""

    def memo(self) -> dict[str, Any]:
        """What a rebuilt page needs to look the same."""
        return {}

    def restore(self, memo: dict[str, Any]) -> None:
        """Take what `memo` of the page before gave."""


class BarePage(BasePage):
    """A page without a header, that fills itself: `body` has no margins."""

    hides_sidebar = True

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
