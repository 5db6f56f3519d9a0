# SPDX-License-Identifier: Apache-2.0
"""The tools, two in a row, each with its letter."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QVBoxLayout, QWidget

from firstlight.annotate.ui.hand import LETTERS
from firstlight.annotate.ui.live import CROP, SELECT, Live
from firstlight.annotate.ui.tools.table import TOOLS, title
from firstlight.kit.frames import Separator
from firstlight.kit.kit import Kit
from firstlight.kit.layouts import clear
from firstlight.kit.pages import RailColumn

_EDGE = 36


class _ToolButton(QToolButton):
    """An icon with a small letter, which its tooltip and name repeat."""

    def __init__(self, kit: Kit, kind: str, icon: str, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._letter = LETTERS[kind]
        self._icon = icon
        self.kind = kind
        self.setCheckable(True)
        self.setFixedSize(_EDGE, _EDGE)
        self.setIconSize(QSize(20, 20))
        words = self.tr("{tool} ({letter})").format(tool=name, letter=self._letter)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Filled with the accent when it is in the hand."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if self.isChecked() else "hover"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        role = "on-accent" if self.isChecked() else "text-2"
        painter.drawPixmap(7, 6, self._kit.icons.pixmap(self._icon, role, 20))
        font = theme.font(10, 600)
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(theme.color(role))
        painter.drawText(QRect(0, _EDGE - 14, _EDGE - 3, 13), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, self._letter)


class ToolColumn(RailColumn):
    """All tools; the one in the hand is filled."""

    def __init__(self, kit: Kit, live: Live) -> None:
        super().__init__(92)
        self._live = live
        self._buttons: dict[str, _ToolButton] = {}
        self._group = QButtonGroup(self)
        groups = (
            ((SELECT, "cursor", self.tr("Choose")), (CROP, "crop", self.tr("Crop"))),
            tuple((t.kind, t.icon, title(t.kind)) for t in TOOLS.values() if t.kind not in ("hide", "mosaic", "magnifier", "spotlight")),
            tuple((k, TOOLS[k].icon, title(k)) for k in ("hide", "mosaic")),
            tuple((k, TOOLS[k].icon, title(k)) for k in ("magnifier", "spotlight")),
        )
        for number, tools in enumerate(groups):
            if number:
                self.box.addSpacing(5)
                self.box.addWidget(Separator())
                self.box.addSpacing(5)
            grid = QGridLayout()
            grid.setSpacing(2)
            for at, (kind, icon, name) in enumerate(tools):
                button = _ToolButton(kit, kind, icon, name)
                button.clicked.connect(lambda _=False, kind=kind: live.set_tool(kind))
                self._group.addButton(button)
                self._buttons[kind] = button
                grid.addWidget(button, at // 2, at % 2)
            self.box.addLayout(grid)
        self._rest = QVBoxLayout()
        self._rest.addStretch()
        self.box.addLayout(self._rest, 1)
        live.tool_changed.connect(self._follow)
        self._follow()

    def show_below(self, widget: QWidget) -> None:
        """In the room that the tools leave."""
        clear(self._rest)
        self._rest.addSpacing(5)
        self._rest.addWidget(Separator())
        self._rest.addSpacing(5)
        self._rest.addWidget(widget, 1)

    def _follow(self) -> None:
        self._buttons[self._live.tool].setChecked(True)
