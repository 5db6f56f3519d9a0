# SPDX-License-Identifier: Apache-2.0
"""On a real desktop: the first look is the desktop's own, also before Qt was asked for it, and follows when the desktop changes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from fakes import x_desktop

pytestmark = [
    pytest.mark.skipif(not x_desktop.is_installed(), reason="needs Xvfb, openbox, xdotool, xrandr"),
]

PROGRAM = """
import json, sys
from PySide6 import QtCore
from firstlight.base.paths import resources
from firstlight.base.settings import Settings
from firstlight.shell.look import Look, new_application

app = new_application()
first, then = (QtCore.Qt.ColorScheme[name] for name in sys.argv[1:])
app.styleHints().setColorScheme(first)
look = Look(app, resources(), lambda: None)
asked = Settings(theme="system")
seen = [look.apply(asked).theme.name]
app.styleHints().setColorScheme(then)
print(json.dumps([*seen, look.apply(asked).theme.name, look.apply(Settings(theme="dark")).theme.name]))
"""


def test_a_dark_desktop_gets_a_dark_window_and_a_light_one_a_light_one() -> None:
    with x_desktop.desktop(monitors=False) as desktop:
        env = {**desktop.env, "XDG_CURRENT_DESKTOP": "GNOME"}  # one whose colours Qt asks for
        for first, then in (("Dark", "Light"), ("Light", "Dark")):
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM, first, then], env=env, capture_output=True, text=True, check=True, timeout=60
            )
            assert json.loads(done.stdout) == [first.lower(), then.lower(), "dark"]
