# SPDX-License-Identifier: Apache-2.0
"""What a player hands over when a problem is to be reported: where the tester stood, and files that may help.

Nothing leaves by this: the report's page shows every file and hides details first.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReportContext:
    """Facts of the run in the tester's language; `files` lie in the run's folder."""

    run_id: str
    guide: str
    guide_title: str
    step: str
    step_title: str
    title: str = ""
    text: str = ""
    device_model: str = ""
    device_serial: str = ""
    build: str = ""
    files: tuple[Path, ...] = ()
