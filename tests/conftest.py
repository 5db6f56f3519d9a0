# SPDX-License-Identifier: Apache-2.0
"""What all tests stand on: no screen is needed, and the profile of whoever runs them is never touched."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import settings

# Before anything imports Qt: it chooses its platform once, when the application is built.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A test that forgets to name a profile gets an empty one that nobody owns.
os.environ["FIRSTLIGHT_HOME"] = str(Path(tempfile.gettempdir()) / f"firstlight-tests-{os.getpid()}")

# How long an example takes depends on what else the machine does: a deadline would make a busy machine a failure.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
