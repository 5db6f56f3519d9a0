# SPDX-License-Identifier: Apache-2.0
"""Shows one thing exactly as it will leave: the words, a picture, the beginning of a text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from firstlight.base.work import Work
from firstlight.kit import figures
from firstlight.kit.buttons import Button
from firstlight.kit.jobs import Job
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label
from firstlight.reports.bundle import read_text
from firstlight.reports.report import Outgoing

_SIZE = QSize(760, 520)
_SHOWN_LETTERS = 1_000_000
MOST_PIXELS_MB = 512
"""Qt refuses to decode a larger picture, so that a hostile one cannot fill the memory."""


def read_picture(outgoing: Outgoing, size: QSize) -> QImage:
    """The picture, at most as large as `size`; null when it cannot be read."""
    if outgoing.path is None:
        return QImage()
    reader = QImageReader(str(outgoing.path))
    reader.setDecideFormatFromContent(True)
    QImageReader.setAllocationLimit(MOST_PIXELS_MB)
    whole = reader.size()
    if whole.isValid() and (whole.width() > size.width() or whole.height() > size.height()):
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _read(outgoing: Outgoing, *, work: Work) -> QImage | str:
    work.check()
    if outgoing.media.startswith("image/"):
        return read_picture(outgoing, QSize(1520, 1040))
    return read_text(outgoing, _SHOWN_LETTERS)


class LookDialog(QDialog):
    """Reading only; Esc closes. What cannot be shown (a video) is named as that."""

    def __init__(self, kit: Kit, outgoing: Outgoing, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setWindowTitle(title)
        self.resize(_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(title, "h2"))
        self._facts = label(figures.size(outgoing.size), "cap", tone="2")
        column.addWidget(self._facts)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        foot = QHBoxLayout()
        foot.addStretch()
        close = Button(kit, self.tr("Close"))
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot.addWidget(close)
        column.addLayout(foot)
        job: Job = kit.jobs.start(_read, outgoing, lane="look", owner=self)
        job.finished.connect(self._on_read)

    def _on_read(self, found: object) -> None:
        if isinstance(found, QImage):
            self._show_picture(found)
            return
        if not found:
            self._show_words(self.tr("This file is no text and no picture. It leaves as it is."))
            return
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setProperty("mono", True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setFont(self._kit.theme.font(12, mono=True))
        text.setPlainText(str(found))
        text.setAccessibleName(self.windowTitle())
        text.setTabChangesFocus(True)
        self._place.addWidget(text)
        if len(str(found)) >= _SHOWN_LETTERS:
            self._place.addWidget(label(self.tr("Only the beginning is shown here."), "cap", tone="2"))

    def _show_picture(self, picture: QImage) -> None:
        if picture.isNull():
            self._show_words(self.tr("This picture cannot be shown here. It leaves without its hidden facts all the same."))
            return
        shown = QLabel()
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setMinimumSize(1, 1)
        shown.setAccessibleName(self.windowTitle())
        room = QSize(_SIZE.width() - 40, _SIZE.height() - 150)
        shown.setPixmap(
            QPixmap.fromImage(picture).scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        self._place.addWidget(shown, 1)

    def _show_words(self, words: str) -> None:
        self._place.addWidget(label(words, "small", tone="2"))
        self._place.addStretch()
