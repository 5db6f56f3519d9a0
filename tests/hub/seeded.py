# SPDX-License-Identifier: Apache-2.0
"""The demo's data, planted once in a test run by the hub's own command; every hub of the run starts from a copy of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hub.once import once
from hub.serving import clean_environment


def seeded(data: Path) -> Path:
    """Fill `data`, which is not there yet, as `firstlight-hub demo` would at its first start: that takes five seconds, a copy none."""
    shutil.copytree(once("demo", _plant), data, copy_function=_copy)
    return data


def _plant(place: Path) -> None:
    command = [sys.executable, "-m", "firstlight_hub", "demo", "--data", str(place), "--seed-only"]
    subprocess.run(command, check=True, timeout=240, env=clean_environment())


def _copy(source: str, target: str) -> None:
    """Content under its hash is never written again, so that it may be the same file; all else is copied."""
    if "files" in Path(source).parts:
        os.link(source, target)
    else:
        shutil.copy2(source, target)
