# SPDX-License-Identifier: Apache-2.0
"""The bar below a composer: throw away, what is kept, why it cannot go yet, keep as draft, put in the outbox."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from firstlight.kit.buttons import Button
from firstlight.kit.frames import IconLabel
from firstlight.kit.kit import Kit
from firstlight.kit.labels import ElidedLabel, label

LARGE = 150
"""From this size of text on, the sentences stand above the buttons."""


class ComposerBar(QFrame):
    """Three buttons and two sentences; `set_reason` with words switches *Put in the outbox* off and says why beside it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("playerActions")
        self.setMinimumHeight(kit.theme.px(60))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 10, 24, 10)
        words, row = QHBoxLayout(), QHBoxLayout()
        if kit.theme.percent >= LARGE:
            rows.addLayout(words)
        words.setSpacing(10)
        row.setSpacing(10)
        self.discard = Button(kit, self.tr("Discard"), icon="trash", kind="danger")
        row.addWidget(self.discard)
        self._kept_icon = IconLabel(kit, "check-circle", "text-2", 16)
        self._kept = label("", "cap", tone="2", wrap=False)
        words.addWidget(self._kept_icon)
        words.addWidget(self._kept)
        self._reason = ElidedLabel("", "cap", tone="2")
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight)
        words.addWidget(self._reason, 1)
        if kit.theme.percent < LARGE:
            row.addLayout(words, 1)
        else:
            row.addStretch()
        self.keep = Button(kit, self.tr("Keep as draft"))
        row.addWidget(self.keep)
        self.queue = Button(kit, self.tr("Put in the outbox"), icon="tray", kind="primary", size="large")
        row.addWidget(self.queue)
        rows.addLayout(row)
        self.set_kept("")
        self.set_reason("")

    def set_kept(self, words: str) -> None:
        """When the draft was last on the disk."""
        self._kept.setText(words)
        self._kept_icon.setHidden(not words)

    @property
    def reason(self) -> str:
        """Why it cannot go yet; "" when it can."""
        return self._reason.text()

    def set_reason(self, words: str) -> None:
        """Why it cannot go yet."""
        self._reason.setText(words)
        self.queue.setEnabled(not words)
        self.queue.setAccessibleDescription(words)
