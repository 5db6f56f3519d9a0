# SPDX-License-Identifier: Apache-2.0
"""The demo's data, planted once in a test run by the hub's own command; every hub of the run starts from a copy of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hub.serving import _environment


def seeded(data: Path, factory: pytest.TempPathFactory) -> Path:
    """Fill `data`, which is not there yet, as `firstlight-hub demo` would at its first start: that takes five seconds, a copy none."""
    base = factory.getbasetemp()
    # The workers of xdist have a folder each, side by side in that of the run.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    shutil.copytree(_template(shared), data, copy_function=_copy)
    return data


def _template(shared: Path) -> Path:
    ready = shared / "demo-planted"
    with (shared / "demo-planted.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed: another worker may be planting
        if not ready.exists():
            begun = shared / "demo-begun"
            command = [sys.executable, "-m", "firstlight_hub", "demo", "--data", str(begun), "--seed-only"]
            subprocess.run(command, check=True, timeout=240, env=_environment())
            begun.rename(ready)
    return ready


def _copy(source: str, target: str) -> None:
    """Content under its hash is never written again, so that it may be the same file; all else is copied."""
    if "files" in Path(source).parts:
        os.link(source, target)
    else:
        shutil.copy2(source, target)
