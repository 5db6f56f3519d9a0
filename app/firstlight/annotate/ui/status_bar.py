# SPDX-License-Identifier: Apache-2.0
"""The editor's lowest line: how large the picture is, what the tool wants, and four keys worth knowing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from firstlight.annotate.ui.live import CROP, SELECT, Live
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label


class StatusBar(QWidget):
    """Follows the picture and the tool."""

    def __init__(self, kit: Kit, live: Live) -> None:
        super().__init__()
        self._kit = kit
        self._live = live
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._size = label("", "cap", tone="2", wrap=False)
        self._tip = label("", "cap", tone="2", wrap=False)
        row.addWidget(self._size)
        row.addWidget(self._tip)
        row.addStretch()
        self._keys: list[QWidget] = []
        for key, words in (
            ("Ctrl Z", self.tr("undo")),
            (self.tr("Del"), self.tr("remove")),
            ("F", self.tr("fit")),
            (self.tr("Enter"), self.tr("draw")),
        ):
            pair = QHBoxLayout()
            pair.setSpacing(6)
            made = [self._key(key), label(words, "cap", tone="2", wrap=False)]
            for widget in made:
                pair.addWidget(widget)
            self._keys += made
            row.addLayout(pair)
        live.document_changed.connect(self._follow)
        live.tool_changed.connect(self._follow)
        self._follow()

    def set_wide(self, wide: bool) -> None:
        """The keys have place in a wide window alone."""
        for widget in self._keys:
            widget.setVisible(wide)

    def _key(self, text: str) -> QLabel:
        made = label(text, "mono", wrap=False)
        made.setFixedHeight(self._kit.theme.px(22))
        theme = self._kit.theme
        made.setStyleSheet(
            f"background: {theme.hex('surface')}; border: 1px solid {theme.hex('line-2')}; border-radius: 4px; padding: 1px 5px; color: {theme.hex('text')};"
        )
        return made

    def _follow(self) -> None:
        document = self._live.document
        width, height = (document.crop.w, document.crop.h) if document.crop else (document.width, document.height)
        self._size.setText(f"{width} × {height} px")
        if self._live.tool == CROP:
            self._tip.setText(self.tr("Drag the corners; Ctrl and Alt with arrows move them"))
        elif self._live.tool == SELECT:
            self._tip.setText(self.tr("Arrows move a mark by 1 px, with Shift by 10"))
        else:
            self._tip.setText(self.tr("Drag to draw, Shift keeps it straight"))
