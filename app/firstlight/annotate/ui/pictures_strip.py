# SPDX-License-Identifier: Apache-2.0
"""The pictures of one report beside the tools: each one a click away, and a button for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from firstlight.annotate.ui import picture as pictures
from firstlight.base.work import Work
from firstlight.kit.buttons import IconButton
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

_WIDTH, _HEIGHT, _NARROWEST = 70, 50, 40


@dataclass(frozen=True)
class Shot:
    """A picture of the report: its place among the attachments, its name, its file as it was taken, or itself before it has one."""

    pos: int
    name: str
    path: Path | None = None
    image: QImage | None = None


class _Thumb(QAbstractButton):
    def __init__(self, kit: Kit, name: str, *, is_current: bool) -> None:
        super().__init__()
        self._kit = kit
        self._picture = QPixmap()
        self.setCheckable(True)
        self.setChecked(is_current)
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, image: QImage) -> None:
        """It has been read."""
        self._picture = QPixmap.fromImage(image)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Narrower where a scroll bar stands beside it."""
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """The middle of the picture, framed by the accent when it is open."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path = QPainterPath()
        path.addRoundedRect(frame, 7, 7)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), theme.color("sunken"))
        if not self._picture.isNull():
            size = self._picture.size()
            times = max(frame.width() / size.width(), frame.height() / size.height())
            width, height = frame.width() / times, frame.height() / times
            painter.drawPixmap(frame, self._picture, QRectF((size.width() - width) / 2, (size.height() - height) / 2, width, height))
        painter.setClipping(False)
        role = "accent" if self.isChecked() else "line-strong" if self.underMouse() else "line-2"
        painter.setPen(QPen(theme.color(role), 2 if self.isChecked() else 1))
        painter.drawRoundedRect(frame, 7, 7)


class PicturesStrip(QScrollArea):
    """The thumbnails of `shots`; the one at `current` is open.

    Signals: chosen(int) a place among the attachments; add_asked().
    """

    chosen = Signal(int)
    add_asked = Signal()

    def __init__(self, kit: Kit, shots: Sequence[Shot], current: int) -> None:
        super().__init__()
        self._kit = kit
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea, #strip { background: transparent; }")
        holder = QWidget()
        holder.setObjectName("strip")
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        if kit.theme.percent < 150:  # larger words do not fit; each picture says its name
            box.addWidget(label(self.tr("Pictures"), "cap", tone="2", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
        self.thumbs: dict[int, _Thumb] = {}
        for at, shot in enumerate(shots, 1):
            words = self.tr("Picture {number} of {count}: {name}").format(number=at, count=len(shots), name=shot.name)
            thumb = _Thumb(kit, words, is_current=shot.pos == current)
            thumb.clicked.connect(lambda _=False, pos=shot.pos, thumb=thumb: self._on_clicked(pos, current, thumb))
            self.thumbs[shot.pos] = thumb
            box.addWidget(thumb)
        self.add_button = IconButton(kit, "plus", self.tr("Another picture"))
        self.add_button.clicked.connect(self.add_asked)
        box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch()
        self.setWidget(holder)
        job = kit.jobs.start(_thumbnails, tuple(shots), lane="look", owner=self)
        job.finished.connect(self._on_read)

    def _on_clicked(self, pos: int, current: int, thumb: _Thumb) -> None:
        thumb.setChecked(pos == current)
        if pos != current:
            self.chosen.emit(pos)

    def _on_read(self, images: dict[int, QImage]) -> None:
        for pos, image in images.items():
            self.thumbs[pos].show_picture(image)


def _thumbnails(shots: tuple[Shot, ...], *, work: Work) -> dict[int, QImage]:
    """Small pictures of those that can be read."""
    made = {}
    for shot in shots:
        work.check()
        if shot.image is not None:
            made[shot.pos] = shot.image.scaled(QSize(_WIDTH, _HEIGHT) * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        if shot.path is None:
            continue
        QImageReader.setAllocationLimit(pictures.ALLOCATION_MB)
        reader = QImageReader(str(shot.path))
        reader.setDecideFormatFromContent(True)
        reader.setAutoTransform(True)
        if not pictures.can_read(reader):
            continue
        if reader.size().isValid():
            reader.setScaledSize(reader.size().scaled(QSize(_WIDTH, _HEIGHT) * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
        image = reader.read()
        if not image.isNull():
            made[shot.pos] = image
    return made
