# SPDX-License-Identifier: Apache-2.0
"""A dressed application for page tests, the window's own way, and what tests of pages ask again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from firstlight.base.paths import resources
from firstlight.base.settings import Settings
from firstlight.kit.kit import Kit
from firstlight.shell.look import Look


class Dressed:
    """The look of a test; `kit` for pages, `toasts` what was said, with the undo that was offered."""

    def __init__(self, app: QApplication, now: Callable[[], datetime], *, language: str = "en", theme: str = "light") -> None:
        self.look = Look(app, resources(), now)
        self.kit: Kit = self.look.apply(Settings(language=language, theme=theme))
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        self.kit.toasts.asked.connect(self._on_asked)

    def _on_asked(self, text: str, undo: Callable[[], None] | None, _seconds: float) -> None:
        self.toasts.append((text, undo))

    def is_idle(self) -> bool:
        """Whether no job runs or waits, and what the last one brought is laid out."""
        if self.kit.jobs.is_busy():
            return False
        QApplication.processEvents()
        return not self.kit.jobs.is_busy()

    def close(self) -> None:
        """End the jobs, and speak English again for whoever comes next."""
        self.look.jobs.close()
        self.look.apply(Settings(language="en"))


def buttons_without_name(page: QWidget) -> list[str]:
    """The classes of buttons that a screen reader could not name; the corner of a table, which is never shown, is none of ours."""
    ours = [b for b in page.findChildren(QAbstractButton) if type(b) is not QAbstractButton]
    return [type(b).__name__ for b in ours if not (b.accessibleName() or b.text()).strip()]


def words_of(page: QObject) -> str:
    """Everything that labels and buttons say, also to readers."""
    said = []
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, QWidget) or not widget.isVisible():
            continue
        text = getattr(widget, "text", None)
        said.append(str(text()) if callable(text) else "")
        said.append(widget.accessibleName())
    return "\n".join(said)
