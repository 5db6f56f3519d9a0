# SPDX-License-Identifier: Apache-2.0
"""A window of ours that takes pictures when it is told to: lines `MODE DELAY SCREEN FILE` (SCREEN `-` for all) on its input.

Says `ready`, `covers N` once the tester may choose, then `done WIDTH HEIGHT SCALE` or `failed REASON`, and `shown` when it is back.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from fakes.window import Dressed
from firstlight.annotate.ui.picture import scale_of
from firstlight.base.errors import FirstlightError
from firstlight.capture.ui.grab import grab
from firstlight.capture.ui.picker import Cover


class Capturer(QLabel):
    """Its own colour must be in no picture."""

    def __init__(self, app: QApplication) -> None:
        super().__init__("ours")
        self._dressed = Dressed(app, lambda: datetime.now(UTC).astimezone())
        self.setStyleSheet("background: #ff00ff;")
        self.setGeometry(100, 100, 300, 200)
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_line)
        self._watch = QTimer(self)
        self._watch.setInterval(20)
        self._watch.timeout.connect(self._look_for_covers)

    def _on_line(self) -> None:
        line = sys.stdin.readline()
        if not line:
            QApplication.quit()
            return
        mode, delay, screen, path = line.split()
        self._watch.start()
        grab(
            self._dressed.kit,
            self,
            lambda image: self._done(image, path),
            self._failed,
            mode=mode,
            delay_s=int(delay),
            screen="" if screen == "-" else screen,
        )

    def _look_for_covers(self) -> None:
        covers = [w for w in QApplication.topLevelWidgets() if isinstance(w, Cover) and w.isVisible()]
        if covers:
            self._watch.stop()
            print(f"covers {len(covers)}", flush=True)

    def _done(self, image: QImage, path: str) -> None:
        self._watch.stop()
        image.save(path)
        print(f"done {image.width()} {image.height()} {scale_of(image)} {self.isVisible()}", flush=True)

    def _failed(self, error: FirstlightError) -> None:
        self._watch.stop()
        print(f"failed {error.facts['reason']} {self.isVisible()}", flush=True)


def main() -> None:
    app = QApplication([])
    window = Capturer(app)
    window.show()
    QTimer.singleShot(300, lambda: print("ready", flush=True))
    app.exec()


if __name__ == "__main__":
    main()
