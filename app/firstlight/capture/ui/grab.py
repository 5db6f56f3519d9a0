# SPDX-License-Identifier: Apache-2.0
"""One way to a picture of the PC's screen on every system; our own window steps aside for it.

X11, Windows and macOS read the screens (the last two not tested yet; choosing a window is X11's alone so far); on Wayland every
mode is the desktop's own dialog, which has them all.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from firstlight.base.errors import FirstlightError
from firstlight.capture import x11
from firstlight.capture.errors import NothingCaptured
from firstlight.capture.ui.countdown import Countdown
from firstlight.capture.ui.picker import Picker
from firstlight.capture.ui.portal import PortalShot
from firstlight.capture.ui.screens import stills, together, with_scale
from firstlight.kit.kit import Kit

FULL, WINDOW, REGION, OWN = "full", "window", "region", "own"
DELAYS_S = (0, 3, 5, 10)
_ASIDE_MS = 350
"""Time for the desktop to take our window from the screen."""

Done = Callable[[QImage], None]
Failed = Callable[[FirstlightError], None]


def grab(kit: Kit, window: QWidget, done: Done, failed: Failed, *, mode: str = FULL, delay_s: int = 0, screen: str = "") -> None:
    """Take a picture and call `done` with it, in pixels of the screen, or `failed`. `window` is hidden meanwhile, and shown again.

    full: all screens, or the one named `screen`; region: a part that the tester draws; window: the one that the tester chooses;
    own: ours alone, as it is. The picture's dots per metre tell the scale of its screen, see annotate's picture.py.
    """
    if mode == OWN:
        image = window.grab().toImage()
        ratio = image.devicePixelRatio()
        image.setDevicePixelRatio(1)
        done(with_scale(image, ratio))
        return
    _Grab(kit, window, done, failed, mode, screen).begin(delay_s)


def has_own_dialog() -> bool:
    """Whether the desktop asks what to take, so that modes and screens are not ours to offer."""
    return QGuiApplication.platformName().startswith("wayland")


def screen_names() -> tuple[str, ...]:
    """The screens by the names that `grab` takes."""
    return tuple(s.name() for s in QGuiApplication.screens())


class _Grab(QObject):
    """One picture under way; a child of the window until it is over."""

    def __init__(self, kit: Kit, window: QWidget, done: Done, failed: Failed, mode: str, screen: str) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._done = done
        self._failed = failed
        self._mode = mode
        self._screen = screen
        # A window without a parent lives as long as somebody holds it.
        self._countdown: Countdown | None = None
        self._picker: Picker | None = None

    def begin(self, delay_s: int) -> None:
        """Step aside, wait, take."""
        self._window.hide()
        if delay_s <= 0:
            QTimer.singleShot(_ASIDE_MS, self, self._take)
            return
        self._countdown = countdown = Countdown(self._kit, delay_s)
        # Its window goes when the last second is over; the desktop needs a moment to take it away.
        countdown.over.connect(lambda: QTimer.singleShot(_ASIDE_MS, self, self._take))
        countdown.stopped.connect(self._on_cancelled)
        countdown.begin()

    def _take(self) -> None:
        if has_own_dialog():
            PortalShot(self._finish_bytes, self._fail, self._kit, self).start()
            return
        shots = tuple(s for s in stills() if not self._screen or s.screen.name() == self._screen)
        if not shots:
            self._fail(NothingCaptured(why="", reason="empty"))
        elif self._mode == FULL:
            self._finish(together(shots))
        else:
            windows = x11.windows() if self._mode == WINDOW and QGuiApplication.platformName() == "xcb" else ()
            self._picker = Picker(self._kit, shots, windows, self)
            self._picker.chosen.connect(self._finish)
            self._picker.cancelled.connect(self._on_cancelled)
            self._picker.begin()

    def _finish_bytes(self, data: bytes) -> None:
        image = QImage.fromData(data)
        if image.isNull():
            self._fail(NothingCaptured(why="no picture in the file", reason="empty"))
        else:
            self._finish(image)

    def _on_cancelled(self) -> None:
        self._fail(NothingCaptured(why="", reason="cancelled"))

    def _finish(self, image: QImage) -> None:
        self._end()
        self._done(image)

    def _fail(self, error: FirstlightError) -> None:
        self._end()
        self._failed(error)

    def _end(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self.deleteLater()
