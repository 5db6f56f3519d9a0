# SPDX-License-Identifier: Apache-2.0
"""The dialogs of capture: the code for the phone with a real upload, the choice of what to take, the count-down, pasted HTML."""

from __future__ import annotations

import base64
import io
import threading
import urllib.request

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QMimeData, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from fakes.window import buttons_without_name, words_of
from firstlight.capture.adapters import Adapter
from firstlight.capture.ui import qr
from firstlight.capture.ui.capture_dialog import CaptureDialog, Wish
from firstlight.capture.ui.grab import FULL, REGION, WINDOW
from firstlight.capture.ui.phone_dialog import PhoneDialog
from firstlight.capture.ui.picker import Picker
from firstlight.capture.ui.screens import Still
from firstlight.capture.x11 import OpenWindow
from firstlight.reports.ui import attachment_source

HERE = (Adapter("lo", "127.0.0.1"),)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return out.getvalue()


def send(url: str, data: bytes) -> int:
    body = b'--b\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n' + data + b"\r\n--b--\r\n"
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.status


def test_a_photo_comes_from_the_phone_that_scanned_the_code(dressed, qtbot):
    dialog = PhoneDialog(dressed.kit, None, found=HERE)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.address.text().startswith("http://127.0.0.1:"))
    assert "Good for" in words_of(dialog)
    assert buttons_without_name(dialog) == []
    thread = threading.Thread(target=send, args=(dialog.address.text(), jpeg()))
    with qtbot.waitSignal(dialog.received, timeout=15_000) as received:
        thread.start()
    thread.join(10)
    (photo,) = received.args[0]
    assert photo.startswith(b"\xff\xd8\xff")
    assert not dialog.isVisible()


def test_closing_the_dialog_ends_the_page_and_a_new_code_is_another_one(dressed, qtbot):
    dialog = PhoneDialog(dressed.kit, None, found=HERE)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.address.text()))
    first = dialog.address.text()
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.address.text() != first)
    second = dialog.address.text()
    dialog.reject()
    qtbot.waitUntil(lambda: not dressed.kit.jobs.is_busy())
    for url in (first, second):
        with pytest.raises(OSError, match="refused"):
            urllib.request.urlopen(url, timeout=5)


def test_without_a_network_the_dialog_says_so_and_offers_to_try_again(dressed, qtbot):
    dialog = PhoneDialog(dressed.kit, None, found=())
    qtbot.addWidget(dialog)
    dialog.show()
    assert "no network" in words_of(dialog)
    assert dialog.again_button.isVisible()


def test_the_code_is_what_a_camera_wants():
    text = "http://192.168.1.20:41237/mfD0pVYk3aM1m9sXw2Qb5g"
    image = qr.picture(text, 264)
    assert image.width() == image.height() <= 264
    module = next(w for w in range(1, 20) if image.width() % w == 0 and image.width() // w in range(29, 60, 4))
    assert {image.pixelColor(x, module // 2).name() for x in range(image.width())} == {"#ffffff"}, "a quiet zone above"
    finder = [image.pixelColor((4 + x) * module + module // 2, 4 * module + module // 2).name() for x in range(8)]
    assert finder == ["#16181a"] * 7 + ["#ffffff"]


def test_what_to_take_is_one_click_or_one_key(dressed, qtbot):
    for key, mode in ((Qt.Key.Key_R, REGION), (Qt.Key.Key_W, WINDOW), (Qt.Key.Key_F, FULL)):
        dialog = CaptureDialog(dressed.kit, None)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        assert buttons_without_name(dialog) == []
        dialog.delay.chosen.emit("5")
        with qtbot.waitSignal(dialog.wished) as wished:
            QTest.keyClick(dialog, key)
        assert wished.args == [Wish(mode, 5)]


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # the offscreen platform has none
def test_a_window_is_chosen_by_keyboard_in_the_pixels_of_its_screen(dressed, qtbot, qapp):
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    still = Still(QGuiApplication.primaryScreen(), image, 2.0, QRect(1000, 0, 800, 600))
    windows = (
        OpenWindow(1, "On another screen", 0, 0, 300, 300),
        OpenWindow(2, "Fan page", 1100, 50, 301, 201),
        OpenWindow(3, "Half out", 1700, 500, 300, 300),
    )
    picker = Picker(dressed.kit, (still,), windows, qapp)
    (cover,) = picker.covers
    picker.begin()
    assert [title for _, title in cover.targets] == ["Fan page", "Half out"]
    QTest.keyClick(cover, Qt.Key.Key_Tab)
    assert cover.accessibleDescription() == "Fan page"
    QTest.keyClick(cover, Qt.Key.Key_Tab)
    assert cover.area == QRect(700, 500, 100, 100)
    QTest.keyClick(cover, Qt.Key.Key_Backtab)
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.keyClick(cover, Qt.Key.Key_Return)
    taken = chosen.args[0]
    assert taken.size().toTuple() == (301, 201)
    assert taken.dotsPerMeterX() == 7560


def test_a_picture_inside_pasted_html_is_attached(dressed):
    image = QImage(7, 5, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    mime = QMimeData()
    mime.setHtml(f'<p>Fan</p><img src="data:image/jpeg;base64,{base64.b64encode(bytes(buffer.data().data())).decode()}">')
    (source,) = attachment_source.of_mime(mime, "pasted", dressed.kit.now())
    assert source.media == "image/png"
    assert QImage.fromData(source.data).size().toTuple() == (7, 5)
    mime.setHtml('<img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x.png">')
    assert attachment_source.of_mime(mime, "pasted", dressed.kit.now()) == ()
