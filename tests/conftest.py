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

_ONE_HUB = ("contract", "hub", "faults/link", "faults/sign_in", "faults/commands", "faults/signing", "faults/sync")
"""Here a file's tests share a hub, or a database server, that takes seconds to start: they stay together, so that it starts once."""
_ONE_SCREEN = ("ui/annotate/test_from_outside", "ui/annotate/test_real_desktop", "ui/shell/test_system_theme", "ui/capture/test_x11")
"""These have a screen each that the machine feels: one after the other."""


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """With --dist loadgroup: what belongs together goes to one worker, in the order of the command. Its own `xdist_group` marks have no
    effect with this pytest, and say nothing about it.
    """
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadScopeScheduling  # only who runs several at once has it

    class Grouped(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            place = nodeid.partition("::")[0].partition("tests/")[2]
            if place.startswith(_ONE_SCREEN):
                return "screen"
            return place if place.startswith(tuple(f"{folder}/" for folder in _ONE_HUB)) else nodeid

    return Grouped(config, log)
