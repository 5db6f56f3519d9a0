# SPDX-License-Identifier: Apache-2.0
"""Short notices that vanish: something is done, and can be undone for a while. The window shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Offer:
    """An act that a notice offers under its own words, where it is not to undo something.

    `leads_to`: the page that it opens, "" for none; whoever comes there another way needs the notice no more.
    """

    words: str
    act: Callable[[], None]
    leads_to: str = ""

    def __call__(self) -> None:
        self.act()


class Toasts(QObject):
    """Where pages say what is done; shell/toast_view.py listens.

    Signals: asked(text, undo or None, seconds).
    """

    asked = Signal(str, object, float)

    def show(self, text: str, undo: Callable[[], None] | None = None, seconds: float = 10) -> None:
        """Show `text`; `undo` is offered as a button as long as the notice stands."""
        self.asked.emit(text, undo, seconds)
