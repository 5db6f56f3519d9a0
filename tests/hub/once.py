# SPDX-License-Identifier: Apache-2.0
"""What is slow to make and the same for all: made once in a test run, whichever of its processes needs it first; each takes a copy."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The file or folder `name`, which `make` made at the path it was given. Nobody changes it."""
    if "FIRSTLIGHT_TESTS_SHARED" not in os.environ:  # a bench, which no conftest prepared
        os.environ["FIRSTLIGHT_TESTS_SHARED"] = tempfile.mkdtemp(prefix="firstlight-tests-shared-")
        atexit.register(shutil.rmtree, os.environ["FIRSTLIGHT_TESTS_SHARED"], ignore_errors=True)
    shared = Path(os.environ["FIRSTLIGHT_TESTS_SHARED"])
    ready, begun = shared / name, shared / f"{name}-begun"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed: another process may be making it
        if not ready.exists():
            make(begun)
            begun.rename(ready)
    return ready
