# SPDX-License-Identifier: Apache-2.0
"""What must be there before the first paint does not bring what need not be."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pydantic", "requests", "PIL", "yaml", "keyring", "zstandard", "PySide6")
MODULES = (
    "firstlight.store.db",
    "firstlight.store.sweep",
    "firstlight.store.journal",
    "firstlight.store.lock",
    "firstlight.sync.sender",
    "firstlight.sync.puller",
    "firstlight.sync.inbox",
    "firstlight.reports.drafts",
    "firstlight.honour.badges",
    "firstlight.honour.streaks",
    "firstlight.community.week",
)


def test_store_outbox_and_reports_load_without_the_heavy_ones() -> None:
    program = f"import sys, {', '.join(MODULES)}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
