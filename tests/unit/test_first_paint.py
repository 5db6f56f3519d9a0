# SPDX-License-Identifier: Apache-2.0
"""What keeps the start fast: up to the first paint nothing is imported that only the rest of the house needs."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

HEAVY = (
    "PIL",
    "PySide6.QtNetwork",
    "PySide6.QtSvgWidgets",
    "django",
    "firstlight.profile",
    "firstlight.shell.desk",
    "keyring",
    "pydantic",
    "requests",
    "sqlite3",
    "urllib.request",
    "yaml",
)
FIRST = ("firstlight.compose", "firstlight.shell.application", "firstlight.account.ui.welcome_page")


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="the first paint needs PySide6, which is not installed here")
def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    program = f"import sys, {', '.join(FIRST)}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="the first paint needs PySide6, which is not installed here")
def test_a_window_for_somebody_signed_in_does_not_wait_for_the_welcome_page() -> None:
    program = "import sys, firstlight.compose; print('firstlight.account.ui.welcome_page' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
