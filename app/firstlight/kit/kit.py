# SPDX-License-Identifier: Apache-2.0
"""What every widget of ours is given: the look, the icons, background jobs, the language, short notices, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from firstlight.kit.icons import Icons
from firstlight.kit.jobs import Jobs
from firstlight.kit.theme import Theme
from firstlight.kit.toasts import Toasts


@dataclass(frozen=True)
class Kit:
    """One per look; the shell makes a new one when theme, text size or language change, and rebuilds the pages."""

    theme: Theme
    icons: Icons
    jobs: Jobs
    toasts: Toasts
    language: str
    now: Callable[[], datetime]
    resources: Path
