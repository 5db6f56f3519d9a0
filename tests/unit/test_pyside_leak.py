# SPDX-License-Identifier: Apache-2.0
"""PySide6 6.12.0 on Python 3.11 gives back one reference to None too many at each void call, and dies after some thousand."""

import importlib.util
import subprocess
import sys

import pytest

PROBE = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range(2000):
    thing.setObjectName("x")
    thing.blockSignals(False)
    thing.signalsBlocked()
after = sys.getrefcount(None), sys.getrefcount(True)
print(after[0] - before[0], after[1] - before[1])
"""


@pytest.mark.skipif(importlib.util.find_spec("PySide6") is None, reason="this environment has no PySide6, and so nothing that could leak")
def test_the_installed_pyside_keeps_its_references_to_none_and_true() -> None:
    answer = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    lost = [int(n) for n in answer.stdout.split()]
    assert all(abs(n) < 100 for n in lost), f"references to None and True changed by {lost} in 2000 calls: this PySide6 kills the process"
