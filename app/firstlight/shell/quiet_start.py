# SPDX-License-Identifier: Apache-2.0
"""What the window of somebody signed in shows first, for as long as the store opens: the header of this week, and a bar."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout

from firstlight.kit.bar import Bar
from firstlight.kit.bare_page import BarePage
from firstlight.kit.kit import Kit


class QuietStart(BarePage):
    """Stands where kit.pages.Page will, with the same margins and words, without what only a page that is used needs."""

    def __init__(self, kit: Kit, title: str, subtitle: str) -> None:
        super().__init__(kit)
        outer = self.body
        header = QVBoxLayout()
        header.setContentsMargins(24, 18, 24, 14)
        header.setSpacing(2)
        for text, role, tone in ((title, "title", ""), (subtitle, "small", "2")):
            words = QLabel(text)
            words.setProperty("role", role)
            words.setProperty("tone", tone)
            header.addWidget(words)
        outer.addLayout(header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 0, 24, 20)
        self.body.setSpacing(16)
        self.body.addWidget(Bar(kit, 1, 3, height=3, name=subtitle))
        self.body.addStretch()
        outer.addLayout(self.body, 1)
