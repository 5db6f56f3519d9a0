# SPDX-License-Identifier: Apache-2.0
"""One way to a picture of the PC's screen on every system; our own window steps aside for it.

X11, Windows and macOS read the screen (the last two not tested yet); Wayland asks the desktop's dialog.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QScreen
from PySide6.QtWidgets import QWidget

from firstlight.base.errors import FirstlightError
from firstlight.capture.errors import NothingCaptured
from firstlight.capture.ui.portal import PortalShot
from firstlight.capture.ui.region import RegionPicker
from firstlight.kit.kit import Kit

FULL, WINDOW, REGION = "full", "window", "region"
_ASIDE_MS = 350
"""Time for the desktop to take our window from the screen."""

Done = Callable[[bytes], None]
Failed = Callable[[FirstlightError], None]


def grab(kit: Kit, window: QWidget, done: Done, failed: Failed, *, mode: str = FULL, delay_s: float = 0) -> None:
    """Take a picture and call `done` with PNG bytes, or `failed`. `window` is hidden meanwhile, and shown again either way.

    full: all screens in true pixels; region: a part that the tester draws; window: ours alone, as it is.
    """
    if mode == WINDOW:
        _finish(window.grab().toImage(), done, failed)
        return

    def shown(call: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            window.show()
            window.raise_()
            call()

        return run

    if QGuiApplication.platformName().startswith("wayland"):
        window.hide()
        shot = PortalShot(
            lambda data: shown(lambda: done(data))(), lambda error: shown(lambda: failed(error))(), QGuiApplication.instance() or window
        )
        QTimer.singleShot(_ASIDE_MS + round(delay_s * 1000), shot, shot.start)
        return
    window.hide()

    def take() -> None:
        image = all_screens()
        if mode == REGION and not image.isNull():
            picker = RegionPicker(kit, image, screens_rect())
            # The lambdas hold the picker: nobody else does while it is open.
            picker.chosen.connect(lambda part, _held=picker: shown(lambda: _finish(image.copy(part), done, failed))())
            picker.cancelled.connect(lambda: shown(lambda: failed(NothingCaptured(why="", reason="cancelled")))())
            picker.begin()
            return
        shown(lambda: _finish(image, done, failed))()

    QTimer.singleShot(_ASIDE_MS + round(delay_s * 1000), window, take)


def screens_rect() -> QRect:
    """All screens together, in points."""
    whole = QRect()
    for screen in QGuiApplication.screens():
        whole = whole.united(screen.geometry())
    return whole


def all_screens() -> QImage:
    """Every screen in its place, at the pixels of the sharpest; a single screen exactly as it is."""
    screens = QGuiApplication.screens()
    shots = [(screen, _screen_image(screen)) for screen in screens]
    if len(shots) == 1:
        return shots[0][1]
    whole = screens_rect()
    ratio = max(screen.devicePixelRatio() for screen in screens)
    made = QImage(whole.size() * ratio, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.black)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for screen, shot in shots:
        place = screen.geometry().translated(-whole.topLeft())
        painter.drawImage(QRect(place.topLeft() * ratio, place.size() * ratio), shot)
    painter.end()
    return made


def _screen_image(screen: QScreen) -> QImage:
    image = screen.grabWindow(0).toImage()
    image.setDevicePixelRatio(1)
    return image


def _finish(image: QImage, done: Done, failed: Failed) -> None:
    if image.isNull():
        failed(NothingCaptured(why="", reason="empty"))
        return
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 60)  # type: ignore[call-overload]  # the stub wants bytes, Qt takes the name
    done(bytes(data.data()))
