# SPDX-License-Identifier: Apache-2.0
"""Where a photo of a step goes in: dropped, pasted or chosen from a file; the last one kept is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from firstlight.guides.ui.picture_view import read_pixels
from firstlight.kit.buttons import Button
from firstlight.kit.drops import accept_as_copy
from firstlight.kit.kit import Kit
from firstlight.kit.labels import label

PICTURES = "*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff"
_ENDS = tuple(end[1:] for end in PICTURES.split())


def rounded(pixmap: QPixmap, size: QSize, radius: int) -> QPixmap:
    """`pixmap` cut to fill `size`, with round corners."""
    ratio = pixmap.devicePixelRatio()
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    filled = pixmap.scaled(size * ratio, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(0, 0, size.width(), size.height(), radius, radius)
    painter.setClipPath(path)
    painter.drawPixmap((size.width() - round(filled.width() / ratio)) // 2, (size.height() - round(filled.height() / ratio)) // 2, filled)
    painter.end()
    return made


def offered(mime: QMimeData) -> tuple[Path | bytes, ...]:
    """The pictures of a drop or of the clipboard: files by path, a copied picture as PNG bytes."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile().lower().endswith(_ENDS))
    if paths:
        return paths
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes the name
            return (bytes(buffer.data().data()),)
    return ()


class PhotoDrop(QFrame):
    """Signals: photo_offered(object): Path or bytes; refused() when what was dropped or pasted is no picture."""

    photo_offered = Signal(object)
    refused = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self._paint_edge(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        self._thumb = QLabel(self)
        self._thumb.setFixedSize(64, 48)
        self._thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._thumb)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._count = label("", "capstrong")
        self._hint = label("", "cap", tone="2")
        words.addStretch(1)
        words.addWidget(self._count)
        words.addWidget(self._hint)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.choose_button = Button(kit, self.tr("Choose"), icon="image", size="small")
        self.choose_button.setAccessibleName(self.tr("Choose a photo from a file"))
        self.choose_button.clicked.connect(self._on_choose)
        row.addWidget(self.choose_button)
        self.show_photos(())

    def show_photos(self, photos: tuple[Path, ...]) -> None:
        """How many are kept, and the last of them."""
        if photos:
            self._thumb.setPixmap(rounded(read_pixels(photos[-1], QSize(256, 192)), QSize(64, 48), 6))
            self._count.setText(self.tr("%n photos kept", "", len(photos)))
            self._hint.setText(self.tr("Drop or paste another"))
        else:
            self._thumb.setPixmap(self._kit.icons.pixmap("image", "text-3", 28))
            self._count.setText(self.tr("No photo yet"))
            self._hint.setText(self.tr("Drop or paste one"))

    def paste(self) -> None:
        """Take what the clipboard holds."""
        self._take(offered(QGuiApplication.clipboard().mimeData()))

    def _take(self, photos: tuple[Path | bytes, ...]) -> None:
        for photo in photos:
            self.photo_offered.emit(photo)
        if not photos:
            self.refused.emit()

    def _paint_edge(self, is_over: bool) -> None:
        theme = self._kit.theme
        edge, back = ("accent", "accent-soft") if is_over else ("line-strong", "surface-2")
        self.setStyleSheet(f"#drop {{ border: 1px dashed {theme.hex(edge)}; border-radius: 10px; background: {theme.hex(back)}; }}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """In a narrow column the button keeps only its icon, so that the words beside it stay whole."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._kit.theme.px(280)
        self.choose_button.setText("" if is_narrow else self.tr("Choose"))
        self.choose_button.setAccessibleName(self.tr("Choose a photo from a file"))
        self.choose_button.setToolTip(self.tr("Choose a photo from a file"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Lights up for anything; what is no picture is refused with a word when it is dropped."""
        accept_as_copy(event)
        self._paint_edge(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        """No longer lit."""
        self._paint_edge(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Take the pictures."""
        self._paint_edge(False)
        accept_as_copy(event)
        self._take(offered(event.mimeData()))

    @Slot()
    def _on_choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose a photo"), "", self.tr("Pictures") + f" ({PICTURES})")
        for name in names:
            self.photo_offered.emit(Path(name))
