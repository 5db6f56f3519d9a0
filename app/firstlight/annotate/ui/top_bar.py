# SPDX-License-Identifier: Apache-2.0
"""The right end of the editor's top bar: undo, redo, turn, copy, size on the screen, done."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from firstlight.annotate.ui.canvas import CanvasView
from firstlight.annotate.ui.live import Live
from firstlight.kit import figures
from firstlight.kit.buttons import Button, IconButton
from firstlight.kit.kit import Kit


class TopBar(QWidget):
    """Buttons; the editor connects `copy` and `use`."""

    def __init__(self, kit: Kit, live: Live, canvas: CanvasView) -> None:
        super().__init__()
        self._kit = kit
        self._live = live
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.undo = IconButton(kit, "arrow-u-up-left", self.tr("Undo (Ctrl+Z)"))
        self.redo = IconButton(kit, "arrow-u-up-right", self.tr("Redo (Ctrl+Shift+Z)"))
        self.turn = IconButton(kit, "arrow-clockwise", self.tr("Turn clockwise (Ctrl+R)"))
        self.copy = IconButton(kit, "copy", self.tr("Copy the picture with its marks (Ctrl+Shift+C)"))
        for button in (self.undo, self.redo, self.turn, self.copy):
            button.setProperty("flat", True)
            row.addWidget(button)
        self._zoom = Button(kit, figures.percent(100, kit.language), kind="ghost", icon="caret-down", trailing=True)
        menu = QMenu(self._zoom)
        menu.addAction(self.tr("Fit the window"), canvas.fit)
        for percent in (50, 100, 200, 400):
            menu.addAction(figures.percent(percent, kit.language), partial(canvas.set_zoom, percent / 100))
        self._zoom.setMenu(menu)
        self._zoom.setToolTip(self.tr("Size on the screen"))
        row.addWidget(self._zoom)
        self.use = Button(kit, self.tr("Use this picture"), icon="check", kind="primary")
        row.addWidget(self.use)
        self.undo.clicked.connect(live.undo)
        self.redo.clicked.connect(live.redo)
        self.turn.clicked.connect(live.turn)
        canvas.zoomed.connect(self._on_zoomed)
        live.document_changed.connect(self._follow)
        self._follow()

    def _on_zoomed(self, zoom: float) -> None:
        percent = figures.percent(round(zoom * 100), self._kit.language)
        self._zoom.setText(percent)
        self._zoom.setAccessibleName(self.tr("Size on the screen, {percent}").format(percent=percent))

    def _follow(self) -> None:
        self.undo.setEnabled(self._live.editing.can_undo)
        self.redo.setEnabled(self._live.editing.can_redo)
