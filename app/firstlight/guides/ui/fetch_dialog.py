# SPDX-License-Identifier: Apache-2.0
"""The question before a step fetches files from the open web: which file, how large, from whom. `exec()` answers Accepted for a yes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from firstlight.guides.web_files import FromWeb
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

_SHOWN = 6
"""Files that are named one by one."""


class FetchDialog(QDialog):
    """The focus starts on Cancel."""

    def __init__(self, kit: Kit, files: Sequence[FromWeb], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Fetch from the web?"))
        self.setModal(True)
        self.setMinimumWidth(kit.theme.px(460))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 20)
        box.setSpacing(12)
        box.addWidget(label(self.tr("Fetch from the web?"), "title"))
        said = self.tr("This step needs files that are not on this PC. They come from servers that the guide names, not from your hub.")
        box.addWidget(label(said, "body", tone="2"))
        for file in files[:_SHOWN]:
            box.addWidget(label(self.line(file), "strong"))
        if len(files) > _SHOWN:
            box.addWidget(label(self.tr("and %n more", "", len(files) - _SHOWN), "body", tone="2"))
        if not all(file.is_known for file in files):
            warned = self.tr("The guide does not say what each of them must be: a wrong one may not be noticed.")
            box.addWidget(label(warned, "small", tone="warn"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.cancel_button = Button(kit, self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.fetch_button = Button(kit, self.tr("Fetch"), kind="primary")
        self.fetch_button.clicked.connect(self.accept)
        row.addWidget(self.cancel_button)
        row.addWidget(self.fetch_button)
        box.addSpacing(4)
        box.addLayout(row)
        self.cancel_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """As high as its words, which is known once they have their fonts."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.resize(self.width(), self.heightForWidth(self.width())))

    def line(self, file: FromWeb) -> str:
        """One file: its name, size and server."""
        if not file.size:
            return self.tr("{name} from {host}, size not told").format(name=file.name, host=file.host)
        size = figures.size(file.size)
        return self.tr("{name}, {size}, from {host}").format(name=file.name, size=size, host=file.host)
