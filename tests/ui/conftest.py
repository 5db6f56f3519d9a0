# SPDX-License-Identifier: Apache-2.0
"""What Qt warns of is a defect: a test of a page fails when Qt complains."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # WORKAROUND(Qt 6): the offscreen platform says this at each window with a least size.
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
