# SPDX-License-Identifier: Apache-2.0
"""What was dropped, pasted or chosen, as something that can be kept: a file or the bytes of a picture, with name, role and media."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from firstlight.capture.pasted import picture_in

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic")
PHOTOS = (".jpg", ".jpeg", ".heic")
LOGS = (".log", ".txt", ".json", ".csv", ".xml", ".conf", ".dmesg", ".logcat")
PACKED = (".gz", ".zst")


@dataclass(frozen=True)
class Source:
    """One thing to attach."""

    data: Path | bytes
    name: str
    role: str
    media: str


def of_file(path: Path) -> Source:
    """A file by its ending; what a text is and what is not is looked at again before it leaves."""
    ending = path.suffix.lower()
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if ending in PICTURES:
        return Source(path, path.name, "photo" if ending in PHOTOS else "picture", media)
    if ending in LOGS:
        return Source(path, path.name, "log", media if media.startswith("text/") else "text/plain")
    if ending == ".zip":  # logs often come packed: what is in there is redacted member by member
        return Source(path, path.name, "bugreport", "application/zip")
    if ending in PACKED:
        return Source(path, path.name, "log", media)
    return Source(path, path.name, "file", media)


def of_picture(data: bytes, stem: str, now: datetime) -> Source:
    """A picture that has no file yet, as PNG; its name says when it was taken."""
    return Source(data, f"{stem}-{now.astimezone():%H%M%S}.png", "picture", "image/png")


def of_mime(mime: QMimeData, stem: str, now: datetime) -> tuple[Source, ...]:
    """Files by path, else a copied picture, also inside HTML; folders and links to the web are left out."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    files = tuple(of_file(path) for path in paths if path.is_file())
    if files or paths:
        return files
    image = mime.imageData() if mime.hasImage() else None
    if mime.hasHtml() and not isinstance(image, QImage):
        image = QImage.fromData(picture_in(mime.html()))
    if isinstance(image, QImage) and not image.isNull():
        return (of_picture(png(image), stem, now),)
    return ()


def png(image: QImage) -> bytes:
    """The picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes the name
    return bytes(buffer.data().data())
