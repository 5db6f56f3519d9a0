# SPDX-License-Identifier: Apache-2.0
"""Short questions to programs of the system: bounded in time and size, no shell, no words of theirs kept as they are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from firstlight.base.work import Work

_LIMIT_S = 15.0
_MAX = 8 << 20
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x1f\x7f-\x9f]")


def answer(program: str, *arguments: str, work: Work) -> bytes:
    """What a program says on its standard output; b"" when it is missing, fails, is late or says too much."""
    work.check()
    path = shutil.which(program)
    if path is None:
        return b""
    env = {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)} | {k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "HOME")}
    try:
        told = subprocess.run((path, *arguments), capture_output=True, timeout=_LIMIT_S, check=True, stdin=subprocess.DEVNULL, env=env)
    except (OSError, subprocess.SubprocessError):
        return b""
    return told.stdout if len(told.stdout) <= _MAX else b""


def plain(raw: object, limit: int = 60) -> str:
    """A word of a stranger's disk without terminal codes, on one line, short."""
    return _CONTROL.sub(" ", raw)[:limit].strip() if isinstance(raw, str) else ""
