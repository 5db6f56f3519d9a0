# SPDX-License-Identifier: Apache-2.0
"""What every widget of ours is given: the look, the icons, background jobs, the language, short notices, the clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from firstlight.kit.icons import Icons
from firstlight.kit.jobs import Jobs
from firstlight.kit.theme import Theme
from firstlight.kit.toasts import Toasts

if TYPE_CHECKING:
    from datetime import datetime


class Kit(NamedTuple):
    """One per look; the shell makes a new one when theme, text size or language change, and rebuilds the pages."""

    theme: Theme
    icons: Icons
    jobs: Jobs
    toasts: Toasts
    language: str
    now: Callable[[], datetime]
    resources: Path
