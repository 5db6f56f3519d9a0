# SPDX-License-Identifier: Apache-2.0
"""What a tester brings along: photos of what was built, a log of the router, a hand that draws. All made here, nobody's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QMouseEvent, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from firstlight.base.paths import resources
from firstlight.reports.ui import attachment_source
from firstlight.reports.ui.attachment_source import Source

if TYPE_CHECKING:
    from firstlight.annotate.ui.editor import EditorPage
    from firstlight.shell.tour_guide import Guide

LOG_LINES = (
    "16:01:02 netifd: wan up, address 203.0.113.{n}",
    "16:01:09 hostapd: wlan0 ssid 'Seaview-5G' enabled",
    "16:09:40 fanctl: 2104 rpm, 58 C",
    "16:11:03 hostapd: station 02:1b:44:11:3a:b{d} joined",
    "16:16:12 fanctl: tach lost",
    "16:16:12 board: serial R1E-004217",
    "16:18:20 thermal: 69 C, 0 rpm",
    "16:24:51 cloudd: user mossbyte@aurora.example signed in",
    "16:31:47 thermal: 81 C, 0 rpm",
)


def photo(folder: Path, at: int) -> Path:
    """A photo of the table: the picture of the step on a wooden ground, as JPEG."""
    names = ("asm-2-fan-on-mainboard", "asm-6-power-on-led")
    image = QImage(1600, 1200, QImage.Format.Format_RGB32)
    image.fill(QColor("#8A6B4A"))
    painter = QPainter(image)
    for line in range(0, 1200, 37):
        painter.fillRect(QRectF(0, line, 1600, 3), QColor("#7C5F40"))
    QSvgRenderer(str(resources() / "images" / "assembly" / f"{names[at > 6]}.svg")).render(painter, QRectF(200, 150, 1200, 900))
    painter.end()
    path = folder / f"photo-{at}.jpg"
    image.save(str(path), quality=88)
    return path


def png(image: QImage) -> bytes:
    """The picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def log_source(folder: Path) -> Source:
    """A router's log of some length, with private details in it."""
    path = folder / "logread.txt"
    path.write_text("".join(f"{line.format(n=7 + i % 3, d=i % 10)}\n" for i in range(40) for line in LOG_LINES), "utf-8")
    return attachment_source.of_file(path)


def draw(guide: Guide, editor: EditorPage) -> None:
    """Draw with the mouse, choosing tools by their letters; one stroke is undone, redone and undone for good."""
    canvas, live = editor.canvas, editor.live
    canvas.setFocus()
    strokes = (
        (Qt.Key.Key_R, (0.20, 0.16), (0.52, 0.30)),
        (Qt.Key.Key_A, (0.62, 0.62), (0.50, 0.33)),
        (Qt.Key.Key_N, (0.17, 0.14), (0.17, 0.14)),
        (Qt.Key.Key_N, (0.60, 0.66), (0.60, 0.66)),
        (Qt.Key.Key_X, (0.72, 0.03), (0.97, 0.09)),
        (Qt.Key.Key_T, (0.55, 0.70), (0.80, 0.76)),
    )
    for key, begin, end in strokes:
        QTest.keyClick(canvas, key)
        _drag(editor, begin, end)
        guide.rest(60)
    text = live.shape
    if text is not None and text.kind == "text":
        live.text_asked.emit()
        editor.style_card.words.setFocus()
        editor.style_card.words.clear()
        editor.style_card.words.insertPlainText("这里停转" if guide.desk.kit.language == "zh_CN" else "It stops here")
        canvas.setFocus()
        guide.rest(60)
    QTest.keyClick(canvas, Qt.Key.Key_L)
    _drag(editor, (0.1, 0.9), (0.4, 0.95))
    live.undo()
    live.redo()
    live.undo()
    QTest.keyClick(canvas, Qt.Key.Key_V)
    live.select(0)
    guide.rest(300)


def _drag(editor: EditorPage, begin: tuple[float, float], end: tuple[float, float]) -> None:
    canvas = editor.canvas
    size = editor.document.width, editor.document.height
    places = [canvas.mapFromScene(QPointF(x * size[0], y * size[1])) for x, y in (begin, end)]
    view, left = canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=places[0])
    if places[0] != places[1]:
        half = QPoint((places[0].x() + places[1].x()) // 2, (places[0].y() + places[1].y()) // 2)
        for place in (half, places[1]):
            event = QMouseEvent(
                QMouseEvent.Type.MouseMove, place, view.mapToGlobal(place), Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(view, event)
    QTest.mouseRelease(view, left, pos=places[1])
