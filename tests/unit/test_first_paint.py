# SPDX-License-Identifier: Apache-2.0
"""What keeps the start fast: a real start, by the program's own entry, holds nothing when its window is shown that only the rest
of the house needs. Neither modules, nor those parts of Qt that PySide makes when they are first touched, which takes a tenth of the time.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "PIL",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "PySide6.QtSvgWidgets",
    "django",
    "firstlight.account.ui.welcome_page",
    "firstlight.kit.frames",
    "firstlight.kit.pages",
    "firstlight.profile",
    "firstlight.shell.desk",
    "keyring",
    "pydantic",
    "requests",
    "sqlite3",
    "urllib.request",
    "yaml",
)
PARTS_OF_QT = ("Qt", "QEvent", "QIcon", "QPainter", "QPushButton", "QScrollArea", "QStyle", "QWheelEvent")
"""`Qt` is a namespace of hundreds of enumerations; QWheelEvent stands for the classes of events, which come all at once with the first
event that an override in Python is told of."""

PROGRAM = """
import json, sys
from PySide6 import QtCore, QtGui, QtWidgets
from firstlight.shell import application, screen

class Stop(Exception): pass

def shown(self, show=application.MainWindow.show):
    show(self)
    raise Stop([type(page).__name__ for page in map(self.page, self.built())], self.isVisible())

application.MainWindow.show = shown
screen.look = lambda: screen.Screen(True, "offscreen")  # where the program itself would rather drive its tour
from firstlight.__main__ import main
try:
    main([])
except Stop as stop:
    pages, is_visible = stop.args
touched = [name for module in (QtCore, QtGui, QtWidgets) for name in vars(module)]
print(json.dumps({"pages": pages, "is_visible": is_visible, "modules": list(sys.modules), "touched": touched}))
"""


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="the first paint needs PySide6, which is not installed here")
@pytest.mark.parametrize(("account", "page"), [(0, "OpeningPage"), (1, "QuietStart")])
def test_the_window_is_shown_before_anything_heavy_is_touched(tmp_path: Path, account: int, page: str) -> None:
    (tmp_path / "config").mkdir()
    if account:
        (tmp_path / "config" / "settings.json").write_text(json.dumps({"account": account}), "utf-8")
    env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"} | {"FIRSTLIGHT_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=env)
    found = json.loads(done.stdout)
    assert found["is_visible"] and found["pages"] == [page]
    assert [name for name in HEAVY if name in found["modules"]] == []
    assert [name for name in PARTS_OF_QT if name in found["touched"]] == []
