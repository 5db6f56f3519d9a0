# SPDX-License-Identifier: Apache-2.0
"""A desktop whose every pixel is known: a picture over all of it, and a window with a frame; usage: pattern_window.py PICTURE."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel


def main() -> None:
    app = QApplication([])
    ground = QLabel()
    ground.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.BypassWindowManagerHint)
    pixmap = QPixmap(sys.argv[1])
    ground.setPixmap(pixmap)
    ground.setGeometry(0, 0, pixmap.width(), pixmap.height())
    ground.show()
    ground.lower()
    page = QLabel("81 °C")
    page.setWindowTitle("Fan page")
    page.setStyleSheet("background: #0a6e5a; color: white; font-size: 40px;")
    page.setGeometry(2200, 200, 420, 300)
    page.show()
    QTimer.singleShot(300, lambda: print("ready", flush=True))
    app.exec()


if __name__ == "__main__":
    main()
