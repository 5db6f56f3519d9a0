# SPDX-License-Identifier: Apache-2.0
"""What a host keeps in memory of one run that is open: its player, what is at work, and what was said last."""

from __future__ import annotations

from dataclasses import dataclass, field

from firstlight.base.errors import FirstlightError
from firstlight.base.work import Progress
from firstlight.guides.player import Player
from firstlight.guides.state import Fact, Part, PartState
from firstlight.guides.ui.write_pace import Pace
from firstlight.kit.jobs import Job


@dataclass
class Running:
    """One open run. `parts`: those that moved since the journal's last word about them."""

    player: Player
    job: Job | None = None
    is_writing: bool = False
    asking: Job | None = None
    is_stopping: bool = False
    progress: Progress | None = None
    error: FirstlightError | None = None
    facts: tuple[Fact, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)
    pace: Pace = field(default_factory=Pace)

    def parts_now(self) -> tuple[Part, ...]:
        """The images: the journal knows begin and end of each, the news how far it is in between."""
        return tuple(self.parts.get(p.name, p) if p.state is PartState.WRITING else p for p in self.player.state.parts)
