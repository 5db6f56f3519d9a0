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

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("PySide6") is None, reason="the first paint needs PySide6, which is not installed here"
)

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
import json, linecache, sys
from PySide6 import QtCore, QtGui, QtWidgets
from firstlight.shell import screen

class Stop(Exception): pass

def stop(*_):
    raise Stop

QtWidgets.QApplication.exec = stop  # called right after the window is shown: no event has gone round yet
screen.look = lambda: screen.Screen(True, "offscreen")  # where the program itself would rather drive its tour
from firstlight.__main__ import main
try:
    main([])
except Stop:
    window = next(widget for widget in QtWidgets.QApplication.topLevelWidgets() if widget.isVisible())
print(json.dumps({
    "pages": [type(window.page(key)).__name__ for key in window.built()],
    "modules": list(sys.modules),
    "touched": [name for module in (QtCore, QtGui, QtWidgets) for name in vars(module)],
    "read": [name for name in linecache.cache if "compose" in name or "application" in name],
}))
"""


@pytest.mark.parametrize(("account", "page"), [(0, "OpeningPage"), (1, "QuietStart")])
def test_the_window_is_shown_before_anything_heavy_is_touched(tmp_path: Path, account: int, page: str) -> None:
    (tmp_path / "config").mkdir()
    if account:
        (tmp_path / "config" / "settings.json").write_text(json.dumps({"account": account}), "utf-8")
    env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"} | {"FIRSTLIGHT_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=env)
    found = json.loads(done.stdout)
    assert found["pages"] == [page]
    assert [name for name in HEAVY if name in found["modules"]] == []
    assert [name for name in PARTS_OF_QT if name in found["touched"]] == []
    assert found["read"] == [], "each import reads source again: shell/qt_imports.py no longer fits PySide"


WITHOUT_A_LIBRARY = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name == "PySide6.QtWidgets":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

sys.meta_path.insert(0, Lacking())
from firstlight.__main__ import main
sys.exit(main([]))
"""


def test_a_library_that_qt_lacks_is_named_before_anything_else_needs_qt(tmp_path: Path) -> None:
    env = {**os.environ, "FIRSTLIGHT_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", WITHOUT_A_LIBRARY], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 1
    assert "libEGL.so.1" in done.stderr and "apt-get install" in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
