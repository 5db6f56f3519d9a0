# SPDX-License-Identifier: Apache-2.0
"""The real window with the real store and the editor in it, as a program of its own; usage: editor_window.py PICTURE [X Y].

A profile without a report gets one with PICTURE in it. FIRSTLIGHT_HOME says where. Lines on its input: `state FILE` writes the document
to FILE.json and what would leave to FILE.png; `screen FILE` the pixels of its screen; `place` says where picture pixel (0, 0) stands on
the desktop and how many pixels of it one of the picture takes, for the mouse; `stored` is answered once the disk has it all.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QObject, QPointF, QSettings, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from fakes.window import Dressed
from firstlight.annotate.ui.editor import EditorPage
from firstlight.annotate.ui.flatten import flatten, flattened
from firstlight.base import paths
from firstlight.base.settings import Settings
from firstlight.base.work import Work
from firstlight.profile import Profile
from firstlight.shell.evidence import Evidence
from firstlight.shell.window import MainWindow


class Desk(QObject):
    """What the shell gives to Evidence, without a hub."""

    def __init__(self, app: QApplication, picture: Path) -> None:
        super().__init__()
        self._dressed = Dressed(app, lambda: datetime.now(UTC).astimezone(), language=os.environ.get("FIRSTLIGHT_LANG", "en"))
        self.kit = self._dressed.kit
        found = paths.find().make()
        self.profile = Profile(found, Settings(), flatten=flatten)
        self.window = MainWindow(self.kit, QSettings(str(found.config / "window.ini"), QSettings.Format.IniFormat))
        self.bench = SimpleNamespace(found_tools=lambda: {"adb": "", "fastboot": ""}, phone_screen=lambda work: b"")
        self.evidence = Evidence(
            self, self, failed=lambda error: print(f"failed {error}", flush=True), left=lambda _id: print("left", flush=True)
        )
        self.window.use(lambda _key: self.evidence.editor(), lambda: True)
        reports = self.profile.reports
        drafts = reports.listing(None)
        self.report = drafts[0].id if drafts else reports.new(None, title="Fan stops").id
        pictures = [a for a in reports.get(self.report).attachments if a.is_picture]
        self.pos = (
            pictures[0].pos
            if pictures
            else reports.attach(self.report, picture, name="status.png", role="picture", media="image/png", work=Work()).pos
        )
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_line)

    def _tell_when_stored(self) -> None:
        """Say so once the disk has what stands on the canvas."""
        kept = next(a.annotations for a in self.profile.reports.get(self.report).attachments if a.pos == self.pos)
        if kept == json.loads(json.dumps(self.editor.live.kept())):
            print("done stored", flush=True)
        else:
            QTimer.singleShot(20, self, self._tell_when_stored)

    @property
    def editor(self) -> EditorPage:
        page = self.window.page("picture")
        assert isinstance(page, EditorPage)
        return page

    def _on_line(self) -> None:
        line = sys.stdin.readline()
        if not line:
            QApplication.quit()
            return
        # An answer of the X server comes after all that mouse and keyboard did before: first that, then the question.
        self.window.screen().grabWindow(0, 0, 0, 1, 1)
        QApplication.processEvents()
        what, *rest = line.split()
        editor = self.editor
        if what == "state":
            Path(f"{rest[0]}.json").write_text(json.dumps(editor.live.kept()))
            flattened(editor.live.original, editor.document).save(f"{rest[0]}.png", "PNG", 90)
        elif what == "screen":
            editor.canvas.screen().grabWindow(0).toImage().save(rest[0], "PNG", 90)
        elif what == "stored":
            self._tell_when_stored()
            return
        elif what == "place":
            canvas = editor.canvas
            screen, ratio = canvas.screen(), canvas.devicePixelRatioF()
            corner = canvas.viewport().mapToGlobal(QPointF(0, 0)) - QPointF(screen.geometry().topLeft())
            origin = canvas.viewportTransform().map(0.0, 0.0)
            left, top = ((c + o) * ratio for c, o in zip(corner.toTuple(), origin, strict=True))
            view = canvas.viewport()
            seen = [v * ratio for v in (corner.x(), corner.y(), corner.x() + view.width(), corner.y() + view.height())]
            on_screen = (left, top, canvas.zoom, screen.geometry().left(), screen.geometry().top(), seen)
            print("place", json.dumps(on_screen), flush=True)
            return
        print("done", what, flush=True)


def main() -> None:
    app = QApplication([])
    desk = Desk(app, Path(sys.argv[1]))
    window = desk.window
    # Not smaller than the window wants to be, nor larger than a screen.
    window.resize(1000, 660) if len(sys.argv) > 2 else window.resize(900, 600)
    if len(sys.argv) > 3:
        window.move(int(sys.argv[2]), int(sys.argv[3]))
    window.show()
    desk.evidence.open(desk.report, desk.pos)
    window.setWindowTitle("Firstlight")
    window.activateWindow()

    def ready() -> None:
        desk.editor.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        print("ready", flush=True)

    QTimer.singleShot(500, ready)
    app.exec()
    desk._dressed.close()


if __name__ == "__main__":
    main()
