# SPDX-License-Identifier: Apache-2.0
"""The editor on a real X11 desktop with a window manager and two monitors: drawn by a real mouse, killed in mid-drag, opened again."""

from __future__ import annotations

import json
import math

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from fakes import x_desktop
from fakes.x_desktop import Program
from firstlight.annotate.document import Document, read
from firstlight.annotate.ui.tools.table import TOOLS

pytestmark = [
    pytest.mark.skipif(not x_desktop.is_installed(), reason="needs Xvfb, openbox, xdotool, xrandr"),
]
IN_THE_SUITE = ("mixed", "RIGHT")
CASES = [("100", "LEFT"), ("150", "RIGHT"), ("200", "LEFT"), ("mixed", "RIGHT"), ("mixed", "LEFT")]
WINDOW_AT = {"LEFT": (20, 20), "RIGHT": (2010, 30)}


@pytest.fixture(scope="module")
def desktop():
    with x_desktop.desktop() as made:
        yield made


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    """Something to draw on: quiet areas, a gradient, dark and light."""
    image = QImage(900, 640, QImage.Format.Format_RGB32)
    image.fill(QColor("#F7F9FB"))
    painter = QPainter(image)
    for step in range(90):
        painter.fillRect(step * 10, 300, 10, 160, QColor.fromHsv(step * 4, 120 + step, 60 + 2 * step))
    painter.fillRect(0, 460, 900, 180, QColor("#16181A"))
    painter.end()
    path = tmp_path_factory.mktemp("picture") / "status.png"
    image.save(str(path))
    return path


class Editor:
    """The program, its mouse in pixels of the picture."""

    def __init__(self, desktop, picture, home, scale, monitor):
        self.desktop, self.picture, self.home = desktop, picture, home
        self.scale, self.monitor = scale, monitor
        self.start()

    def start(self):
        at = WINDOW_AT[self.monitor]
        self.program = Program(
            self.desktop, "editor_window.py", self.picture, *map(str, at), scale=self.scale, env={"FIRSTLIGHT_HOME": str(self.home)}
        )
        self.program.heard("ready")
        self.look()

    def look(self):
        self.program.tell("place")
        self.left, self.top, self.zoom, self.screen_x, self.screen_y, self.seen = json.loads(self.program.heard("place"))

    def at(self, x, y):
        return self.screen_x + self.left + x * self.zoom, self.screen_y + self.top + y * self.zoom

    def drag(self, *places, let_go=True):
        self.desktop.drag(*(self.at(*p) for p in places), let_go=let_go)

    def key(self, *keys):
        self.desktop.do("key", "--clearmodifiers", "--delay", 8, *keys)

    def state(self, name):
        path = self.home / name
        self.program.tell(f"state {path}")
        self.program.heard("done state")
        document = read(json.loads(path.with_suffix(".json").read_text()))
        return document, QImage(str(path.with_suffix(".png")))

    def screen(self):
        path = self.home / "screen.png"
        self.program.tell(f"screen {path}")
        self.program.heard("done screen")
        return QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize(
    ("scale", "monitor"), [pytest.param(*c, marks=[pytest.mark.slow if c == IN_THE_SUITE else pytest.mark.long]) for c in CASES]
)
def test_draw_all_undo_all_redo_all_kill_in_mid_drag_open_again(desktop, picture, tmp_path, scale, monitor):
    editor = Editor(desktop, picture, tmp_path, scale, monitor)
    try:
        for at, kind in enumerate(TOOLS):
            x, y = 60 + at % 4 * 210, 60 + at // 4 * 200
            editor.key(TOOLS[kind].letter.lower())
            editor.drag((x, y), (x + 40, y + 30), (x + 110, y + 90))
            if kind == "text":
                desktop.do("type", "--delay", 5, "81 C")
                editor.key("Escape")
        drawn, pixels = settled(editor)
        assert sorted(s.kind for s in drawn.shapes) == sorted(TOOLS)

        # What stands on the screen is what leaves: the canvas at one pixel for each of the picture's, nothing chosen.
        editor.key("v", "Escape", "0")
        editor.look()
        assert editor.zoom == 1.0
        check_screen(editor, pixels)
        editor.key("f")

        editor.key(*["ctrl+z"] * 40)
        undone, bare = settled(editor)
        assert undone == Document(900, 640, drawn.scale, next_id=undone.next_id)
        assert bare == QImage(str(picture)).convertToFormat(bare.format())
        editor.key(*["ctrl+shift+z"] * 40)
        redone, again = settled(editor)
        assert redone == drawn
        assert again == pixels

        # In mid-drag: the button is down, nothing was let go; the power goes.
        box = next(s for s in drawn.shapes if s.kind == "box")
        editor.look()
        editor.key("v")
        editor.drag((box.x, box.y + box.h / 2), (box.x + 20, box.y + 60), (box.x + 35, box.y + 80), let_go=False)
        held, held_pixels = settled(editor)
        assert held != drawn
        editor.program.kill()
        desktop.do("mouseup", 1)
        editor.start()
        opened, opened_pixels = editor.state("opened")
        assert opened == held
        assert opened_pixels == held_pixels
    finally:
        editor.program.close()


def settled(editor):
    """What stands on the canvas once all that the mouse did has come to the program and is on the disk."""
    before, _ = editor.state("held")
    while True:
        editor.program.tell("stored")
        editor.program.heard("done stored")
        held, pixels = editor.state("held")
        if held == before:
            return held, pixels
        before = held


def check_screen(editor, flat):
    """Compare what the X server shows with what leaves, in the part of the picture that is seen.

    At 150 % Qt may set the canvas between two pixels; each pixel of the screen is then one of its neighbours in the picture.
    """
    screen = editor.screen()
    left, top = math.floor(editor.left), math.floor(editor.top)
    steps = [(dx, dy) for dx in range(2 if editor.left % 1 else 1) for dy in range(2 if editor.top % 1 else 1)]
    x0, y0, x1, y1 = editor.seen
    wrong = seen = 0
    for y in range(8, 632, 5):
        for x in range(8, 892, 5):
            if not (x0 + 2 <= left + x < x1 - 20 and y0 + 2 <= top + y < y1 - 20):
                continue
            seen += 1
            there = flat.pixelColor(x, y).getRgb()
            found = [screen.pixelColor(left + x + dx, top + y + dy).getRgb() for dx, dy in steps]
            wrong += min(max(abs(p - q) for p, q in zip(there, one, strict=True)) for one in found) > 24 * len(steps)
    assert seen > 800
    assert wrong <= seen * 0.002
