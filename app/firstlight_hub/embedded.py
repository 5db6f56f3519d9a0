# SPDX-License-Identifier: Apache-2.0
"""The hub as a child of the desktop: says on one line where it is, lives as long as its standard input is open.

A closed input works as a stop on every platform, also when the parent was killed; signals do not.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from typing import Any


def announce(description: dict[str, Any]) -> None:
    """Tell the parent; the line is written when the hub already listens."""
    sys.stdout.write(json.dumps(description, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def when_parent_leaves(stop: Callable[[], None]) -> None:
    """Call `stop` once standard input ends."""
    threading.Thread(target=_wait, args=(stop,), name="parent", daemon=True).start()


def _wait(stop: Callable[[], None]) -> None:
    if sys.stdin is not None:
        while sys.stdin.buffer.read(4096):
            pass
    stop()
