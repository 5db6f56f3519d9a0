# SPDX-License-Identifier: Apache-2.0
"""Reading pictures of strangers and writing those that leave: upright, sRGB, within limits; no metadata of any kind goes out."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter, QTransform

from firstlight.base.errors import BadInput

ALLOCATION_MB = 512
DOTS_PER_METRE = 3780
"""Of a screen at 100 %."""
PNG_QUALITY = 60
JPEG_QUALITY = 92
FORMATS = ("png", "jpeg", "jpg", "webp", "bmp", "gif", "tiff", "tif")
"""Qt reads more than these; an SVG is a program that fetches other files into the picture, and takes as long as it likes."""
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


def load(path: Path) -> QImage:
    """The picture as the tester sees it: turned by its EXIF, in sRGB, 32 bits. Raises BadInput."""
    QImageReader.setAllocationLimit(ALLOCATION_MB)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return _read(reader, str(path))


def decoded(data: bytes) -> QImage:
    """The same from bytes. Raises BadInput."""
    QImageReader.setAllocationLimit(ALLOCATION_MB)
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return _read(reader, "")


def can_read(reader: QImageReader) -> bool:
    """Whether it holds one of our formats, by its first bytes."""
    return bytes(reader.format().data()).decode("latin-1") in FORMATS


def _read(reader: QImageReader, path: str) -> QImage:
    image = reader.read() if can_read(reader) else QImage()
    if image.isNull():
        raise BadInput(path=path, line=0, why=reader.errorString())
    return plain(image)


def scale_of(image: QImage) -> float | None:
    """Pixels per point of the screen that a picture of ours was taken of, see `screen_scale`; None for any other."""
    scale = round(image.dotsPerMeterX() / DOTS_PER_METRE, 2)
    return scale if image.dotsPerMeterX() == image.dotsPerMeterY() and 1 <= scale <= 4 else None


def is_photo(path: Path) -> bool:
    """Whether the file is a JPEG: then it leaves as one, a PNG would be ten times its size."""
    with path.open("rb") as file:
        return file.read(3) == b"\xff\xd8\xff"


def plain(image: QImage) -> QImage:
    """Pixels alone, in a new image: no text, no profile, no resolution comes along."""
    space = image.colorSpace()
    if space.isValid() and space != QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    has_alpha = image.hasAlphaChannel()
    made = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32)
    if has_alpha:
        made.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(1)
    painter = QPainter(made)
    painter.drawImage(0, 0, image)
    painter.end()
    return made


def turned(image: QImage, quarters: int) -> QImage:
    """Clockwise by so many quarters; the same image for none."""
    return image.transformed(QTransform().rotate(90 * quarters)) if quarters % 4 else image


def natural_scale(image: QImage) -> float:
    """Pixels per point for marks on a picture whose screen is not known: a 4K capture gets strokes of double width."""
    return max(1.0, round(max(image.width(), image.height()) / 1920 * 4) / 4)


def screen_scale(path: Path) -> float:
    """Pixels per point of the screen that a PNG was taken of, when it says so (96 to the inch are 100 %); 0 when it does not."""
    with path.open("rb") as file:
        head = file.read(1024)
    at = head.find(b"pHYs")
    if not head.startswith(_PNG_HEAD) or at < 0 or at + 13 > len(head):
        return 0.0
    across, down, unit = struct.unpack_from(">IIB", head, at + 4)
    scale = across / DOTS_PER_METRE
    return round(scale, 2) if unit == 1 and across == down and 0.99 <= scale <= 4 else 0.0


def as_png(image: QImage) -> bytes:
    """PNG with nothing but pixels: every other chunk is dropped."""
    return _png_pixels(_encode(image, b"png", PNG_QUALITY))


def as_jpeg(image: QImage) -> bytes:
    """JPEG from a fresh image: it has no EXIF to begin with."""
    return _encode(image, b"jpeg", JPEG_QUALITY)


def _encode(image: QImage, kind: bytes, quality: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    if not writer.write(image):
        raise BadInput(path="", line=0, why=writer.errorString())
    buffer.close()
    return bytes(data.data())


def _png_pixels(data: bytes) -> bytes:
    kept = [_PNG_HEAD]
    at = len(_PNG_HEAD)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if data[at + 4 : at + 8] in _PNG_KEPT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
