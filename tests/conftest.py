# SPDX-License-Identifier: Apache-2.0
"""What all tests stand on: no screen is needed, and the profile of whoever runs them is never touched."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt: it chooses its platform once, when the application is built.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A test that forgets to name a profile gets an empty one that nobody owns.
os.environ["FIRSTLIGHT_HOME"] = str(Path(tempfile.gettempdir()) / f"firstlight-tests-{os.getpid()}")

# What is made once for all processes of a run (hub/once.py): workers inherit the folder of the one that started them.
if "FIRSTLIGHT_TESTS_SHARED" not in os.environ:
    os.environ["FIRSTLIGHT_TESTS_SHARED"] = tempfile.mkdtemp(prefix="firstlight-tests-shared-")
    atexit.register(shutil.rmtree, os.environ["FIRSTLIGHT_TESTS_SHARED"], ignore_errors=True)

# How long an example takes depends on what else the machine does: a deadline would make a busy machine a failure.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

_ONE_HUB = ("contract", "hub", "faults/link", "faults/sign_in", "faults/commands", "faults/signing")
"""Here a file's tests share a hub, or a database server, that takes seconds to start: they stay together, so that it starts once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file of those is one group for xdist."""
    root = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(root).as_posix() if item.path.is_relative_to(root) else ""
        if place.startswith(tuple(f"{folder}/" for folder in _ONE_HUB)) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(place))
