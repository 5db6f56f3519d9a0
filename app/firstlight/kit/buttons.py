# SPDX-License-Identifier: Apache-2.0
"""Buttons: with words, with an icon alone, a choice of several, a switch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from firstlight.kit.kit import Kit

_ICON_ROLE = {"primary": "on-accent", "dangerfill": "on-accent", "link": "accent-text", "danger": "danger", "ghost": "text-2"}


class Button(QPushButton):
    """A button with words; `kind` is "", primary, ghost, link, danger or dangerfill, `size` "", small or large."""

    def __init__(
        self, kit: Kit, text: str, *, icon: str = "", kind: str = "", size: str = "", trailing: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kind = kind
        self.setProperty("kind", kind)
        self.setProperty("scale", size)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_trailing = trailing
        if trailing:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._has_icon = False
        if icon:
            self.set_icon(icon)
        self.setText(text)

    def set_icon(self, name: str) -> None:
        """Show this icon before (or, when trailing, after) the words."""
        self._has_icon = True
        self.setIcon(self._kit.icons.icon(name, _ICON_ROLE.get(self._kind, "text"), 16))
        self.setIconSize(QSize(16, 16))

    def setText(self, text: str) -> None:  # noqa: N802  Qt's name
        """The words; Qt leaves no gap to the icon, so a narrow space stands there."""
        gap = f"{text}\u00a0\u200e" if self._is_trailing else f" {text}"
        super().setText(gap if self._has_icon and text else text)
        self.setAccessibleName(text)


class IconButton(QToolButton):
    """A button that is only an icon; `name` is its tooltip and its name for screen readers."""

    def __init__(self, kit: Kit, icon: str, name: str, *, size: str = "", role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        edge = {"small": 28, "large": 40}.get(size, 34)
        self.setFixedSize(edge, edge)
        self.setIcon(kit.icons.icon(icon, role, 18 if edge > 28 else 16))
        self.setIconSize(QSize(18, 18) if edge > 28 else QSize(16, 16))
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class Segmented(QFrame):
    """One of several choices, side by side.

    Signals: chosen(str) with the id, by the tester's act only.
    """

    chosen = Signal(str)

    def __init__(
        self, kit: Kit, choices: tuple[tuple[str, str], ...], current: str, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("segmented", True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._ids: dict[str, QPushButton] = {}
        for at, (key, text) in enumerate(choices):
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(key == current)
            button.setProperty("segment", "first" if at == 0 else "last" if at == len(choices) - 1 else "middle")
            button.setAccessibleName(text)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._ids[key] = button
            row.addWidget(button)

    def set_current(self, key: str) -> None:
        """Choose without a signal."""
        self._ids[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """New words for one choice (a count that changed)."""
        self._ids[key].setText(text)
        self._ids[key].setAccessibleName(text)


class Switch(QAbstractButton):
    """On or off, at once. `toggled(bool)` is Qt's own signal."""

    def __init__(self, kit: Kit, name: str, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setCheckable(True)
        self.setChecked(on)
        self.setFixedSize(34, 28)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._on_toggled)

    @Slot(bool)
    def _on_toggled(self, _on: bool) -> None:
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Fixed."""
        return QSize(34, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """A pill with a knob, 34 x 20 in a target of 34 x 28."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        role = "accent" if self.isChecked() else "line-strong"
        painter.setBrush(theme.color(role if self.isEnabled() else "line-2"))
        painter.drawRoundedRect(QRectF(0, 4, 34, 20), 10, 10)
        painter.setBrush(
            theme.color("on-accent" if self.isChecked() and theme.name == "dark" else "surface" if theme.name == "light" else "text")
        )
        painter.drawEllipse(QRectF(17 if self.isChecked() else 3, 7, 14, 14))
