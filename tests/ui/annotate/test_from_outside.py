# SPDX-License-Identifier: Apache-2.0
"""The editor as a screen reader meets it: a real window, a real accessibility bus, the keyboard alone, read from another process."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from fakes import secret_service, x_desktop
from fakes.x_desktop import TESTS, Program

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")


def has_reader() -> bool:
    """Whether the system's Python speaks AT-SPI (Debian: at-spi2-core python3-pyatspi)."""
    if not (LAUNCHER.is_file() and x_desktop.is_installed() and shutil.which("dbus-daemon") and Path("/usr/bin/python3").is_file()):
        return False
    return subprocess.run(["/usr/bin/python3", "-c", "import pyatspi"], capture_output=True, env={"PATH": os.defpath}).returncode == 0


pytestmark = [
    pytest.mark.skipif(not has_reader(), reason="needs a screen, at-spi2-core and python3-pyatspi"),
    pytest.mark.slow,
]


class Reader:
    """Asks the reader's process and waits for an answer that satisfies."""

    def __init__(self, env: dict[str, str]) -> None:
        env = {k: v for k, v in env.items() if not k.startswith("PYTHON")}
        self.process = subprocess.Popen(
            ["/usr/bin/python3", str(TESTS / "fakes" / "reader.py"), "Firstlight"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert json.loads(self.process.stdout.readline()) == "ready"

    def ask(self, question: str):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def until(self, question: str, is_right):
        """Asked again until it is so: the window tells its news in its own time. At most 60 times."""
        said = None
        for _ in range(60):
            said = self.ask(question)
            if isinstance(said, list) and is_right(said):
                return said
        raise AssertionError(f"{question}: {said}")

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture
def scene(tmp_path):
    image = QImage(640, 420, QImage.Format.Format_RGB32)
    image.fill(QColor("#F7F9FB"))
    picture = tmp_path / "status.png"
    image.save(str(picture))
    with (
        tempfile.TemporaryDirectory() as short,
        x_desktop.desktop(monitors=False) as desktop,
        secret_service.session_bus(Path(short) / "h") as bus,
    ):
        desktop.env = {**desktop.env, **{k: v for k, v in bus.items() if k.startswith(("DBUS_", "XDG_", "HOME"))}}
        launcher = subprocess.Popen(
            [str(LAUNCHER), "--launch-immediately"], env=desktop.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        program = reader = None
        try:
            program = Program(
                desktop,
                "editor_window.py",
                picture,
                "10",
                "10",
                env={"FIRSTLIGHT_HOME": str(tmp_path / "home"), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"},
            )
            program.heard("ready")
            reader = Reader(desktop.env)
            yield desktop, reader
        finally:
            if reader is not None:
                reader.close()
            if program is not None:
                program.close()
            launcher.terminate()
            launcher.wait(10)


def names(rows) -> list[str]:
    return [row["name"] for row in rows]


def place(rows, name: str) -> list[int]:
    """Where the reader hears that a mark lies: x and y of where it begins and ends."""
    said = next(row["description"] for row in rows if row["name"] == name)
    found = re.fullmatch(r"From (-?\d+), (-?\d+) to (-?\d+), (-?\d+)", said)
    assert found, said
    return [int(part) for part in found.groups()]


def test_a_mark_is_drawn_chosen_moved_named_and_removed_by_keyboard_alone_and_read(scene):
    desktop, reader = scene

    def key(*keys: str) -> None:
        desktop.do("key", "--clearmodifiers", "--delay", 10, *keys)

    reader.until("focus", lambda f: {n["name"] for n in f} == {"Picture"})
    shown = reader.ask("names")
    assert len(shown) >= 24
    assert [n for n in shown if not n["name"].strip()] == []
    assert {"Arrow (A)", "Hide (X)", "Undo (Ctrl+Z)", "Turn clockwise (Ctrl+R)", "Marks"} <= {n["name"] for n in shown}

    key("a", "Return", "x", "Return")
    assert names(reader.until("rows Marks", lambda r: len(r) == 2)) == ["Hidden area, 1 of 2", "Arrow, 2 of 2"]

    # Tab goes from the canvas through the column to the list; F6 and the like are the shell's.
    for _ in range(30):
        key("Tab")
        if names(reader.ask("focus") or []) != [] and reader.ask("focus")[0]["name"] in ("Marks", "Hidden area, 1 of 2", "Arrow, 2 of 2"):
            break
    key("Down")
    reader.until("rows Marks", lambda r: [x["name"] for x in r if x["chosen"]] == ["Arrow, 2 of 2"])
    arrow, covered = "Arrow, 2 of 2", "Hidden area, 1 of 2"
    x1, y1, x2, y2 = place(reader.ask("rows Marks"), arrow)
    hidden = place(reader.ask("rows Marks"), covered)
    assert 0 < x1 < x2 < 640
    assert 0 < y1 < y2 < 420
    key("ctrl+Right", "ctrl+shift+Down")
    moved = [x1 + 1, y1 + 10, x2 + 1, y2 + 10]
    rows = reader.until("rows Marks", lambda r: place(r, arrow) == moved)
    assert place(rows, covered) == hidden, "what was not chosen stays where it is"
    key("ctrl+z")
    reader.until("rows Marks", lambda r: place(r, arrow) in ([x1 + 1, y1, x2 + 1, y2], [x1, y1, x2, y2]))
    key("ctrl+shift+z")
    reader.until("rows Marks", lambda r: place(r, arrow) == moved)

    key("F2")
    reader.until("focus", lambda f: ("text", "Name of the mark") in [(n["role"], n["name"]) for n in f])
    desktop.do("key", "ctrl+a")
    desktop.do("type", "--delay", 10, "Fan stops here")
    key("Return")
    rows = reader.until("rows Marks", lambda r: "Arrow, Fan stops here, 2 of 2" in names(r))
    assert [x["name"] for x in rows if x["chosen"]] == ["Arrow, Fan stops here, 2 of 2"]

    key("Delete")
    assert names(reader.until("rows Marks", lambda r: len(r) == 1)) == ["Hidden area, 1 of 1"]
    key("ctrl+z")
    assert "Arrow, Fan stops here, 2 of 2" in names(reader.until("rows Marks", lambda r: len(r) == 2))
