# SPDX-License-Identifier: Apache-2.0
"""The table of cases: each of the 42 has a test that says its number."""

from __future__ import annotations

import re
from pathlib import Path

CASES = 42
_NAME = re.compile(r"def test_case_(\d\d)(?:_(to_)?(\d\d))?_")


def covered(text: str) -> set[int]:
    """Numbers that a module's tests say: `case_07`, `case_08_09`, `case_01_to_07`."""
    found: set[int] = set()
    for first, to, last in _NAME.findall(text):
        end = int(last or first)
        found |= set(range(int(first), end + 1)) if to else {int(first), end}
    return found


def test_every_case_has_its_test() -> None:
    found: set[int] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        found |= covered(path.read_text("utf-8"))
    assert found == set(range(1, CASES + 1))
