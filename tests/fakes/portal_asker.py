# SPDX-License-Identifier: Apache-2.0
"""A program that asks the session's portal for pictures, one after the other; usage: python portal_asker.py COUNT [LIMIT_MS]."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from fakes.window import Dressed
from firstlight.capture.ui.portal import PortalShot


class Asker(QObject):
    """Prints one JSON line for each answer."""

    def __init__(self, app: QApplication, count: int, limit_ms: int) -> None:
        super().__init__()
        self._app, self._left, self._limit_ms = app, count, limit_ms
        self._dressed = Dressed(app, lambda: datetime.now(UTC).astimezone())

    def ask(self) -> None:
        if not self._left:
            self._dressed.close()
            self._app.quit()
            return
        self._left -= 1
        PortalShot(
            lambda data: self._tell(size=len(data), is_png=data.startswith(b"\x89PNG")),
            lambda error: self._tell(error=error.code, **error.facts),
            self._dressed.kit,
            self,
            limit_ms=self._limit_ms,
        ).start()

    def _tell(self, **values) -> None:
        print(json.dumps(values), flush=True)
        QTimer.singleShot(0, self, self.ask)


def main() -> None:
    app = QApplication([])
    asker = Asker(app, int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
    QTimer.singleShot(0, asker, asker.ask)
    app.exec()


if __name__ == "__main__":
    main()
